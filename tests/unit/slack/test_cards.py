"""What cards hold besides their moment's words: all terms, what was read, no pings, zones."""

from dataclasses import replace
from datetime import UTC, date, datetime

from bot.domain.due import Due
from bot.domain.expectation import (
    Action,
    Seen,
    Status,
    Visibility,
)
from bot.domain.messages import Moment
from bot.domain.terms import Wording
from bot.slack.blocks.card import card
from bot.slack.ids import Press
from tests.unit.slack import moments_agreeing
from tests.unit.slack.given import (
    FRIDAY,
    FRIDAY_FIVE,
    FULL,
    LENA,
    MAYA,
    MONDAY,
    OTTO,
    TEAM,
    asked,
    event,
    labels,
    let_go,
    shown,
    suggested,
    terms,
    view,
)
from tests.unit.slack.moments_doing import ANSWERS, CHANGING, DONE, ITEM, LENAS
from tests.unit.slack.moments_doing import CASES as DOING

CASES = moments_agreeing.CASES | DOING


def test_a_passed_moment_shows_the_present_state_and_nothing_to_press() -> None:
    passed = view(Moment.PROPOSAL, asked(Status.DECLINED), OTTO, current=False)
    assert card(passed, TEAM).text == f"{ITEM}: declined."
    assert labels(card(passed, TEAM).blocks) == []
    waiting = view(Moment.PROPOSAL, asked(terms=terms(OTTO)), OTTO, current=False)
    assert card(waiting, TEAM).text == f"{ITEM}: waiting for {LENAS}."
    agreed = view(Moment.CHANGE_TO_AGREED, CHANGING, LENA, current=False)
    assert card(agreed, TEAM).text == (
        f"{ITEM}, by Friday, 27 November: agreed; a suggested change waits for you."
    )
    done = view(Moment.HOUR_BEFORE, DONE, OTTO, current=False)
    assert card(done, TEAM).text == f"{ITEM}: done, {LENAS} looks."


TOO = "Your yes agrees to that too."


def test_a_proposal_shows_all_its_terms() -> None:
    full = asked(terms=replace(terms(), wording=FULL), visibility=Visibility.PRIVATE)
    assert card(view(Moment.PROPOSAL, full, OTTO, *ANSWERS), TEAM).text.splitlines()[1:-1] == [
        "Why: “customers wait”",
        "For you: “a quiet week”",
        f"For {LENAS}: “fewer calls”",
        "For the team: “trust”",
        "Done means: “it is live”",
        f"Needed from {LENAS} by Thursday, 26 November: “the test data” {TOO}",
        "Limits: “no downtime”",
        "Help you can count on: “two days of Otto”",
        "How we check in: “a line each morning”",
        "What follows: “we celebrate”",
    ]


def test_buttons_carry_what_was_read() -> None:
    changing = asked(Status.ACTIVE, pending=suggested(), reports=2)
    message = card(view(Moment.CHANGE_TO_AGREED, changing, LENA, Action.ACCEPT, Action.KEEP), TEAM)
    row = message.blocks[-1]["elements"]
    assert isinstance(row, list)
    accept, talk, keep = row
    for button in (accept, keep):
        press = Press.decode(button["value"])
        assert (press.number, press.seen) == (42, Seen(version=1, pending=1, report=2))
    assert talk["url"] == "slack://user?team=T0TEAM&id=U0OTTO"


def test_settling_a_remedy_is_about_the_missed_one() -> None:
    given, _, _ = CASES["remedy"]
    row = card(given, TEAM).blocks[-1]["elements"]
    assert isinstance(row, list)
    numbers = {button["text"]["text"]: Press.decode(button["value"]).number for button in row}
    assert numbers == {"Accept": 42, "Suggest a change": 42, "It is settled": 41, "Decline": 42}


def test_what_is_typed_neither_pings_nor_formats() -> None:
    nasty = terms(result="<!channel> *now* `rm` <@U0MAYA>")
    said = event(OTTO, Action.DECLINE, "<!here> _no_")
    message = card(
        view(Moment.DECLINED, asked(Status.DECLINED, terms=nasty), LENA, event=said), TEAM
    )
    for text in (message.text, shown(message.blocks)):
        assert "&lt;!channel&gt;" in text
        assert "&lt;!here&gt;" in text
        assert "<!" not in text.replace("<!date", "")
        assert text.count("*") == 2
        assert "`" not in text
        assert "<@U0MAYA>" not in text


def test_a_channels_post_pings_nobody() -> None:
    given, _, _ = CASES["told to the channel"]
    message = card(given, TEAM)
    assert "<@" not in message.text + shown(message.blocks)


