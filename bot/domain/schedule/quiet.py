"""When a member may be written to, and which settings make sense."""

from datetime import datetime, time

from bot.domain.member import Member
from bot.domain.schedule.local import local_day
from bot.domain.schedule.workdays import is_away, is_working


def in_quiet_hours(member: Member, hour: time) -> bool:
    """Tell whether an hour on the member's clock is quiet; equal ends mean that none is."""
    start, end = member.quiet_from, member.quiet_until
    if start <= end:
        return start <= hour < end
    return hour >= start or hour < end


def is_quiet(member: Member, at: datetime) -> bool:
    """Tell whether an instant falls into quiet hours, a day off or an absence."""
    local = at.astimezone(member.zone)
    return not is_working(member, local.date()) or in_quiet_hours(member, local.time())


def is_away_at(member: Member, at: datetime) -> bool:
    """Tell whether the member is away at an instant: then nothing at all is sent."""
    return is_away(member, local_day(at, member.zone))


def may_write(member: Member, at: datetime) -> bool:
    """Tell whether a message may go to the member now."""
    return member.active and not is_quiet(member, at)


def valid_settings(member: Member) -> dict[str, str]:
    """Return what is wrong with the settings, by field name; empty when all is well."""
    errors: dict[str, str] = {}
    if in_quiet_hours(member, member.check_in):
        errors["check_in"] = "Choose a time outside your quiet hours."
    if not member.workdays & frozenset(range(7)):
        errors["workdays"] = "Choose at least one day."
    return errors
