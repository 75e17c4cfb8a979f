"""A channel's charter: written, agreed to, changed, shown, and looked at again."""

import json
from datetime import UTC, datetime

import pytest

from bot.playground import Message, Person, View
from bot.playground.finding import shown
from tests.support.stage import Stage

TWO = "When we say no: early, and with what would work instead\nNo meetings on Friday"
FIRST = "*Charter of <#C01LAUNCH>*, version 1, by you, Monday, 23 November."


def form(stage: Stage, user: str) -> View:
    view = stage.slack.modal(user)
    assert view is not None
    return view


def words(where: Message | View) -> str:
    """Return all that stands in its blocks."""
    return json.dumps(where.blocks, ensure_ascii=False)


def newest(stage: Stage, user: str, where: str = "launch") -> Message:
    return stage.slack.visible(user, where)[-1]


def write(stage: Stage, user: str, text: str, **more: object) -> dict[str, str]:
    return stage.submit(user, {"lines": text, **more})


def first(stage: Stage, user: str = "lena") -> Message:
    """Let somebody write the first charter of #launch; return what they read then."""
    stage.expect(user, "charter edit")
    assert write(stage, user, TWO) == {}
    return newest(stage, user)


def test_a_channel_without_one_is_offered_the_first(stage: Stage) -> None:
    assert stage.expect("lena", "charter").startswith("This channel has no charter yet")
    stage.press("lena", newest(stage, "lena"), "Write the first")
    assert write(stage, "lena", TWO) == {}
    assert newest(stage, "lena").text.splitlines() == [
        FIRST,
        "• *When we say no*: early, and with what would work instead",
        "• No meetings on Friday",
        "Only who agrees is named, and a yes can be taken back.",
        "To be looked at again on Tuesday, 23 February 2027.",
    ]


def test_only_who_agrees_is_named_and_a_yes_can_be_taken_back(stage: Stage) -> None:
    stage.press("lena", first(stage), "I agree")
    assert newest(stage, "lena").text == "You agree to version 1: your name stands there."
    stage.expect("ren", "charter")
    stage.press("ren", newest(stage, "ren"), "I agree")
    said = stage.expect("maya", "charter")
    assert "Agreed by <@U01LENA> and <@U02REN>." in said
    assert "Maya" not in said
    assert "<@U04ASHA>" not in said
    stage.press("ren", newest(stage, "ren"), "Take back my yes")
    said = stage.expect("maya", "charter")
    assert "Agreed by <@U01LENA>." in said
    assert "REN" not in said


def test_other_words_ask_everybody_anew(stage: Stage) -> None:
    stage.press("lena", first(stage), "I agree")
    stage.expect("ren", "charter")
    seen_before = newest(stage, "ren")
    stage.expect("maya", "charter")
    stage.press("maya", newest(stage, "maya"), "Suggest other words")
    view = form(stage, "maya")
    assert view.name == "Suggest other words"
    other = TWO.replace("No meetings on Friday", "No meetings on Friday afternoon")
    assert write(stage, "maya", other) == {}
    said = stage.expect("lena", "charter")
    assert "version 2, by <@U03MAYA>" in said
    assert "Agreed" not in said
    stage.press("lena", newest(stage, "lena"), "What changed")
    assert "No meetings on Friday *afternoon*" in words(form(stage, "lena"))
    stage.slack.close_modal("lena")
    stage.press("ren", seen_before, "I agree")
    assert newest(stage, "ren").text == (
        "There are other words by now: `/expect charter` in the channel shows them. "
        "Nothing was changed."
    )
    assert "Agreed" not in stage.expect("lena", "charter")


def test_two_who_write_at_once_do_not_overwrite_each_other(stage: Stage) -> None:
    first(stage)
    for user in ("ren", "maya"):
        stage.expect(user, "charter edit")
    assert write(stage, "ren", "We answer within a day") == {}
    assert write(stage, "maya", "We answer within two days") == {
        "lines": "There are other words by now. Copy yours, and look at the present ones first."
    }
    assert "within a day" in stage.expect("lena", "charter")


