"""A clock that was set back leaves nothing waiting for a day that only it knew."""

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain.due import Due
from bot.domain.member import Cadence
from bot.domain.messages import Moment
from bot.services.configure import Preferences
from bot.services.plan import Plan
from tests.integration.following.town import Town
from tests.integration.services.house import ANA, LENA, MONDAY

A_YEAR = timedelta(days=365)
FAR = Due(date(2060, 6, 1))
TUESDAY = datetime(2026, 11, 24, 8, 30, tzinfo=UTC)  # 09:30 in Berlin


@pytest.mark.parametrize("restarted", [False, True])
def test_after_a_year_ahead_the_next_list_is_tomorrows(town: Town, *, restarted: bool) -> None:
    _asked_daily(town)
    town.agree(due=FAR)
    town.rest()
    town.asleep_until(MONDAY + A_YEAR)
    town.until(MONDAY + A_YEAR + timedelta(days=2))
    town.now = MONDAY
    if restarted:
        town.plan = Plan(town.store, town.directory, town.clock, town.wake, town.new_id)
    town.agree(by=LENA, owner=ANA, due=FAR)
    town.plan.tick(town.workspace)
    assert town.member(ANA).next_list_at == TUESDAY
    posts = town.to(ANA, town.until(TUESDAY + timedelta(days=1)))
    lists = [post.list.day for post in posts if post.moment is Moment.LIST]
    assert date(2026, 11, 25) in lists
    assert len(lists) == len(set(lists))


def test_what_a_wrong_clock_held_is_in_the_next_list(town: Town) -> None:
    _asked_daily(town)
    town.rest()
    town.now = MONDAY + A_YEAR + timedelta(hours=12)  # at night
    town.rest()
    number = town.ask(LENA, ANA, due=FAR).expectation.number
    assert town.held_for(ANA) == [(number, "proposal")]
    town.now = MONDAY
    posts = town.to(ANA, town.until(TUESDAY))
    assert [(post.at, post.moment) for post in posts] == [(TUESDAY, Moment.LIST)]
    assert [line.moment for line in posts[0].list.held] == [Moment.PROPOSAL]
    assert town.held_for(ANA) == []


def test_who_was_asked_by_a_wrong_clock_is_reminded_in_days(town: Town) -> None:
    town.rest()
    town.now = MONDAY + A_YEAR + timedelta(days=1)
    number = town.ask(LENA, ANA, due=FAR).expectation.number
    town.rest()
    assert town.stored(number).reached_at == town.now
    town.now = MONDAY
    town.rest()
    assert town.stored(number).reached_at == MONDAY
    posts = town.to(ANA, town.until(TUESDAY + timedelta(days=1)))
    assert [post.at for post in posts] == [TUESDAY]


def _asked_daily(town: Town) -> None:
    settings = town.directory.member(town.workspace, ANA)
    town.configure.save(
        town.actor(ANA),
        Preferences(
            check_in=settings.check_in,
            workdays=settings.workdays,
            quiet_from=settings.quiet_from,
            quiet_until=settings.quiet_until,
            cadence=Cadence.DAILY,
        ),
    )
