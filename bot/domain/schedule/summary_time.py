"""When a channel's week is summed up, and which days a summary covers."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.channel import Summary
from bot.domain.schedule.local import instant, local_day

LATEST = timedelta(hours=72)
"""How late a summary still goes out."""

_WEEK = timedelta(days=7)
_MONDAY, _SATURDAY = 0, 5


@dataclass(frozen=True, slots=True, kw_only=True)
class SummaryPeriod:
    """The week that a summary covers: from the moment of the one before to its own.

    `first` and `last` are the dates that it says; a weekend at the front is not mentioned.
    """

    day: date  # the nominal date, which names the summary
    since: datetime
    until: datetime
    first: date
    last: date

    @property
    def next_first(self) -> date:
        """The first day of the week that follows."""
        return self.last + timedelta(days=1)

    @property
    def next_last(self) -> date:
        """The last day of the week that follows."""
        return self.last + timedelta(days=7)


def next_summary_at(
    weekday: int, hour: time, zone: ZoneInfo, after: datetime, last_on: date | None = None
) -> datetime:
    """Return the first moment strictly after `after` whose date had no summary yet.

    Each week has its date: where clocks skip the hour, or the whole day, it comes so much later.
    """
    day = local_day(after, zone) - timedelta(days=1)
    if last_on is not None:
        day = max(day, last_on + timedelta(days=1))
    day += timedelta(days=(weekday - day.weekday()) % 7)
    while (at := instant(day, hour, zone)) <= after:
        day += _WEEK
    return at


def summary_slot(channel: str, day: date) -> str:
    """Return the key of a channel's summary, unique in the workspace."""
    return f"summary/{channel}/{day.isoformat()}"


def summary_period(day: date, hour: time, zone: ZoneInfo) -> SummaryPeriod:
    """Return the seven days up to a nominal date's summary."""
    before = day - _WEEK
    first = before + timedelta(days=1)
    while first.weekday() >= _SATURDAY and first < day:
        first += timedelta(days=1)
    return SummaryPeriod(
        day=day,
        since=instant(before, hour, zone),
        until=instant(day, hour, zone),
        first=first,
        last=day,
    )


def summary_due(summary: Summary, at: datetime) -> SummaryPeriod | None:
    """Return what the summary that was planned for `next_at` covers; None when too late."""
    if not summary.next_at <= at <= summary.next_at + LATEST:
        return None
    zone = ZoneInfo(summary.zone)
    planned = local_day(summary.next_at, zone)
    day = planned - timedelta(days=(planned.weekday() - summary.weekday) % 7)
    if summary.last_on is not None and day <= summary.last_on:
        return None
    return summary_period(day, summary.hour, zone)
