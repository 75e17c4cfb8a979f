"""A due against the days of those who agree on it: days off, and what is past already."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.domain.due import Due
from bot.domain.errors import PastDueError
from bot.domain.member import Member
from bot.domain.schedule.local import local_day
from bot.domain.schedule.workdays import (
    is_away,
    is_working,
    next_working,
    working_before,
    working_on_or_after,
)

_READINGS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class OffDay:
    """The day is none of the owner's workdays, or they are away."""

    day: date  # where the owner is
    away: bool
    before: Due | None  # the last one before on which they work; None where that is past


def off_day(due: Due, owner: Member, at: datetime) -> OffDay | None:
    """Tell that a due falls where its owner does not work; None where they do."""
    day = _where(due, owner)
    if is_working(owner, day):
        return None
    before = _moved(due, working_before(owner, day) - day)
    return OffDay(
        day=day,
        away=is_away(owner, day),
        before=None if before.ends_at(owner.zone) <= at else before,
    )


def refuse_past(due: Due, owner: Member, people: Iterable[Member], at: datetime) -> None:
    """Raise PastDueError where a due is past for one of the people."""
    for member in people:
        if due.ends_at(member.zone) <= at:
            raise PastDueError(due, member.user, _instead(due, owner, at))


def _where(due: Due, owner: Member) -> date:
    """Return the calendar day of a due where the owner is."""
    return local_day(due.wall, owner.zone) if isinstance(due.wall, datetime) else due.wall


def _moved(due: Due, by: timedelta) -> Due:
    """Move a due by days; an hour keeps its wall time, as on a clock on the wall."""
    return Due(due.wall + by)


def _instead(due: Due, owner: Member, at: datetime) -> tuple[Due, ...]:
    """Return the owner's next three workdays, or the same hour on the next one."""
    today = local_day(at, owner.zone)
    if due.is_hour:
        moved = _moved(due, next_working(owner, today) - _where(due, owner))
        return (moved,)
    days = [working_on_or_after(owner, today)]
    while len(days) < _READINGS:
        days.append(next_working(owner, days[-1]))
    return tuple(Due(day) for day in days)
