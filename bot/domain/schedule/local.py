"""Local times as RFC 5545 reads them: a gap takes the offset before it, a fold its first."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo


def instant(day: date, hour: time, zone: ZoneInfo) -> datetime:
    """Return the UTC instant of a wall time in a zone.

    A wall time in a gap is taken with the offset from before it, so 02:30 becomes 03:30 on the
    clocks there; one that exists twice is its first occurrence. That is what fold=0 means.
    """
    return datetime.combine(day, hour.replace(tzinfo=None, fold=0), zone).astimezone(UTC)


def local_day(at: datetime, zone: ZoneInfo) -> date:
    """Return the calendar day of an instant in a zone."""
    return at.astimezone(zone).date()
