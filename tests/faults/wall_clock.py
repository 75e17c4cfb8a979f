"""Clocks on walls, read off hour by hour: what is right, without a rule of the bot's."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

_HOUR = timedelta(hours=1)
_SECOND = timedelta(seconds=1)
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Span:
    """From `since` until before `until` the clocks are `ahead` of UTC."""

    since: datetime
    until: datetime
    ahead: timedelta


@dataclass(frozen=True)
class WallClock:
    """What the clocks of a zone show between two instants; only ever read from UTC."""

    zone: str
    spans: tuple[Span, ...]

    def reads(self, at: datetime) -> datetime:
        """Return what a clock shows at an instant, without a zone."""
        return next(_shown(at, span) for span in self.spans if span.since <= at < span.until)

    def times(self, wall: datetime) -> list[datetime]:
        """Return each instant at which a wall time is shown: none in a gap, two in a fold."""
        instants = [(span, (wall - span.ahead).replace(tzinfo=UTC)) for span in self.spans]
        return [at for span, at in instants if span.since <= at < span.until]

    def first(self, wall: datetime) -> datetime:
        """Return when a wall time is first shown; in a gap, with the offset from before it."""
        shown = self.times(wall)
        if shown:
            return shown[0]
        return next(
            (wall - span.ahead).replace(tzinfo=UTC)
            for span, after in zip(self.spans, self.spans[1:], strict=False)
            if _shown(span.until, span) <= wall < _shown(after.since, after)
        )


def _shown(at: datetime, span: Span) -> datetime:
    return (at + span.ahead).replace(tzinfo=None)


@cache
def wall_clock(zone: str, since: datetime, until: datetime) -> WallClock:
    """Watch a zone's clocks from one instant to another."""
    ends = [*changes(zone, since, until, _HOUR), until]
    spans = [
        Span(begun, end, _ahead(ZoneInfo(zone), begun))
        for begun, end in zip([since, *ends], ends, strict=False)
    ]
    return WallClock(zone, tuple(spans))


def changes(zone: str, since: datetime, until: datetime, step: timedelta) -> Iterator[datetime]:
    """Yield the instants at which a zone's clocks are set, as seen by a look at each step."""
    clock = ZoneInfo(zone)
    at, ahead = since, _ahead(clock, since)
    while at < until:
        before, at = at, min(at + step, until)
        was, ahead = ahead, _ahead(clock, at)
        if was != ahead:
            yield _between(clock, before, at, was)


def _between(clock: ZoneInfo, early: datetime, late: datetime, was: timedelta) -> datetime:
    """Return the second at which a clock was set."""
    while late - early > _SECOND:
        middle = (early + (late - early) // 2).replace(microsecond=0)
        if _ahead(clock, middle) == was:
            early = middle
        else:
            late = middle
    return late


def _ahead(clock: ZoneInfo, at: datetime) -> timedelta:
    return at.astimezone(clock).replace(tzinfo=None) - at.replace(tzinfo=None)


@dataclass(frozen=True, slots=True)
class Stay:
    """From when somebody's clock is this one."""

    since: datetime
    clock: WallClock


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """When somebody may be written to, and where they are."""

    user: str
    check_in: time
    quiet_from: time
    quiet_until: time
    workdays: frozenset[int]
    stays: tuple[Stay, ...]

    def clock(self, at: datetime) -> WallClock:
        """Return the clock that they look at."""
        return [stay.clock for stay in self.stays if stay.since <= at][-1]

    def is_quiet(self, at: datetime) -> bool:
        """Tell whether they want to be left alone: at night, and on days off."""
        shown = self.clock(at).reads(at)
        return shown.weekday() not in self.workdays or self.is_night(shown.time())

    def is_night(self, hour: time) -> bool:
        """Tell whether an hour is among their quiet ones; with equal ends none is."""
        if self.quiet_from <= self.quiet_until:
            return self.quiet_from <= hour < self.quiet_until
        return not self.quiet_until <= hour < self.quiet_from

    def lists(self, until: datetime) -> dict[date, datetime]:
        """Return when each date's list comes, up to an instant.

        One a date, at the check-in or, for who moves into its day later than that, at once; none
        on a day off or at a quiet time, none for a date before one that had its list.
        """
        ends = [*(stay.since for stay in self.stays[1:]), until]
        found: dict[date, datetime] = {}
        last = date.min
        for place, (stay, end) in enumerate(zip(self.stays, ends, strict=True)):
            day = stay.clock.reads(stay.since).date()
            while day <= stay.clock.reads(end).date():
                check_in = stay.clock.first(datetime.combine(day, self.check_in))
                at = max(check_in, stay.since)
                had = day <= last or (check_in <= stay.since and not place)
                is_on = stay.clock.reads(at).date() == day and at <= end
                if is_on and not had and not self.is_quiet(at):
                    found[day], last = at, day
                day += _DAY
        return found
