"""What a list may ask besides: rarely, and nothing that its reader wants left out."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.asides import Aside, are_reason_enough, wanted
from bot.domain.member import Member, Stoppable
from tests.support.values import member

ANA: Member = member("UANA")
MONDAY = datetime(2026, 11, 30, 8, 30, tzinfo=UTC)
REVIEWS = (Aside.CHARTER_REVIEW, Aside.GOAL_REVIEW)
RARE_ONES = (Aside.FAIRNESS, Aside.PULSE, Aside.WORTH_IT)


def test_everything_may_be_asked_who_was_asked_nothing_yet() -> None:
    assert wanted(ANA, {}, MONDAY) == (*REVIEWS, Aside.CONCENTRATION, *RARE_ONES)


@pytest.mark.parametrize(("days", "again"), [(0, False), (3, False), (6, False), (7, True)])
def test_a_rare_one_rests_a_week(days: int, *, again: bool) -> None:
    last = {Aside.WORTH_IT: MONDAY - timedelta(days=days), Aside.PULSE: MONDAY - timedelta(days=60)}
    kinds = wanted(ANA, last, MONDAY)
    assert kinds[:3] == (*REVIEWS, Aside.CONCENTRATION)
    assert kinds[3:] == ((Aside.FAIRNESS, Aside.PULSE, Aside.WORTH_IT) if again else ())


def test_none_waits_for_ever_behind_another() -> None:
    """Whoever has something of each kind every week is asked each in its turn."""
    asked: list[Aside] = []
    last: dict[Aside, datetime] = {}
    for week in range(6):
        at = MONDAY + timedelta(days=7 * week)
        kind = wanted(ANA, last, at)[3]
        last[kind] = at
        asked.append(kind)
    assert asked == [Aside.FAIRNESS, Aside.PULSE, Aside.WORTH_IT] * 2


def test_a_week_is_counted_in_local_days_not_in_hours() -> None:
    later_that_day = MONDAY - timedelta(days=7) + timedelta(hours=3)
    assert Aside.WORTH_IT in wanted(ANA, {Aside.PULSE: later_that_day}, MONDAY)


@pytest.mark.parametrize(
    ("what", "kind"),
    [
        (Stoppable.WORTH_IT, Aside.WORTH_IT),
        (Stoppable.FAIRNESS, Aside.FAIRNESS),
        (Stoppable.PULSE, Aside.PULSE),
        (Stoppable.CONCENTRATION, Aside.CONCENTRATION),
        (Stoppable.CHARTER_REVIEW, Aside.CHARTER_REVIEW),
        (Stoppable.GOAL_REVIEW, Aside.GOAL_REVIEW),
    ],
)
def test_what_is_stopped_is_left_out_and_nothing_else(what: Stoppable, kind: Aside) -> None:
    kinds = wanted(replace(ANA, stopped=frozenset({what})), {}, MONDAY)
    assert set(Aside) - set(kinds) == {kind}


def test_no_rare_one_is_reason_enough_for_a_list() -> None:
    assert not are_reason_enough(RARE_ONES)
    assert are_reason_enough([Aside.PULSE, Aside.GOAL_REVIEW])
    assert not are_reason_enough([])
