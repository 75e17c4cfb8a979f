"""When a channel's week is summed up."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.domain.channel import Summary
from bot.domain.schedule.summary_time import (
    next_summary_at,
    summary_due,
    summary_period,
    summary_slot,
)
from tests.unit.schedule.given import BERLIN, at, clock, day

FRIDAY, FOUR = 4, clock("16:00")


def test_the_next_one_is_strictly_after() -> None:
    assert next_summary_at(FRIDAY, FOUR, BERLIN, at(11, 25)) == at(11, 27, 16, 0)
    assert next_summary_at(FRIDAY, FOUR, BERLIN, at(11, 27, 15, 59)) == at(11, 27, 16, 0)
    assert next_summary_at(FRIDAY, FOUR, BERLIN, at(11, 27, 16, 0)) == at(12, 4, 16, 0)


def test_a_date_that_had_one_gets_no_second() -> None:
    moment = next_summary_at(FRIDAY, FOUR, BERLIN, at(11, 27, 8, 0), day(11, 27))
    assert moment == at(12, 4, 16, 0)
    assert summary_slot("C01", day(11, 27)) == "summary/C01/2026-11-27"


@pytest.mark.parametrize(
    ("hour", "after", "utc"),
    [
        ("02:30", at(3, 28), datetime(2026, 3, 29, 1, 30, tzinfo=UTC)),  # a gap
        ("02:30", at(10, 24), datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),  # a fold, its first
    ],
)
def test_gaps_and_folds(hour: str, after: datetime, utc: datetime) -> None:
    moment = next_summary_at(6, clock(hour), BERLIN, after)
    assert moment == utc
    assert next_summary_at(6, clock(hour), BERLIN, utc) > utc + timedelta(days=6)


def test_a_date_that_does_not_exist_is_summed_up_a_day_later_and_keeps_its_name() -> None:
    apia = ZoneInfo("Pacific/Apia")  # it had no Friday the 30th
    after = datetime(2011, 12, 27, tzinfo=apia)
    moment = next_summary_at(FRIDAY, FOUR, apia, after)
    assert moment == datetime(2011, 12, 31, 16, tzinfo=apia)
    summary = Summary(weekday=FRIDAY, hour=FOUR, zone="Pacific/Apia", by="U1", next_at=moment)
    period = summary_due(summary, moment)
    assert period is not None
    assert (period.day, period.until) == (date(2011, 12, 30), moment)
    following = next_summary_at(FRIDAY, FOUR, apia, moment, period.day)
    assert following == datetime(2012, 1, 6, 16, tzinfo=apia)
    assert summary_period(date(2012, 1, 6), FOUR, apia).since == period.until


def test_it_covers_the_week_up_to_itself_and_leaves_no_hour_out() -> None:
    period = summary_period(day(11, 27), FOUR, BERLIN)
    assert (period.since, period.until) == (at(11, 20, 16, 0), at(11, 27, 16, 0))
    assert (period.first, period.last) == (day(11, 23), day(11, 27))  # as #launch reads it
    assert (period.next_first, period.next_last) == (day(11, 28), day(12, 4))
    following = summary_period(day(12, 4), FOUR, BERLIN)
    assert following.since == period.until
    monday = summary_period(day(11, 30), FOUR, BERLIN)
    assert (monday.first, monday.last) == (day(11, 24), day(11, 30))


@pytest.mark.parametrize(
    ("now", "covered"),
    [
        (at(11, 27, 15, 59), None),
        (at(11, 27, 16, 0), day(11, 27)),
        (at(11, 30, 16, 0), day(11, 27)),  # 72 hours late, and it says its own week
        (at(11, 30, 16, 1), None),
    ],
)
def test_it_goes_out_up_to_three_days_late(now: datetime, covered: date | None) -> None:
    summary = Summary(
        weekday=FRIDAY, hour=FOUR, zone="Europe/Berlin", by="U1", next_at=at(11, 27, 16, 0)
    )
    period = summary_due(summary, now)
    assert (period.last if period else None) == covered
