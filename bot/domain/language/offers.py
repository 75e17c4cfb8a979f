"""From the days and hours that words can mean to a due, or to the readings to choose from."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from bot.domain.due import Due
from bot.domain.language.context import Context
from bot.domain.language.days import Day
from bot.domain.language.hours import END_OF_DAY, Clock, Hour
from bot.domain.language.readings import Doubt, When

MOST_READINGS = 5


@dataclass(frozen=True, slots=True)
class Offers:
    """Decides what is certain and what is offered, for one typist at one moment."""

    context: Context

    def of_day(self, day: Day) -> When:
        """Return what a day part alone means."""
        if day.doubt is not None:
            return self.ask(day.doubt, map(Due, day.options))
        return self.take(Due(day.options[0]))

    def of_hour(self, hour: Hour) -> When:
        """Return what an hour part alone means: today, if that is a workday and it is ahead."""
        today = self.context.today
        if hour.doubt is None and self.context.is_workday(today):
            return self.of_both(Day((today,)), hour)
        doubt = hour.doubt or Doubt.DAY_OFF
        return self.ask(doubt, self._today_or_next(hour))

    def of_both(self, day: Day, hour: Hour) -> When:
        """Return what a day part and an hour part mean together."""
        if hour == END_OF_DAY:
            return self.of_day(day)
        doubt = day.doubt or hour.doubt
        if doubt is None:
            return self._one_instant(day.options[0], hour)
        days = day.options or self.context.next_workdays()
        if not hour.options:
            return self.ask(doubt, map(Due, days))
        if day.doubt is Doubt.PAST:
            days = (self.context.workday_after(self.context.today),)
        return self.ask(doubt, self.hours(days, hour.options))

    def take(self, due: Due) -> When:
        """Return a certain due, or a doubt where it is past."""
        if not self.is_ahead(due):
            return self.ask(Doubt.PAST)
        return When(due=due, off_day=not self.context.is_workday(due.day))

    def ask(self, doubt: Doubt, readings: Iterable[Due] = (), rrule: str | None = None) -> When:
        """Return a doubt with what is offered: the readings ahead, else the next three workdays."""
        # Told apart by what is written: the two instants of a doubled hour compare as equal.
        ahead = {due.iso(): due for due in readings if self.is_ahead(due)}
        offered = ahead.values() or map(Due, self.context.next_workdays())
        ordered = sorted(offered, key=self.instant)[:MOST_READINGS]
        return When(rrule=rrule, readings=tuple(ordered), doubt=doubt)

    def is_ahead(self, due: Due) -> bool:
        """Tell whether a due is past neither where the typist is nor where an owner is."""
        if isinstance(due.wall, datetime):
            return due.wall.astimezone(UTC) > self.context.now.astimezone(UTC)
        return due.wall >= self.context.first_day

    def instant(self, due: Due) -> datetime:
        """Return where a due stands among others: a day counts from its start."""
        if isinstance(due.wall, datetime):
            return due.wall.astimezone(UTC)
        return datetime.combine(due.wall, time(), tzinfo=self.context.zone).astimezone(UTC)

    def clock_doubt(self, instants: tuple[datetime, ...]) -> Doubt | None:
        """Return what a clock change makes doubtful about an hour."""
        if len(instants) < 2:  # noqa: PLR2004 - a wall time names one instant or two
            return None
        folded = instants[0].replace(tzinfo=None) == instants[1].replace(tzinfo=None)
        return Doubt.FOLD if folded else Doubt.GAP

    def _one_instant(self, day: date, hour: Hour) -> When:
        instants = self.context.instants(day, hour.options[0].hour)
        doubt = self.clock_doubt(instants)
        if doubt is not None and any(self.is_ahead(Due(instant)) for instant in instants):
            return self.ask(doubt, map(Due, instants))
        if not self.is_ahead(Due(instants[0])):
            following = self.context.workday_after(self.context.today)
            return self.ask(Doubt.PAST, self.hours((following,), hour.options))
        return self.take(Due(instants[0]))

    def hours(self, days: Iterable[date], clocks: Iterable[Clock]) -> list[Due]:
        """Return every time of day on every day, both instants where a clock change makes two."""
        clocks = tuple(clocks)
        return [
            Due(instant)
            for day in days
            for clock in clocks
            for instant in self.context.instants(day + timedelta(days=clock.days_after), clock.hour)
        ]

    def _today_or_next(self, hour: Hour) -> list[Due]:
        """Return each time today where ahead; else, and beside a day off, on the next workday."""
        today = self.context.today
        following = self.context.workday_after(today)
        off = not self.context.is_workday(today)
        readings: list[Due] = []
        if any(clock.days_after for clock in hour.options):
            return self.hours((today,), hour.options)
        for clock in hour.options:
            now = [due for due in self.hours((today,), (clock,)) if self.is_ahead(due)]
            readings += now
            if off or not now:
                readings += self.hours((following,), (clock,))
        return readings
