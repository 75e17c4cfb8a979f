"""The plain counts of a channel's week."""

from dataclasses import replace
from datetime import date, datetime

from bot.domain.expectation import Expectation, Outcome, Status, Visibility
from bot.domain.figures import Week, goal_lines, week
from bot.domain.goal import Goal, GoalStatus
from bot.domain.schedule.summary_time import summary_period
from tests.unit.schedule.given import BERLIN, MONDAY, agreed, at, clock, day, request

PERIOD = summary_period(day(11, 27), clock("16:00"), BERLIN)


def counted(
    accepted: tuple[Expectation, ...] = (),
    closed: tuple[Expectation, ...] = (),
    under_way: tuple[Expectation, ...] = (),
) -> Week:
    return week("C01", PERIOD, accepted=accepted, closed=closed, under_way=under_way)


def met(number: int, outcome: Outcome, due: date = date(2026, 11, 26)) -> Expectation:
    return agreed(due, number=number, status=Status.MET, outcome=outcome)


def changed(number: int, on: datetime, *, late: bool = False) -> Expectation:
    return agreed(day(12, 18), number=number, on=on, moved_in_time=True, moved_late=late)


def test_each_count_is_its_own() -> None:
    open_one, other = agreed(day(12, 1), number=1), agreed(day(12, 30), number=2)
    found = counted(
        accepted=(open_one, other, met(3, Outcome.KEPT)),
        closed=(met(3, Outcome.KEPT), met(4, Outcome.KEPT_CHANGED), met(5, Outcome.LATE)),
        under_way=(open_one, other),
    )
    assert (found.agreed, found.kept, found.under_way) == (3, 2, 2)


def test_changed_in_time_are_those_accepted_this_week() -> None:
    found = counted(
        under_way=(
            changed(1, MONDAY),
            changed(2, at(11, 20, 16, 0)),
            changed(3, at(11, 20, 15, 59)),  # in the week before
            changed(4, at(11, 27, 16, 0)),  # in the week after
            changed(5, MONDAY, late=True),
            agreed(number=6),
        )
    )
    assert found.changed_in_time == 2


def test_nothing_private_and_nothing_that_the_channel_may_not_see() -> None:
    hidden = (
        agreed(number=1, visibility=Visibility.PRIVATE),
        agreed(number=2, channel="C02"),
        request(number=3),
        agreed(number=4, status=Status.MISSED, outcome=Outcome.MISSED),
        agreed(number=5, status=Status.RELEASED),
    )
    found = counted(accepted=hidden, closed=hidden, under_way=hidden)
    assert found == Week(agreed=0, kept=0, changed_in_time=0, under_way=0, due=0, next_week=())
    assert found.is_empty


def test_next_week_by_day() -> None:
    found = counted(
        under_way=(
            agreed(day(12, 4), number=1),
            agreed(day(12, 1), number=2),
            agreed(at(12, 1, 10, 0), number=3),
            agreed(day(11, 27), number=4),
            agreed(day(12, 5), number=5),
        )
    )
    assert [one.number for one in found.next_week] == [3, 2, 1]
    assert found.due == 1


def test_a_quiet_week_has_only_what_is_open() -> None:
    found = counted(under_way=(agreed(day(12, 30), on=at(11, 2)),))
    assert found.is_quiet
    assert not found.is_empty
    assert not counted(closed=(met(1, Outcome.KEPT),)).is_quiet


def test_open_goals_by_day_with_last_weeks_measure() -> None:
    goal = Goal(
        number=1,
        channel="C01",
        title="Move ten customers",
        creator="U1",
        champion="U1",
        day=day(12, 15),
        created_at=MONDAY,
    )
    goals = [
        goal,
        replace(goal, number=2, day=day(12, 1)),
        replace(goal, number=3, status=GoalStatus.MET),
        replace(goal, number=4, visibility="private"),
    ]
    lines = goal_lines("C01", goals, {1: "5"}, {2: 1})
    assert [(one.goal.number, one.last_week, one.help_wanted) for one in lines] == [
        (2, None, 1),
        (1, "5", 0),
    ]
