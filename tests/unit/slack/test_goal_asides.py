"""What a list asks about goals, and the one message that may follow, in words and buttons."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from bot.domain.asides import Aside
from bot.domain.goal import Carried, Goal, GoalStatus
from bot.domain.views import AsideView, RaisedView
from bot.slack.blocks.asides import aside_blocks, aside_words
from bot.slack.blocks.goal_asides import raised
from bot.slack.pen import Pen
from tests.unit.slack.given import LENA, NOW, OTTO, PEOPLE, labels

GOAL = Goal(
    number=3,
    channel="C0",
    title="Move ten customers",
    creator="U0LENA",
    champion="U0LENA",
    day=date(2026, 12, 15),
    created_at=datetime(2026, 11, 2, tzinfo=UTC),
)
REVIEW = AsideView(
    kind=Aside.GOAL_REVIEW, key="G-3/2026-11-25", goal=GOAL, args={"next": "2026-12-02"}
)
MOST = AsideView(
    kind=Aside.CONCENTRATION,
    key="G-3/2026-Q4",
    goal=GOAL,
    who="U0LENA",
    args={"mine": "2", "open": "3"},
)
PEN = Pen.of(OTTO, PEOPLE, NOW)
ITEM = "*Move ten customers* (G-3)"


def test_a_review_asks_and_offers_three_answers() -> None:
    assert aside_words(REVIEW, PEN) == (
        f"{ITEM}, by Tuesday, 15 December: you wanted to look at it again. Is it still right?"
    )
    stop = "Stop asking"
    assert labels(aside_blocks([REVIEW], PEN)) == ["Still right", "Change it", "Close it", stop]
    on_its_day = replace(REVIEW, args={})
    assert labels(aside_blocks([on_its_day], PEN)) == ["Change it", "Close it", stop]


@pytest.mark.parametrize(
    ("answered", "said"),
    [
        ("moved", "looked at again on Wednesday, 2 December."),
        ("closed", "it is closed by now."),
        ("handed_on", "somebody else looks after it by now."),
    ],
)
def test_an_answered_review_says_what_became_of_it(answered: str, said: str) -> None:
    view = replace(REVIEW, answered=answered)
    assert aside_words(view, PEN) == f"{ITEM}, by Tuesday, 15 December: {said}"
    assert labels(aside_blocks([view], PEN)) == []


def test_who_carries_most_can_say_yes_no_and_never_again() -> None:
    assert aside_words(MOST, PEN) == (
        f"{ITEM}: 2 of the 3 things agreed and open under it are with you. Only you see this. "
        "Would you like to raise it with <@U0LENA>?"
    )
    assert labels(aside_blocks([MOST], PEN)) == [
        "Raise it",
        "It is fine as it is",
        "Stop asking",
    ]
    for answered in ("raised", "fine", "over"):
        assert labels(aside_blocks([replace(MOST, answered=answered)], PEN)) == []


def test_what_is_raised_says_who_and_that_nobody_else_is_told() -> None:
    said = Carried(goal=3, user="U0OTTO", quarter="2026-Q4", at=NOW, note="Too much", message="m1")
    view = RaisedView(reader=LENA, goal=GOAL, said=said, people=PEOPLE, now=NOW)
    assert raised(view).text == (
        f"{ITEM}: <@U0OTTO> tells you that most of its open work is with <@U0OTTO>. “Too much” "
        "Only you are told."
    )
    assert labels(raised(view).blocks) == ["Show"]
    closed = replace(view, goal=replace(GOAL, status=GoalStatus.MET))
    assert labels(raised(closed).blocks) == []


def test_with_nobody_to_raise_it_with_it_is_told_and_the_goal_shown() -> None:
    alone = replace(MOST, who=None)
    assert aside_words(alone, PEN) == (
        f"{ITEM}: 2 of the 3 things agreed and open under it are with you. Only you see this."
    )
    assert labels(aside_blocks([alone], PEN)) == [
        "It is fine as it is",
        "Show the goal",
        "Stop asking",
    ]
