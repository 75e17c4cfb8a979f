"""A goal is looked at again, closed with what was learnt, and who carries most of it is told."""

from datetime import UTC, datetime, timedelta

from bot.playground import Message
from bot.playground.finding import shown
from tests.support.stage import Stage

MOST = "things agreed and open under it are with you"


def list_with(stage: Stage, user: str, words: str, days: int = 4) -> Message:
    """Go on until somebody gets a list with these words."""
    for _ in range(days):
        found = stage.inbox(user, about=words)
        if found:
            return found[-1]
        stage.advance(stage.clock.at + timedelta(days=1))
    raise AssertionError([message.text for message in stage.inbox(user)])


def set_goal(stage: Stage, **fields: object) -> None:
    """Let Lena set a goal in #launch by the 15th, and say more of it."""
    stage.expect("lena", "we will move ten customers by 15 Dec")
    stage.press("lena", stage.slack.visible("lena", "launch")[-1], "Change")
    assert stage.submit("lena", dict(fields)) == {}


def open_more(stage: Stage, user: str) -> None:
    """Open the form in #launch, with More."""
    stage.expect(user, "")
    view = stage.slack.modal(user)
    assert view is not None
    stage.press(user, view, "More")


def under_it(stage: Stage, owner: str, what: str, *, by: str = "lena") -> None:
    """Let somebody ask for something under the goal, and the other agree to it."""
    open_more(stage, by)
    values: dict[str, object] = {
        "Who": [owner],
        "What": what,
        "By when": "2026-12-10",
        "Goal": "move ten customers",
    }
    assert stage.submit(by, values) == {}
    number = stage.slack.visible(by, "launch")[-1].text.partition("(")[2].partition(")")[0]
    assert "agreed" in stage.expect(owner, f"accept {number}")


def test_the_review_day_is_followed_up(any_stage: Stage) -> None:
    stage = any_stage
    set_goal(stage, **{"Look at it again on": "2026-11-25", "Number to reach": "10"})
    asked = list_with(stage, "lena", "Is it still right?")
    assert "*move ten customers* (G-1), by Tuesday, 15 December, 0 of 10: you wanted" in asked.text
    assert stage.clock.at.date().day == 25
    stage.press("lena", asked, "Still right")
    now = stage.last("lena", about="looked at again on Wednesday, 2 December")
    assert "Still right" not in shown(now)
    assert "Looked at again on Wednesday, 2 December." in stage.expect("lena", "goal show G-1")
    again = list_with(stage, "lena", "Is it still right?", days=12)
    stage.press("lena", again, "Close it")
    closed: dict[str, object] = {
        "How it ended": "Reached",
        "What came of it": "Ten signed.",
        "What did you learn?": "Ask for the data first.",
    }
    assert stage.submit("lena", closed) == {}
    assert stage.inbox("lena", about="it is closed by now.")
    told = stage.expect("maya", "goal show G-1")
    assert "In the end: “Ten signed.”" in told
    assert "Learnt: “Ask for the data first.”" in told
    week = stage.expect("maya", "summary preview")
    assert "move ten customers by 15 December: 0. Reached." in week
    assert "*Learnt*\nmove ten customers: “Ask for the data first.”" in week


def test_goal_show_says_who_moved_the_measure(stage: Stage) -> None:
    set_goal(stage, **{"Number to reach": "10", "Number now": "2"})
    under_it(stage, "ren", "call the first five")
    stage.advance_by(days=1)
    told = stage.expect("ren", "goal update G-1 7")
    assert "*Where it stood*\nTuesday, 24 November: 7, said by you." in told
    assert "Monday, 23 November: 2, said by <@U01LENA>." in told
    assert "*call the first five* (E-1): <@U02REN>, for <@U01LENA>" in told
    assert "<@U01LENA>" in stage.expect("maya", "goal update G-1 8")  # whom to ask


