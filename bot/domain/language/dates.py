"""The day part of a date expression: which day, or days, it can mean."""

from dataclasses import dataclass
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from bot.domain.language.context import DAY, Context
from bot.domain.language.days import (
    IMPOSSIBLE,
    PAST,
    VAGUE,
    Day,
    certain,
    merge,
    unless_far,
    unless_off,
)
from bot.domain.language.names import Names
from bot.domain.language.offsets import day_offset
from bot.domain.language.readings import Doubt
from bot.domain.language.written_dates import ORDINAL, YEAR, WrittenDates

LONGEST = 10
"""No day part has more words."""

_LAST_YEAR = 8999
_MOST_DAYS = 31
_WEEK = timedelta(days=7)
_SATURDAY, _SUNDAY = 5, 6
_MONTHS_IN = {"eom": 1, "eoq": 3, "eoy": 12}
_PERIODS = {"day": "eod", "week": "eow", "month": "eom", "quarter": "eoq", "year": "eoy"}
_VAGUE = {("soon",), ("asap",), ("next", "week"), ("next", "month")}


@dataclass(frozen=True, slots=True)
class DayGrammar:
    """Reads day parts for one typist."""

    context: Context
    names: Names

    def read(self, words: tuple[str, ...]) -> Day | None:
        """Return what words that are wholly one day part mean, else None."""
        if not words or len(words) > LONGEST:
            return None
        if words in _VAGUE:
            return VAGUE
        readings = (
            self._keyword(" ".join(words)),
            self._weekday(words),
            self._month_alone(words),
            WrittenDates(self.context, self.names).read(words),
            self._ordinal(words),
            self._end_of(words),
            day_offset(words, self.context),
        )
        return merge(day for day in readings if day is not None)

    def date_of(self, words: tuple[str, ...]) -> date | None:
        """Return the one certain, coming day that words mean, else None."""
        day = self.read(words)
        return day.options[0] if day is not None and day.doubt is None else None

    def next_numbered(self, number: int) -> tuple[date, ...]:
        """Return the next day with that number in its month, if there is one."""
        if not 1 <= number <= _MOST_DAYS:
            return ()
        day = self.context.today
        while day.day != number:
            day += DAY
        return (day,)

    def _keyword(self, word: str) -> Day | None:
        today = self.context.today
        match word:
            case "today" | "eod":
                return unless_off(today, self.context)
            case "tomorrow":
                return unless_off(today + DAY, self.context)
            case "yesterday":
                return PAST
            case "eow":
                return self._end_of_week()
            case "eom" | "eoq" | "eoy":
                months = _MONTHS_IN[word]
                first = today.replace(month=(today.month - 1) // months * months + 1, day=1)
                return self._last_workday(first, months)
        return None

    def _weekday(self, words: tuple[str, ...]) -> Day | None:
        chosen = words[0] if words[0] in {"this", "next"} else ""
        weekdays = self.names.weekdays(" ".join(words[1:] if chosen else words))
        read = self._next if chosen == "next" else self._coming
        return merge(read(weekday) for weekday in sorted(weekdays))

    def _coming(self, weekday: int) -> Day:
        today = self.context.today
        first = today + timedelta(days=(weekday - today.weekday()) % 7)
        if first == today:
            return Day((today, today + _WEEK), Doubt.AMBIGUOUS)
        return certain(first, self.context)

    def _next(self, weekday: int) -> Day:
        """Return the first such day after today, certain where it lies in the next week."""
        today = self.context.today
        first = today + timedelta(days=(weekday - today.weekday()) % 7 or 7)
        in_next_week = today - timedelta(days=today.weekday()) + _WEEK + timedelta(days=weekday)
        if first == in_next_week:
            return certain(first, self.context)
        return Day((first, in_next_week), Doubt.AMBIGUOUS)

    def _month_alone(self, words: tuple[str, ...]) -> Day | None:
        inner = words[1:] if words[0] == "in" else words
        if len(inner) > 1 and YEAR.fullmatch(inner[-1]):
            inner = inner[:-1]
        return VAGUE if self.names.months(" ".join(inner)) else None

    def _ordinal(self, words: tuple[str, ...]) -> Day | None:
        inner = words[1:] if words[0] == "the" else words
        match = ORDINAL.fullmatch(inner[0]) if len(inner) == 1 else None
        return Day(self.next_numbered(int(match[1])), Doubt.AMBIGUOUS) if match else None

    def _end_of(self, words: tuple[str, ...]) -> Day | None:
        match words[1:] if words[0] == "the" else words:
            case ("end", "of", "the", period) | ("end", "of", period) if period in _PERIODS:
                meant = self._keyword(_PERIODS[period])
                return Day(meant.options if meant else (), Doubt.AMBIGUOUS)
            case ("end", "of", *name, year) if name and YEAR.fullmatch(year):
                return self._ends(tuple(name), int(year))
            case ("end", "of", *name):
                return self._ends(tuple(name), None)
        return None

    def _ends(self, name: tuple[str, ...], year: int | None) -> Day | None:
        months = sorted(self.names.months(" ".join(name)))
        return merge(self._end_of_month(year, month) for month in months)

    def _end_of_month(self, year: int | None, month: int) -> Day:
        this_year = self.context.today.year
        if year is not None:
            if not 1 <= year <= _LAST_YEAR:
                return IMPOSSIBLE
            return self._last_workday(date(year, month, 1), 1)
        for candidate in (this_year, this_year + 1):
            day = self._last_workday(date(candidate, month, 1), 1)
            if day.doubt is None:
                return unless_far(day.options[0], self.context)
        return PAST

    def _end_of_week(self) -> Day:
        monday = self.context.today - timedelta(days=self.context.today.weekday())
        day = self._last_of(monday, monday + timedelta(days=_SUNDAY))
        if day.doubt is None and self.context.workdays & {_SATURDAY, _SUNDAY} == {_SUNDAY}:
            # Where work starts on Sunday, the week may be meant to end before it.
            inner = self._last_of(monday, monday + timedelta(days=_SATURDAY))
            return Day((*inner.options, *day.options), Doubt.AMBIGUOUS)
        return day

    def _last_workday(self, first: date, months: int) -> Day:
        return self._last_of(first, first + relativedelta(months=months) - DAY)

    def _last_of(self, first: date, last: date) -> Day:
        day = self.context.last_workday(first, last)
        return PAST if day is None else certain(day, self.context)
