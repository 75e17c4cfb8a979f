"""When a goal is looked at again, and when most of it is one person's."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.goal import (
    Goal,
    Load,
    carried_key,
    next_review,
    read_carried_key,
    read_review_key,
    review_key,
)

GOAL = Goal(
    number=3,
    channel="C0",
    title="Move ten customers",
    creator="U0LENA",
    champion="U0MAYA",
    day=date(2026, 12, 15),
    created_at=datetime(2026, 11, 1, tzinfo=UTC),
    review_on=date(2026, 11, 25),
)


@pytest.mark.parametrize(
    ("today", "following"),
    [
        (date(2026, 11, 15), date(2026, 11, 25)),  # 30 days are left: a third of them
        (date(2026, 3, 1), date(2026, 3, 31)),  # over half a year: not more than thirty days
        (date(2026, 12, 1), date(2026, 12, 8)),  # 14 days: not less than a week
        (date(2026, 12, 10), date(2026, 12, 15)),  # less than a week: on its day
        (date(2026, 12, 15), None),
        (date(2027, 1, 1), None),
    ],
)
def test_a_goal_that_is_still_right_is_looked_at_again(today: date, following: date | None) -> None:
    assert next_review(GOAL, today) == following


@given(st.integers(1, 4000))
def test_it_is_always_later_and_never_after_its_day(left: int) -> None:
    following = next_review(GOAL, GOAL.day - timedelta(days=left))
    assert following is not None
    assert GOAL.day - timedelta(days=left) < following <= GOAL.day


@pytest.mark.parametrize(
    ("mine", "open_now", "carriers", "most"),
    [
        (2, 3, 2, True),
        (3, 5, 4, True),
        (3, 3, 2, True),  # the other one's are done
        (2, 2, 2, False),  # two are too few to tell
        (2, 4, 2, False),  # half is not over half
        (3, 6, 3, False),
        (3, 3, 1, False),  # nobody else ever carried anything of it
        (0, 3, 2, False),
    ],
)
def test_most_is_over_half_of_three_where_others_carry_too(
    mine: int, open_now: int, carriers: int, *, most: bool
) -> None:
    load = Load(goal=3, mine=mine, open_now=open_now, carriers=carriers)
    assert load.is_most is most


def test_it_is_raised_with_the_champion_or_by_the_champion_with_who_set_it() -> None:
    assert GOAL.other_keepers("U0REN") == ("U0MAYA", "U0LENA")
    assert GOAL.other_keepers("U0MAYA") == ("U0LENA",)
    assert GOAL.other_keepers("U0LENA") == ("U0MAYA",)
    assert replace(GOAL, champion="U0LENA").other_keepers("U0LENA") == ()


def test_keys_are_read_back() -> None:
    assert review_key(GOAL) == "G-3/2026-11-25"
    assert read_review_key("G-3/2026-11-25") == (3, date(2026, 11, 25))
    assert read_carried_key(carried_key(3, "2026-Q4")) == (3, "2026-Q4")


@pytest.mark.parametrize("key", ["", "G-3", "G-x/2026-11-25", "/"])
def test_other_keys_are_none_of_ours(key: str) -> None:
    for read in (read_review_key, read_carried_key):
        with pytest.raises(ValueError, match=r"literal|isoformat|^(G-3|/|)$"):
            read(key)
