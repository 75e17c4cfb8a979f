"""Offsets from now: in 3 days, in 2 weeks, in a month, in 10 minutes."""

import re
from datetime import timedelta

from dateutil.relativedelta import relativedelta

from bot.domain.language.context import DAY, Context
from bot.domain.language.days import IMPOSSIBLE, VAGUE, Day, certain, unless_off
from bot.domain.language.readings import Doubt

MOST = 999
"""The largest number that counts days, weeks, months, minutes or hours."""

_WEEK = timedelta(days=7)
_NUMBER = re.compile(r"0*([0-9]{1,6})")
_NUMBER_WORD = re.compile(
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|"
    "sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|hundred|few|couple"
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


def clock_offset(words: tuple[str, ...]) -> timedelta | None:
    """Return how far ahead "in 10 minutes" or "in an hour" is, else None."""
    match words:
        case ("in", number, unit) if unit in _CLOCK_UNITS and (count := _count(number)):
            return count * _CLOCK_UNITS[unit]
    return None


def day_offset(words: tuple[str, ...], context: Context) -> Day | None:
    """Return the day that "in 3 days" means, else None; numbers in words and years are asked."""
    match words:
        case ("in", number, unit) if unit in _UNITS or unit in _CLOCK_UNITS:
            pass
        case _:
            return None
    count = _count(number)
    if count is None:
        return _odd_number(number)
    if unit in _CLOCK_UNITS:
        return None
    return _ahead(count, _UNITS[unit], context)


def _ahead(count: int, unit: str, context: Context) -> Day:
    today = context.today
    match unit:
        case "workday":
            return certain(context.workday_after(today, count), context)
        case "day":
            return unless_off(today + count * DAY, context)
        case "week":
            return unless_off(today + count * _WEEK, context)
        case "month":
            day = today + relativedelta(months=count)
            if day.day == today.day:
                return unless_off(day, context)
            return Day((day, day + DAY), Doubt.IMPOSSIBLE)
    return VAGUE


def _count(word: str) -> int | None:
    """Return how many: 1 to 999, a and an being 1; None for anything else."""
    if word in {"a", "an"}:
        return 1
    match = _NUMBER.fullmatch(word)
    return int(match[1]) if match and 1 <= int(match[1]) <= MOST else None


def _odd_number(word: str) -> Day | None:
    """Return a doubt for a number that is spelt out or out of range."""
    if _NUMBER_WORD.fullmatch(word):
        return VAGUE
    return IMPOSSIBLE if word.isdecimal() else None