@pytest.mark.parametrize(
    ("given", "error"),
    [
        ({"lines": "\n".join(f"line {n}" for n in range(8))}, "At most 7 agreements, one a line."),
        ({"lines": "short\n" + "x" * 201}, "Line 2 is too long: at most 200 characters."),
        ({"lines": "one", "review": "2026-11-23"}, "Choose a day after today."),
    ],
)
def test_what_is_wrong_stands_at_its_field(
    stage: Stage, given: dict[str, object], error: str
) -> None:
    stage.expect("lena", "charter edit")
    assert list(stage.submit("lena", given).values()) == [error]


def test_it_is_only_there_in_its_channel(stage: Stage) -> None:
    first(stage)
    assert "no charter yet" in stage.expect("lena", "charter", "support")
    stage.slack.dm("lena", "charter")
    stage.settle()
    assert stage.last("lena").text == (
        "A charter belongs to a channel: type `/expect charter` in the channel itself, public or "
        "private. Nothing was changed."
    )


def test_it_is_posted_once_for_each_version_and_kept_up_to_date(stage: Stage) -> None:
    written = first(stage)
    stage.press("lena", written, "Show it to the channel")
    assert newest(stage, "lena").text == "It stands in the channel."
    (post,) = [m for m in stage.slack.messages("launch") if "Charter of" in m.text]
    assert "by Lena, Monday" in post.text
    assert "<@" not in post.text + str(post.blocks)
    stage.press("asha", post, "I agree")
    (post,) = [m for m in stage.slack.messages("launch") if "Charter of" in m.text]
    assert "Agreed by Asha." in post.text
    stage.press("lena", written, "Show it to the channel")
    assert len([m for m in stage.slack.messages("launch") if "Charter of" in m.text]) == 1
    stage.press("ren", post, "Suggest other words")
    assert write(stage, "ren", "We answer within a day") == {}
    (post,) = [m for m in stage.slack.messages("launch") if "Charter of" in m.text]
    assert post.text.endswith("There are other words by now: `/expect charter` shows them.")
    assert "I agree" not in shown(post)


def test_who_is_forgotten_is_not_named_in_the_post_any_more(stage: Stage) -> None:
    stage.press("lena", first(stage), "Show it to the channel")
    (post,) = [m for m in stage.slack.messages("launch") if "Charter of" in m.text]
    stage.press("asha", post, "I agree")
    stage.expect("asha", "forget-me")
    assert stage.submit("asha") == {}
    (post,) = [m for m in stage.slack.messages("launch") if "Charter of" in m.text]
    assert "Asha" not in post.text + words(post)


def test_where_the_bot_may_not_post_it_says_how(stage: Stage) -> None:
    written = first(stage)
    stage.slack.state.conversation("C01LAUNCH").members.discard(stage.slack.state.app.bot_user_id)
    stage.press("lena", written, "Show it to the channel")
    assert "type `/invite @Winwin` there first. Nothing was saved." in words(form(stage, "lena"))
    assert {refusal.error for refusal in stage.slack.refusals} == {"not_in_channel"}
    stage.slack.state.refusals.clear()


def test_one_agreement_stands_above_the_form_each_day_another(stage: Stage) -> None:
    first(stage)
    lines = TWO.splitlines()
    seen = []
    for day in (24, 25, 26):
        stage.clock.at = datetime(2026, 11, day, 12, tzinfo=UTC)
        stage.slack.command("maya", "launch", "/expect")
        head = json.dumps(form(stage, "maya").blocks[0])
        assert "From this channel's charter: " in head
        seen.append(next(n for n, line in enumerate(lines) if line in head))
        stage.slack.close_modal("maya")
    assert seen in ([0, 1, 0], [1, 0, 1])
    stage.slack.command("maya", "support", "/expect")
    assert "charter" not in words(form(stage, "maya"))
    stage.slack.close_modal("maya")
    stage.expect("lena", "charter edit")
    assert write(stage, "lena", TWO, heads_form=[]) == {}
    assert "version 1" in newest(stage, "lena").text
    stage.slack.command("maya", "launch", "/expect")
    assert "charter" not in words(form(stage, "maya"))


