"""Dates written out: 25 Dec, Dec 25th, 2026-12-25, 13/04, 25.12."""

import re
from dataclasses import dataclass
from datetime import date

from dateutil.relativedelta import relativedelta

from bot.domain.language.context import DAY, Context
from bot.domain.language.days import IMPOSSIBLE, Day, certain, merge
from bot.domain.language.names import Names
from bot.domain.language.readings import Doubt

YEAR = re.compile(r"[0-9]{4}")

_LAST_YEAR = 8999
_MONTHS = 12
_LEAP_YEARS_APART = 8
_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_NUMERIC = re.compile(
    r"(?P<left>[0-9]{1,2})(?P<sign>[./])(?P<right>[0-9]{1,2})"
    r"(?:(?P=sign)(?:(?P<year>[0-9]{4})|(?P<short_year>[0-9]{2})))?(?P<point>\.?)"
)
ORDINAL = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th)")
"""A day of the month as 1st, 2nd, 3rd."""

_DAY_NUMBER = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th|\.)?")


@dataclass(frozen=True, slots=True)
class WrittenDates:
    """Reads written dates for one typist."""

    context: Context
    names: Names

    def read(self, words: tuple[str, ...]) -> Day | None:
        """Return what words that are wholly one written date mean, else None."""
        if len(words) > 1:
            return self._named(words)
        if match := _ISO.fullmatch(words[0]):
            return self._dated(int(match[1]), int(match[2]), int(match[3]))
        match = _NUMERIC.fullmatch(words[0])
        return self._numeric(match) if match else None

    def _named(self, words: tuple[str, ...]) -> Day | None:
        """Read "25 december 2026", "dec. 25th", "dec 25, 2026" and "the 25th of december"."""
        *inner, last = words
        year = int(last) if YEAR.fullmatch(last) else None
        if year is None:
            inner.append(last)
        elif inner[-1] == "," and _DAY_NUMBER.fullmatch("".join(inner[-2:-1])):
            inner.pop()
        match inner:
            case ("the", number_word, "of", *name) | (number_word, "of", *name):
                inner = [number_word, *name] if ORDINAL.fullmatch(number_word) else []
        if len(inner) < len(("day", "month")):
            return None
        return merge(
            self._calendar(year, month, int(number[1]))
            for number_word, name in ((inner[0], inner[1:]), (inner[-1], inner[:-1]))
            if (number := _DAY_NUMBER.fullmatch(number_word))
            for month in sorted(self.names.months(" ".join(name)))
        )

    def _numeric(self, match: re.Match[str]) -> Day | None:
        """Read two numbers: certain only where just one of them can be the month."""
        if match["point"] and match["sign"] != ".":
            return None
        left, right = int(match["left"]), int(match["right"])
        year = int(match["year"]) if match["year"] else None
        if match["short_year"]:
            year = self.context.today.year // 100 * 100 + int(match["short_year"])
        days = [
            self._calendar(year, month, number)
            for month, number in sorted({(left, right), (right, left)})
            if 1 <= month <= _MONTHS
        ]
        if not days:
            return IMPOSSIBLE
        may_be_an_hour = match["sign"] == "." and year is None and left <= _MONTHS < right
        if len(days) == 1 and not (match["short_year"] or may_be_an_hour):
            return days[0]
        options = (day.options for day in days if day.doubt is not Doubt.IMPOSSIBLE)
        return Day(tuple(option for several in options for option in several), Doubt.AMBIGUOUS)

    def _calendar(self, year: int | None, month: int, number: int) -> Day:
        if number < 1:
            return IMPOSSIBLE
        return self._undated(month, number) if year is None else self._dated(year, month, number)

    def _dated(self, year: int, month: int, number: int) -> Day:
        if not (1 <= year <= _LAST_YEAR and 1 <= month <= _MONTHS and number >= 1):
            return IMPOSSIBLE
        day = _make(year, month, number)
        if day is None:
            return Day(_beside_month_end(year, month), Doubt.IMPOSSIBLE)
        return certain(day, self.context)

    def _undated(self, month: int, number: int) -> Day:
        """Return the next such day, today included; asked over ten months ahead."""
        today = self.context.today
        years = range(today.year, today.year + _LEAP_YEARS_APART + 1)
        days = (_make(year, month, number) for year in years)
        coming = next((day for day in days if day is not None and day >= today), None)
        if coming is not None and not self.context.is_far(coming):
            return certain(coming, self.context)
        ends = (_beside_month_end(year, month) for year in years)
        nearest = next(end for end in ends if end[0] >= today)
        if coming is None:
            return Day(nearest, Doubt.IMPOSSIBLE)
        lacking = _make(nearest[0].year, month, number) is None
        return Day(nearest if lacking else (coming,), Doubt.FAR)


def _make(year: int, month: int, number: int) -> date | None:
    try:
        return date(year, month, number)
    except ValueError:
        return None


def _beside_month_end(year: int, month: int) -> tuple[date, date]:
    """Return a month's last day and the next one's first."""
    following = date(year, month, 1) + relativedelta(months=1)
    return following - DAY, following
