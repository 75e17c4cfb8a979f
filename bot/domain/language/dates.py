"""The day part of a date expression: which day, or days, it can mean."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from bot.domain.language.context import DAY, Context
from bot.domain.language.names import Names
from bot.domain.language.readings import Doubt

LONGEST = 10
ORDINAL = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th)")

_LAST_YEAR = 8999
_MONTHS = 12
_THIRTY_ONE = 31
_HORIZON_YEARS = 9
_WEEK = timedelta(days=7)
_SATURDAY, _SUNDAY = 5, 6
_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_NUMERIC = re.compile(r"([0-9]{1,2})([./])([0-9]{1,2})(?:\2([0-9]{4}|[0-9]{2}))?(\.?)")
_DAY_NUMBER = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th|\.)?")
_YEAR = re.compile(r"[0-9]{4}")
_COUNT = re.compile(r"0*([0-9]{1,6})")
_MOST = 999
_VAGUE = {("soon",), ("asap",), ("next", "week"), ("next", "month")}
_PERIODS = {"day": "eod", "week": "eow", "month": "eom", "quarter": "eoq", "year": "eoy"}
_NUMBER_WORDS = frozenset(
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty hundred few couple".split()
)
_UNITS = {
    **dict.fromkeys(("day", "days"), "day"),
    **dict.fromkeys(("week", "weeks"), "week"),
    **dict.fromkeys(("month", "months"), "month"),
    **dict.fromkeys(("workday", "workdays"), "workday"),
    **dict.fromkeys(("year", "years"), "year"),
}
_CLOCK_UNITS = {
    **dict.fromkeys(("minute", "minutes", "min", "mins"), timedelta(minutes=1)),
    **dict.fromkeys(("hour", "hours", "hr", "hrs"), timedelta(hours=1)),
}


@dataclass(frozen=True, slots=True)
class Day:
    """The days that words can mean: one and certain, or doubted, with those to offer."""

    options: tuple[date, ...] = ()
    doubt: Doubt | None = None


@dataclass(frozen=True, slots=True)
class DayGrammar:
    """Reads day parts for one typist."""

    context: Context
    names: Names

    def read(self, words: tuple[str, ...]) -> Day | None:
        """Return what words that are wholly one day part mean, else None."""
        if not words or len(words) > LONGEST:
            return None
        readings: tuple[Callable[[tuple[str, ...]], Day | None], ...] = (
            self._keyword,
            self._weekday,
            self._month_alone,
            self._numeric,
            self._named_date,
            self._ordinal,
            self._end_of,
            self._in_units,
        )
        return _merge([day for reading in readings if (day := reading(words)) is not None])

    def date_of(self, words: tuple[str, ...]) -> date | None:
        """Return the one certain, coming day that words mean, else None."""
        day = self.read(words)
        return day.options[0] if day is not None and day.doubt is None else None

    def _keyword(self, words: tuple[str, ...]) -> Day | None:
        if words in _VAGUE:
            return Day((), Doubt.VAGUE)
        if len(words) > 1:
            return None
        today = self.context.today
        match words[0]:
            case "today" | "eod":
                return self._unless_off(today)
            case "tomorrow":
                return self._unless_off(today + DAY)
            case "yesterday":
                return Day((), Doubt.PAST)
            case "eow":
                return self._end_of_week()
            case "eom":
                return self._last_workday(today.replace(day=1), 1)
            case "eoq":
                return self._last_workday(date(today.year, (today.month - 1) // 3 * 3 + 1, 1), 3)
            case "eoy":
                return self._last_workday(date(today.year, 1, 1), 12)
        return None

    def _weekday(self, words: tuple[str, ...]) -> Day | None:
        chosen = words[0] if words[0] in {"this", "next"} else ""
        weekdays = self.names.weekdays(" ".join(words[1:] if chosen else words))
        return _merge(
            [
                self._next(weekday) if chosen == "next" else self._coming(weekday)
                for weekday in sorted(weekdays)
            ]
        )

    def _coming(self, weekday: int) -> Day:
        today = self.context.today
        first = today + timedelta(days=(weekday - today.weekday()) % 7)
        if first == today:
            return Day((today, today + _WEEK), Doubt.AMBIGUOUS)
        return self._certain(first)

    def _next(self, weekday: int) -> Day:
        today = self.context.today
        first = today + timedelta(days=(weekday - today.weekday()) % 7 or 7)
        in_next_week = today - timedelta(days=today.weekday()) + _WEEK + timedelta(days=weekday)
        if first == in_next_week:
            return self._certain(first)
        return Day((first, in_next_week), Doubt.AMBIGUOUS)

    def _month_alone(self, words: tuple[str, ...]) -> Day | None:
        inner = words[1:] if words[0] == "in" else words
        if len(inner) > 1 and _YEAR.fullmatch(inner[-1]):
            inner = inner[:-1]
        return Day((), Doubt.VAGUE) if self.names.months(" ".join(inner)) else None

    def _numeric(self, words: tuple[str, ...]) -> Day | None:
        if len(words) > 1:
            return None
        if match := _ISO.fullmatch(words[0]):
            return self._dated(int(match[1]), int(match[2]), int(match[3]))
        match = _NUMERIC.fullmatch(words[0])
        if match is None or (match[5] and match[2] != "."):
            return None
        left, right = int(match[1]), int(match[3])
        year = None if match[4] is None else int(match[4])
        short_year = match[4] is not None and len(match[4]) == 2
        if year is not None and short_year:
            year += self.context.today.year // 100 * 100
        orders = {(right, left), (left, right)}  # (month, day), both ways round
        days = [
            self._calendar(year, *order) for order in sorted(orders) if 1 <= order[0] <= _MONTHS
        ]
        if not days:
            return Day((), Doubt.IMPOSSIBLE)
        if len(days) > 1:
            options = (
                option
                for day in days
                if day.doubt is not Doubt.IMPOSSIBLE
                for option in day.options
            )
            return Day(tuple(options), Doubt.AMBIGUOUS)
        may_be_an_hour = match[2] == "." and year is None and left <= _MONTHS < right
        if days[0].doubt is None and (short_year or may_be_an_hour):
            return Day(days[0].options, Doubt.AMBIGUOUS)
        return days[0]

    def _named_date(self, words: tuple[str, ...]) -> Day | None:
        year = None
        if len(words) > 2 and _YEAR.fullmatch(words[-1]):
            year = int(words[-1])
            words = words[:-1]
            if words[-1] == "," and _DAY_NUMBER.fullmatch(words[-2]):
                words = words[:-1]
        if len(words) < 2:
            return None
        found = [
            self._calendar(year, month, int(number[1]))
            for number_word, name in ((words[0], words[1:]), (words[-1], words[:-1]))
            if (number := _DAY_NUMBER.fullmatch(number_word))
            for month in sorted(self.names.months(" ".join(name)))
        ]
        return _merge(found)

    def _ordinal(self, words: tuple[str, ...]) -> Day | None:
        inner = words[1:] if words[0] == "the" else words
        match = ORDINAL.fullmatch(inner[0]) if len(inner) == 1 else None
        return Day(self.next_numbered(int(match[1])), Doubt.AMBIGUOUS) if match else None

    def next_numbered(self, number: int) -> tuple[date, ...]:
        """Return the next day with that number in its month, if there is one."""
        if not 1 <= number <= _THIRTY_ONE:
            return ()
        day = self.context.today
        while day.day != number:
            day += DAY
        return (day,)

    def _end_of(self, words: tuple[str, ...]) -> Day | None:
        if len(words) < 3 or words[:2] != ("end", "of"):
            return None
        inner = words[2:]
        period = inner[1:] if inner[0] == "the" else inner
        if len(period) == 1 and period[0] in _PERIODS:
            meant = self._keyword((_PERIODS[period[0]],))
            return Day(meant.options if meant else (), Doubt.AMBIGUOUS)
        year = None
        if len(inner) > 1 and _YEAR.fullmatch(inner[-1]):
            year = int(inner[-1])
            inner = inner[:-1]
        months = sorted(self.names.months(" ".join(inner)))
        return _merge([self._end_of_month(year, month) for month in months])

    def _end_of_month(self, year: int | None, month: int) -> Day:
        this_year = self.context.today.year
        if year is not None:
            return self._last_workday(date(year, month, 1), 1) if _plain(year) else _IMPOSSIBLE
        for candidate in (this_year, this_year + 1):
            day = self._last_workday(date(candidate, month, 1), 1)
            if day.doubt is None:
                return self._unless_far(day.options[0])
        return Day((), Doubt.PAST)

    def _in_units(self, words: tuple[str, ...]) -> Day | None:
        if len(words) != 3 or words[0] != "in":
            return None
        unit = _UNITS.get(words[2])
        if unit is None and words[2] in _CLOCK_UNITS:
            return None if _count(words[1]) else _odd_count(words[1])
        if unit is None:
            return None
        count = _count(words[1])
        if count is None or unit == "year":
            return Day((), Doubt.VAGUE) if count else _odd_count(words[1])
        return self._ahead(count, unit)

    def _ahead(self, count: int, unit: str) -> Day:
        today = self.context.today
        if unit == "workday":
            return self._certain(self.context.workday_after(today, count))
        if unit == "month":
            day = today + relativedelta(months=count)
            if day.day != today.day:
                return Day((day, day + DAY), Doubt.IMPOSSIBLE)
            return self._unless_off(day)
        return self._unless_off(today + count * (DAY if unit == "day" else _WEEK))

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
        return Day((), Doubt.PAST) if day is None else self._certain(day)

    def _calendar(self, year: int | None, month: int, number: int) -> Day:
        return self._undated(month, number) if year is None else self._dated(year, month, number)

    def _dated(self, year: int, month: int, number: int) -> Day:
        if not _plain(year) or not 1 <= month <= _MONTHS or number < 1:
            return _IMPOSSIBLE
        day = _make(year, month, number)
        return self._certain(day) if day else Day(_beside_month_end(year, month), Doubt.IMPOSSIBLE)

    def _undated(self, month: int, number: int) -> Day:
        if number < 1:
            return _IMPOSSIBLE
        this_year = self.context.today.year
        years = range(this_year, this_year + _HORIZON_YEARS)
        coming = next(
            (
                day
                for year in years
                if (day := _make(year, month, number)) and day >= self.context.today
            ),
            None,
        )
        if coming is not None and not self.context.is_far(coming):
            return self._certain(coming)
        nearest = next(
            options
            for year in years
            if (options := _beside_month_end(year, month))[0] >= self.context.today
        )
        if coming is None:
            return Day(nearest, Doubt.IMPOSSIBLE)
        lacking = _make(nearest[0].year, month, number) is None
        return Day(nearest if lacking else (coming,), Doubt.FAR)

    def _certain(self, day: date) -> Day:
        past = day < self.context.first_day
        return Day((), Doubt.PAST) if past else Day((day,))

    def _unless_off(self, day: date) -> Day:
        if self.context.is_workday(day):
            return self._certain(day)
        return Day(self.context.beside(day), Doubt.DAY_OFF)

    def _unless_far(self, day: date) -> Day:
        return Day((day,), Doubt.FAR) if self.context.is_far(day) else self._certain(day)


_IMPOSSIBLE = Day((), Doubt.IMPOSSIBLE)


def clock_offset(words: tuple[str, ...]) -> timedelta | None:
    """Return how far ahead "in 10 minutes" or "in an hour" is, else None."""
    if len(words) != 3 or words[0] != "in" or words[2] not in _CLOCK_UNITS:
        return None
    count = _count(words[1])
    return None if count is None else count * _CLOCK_UNITS[words[2]]


def _count(word: str) -> int | None:
    """Return how many: 1 to 999, a and an being 1; None for anything else."""
    if word in {"a", "an"}:
        return 1
    match = _COUNT.fullmatch(word)
    return int(match[1]) if match and 1 <= int(match[1]) <= _MOST else None


def _odd_count(word: str) -> Day | None:
    """Return a doubt for a number that is out of range or spelt out."""
    if word in _NUMBER_WORDS:
        return Day((), Doubt.VAGUE)
    return _IMPOSSIBLE if word.isdecimal() else None


def _plain(year: int) -> bool:
    return 1 <= year <= _LAST_YEAR


def _make(year: int, month: int, number: int) -> date | None:
    try:
        return date(year, month, number)
    except ValueError:
        return None


def _beside_month_end(year: int, month: int) -> tuple[date, date]:
    following = date(year, month, 1) + relativedelta(months=1)
    return following - DAY, following


def _merge(days: Iterable[Day]) -> Day | None:
    """Return the one meaning, or a doubt that offers all of them; None where there is none."""
    distinct = list(dict.fromkeys(days))
    if len(distinct) < 2:
        return distinct[0] if distinct else None
    return Day(tuple(option for day in distinct for option in day.options), Doubt.AMBIGUOUS)