def test_its_author_is_asked_on_the_review_day_and_nobody_else(stage: Stage) -> None:
    stage.expect("lena", "charter edit")
    assert write(stage, "lena", TWO, review="2026-12-01") == {}
    stage.press("maya", _shown_to(stage, "maya"), "I agree")
    stage.advance(datetime(2026, 11, 30, 20, tzinfo=UTC))
    assert stage.inbox("lena", about="charter") == []
    stage.advance(datetime(2026, 12, 4, 20, tzinfo=UTC))
    (asked,) = stage.inbox("lena", about="charter")
    assert "its review day has come, and its present words are yours." in asked.text
    assert all(stage.inbox(user, about="charter") == [] for user in ("ren", "maya", "asha"))
    stage.press("lena", asked, "Not now")
    stage.press("lena", asked, "Still right")
    (asked, *replies) = stage.inbox("lena")[-3:]
    assert "still right, to be looked at again on Thursday, 4 March 2027." in asked.text
    assert "Still right" not in shown(asked)
    assert [reply.text for reply in replies] == [
        "It stays as it is.",
        "It stays as it is, and is looked at again on Thursday, 4 March 2027.",
    ]
    assert "Agreed by <@U03MAYA>." in stage.expect("lena", "charter")
    stage.advance(datetime(2027, 3, 4, 20, tzinfo=UTC))
    assert len(stage.inbox("lena", about="its review day has come")) == 1


def test_its_review_can_be_switched_off_where_it_is_asked(stage: Stage) -> None:
    stage.expect("lena", "charter edit")
    assert write(stage, "lena", TWO, review="2026-12-01") == {}
    stage.advance(datetime(2026, 12, 1, 20, tzinfo=UTC))
    stage.press("lena", stage.last("lena", about="its review day has come"), "Stop asking")
    stage.expect("lena", "charter edit")
    assert write(stage, "lena", "We answer within a day", review="2026-12-08") == {}
    stage.advance(datetime(2026, 12, 11, 20, tzinfo=UTC))
    assert len(stage.inbox("lena", about="its review day has come")) == 0
    assert len(stage.inbox("lena", about="has other words since")) == 1


def _shown_to(stage: Stage, user: str) -> Message:
    stage.expect(user, "charter")
    return newest(stage, user)


def test_it_can_be_changed_from_the_list_by_who_wrote_it(stage: Stage) -> None:
    stage.expect("lena", "charter edit")
    assert write(stage, "lena", TWO, review="2026-12-01") == {}
    stage.advance(datetime(2026, 12, 1, 20, tzinfo=UTC))
    asked = stage.last("lena", about="charter")
    stage.press("lena", asked, "Change it")
    assert write(stage, "lena", "We answer within a day") == {}
    assert "version 2" in stage.expect("maya", "charter")
    assert "has other words since." in stage.inbox("lena", about="has other words")[0].text


def test_a_stranger_reads_along_and_agrees_to_nothing(stage: Stage) -> None:
    stranger = Person("U09EVA", "eva", "Eva Lind", "Europe/Oslo", team_id="T09OTHER")
    stage.slack.join(stranger, "launch")
    stage.press("lena", first(stage), "Show it to the channel")
    (post,) = [m for m in stage.slack.messages("launch") if "Charter of" in m.text]
    stage.press("eva", post, "I agree")
    assert "Only people of this organisation can ask here." in newest(stage, "eva").text
    assert "Agreed" not in stage.expect("lena", "charter")
