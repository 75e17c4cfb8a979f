"""The dates of a series: nominal local dates and wall times, never UTC arithmetic."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr

from bot.domain.due import Due
from bot.domain.member import Member
from bot.domain.schedule.local import instant, local_day
from bot.domain.schedule.workdays import end_of_workday, is_away, is_workday
from bot.domain.terms import Terms

_MOST_SLOTS = 4000
"""No series is looked through further: a daily one's ten years."""

_HORIZON = timedelta(days=3660)
_DAYS_OFF_IN_A_ROW = 60
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """One nominal date of a series, and when it is really due."""

    date: date  # nominal: it names the period
    due: Due  # after any move to a workday
    at: datetime  # the UTC instant that ends it
    skipped: bool = False  # the owner is away, or the workday before has a slot of its own


def last_day(rrule: str) -> date | None:
    """Return the inclusive last day of a series; None where it has no end."""
    for part in rrule.removeprefix("RRULE:").split(";"):
        name, _, value = part.partition("=")
        if name.upper() == "UNTIL":
            return date.fromisoformat(value[:8])
    return None


def nominal_dates(terms: Terms, until: date) -> Iterator[date]:
    """Yield the nominal dates of a series from its first slot up to a day, both included."""
    if terms.rrule is None:
        return
    last = last_day(terms.rrule)
    end = until if last is None else min(until, last)
    parts = terms.rrule.removeprefix("RRULE:").split(";")
    kept = [part for part in parts if not part.upper().startswith("UNTIL=")]
    # dateutil reads an UNTIL day as its first moment: an hour on the last day would be lost
    rule = ";".join([*kept, f"UNTIL={end:%Y%m%d}T235959"])
    starts = datetime.combine(terms.due.day, time())
    for moment in islice(rrulestr(rule, dtstart=starts), _MOST_SLOTS):
        yield moment.date()


def nominal_due(terms: Terms, day: date) -> Due:
    """Return a nominal date as a due: the day, or the series' hour on it in its zone."""
    first = terms.due.wall
    if not isinstance(first, datetime):
        return Due(day)
    if not isinstance(first.tzinfo, ZoneInfo):
        return Due(datetime.combine(day, first.timetz()))
    at = instant(day, first.time(), first.tzinfo)
    return Due(at.astimezone(first.tzinfo))


def moved_to_workday(slot: Due, owner: Member, taken: frozenset[date]) -> Due | None:
    """Move a slot on the owner's day off to the workday before; None where that day has one.

    `taken` are the nominal dates of the other slots before it, also of those that move: days
    off between a slot and its workday before have slots that go there first.
    """
    at = slot.ends_at(owner.zone)
    day = local_day(at, owner.zone) if slot.is_hour else slot.day
    for back in range(_DAYS_OFF_IN_A_ROW):
        if not is_workday(owner, day - back * _DAY):
            continue
        before = {slot.day - n * _DAY for n in range(1, back + 1)}
        return None if before & taken else _shifted(slot, back)
    return None


def slots(terms: Terms, owner: Member, after: datetime, until: date) -> Iterator[Slot]:
    """Yield the slots due after an instant, up to a nominal date, the skipped ones too."""
    seen: set[date] = set()
    for day in nominal_dates(terms, until):
        nominal = nominal_due(terms, day)
        moved = moved_to_workday(nominal, owner, frozenset(seen))
        seen.add(day)
        due = moved or nominal
        at = due.ends_at(owner.zone)
        if at > after:
            away = is_away(owner, _day_of(due, owner))
            yield Slot(date=day, due=due, at=at, skipped=moved is None or away)


def next_slot(terms: Terms, after: datetime, owner: Member) -> Slot | None:
    """Return the first slot due after an instant that is not skipped; None after the last."""
    until = (after + _HORIZON).date()
    return next((slot for slot in slots(terms, owner, after, until) if not slot.skipped), None)


def slots_between(
    terms: Terms, owner: Member, since: datetime, until: datetime
) -> tuple[Slot, ...]:
    """Return the slots due after `since` and not after `until`, the skipped ones too."""
    last = until.astimezone(owner.zone).date() + _DAYS_OFF_IN_A_ROW * _DAY
    return tuple(slot for slot in slots(terms, owner, since, last) if slot.at <= until)


def released_at(last: Slot, owner: Member) -> datetime:
    """Return when a series ends after its last slot: the owner has a workday to report it."""
    return end_of_workday(owner, last.at - timedelta(microseconds=1), 1)


def _shifted(slot: Due, days: int) -> Due:
    if not isinstance(slot.wall, datetime):
        return Due(slot.wall - days * _DAY)
    if not isinstance(slot.wall.tzinfo, ZoneInfo):
        return Due(slot.wall - days * _DAY)
    day = slot.wall.date() - days * _DAY
    zone = slot.wall.tzinfo
    return Due(instant(day, slot.wall.time(), zone).astimezone(zone))


def _day_of(due: Due, owner: Member) -> date:
    if isinstance(due.wall, datetime):
        return local_day(due.wall.astimezone(UTC), owner.zone)
    return due.wall
