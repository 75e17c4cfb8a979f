"""The budget: a busy fortnight stays within four messages a person and workday."""

from collections import Counter
from datetime import timedelta
from statistics import quantiles

import pytest

from bot.domain.messages import Moment
from bot.domain.schedule.quiet import is_quiet
from tests.unit.schedule.office import FIRST, LAST, OWNED, Office

SEEDS = range(1, 9)


@pytest.fixture(scope="module", params=SEEDS)
def office(request: pytest.FixtureRequest) -> Office:
    played = Office(seed=request.param)
    played.play()
    return played


def _per_workday(office: Office) -> list[int]:
    """Return how many messages each person got on each of the ten workdays."""
    got = Counter(
        (one.reader.user, one.at.astimezone(one.reader.zone).date()) for one in office.sent
    )
    days = [FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1)]
    return [got[user, day] for user in office.people for day in days if day.weekday() < 5]


def test_it_is_busy(office: Office) -> None:
    assert len(office.open) > len(office.people) * OWNED
    kinds = {one.moment for one in office.sent}
    assert kinds >= {Moment.PROPOSAL, Moment.ACCEPTED, Moment.DONE, Moment.LIST, Moment.AT_RISK}


def test_at_most_four_on_average_and_seven_at_the_ninetieth_percentile(office: Office) -> None:
    counts = _per_workday(office)
    assert sum(counts) / len(counts) <= 4
    assert quantiles(counts, n=10)[-1] <= 7


def test_none_in_quiet_hours_but_for_due_hours(office: Office) -> None:
    disturbed = [one for one in office.sent if is_quiet(one.reader, one.at) and not one.due_hour]
    assert disturbed == []


def test_one_list_a_day_at_most(office: Office) -> None:
    lists = Counter(
        (one.reader.user, one.at.astimezone(one.reader.zone).date())
        for one in office.sent
        if one.moment is Moment.LIST
    )
    assert set(lists.values()) == {1}