def test_hours_stand_in_the_readers_zone_and_days_where_the_owner_is() -> None:
    hour = asked(owner=MAYA.user, terms=terms(LENA, FRIDAY_FIVE))
    message = card(view(Moment.PROPOSAL, hour, MAYA, *ANSWERS), TEAM)
    assert "by Saturday, 28 November, 01:00, Tokyo time." in message.text
    unix = int(datetime(2026, 11, 27, 16, tzinfo=UTC).timestamp())
    assert f"<!date^{unix}^{{date_long}}, {{time}}|Saturday, 28 November, 01:00, Tokyo time>" in (
        shown(message.blocks)
    )
    day = asked(owner=MAYA.user)
    lenas = card(view(Moment.ACCEPTED, day, LENA, event=event(MAYA, Action.ACCEPT)), TEAM)
    assert "by Friday, 27 November (Tokyo time)." in lenas.text


def test_a_series_says_its_rule_and_its_next_date() -> None:
    weekly = asked(terms=terms(rrule="FREQ=WEEKLY;BYDAY=FR"))
    text = card(view(Moment.PROPOSAL, weekly, OTTO, *ANSWERS), TEAM).text
    assert text.startswith(f"{LENAS} asks you: {ITEM}, every Friday, next on Friday, 27 November.")


def test_a_past_day_says_to_suggest_another() -> None:
    past = asked(terms=terms(LENA, Due(date(2026, 11, 23))))
    message = card(view(Moment.PROPOSAL, past, OTTO, Action.CHANGE, Action.DECLINE), TEAM)
    assert "Its day has passed: suggest another day." in message.text
    assert labels(message.blocks) == ["Suggest a change", "Decline"]


def test_telling_the_channel_can_be_unticked_while_accepting() -> None:
    told = asked(tell_channel=True)
    blocks = card(view(Moment.PROPOSAL, told, OTTO, *ANSWERS), TEAM).blocks
    boxes = [block for block in blocks if block.get("block_id") == "tell"]
    assert len(boxes) == 1
    assert "initial_options" in str(boxes)
    assert "tell" not in str(card(view(Moment.PROPOSAL, asked(), OTTO, *ANSWERS), TEAM).blocks[1:])


def test_another_wording_shows_both() -> None:
    new = replace(terms(OTTO), version=2, wording=Wording(result="ship the API's first half"))
    change = view(Moment.SUGGESTED_CHANGE, asked(terms=new), LENA, *ANSWERS, previous=terms())
    assert card(change, TEAM).text == (
        "*ship the API's first half* (E-42): <@U0OTTO> suggests “ship the API's first half” "
        "instead of “ship the billing API”.\n"
        "What: ship the [without: billing API] [new: API's first half]"
    )


def test_a_change_of_other_terms_shows_what_is_new() -> None:
    new = replace(terms(OTTO), version=2, wording=replace(terms().wording, why="it is urgent"))
    change = view(Moment.SUGGESTED_CHANGE, asked(terms=new), LENA, *ANSWERS, previous=terms())
    assert card(change, TEAM).text.splitlines()[1:] == ["Why: “it is urgent”"]


def test_the_due_in_force_is_shown_after_a_return() -> None:
    moved = asked(Status.ACTIVE, due=MONDAY, terms=terms(LENA, FRIDAY))
    assert (
        "Now due Monday, 30 November."
        in card(
            view(Moment.RETURNED, moved, OTTO, event=event(LENA, Action.RETURN, "docs")), TEAM
        ).text
    )


def test_an_end_names_whose_it_is() -> None:
    released = asked(Status.RELEASED)
    owners = view(Moment.LET_GO, released, LENA, event=event(OTTO, Action.DROP))
    assert card(owners, TEAM).text == (
        f"{ITEM}: <@U0OTTO> ended it. It is closed and counts nowhere."
    )
    nobodys = view(
        Moment.LET_GO, released, LENA, event=replace(event(OTTO, Action.DROP), actor="clock")
    )
    assert card(nobodys, TEAM).text == (
        f"{ITEM}: it came to its end. It is closed and counts nowhere."
    )


def test_an_answer_carries_what_its_reader_had_before() -> None:
    waiting = asked(Status.ACTIVE, pending=let_go())
    told = event(OTTO, Action.ANSWER, "since May")
    given = view(Moment.ANSWER, waiting, LENA, Action.ACCEPT, Action.KEEP, Action.ASK, event=told)
    assert labels(card(given, TEAM).blocks) == ["Let it go", "Ask a question", "Keep as it was"]


def test_messages_are_short_and_calm() -> None:
    for given, text, _ in CASES.values():
        assert "!" not in text
        assert len(text.split()) <= 60, given.moment
