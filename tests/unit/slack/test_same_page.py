"""The agreement in both sides' words, what changed, and both suggestions beside each other."""

from dataclasses import replace
from datetime import timedelta

from bot.domain.due import Due
from bot.domain.expectation import Action, Status
from bot.domain.member import Stoppable
from bot.domain.messages import Moment, Prompt
from bot.domain.own_words import OwnWords
from bot.domain.terms import Gains, Wording
from bot.domain.views import ShowView
from bot.slack.blocks.buttons import offered
from bot.slack.blocks.card import card
from bot.slack.blocks.changes import changes_modal
from bot.slack.blocks.forms.change import change_form, read_change
from bot.slack.blocks.forms.expect import Form, expectation_form
from bot.slack.blocks.forms.own_words import read_words, with_worth, words_form
from bot.slack.blocks.replies import acted, created
from bot.slack.blocks.show import show
from bot.slack.fields import Field
from bot.slack.ids import Origin, Press, Verb
from bot.slack.pen import Pen
from bot.slack.words.differences import changed_lines
from tests.unit.slack.given import (
    FRIDAY,
    LENA,
    MONDAY,
    NOW,
    OTTO,
    PEOPLE,
    TEAM,
    asked,
    event,
    labels,
    shown,
    suggested,
    terms,
    view,
)
from tests.unit.slack.screen import Screen

ITEM = "*ship the billing API* (E-42)"
YES, NO = "Yes, that is it", "Not quite"
AGREED = asked(Status.ACTIVE, terms=replace(terms(), accepted_at=NOW))
OTTOS = OwnWords(
    number=42,
    ordinal=3,
    author=OTTO.user,
    at=NOW,
    version=1,
    understood="the API, not the docs",
    gain="a quiet week",
    need="the test data",
)
READ = replace(OTTOS, read_back_at=NOW)
YES_EVENT = event(OTTO, Action.ACCEPT)


def test_own_words_come_with_the_yes() -> None:
    given = view(Moment.ACCEPTED, AGREED, LENA, Action.CHANGE, event=YES_EVENT, words=(OTTOS,))
    message = card(given, TEAM)
    assert message.text == (
        f"{ITEM}: agreed with <@U0OTTO>, by Friday, 27 November.\n"
        "In <@U0OTTO>'s words: “the API, not the docs”\nFor <@U0OTTO>: “a quiet week”\n"
        "Needed from you: “the test data”"
    )
    assert labels(message.blocks) == [YES, NO, "Suggest a change"]
    yes = Press.decode(message.blocks[-1]["elements"][0]["value"])  # type: ignore[index] # a row
    assert (yes.verb, yes.number, yes.event) == (Verb.READ_BACK, 42, 3)


def test_read_back_is_said_to_both_and_asked_no_more() -> None:
    lenas = view(Moment.ACCEPTED, AGREED, LENA, Action.CHANGE, event=YES_EVENT, words=(READ,))
    message = card(lenas, TEAM)
    assert message.text.endswith("You said on Wednesday, 25 November: that is it.")
    assert labels(message.blocks) == ["Suggest a change"]
    ottos = card(view(Moment.AGREED, AGREED, OTTO, words=(READ,)), TEAM)
    line = "<@U0LENA> read your words on Wednesday, 25 November: that is it."
    assert line in ottos.text.splitlines()
    assert "In <@" not in ottos.text


def test_nobody_reads_back_what_has_ended_or_their_own_words() -> None:
    done = replace(AGREED, status=Status.DONE)
    for it, reader in ((done, LENA), (AGREED, OTTO)):
        given = view(Moment.ACCEPTED, it, reader, Action.CHANGE, words=(OTTOS,))
        assert YES not in [offer.label for offer in offered(given)]


def test_without_a_change_being_open_there_is_no_not_quite() -> None:
    given = view(Moment.ACCEPTED, AGREED, LENA, event=YES_EVENT, words=(OTTOS,))
    assert labels(card(given, TEAM).blocks) == [YES]


