"""What is shown of figures, and of which days: a channel's end with its last whole week."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import StrEnum

PERIOD = timedelta(days=90)
_INSTANT = timedelta(microseconds=1)


class Source(StrEnum):
    """What figures are counted from; each has a floor and a last shown state of its own."""

    OUTCOMES = "outcomes"  # that were kept: nothing else is counted
    AGREEMENTS = "agreements"
    SHARE = "share"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """Counts that somebody may read, of the 90 days up to `until`; of a share: as of then."""

    until: datetime
    counts: Mapping[str, int]
    zone: tzinfo = UTC  # in which its days are named

    @property
    def first(self) -> date:
        """The first day of the period."""
        return (self.until - PERIOD).astimezone(self.zone).date()

    @property
    def last(self) -> date:
        """The last day of the period."""
        return (self.until - _INSTANT).astimezone(self.zone).date()


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What the first look in a week found, and every later one in it shows."""

    week: datetime  # the end of the last whole week, then
    shown: Shown | None  # perhaps of a week before; None: not enough to say


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedFigures:
    """What a channel may read; None: not enough to say."""

    outcomes: Shown | None = None  # kept, changed (of them), reminders (about them)
    agreements: Shown | None = None  # both_gain
    share: Shown | None = None  # carried_by, people


def whole_week_before(at: datetime) -> datetime:
    """Return the instant with which the last whole week ended: a Monday's midnight, UTC.

    Between two of them all looks show the same, so no look can be subtracted from another.
    """
    day = at.astimezone(UTC).date()
    return datetime.combine(day - timedelta(days=day.weekday()), time(), UTC)
