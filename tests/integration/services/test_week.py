"""The goals of a channel's week: the open ones, those that closed in it, and where each stood."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from bot.domain.expectation import Visibility
from bot.domain.goal import GoalStatus, Measure
from bot.domain.schedule.summary_time import SummaryPeriod
from bot.domain.views import GoalLine
from bot.services.goals import GoalDraft
from bot.services.week import week
from tests.integration.services.house import ANA, LAUNCH, LENA, House, day

GOAL = GoalDraft(title="launch", day=day(30).day, champion=ANA)
BERLIN = ZoneInfo("Europe/Berlin")


def goals(house: House) -> list[GoalLine]:
    """Return the goals of the seven days until now."""
    until = house.now + timedelta(minutes=1)
    since = until - timedelta(days=7)
    days = {"day": until.date(), "first": since.date(), "last": until.date()}
    period = SummaryPeriod(**days, since=since, until=until)
    with house.store.write(house.workspace) as uow:
        return list(week(uow, LAUNCH, period, BERLIN, at=house.now, by=None).goals)


def test_many_open_goals_do_not_push_out_what_closed_latest(house: House) -> None:
    for _ in range(53):
        house.goals.create(house.actor(LENA), GOAL)
    for number in (1, 2):
        house.goals.close(house.actor(ANA), number, GoalStatus.MET, "done", "")
        house.passes(hours=1)
    shown = [line.goal.number for line in goals(house)]
    assert len(shown) == 52, "fifty open ones, and all that closed"
    assert shown[:3] == [3, 4, 5]
    assert shown[-2:] == [2, 1]
    house.passes(days=8)
    assert {1, 2}.isdisjoint(line.goal.number for line in goals(house))


def test_what_is_private_is_no_part_of_it(house: House) -> None:
    house.goals.create(house.actor(LENA), replace(GOAL, visibility=Visibility.PRIVATE))
    house.goals.create(house.actor(LENA), replace(GOAL, visibility=Visibility.PRIVATE))
    house.goals.close(house.actor(ANA), 2, GoalStatus.MET, "done", "")
    assert goals(house) == []


def test_each_measure_has_its_own_weeks(house: House) -> None:
    measured = replace(GOAL, measure=Measure(start=Decimal(0), now=Decimal(1), target=Decimal(10)))
    house.goals.create(house.actor(LENA), measured)
    house.goals.create(house.actor(LENA), GOAL)
    house.passes(days=7)
    house.goals.create(house.actor(LENA), replace(measured, day=day(30).day + timedelta(days=60)))
    house.goals.update(house.actor(ANA), 1, Decimal(4))
    house.passes(days=7)
    house.goals.update(house.actor(ANA), 1, Decimal(6))
    first, without, second = goals(house)
    assert first.weeks == (
        (date(2026, 11, 23), Decimal(1)),
        (date(2026, 11, 30), Decimal(4)),
        (date(2026, 12, 7), Decimal(6)),
    )
    assert first.last_week == "4"
    assert without.weeks == ()
    assert second.weeks == ((date(2026, 11, 30), Decimal(1)), (date(2026, 12, 7), Decimal(1)))