def test_the_agreement_names_its_version_and_both_sides_words() -> None:
    third = replace(AGREED, terms=replace(terms(), version=3, accepted_at=NOW), last_version=3)
    ottos = replace(OTTOS, version=3)
    lenas = replace(ottos, ordinal=4, author=LENA.user, understood="", need="")
    newer = replace(READ, ordinal=5, understood="and the docs", version=3)
    shows = ShowView(
        card=view(Moment.AGREED, third, OTTO, words=(ottos, lenas)),
        full=True,
        history=(),
        terms=(),
        words=(ottos, newer, lenas),
    )
    message = show(shows, TEAM)
    assert message.text.splitlines()[2:8] == [
        "Version 3, agreed on Wednesday, 25 November.",
        "For <@U0LENA>: “a quiet week”",
        "In your words: “and the docs”",
        "For you: “a quiet week”",
        "Needed by you: “the test data”",
        "<@U0LENA> read your words on Wednesday, 25 November: that is it.",
    ]
    for label in (YES, "Add my words", "Show what changed"):
        assert label in labels(message.blocks)
    open_still = asked(terms=replace(terms(OTTO), version=2))
    proposal = replace(shows, card=view(Moment.PROPOSAL, open_still, LENA), words=())
    assert "Version 2, by <@U0OTTO>; not agreed." in show(proposal, TEAM).text


LONG = "send the numbers of each of the twelve shops to Ana and to Bo before the month ends"


def lines(old: Wording, new: Wording, *, blocks: bool) -> list[str]:
    pen = Pen.of(LENA, PEOPLE, NOW)
    pen = pen.in_blocks() if blocks else pen
    before, after = replace(terms(), wording=old), replace(terms(), wording=new)
    return changed_lines(before, after, asked(), pen)


def test_what_changed_word_by_word() -> None:
    old = Wording(result="ship it", done_means=LONG, why="customers wait", needs="data")
    new = replace(
        old,
        done_means=LONG.replace("twelve", "ten"),
        why="",
        gains=Gains(owner="a quiet week"),
        needs="the test data",
    )
    assert lines(old, new, blocks=True) == [
        "Why: ~customers wait~",
        "For <@U0OTTO>: “a quiet week”",
        "Done means: … numbers of each of the ~twelve~ *ten* shops to Ana and to …",
        "Needed from you: *the test* data",
    ]
    assert lines(old, new, blocks=False) == [
        "Why: [without: customers wait]",
        "For <@U0OTTO>: “a quiet week”",
        "Done means: … numbers of each of the [without: twelve] [new: ten] shops to Ana and to …",
        "Needed from you: [new: the test] data",
    ]


def test_what_people_typed_formats_and_pings_nothing_in_a_difference() -> None:
    old = Wording(result="tell <!here> *now* ok")
    (line,) = lines(old, Wording(result="tell <@U0MAYA> ~later~ ok"), blocks=True)
    assert "<!" not in line
    assert "<@" not in line
    assert (line.count("~"), line.count("*")) == (2, 2)


def test_another_day_for_what_is_needed_shows_it() -> None:
    old = Wording(result="ship it", needs="data", needs_by="2026-11-26")
    (line,) = lines(old, replace(old, needs_by="2026-11-27"), blocks=True)
    assert line == "Needed from you by Friday, 27 November: “data”"


def test_every_version_stands_beside_the_one_before() -> None:
    versions = tuple(
        replace(
            terms(OTTO if version % 2 == 0 else LENA, Due(FRIDAY.day + timedelta(days=version))),
            version=version,
            wording=Wording(result=f"ship part {version}"),
        )
        for version in range(1, 14)
    )
    it = asked(terms=versions[-1], last_version=13)
    given = ShowView(
        card=view(Moment.PROPOSAL, it, LENA), full=True, history=(), terms=versions[::-1]
    )
    first, second = changes_modal(given), changes_modal(given, 1)
    text = shown(first["blocks"])  # type: ignore[arg-type] # blocks are a list of maps
    assert "*Version 13*, You, Wednesday, 25 November." in text
    assert "“ship part 13” instead of “ship part 12”" in text
    assert "What: ship part ~12~ *13*" in text
    assert "by Thursday, 10 December instead of Wednesday, 9 December" in text
    assert "*Version 3*" not in text
    assert labels(first["blocks"]) == ["Next 10"]  # type: ignore[arg-type] # the same
    assert "*Version 2*, <@U0OTTO>" in shown(second["blocks"])  # type: ignore[arg-type] # the same
    assert labels(second["blocks"]) == ["Previous 10"]  # type: ignore[arg-type] # the same


def test_both_suggestions_stand_in_two_columns_and_in_the_text() -> None:
    mine, theirs = (
        replace(terms(), version=3),
        replace(terms(OTTO, MONDAY), version=4, note="tests"),
    )
    given = view(
        Moment.SUGGESTED_CHANGE,
        asked(terms=theirs, last_version=4),
        LENA,
        Action.ACCEPT,
        previous=mine,
        sides=(mine, theirs),
    )
    message = card(given, TEAM)
    expected = [
        "You suggest: “ship the billing API”, by Friday, 27 November.",
        "<@U0OTTO> suggests: “ship the billing API”, by Monday, 30 November. “tests”",
    ]
    assert message.text.splitlines()[-2:] == expected
    (fields,) = [block["fields"] for block in message.blocks if "fields" in block]
    assert [field["text"] for field in fields] == expected  # type: ignore[attr-defined] # a list
    assert all("fields" not in b for b in card(replace(given, current=False), TEAM).blocks)