def test_what_is_only_asked_under_a_goal_is_its_parties_alone(stage: Stage) -> None:
    set_goal(stage)
    under_it(stage, "ren", "call the first five")
    open_more(stage, "lena")
    asked: dict[str, object] = {
        "Who": ["asha"],
        "What": "write to the rest",
        "By when": "2026-12-10",
        "Goal": "move ten customers",
    }
    assert stage.submit("lena", asked) == {}
    mine = stage.expect("asha", "goal show G-1")
    assert "*write to the rest* (E-2)" in mine
    assert "waiting for you" in mine
    others = stage.expect("maya", "goal show G-1")
    assert "call the first five" in others
    assert "write to the rest" not in others


def three_under_it(stage: Stage) -> None:
    set_goal(stage)
    for owner, what in (("ren", "call five"), ("ren", "call five more"), ("asha", "write")):
        under_it(stage, owner, what)


def test_who_carries_most_is_told_alone_and_raises_it(any_stage: Stage) -> None:
    stage = any_stage
    three_under_it(stage)
    told = list_with(stage, "ren", MOST)
    assert "*move ten customers* (G-1): 2 of the 3" in told.text
    assert "Only you see this. Would you like to raise it with <@U01LENA>?" in told.text
    for other in ("lena", "asha", "maya"):
        assert not [one for one in stage.inbox(other) if MOST in one.text]
        assert MOST not in "".join(one.text for one in stage.slack.visible(other, "launch"))
    before = len(stage.inbox("lena"))
    stage.press("ren", told, "Raise it")
    assert "Lena will read this" in str(stage.slack.modal("ren"))
    assert stage.submit("ren", {"Anything to add?": "Could Asha take one?"}) == {}
    stage.advance_by(days=1)
    got = [one for one in stage.inbox("lena")[before:] if "tells you that" in one.text]
    assert len(got) == 1
    assert got[0].text == (
        "*move ten customers* (G-1): <@U02REN> tells you that most of its open work is with "
        "<@U02REN>. "
        "“Could Asha take one?” Only you are told."
    )
    assert stage.inbox("ren", about="you raised with <@U01LENA>")
    for other in ("asha", "maya"):
        assert not [one for one in stage.inbox(other) if "of its open work is with" in one.text]
    assert shown(told) == []  # it was answered


def test_it_is_fine_so_tells_nobody_and_is_not_asked_again(stage: Stage) -> None:
    three_under_it(stage)
    told = list_with(stage, "ren", MOST)
    stage.press("ren", told, "It is fine as it is")
    stage.advance(datetime(2026, 12, 8, 12, tzinfo=UTC))
    assert [one for one in stage.inbox("ren") if MOST in one.text] == []
    assert not [one for one in stage.inbox("lena") if "tells you that" in one.text]
    for line in ("goal show G-1", "summary preview", "balance", "with @ren"):
        said = stage.expect("lena", line)
        assert "is fine as it is" not in said
        assert "most of its open work" not in said


def test_stop_asking_stops_it(stage: Stage) -> None:
    three_under_it(stage)
    told = list_with(stage, "ren", MOST)
    stage.press("ren", told, "Stop asking")
    stage.advance(datetime(2027, 1, 6, 12, tzinfo=UTC))
    asked = [one for one in stage.inbox("ren") if MOST in one.text]
    assert [one.ts for one in asked] == [told.ts]


def test_what_was_raised_goes_with_who_is_forgotten(stage: Stage) -> None:
    three_under_it(stage)
    told = list_with(stage, "ren", MOST)
    stage.press("ren", told, "Raise it")
    assert stage.submit("ren", {"Anything to add?": "Could Asha take one?"}) == {}
    got = stage.last("lena", about="tells you that")
    assert "Could Asha take one?" in got.text
    stage.expect("ren", "forget-me")
    assert stage.submit("ren", {}) == {}
    stage.advance_by(minutes=5)
    now = stage.last("lena", about="tells you that").text
    assert "Could Asha take one?" not in now
    assert "U02REN" not in now
