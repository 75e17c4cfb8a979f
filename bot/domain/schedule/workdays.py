"""Workdays of a member: which they are, and how clocks count them."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from bot.domain.due import Due
from bot.domain.member import Member
from bot.domain.schedule.local import instant, local_day

AWAY_WORKDAYS_FORGIVEN = 20
"""So many workdays away do not count for a clock; those after them do."""

_HORIZON = 3660
"""No clock looks further than ten years: a bound for loops, never reached by people."""


def is_away(member: Member, day: date) -> bool:
    """Tell whether the member is away on a day; the day of return is not."""
    if member.away_until is None:
        return False
    return (member.away_from or date.min) <= day < member.away_until


def is_workday(member: Member, day: date) -> bool:
    """Tell whether a day is one of the member's workdays and no holiday, away or not."""
    return day.weekday() in member.workdays and day not in member.holidays


def is_working(member: Member, day: date) -> bool:
    """Tell whether the member works on a day: a workday, and not away."""
    return is_workday(member, day) and not is_away(member, day)


def _days_from(day: date) -> Iterator[date]:
    return (day + timedelta(days=n) for n in range(_HORIZON))


def next_working(member: Member, day: date) -> date:
    """Return the first day after `day` on which the member works."""
    return next(d for d in _days_from(day + timedelta(days=1)) if is_working(member, d))


def working_on_or_after(member: Member, day: date) -> date:
    """Return `day` or the first day after it on which the member works."""
    return next(d for d in _days_from(day) if is_working(member, d))


def working_before(member: Member, day: date) -> date:
    """Return the last day before `day` on which the member works."""
    back = (day - timedelta(days=n) for n in range(1, _HORIZON))
    return next(d for d in back if is_working(member, d))


def _counted(member: Member, after: date) -> Iterator[date]:
    """Yield the days after a day that count for a clock: see AWAY_WORKDAYS_FORGIVEN."""
    forgiven = 0
    for day in _days_from(after + timedelta(days=1)):
        if not is_workday(member, day):
            continue
        if is_away(member, day) and forgiven < AWAY_WORKDAYS_FORGIVEN:
            forgiven += 1
            continue
        yield day


def nth_workday(member: Member, since: datetime, n: int) -> date:
    """Return the nth counted workday after the local day of `since` (n ≥ 1)."""
    for count, day in enumerate(_counted(member, local_day(since, member.zone)), start=1):
        if count == n:
            return day
    msg = "no workday within ten years"
    raise ValueError(msg)


def end_of_workday(member: Member, since: datetime, n: int) -> datetime:
    """Return the UTC midnight that ends the nth counted workday after `since`."""
    return end_of_day(member, nth_workday(member, since, n))


def end_of_day(member: Member, day: date) -> datetime:
    """Return the UTC midnight that ends a day where the member is."""
    return instant(day + timedelta(days=1), time(), member.zone)


def next_workday_due(member: Member, at: datetime) -> Due:
    """Return the end of the member's next workday after `at`, as a due day."""
    return Due(nth_workday(member, at, 1))