def test_talking_is_offered_from_the_first_suggestion_on() -> None:
    def talks(it_version: int) -> bool:
        it = asked(terms=replace(terms(), version=it_version), last_version=it_version)
        given = view(Moment.LIST, it, OTTO, Action.ACCEPT)
        return "Talk it over" in [one.label for one in offered(given, Prompt.PROPOSAL)]

    assert not talks(1)
    assert talks(2)


def test_not_quite_takes_a_line_alone_and_a_change_does_not() -> None:
    press = Press(verb=Verb.NOT_QUITE, number=42, seen=AGREED.seen)
    form = Screen(change_form(AGREED, Origin(press=press), LENA, NOW, reads="Otto"))
    assert form.view["title"]["text"] == NO
    assert "Otto will read this. A line here is enough." in str(form.view)
    state = form.fill(note="and the docs").state
    read = read_change(state, AGREED, LENA, or_a_line=True)
    assert (read.is_a_line, read.note) == (True, "and the docs")


def test_add_my_words_begins_with_what_was_said() -> None:
    press = Press(verb=Verb.ADD_WORDS, number=42, seen=AGREED.seen)
    form = Screen(words_form(AGREED, Origin(press=press), OTTO, NOW, reads="Lena", before=OTTOS))
    assert form.labels == ["How I understand it", "What I gain", "What I need from Lena"]
    assert form.optional == {"understood", "gain", "need"}
    assert read_words(form.state) == (OTTOS.understood, OTTOS.gain, OTTOS.need)
    assert "Lena will read this." in str(form.view)


def test_whose_line_stands_in_the_form() -> None:
    origin = Origin(press=Press(verb=Verb.FORM_ASK))
    form = expectation_form(Form(owners=("U0OTTO",)), origin, LENA, NOW, worth=("Otto", "a walk"))
    blocks = form["blocks"]
    assert isinstance(blocks, list)
    assert blocks[0]["dispatch_action"] is True
    assert "What makes work worth it for Otto: “a walk”" in shown(blocks[1:2])
    gone = with_worth(form, None)
    assert gone is not None
    assert "worth it" not in str(gone)
    assert gone["private_metadata"] == form["private_metadata"]
    assert with_worth(gone, None) is None
    other = with_worth(form, ("Maya", "the sea"))
    assert other is not None
    assert str(other).count("worth it") == 1
    assert isinstance(other["blocks"], list)
    assert [block.get("block_id") for block in other["blocks"][:2]] == [Field.WHO, "worth_of"]


def test_the_hint_is_small_and_can_be_left_out() -> None:
    def reply(it_terms: Wording, **more: object) -> str:
        it = asked(terms=replace(terms(), wording=it_terms))
        me = replace(LENA, **more)  # type: ignore[arg-type] # what a member has
        return created(it, me, PEOPLE, NOW, moves=frozenset(), hint=True).text

    plain = Wording(result="ship it")
    hint = "What is in it for <@U0OTTO>? They may ask."
    assert reply(plain).splitlines()[-1] == hint
    assert hint not in reply(replace(plain, gains=Gains(owner="a quiet week")))
    assert hint in reply(replace(plain, gains=Gains(requester="a launch", team="trust")))
    assert hint not in reply(plain, stopped=frozenset({Stoppable.GAIN_HINT}))


def test_the_reply_to_the_first_yes_takes_own_words() -> None:
    def row(*, first_yes: bool) -> list[str]:
        return labels(acted(AGREED, OTTO, PEOPLE, NOW, first_yes=first_yes).blocks)

    assert row(first_yes=True) == ["Add my words", "Show it"]
    assert row(first_yes=False) == ["Show it"]


def test_a_waiting_change_says_both_and_what_changed() -> None:
    waits = suggested()
    assert waits.terms is not None
    said = replace(waits.terms, wording=Wording(result="ship the new billing API"))
    it = asked(Status.ACTIVE, pending=replace(waits, terms=said), last_version=2)
    message = card(view(Moment.CHANGE_TO_AGREED, it, LENA, Action.ACCEPT), TEAM)
    assert message.text.splitlines()[-1] == "What: ship the [new: new] billing API"
    assert "ship the *new* billing API" in shown(message.blocks)
