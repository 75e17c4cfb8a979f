"""When a member's list goes out: at most one per nominal local date."""

from datetime import date, datetime, timedelta

from bot.domain.member import Member
from bot.domain.schedule.local import instant, local_day
from bot.domain.schedule.quiet import in_quiet_hours, is_quiet
from bot.domain.schedule.workdays import is_away, is_working

_HORIZON = 1500
"""Days in which a member who is not away surely works: a bound, never reached by people."""


def list_at(member: Member, day: date) -> datetime | None:
    """Return when the list of a nominal date goes out; None on a day without one.

    A day that does not exist where the member is has none, and neither has one on which the
    clock change alone would push the check-in into quiet hours.
    """
    if not is_working(member, day):
        return None
    at = instant(day, member.check_in, member.zone)
    if local_day(at, member.zone) != day:
        return None
    return None if _is_unwanted(member, at) else at


def _is_unwanted(member: Member, at: datetime) -> bool:
    """Tell whether a list would break into a quiet time that its reader did not choose for it."""
    return is_quiet(member, at) and not in_quiet_hours(member, member.check_in)


def list_slot(member: Member, day: date) -> str:
    """Return the key of a list, unique in the workspace."""
    return f"list/{member.user}/{day.isoformat()}"


def next_list_at(member: Member, after: datetime) -> datetime:
    """Return the first check-in moment strictly after `after` whose date had no list yet."""
    day = local_day(after, member.zone)
    if member.last_list_on is not None:
        day = max(day, member.last_list_on + timedelta(days=1))
    if member.away_until is not None and is_away(member, day):
        day = member.away_until
    for n in range(_HORIZON):
        at = list_at(member, day + timedelta(days=n))
        if at is not None and at > after:
            return at
    msg = "no workday within four years"
    raise ValueError(msg)


def list_due(member: Member, at: datetime) -> date | None:
    """Return the nominal date whose list goes out now, when the stored moment has come.

    After a stop this is today's, if its day is still on and it is not quiet; otherwise None, and
    the list at `next_list_at(member, at)` carries everything.
    """
    today = local_day(at, member.zone)
    moment = list_at(member, today)
    if moment is None or moment > at or _is_unwanted(member, at):
        return None
    if member.last_list_on is not None and today <= member.last_list_on:
        return None
    return today
