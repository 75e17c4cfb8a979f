"""What a series repeats: its RRULE, as far as certain, and the days it falls on."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from bot.domain.language.context import DAY

_CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_WEEK = timedelta(days=7)
_EVERY_MONTH_HAS = 28
_SEARCH_DAYS = 800


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: `text` is None where it is not certain, `weekdays` are those it names.

    `from_tomorrow` never starts today; `phased` takes its weeks from the first slot; `readings`
    are offered where the rule is not certain.
    """

    text: str | None
    falls_on: Callable[[date], bool]
    weekdays: frozenset[int] = frozenset()
    from_tomorrow: bool = False
    phased: bool = False
    readings: tuple[date, ...] = ()

    def slots_after(self, day: date, count: int = 2) -> list[date]:
        """Return the next slots after a day."""
        found: list[date] = []
        for _ in range(_SEARCH_DAYS):
            day += DAY
            if self.falls_on(day):
                found.append(day)
            if len(found) == count:
                break
        return found


OPEN = Rule(None, lambda _: False)
"""A series whose rule is not certain."""


def daily(interval: int | None = None) -> Rule:
    """Return every day, or every so many days, counted from tomorrow."""
    return Rule(
        f"FREQ=DAILY{_interval(interval or 1)}",
        lambda _: True,
        from_tomorrow=interval is not None,
    )


def weekly(weekdays: frozenset[int], interval: int = 1, *, named: bool = True) -> Rule:
    """Return every so many weeks on some weekdays, named as such or as workdays."""
    codes = ",".join(_CODES[weekday] for weekday in sorted(weekdays))
    return Rule(
        f"FREQ=WEEKLY{_interval(interval)};BYDAY={codes}",
        lambda day: day.weekday() in weekdays,
        weekdays if named else frozenset(),
        phased=interval > 1,
    )


def monthly(number: int, today: date) -> Rule:
    """Return every month on a day; from the 29th on it is not certain, as some months lack it."""
    if 1 <= number <= _EVERY_MONTH_HAS:
        return Rule(f"FREQ=MONTHLY;BYMONTHDAY={number}", lambda day: day.day == number)
    return Rule(None, lambda _: False, readings=_late_days(number, today))


def last_in_month(weekday: int) -> Rule:
    """Return every last such weekday of a month."""
    return Rule(
        f"FREQ=MONTHLY;BYDAY=-1{_CODES[weekday]}",
        lambda day: day.weekday() == weekday and (day + _WEEK).month != day.month,
        frozenset({weekday}),
    )


def _interval(interval: int) -> str:
    return f";INTERVAL={interval}" if interval > 1 else ""


def _late_days(number: int, today: date) -> tuple[date, ...]:
    """Return the next such day; where the month lacks it, its last and the next one's first."""
    day = today + DAY
    while day.day != number:
        if (day + DAY).day == 1:
            return day, day + DAY
        day += DAY
    return (day,)
