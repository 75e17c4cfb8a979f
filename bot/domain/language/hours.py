"""The hour part of a date expression: which time of day it can mean."""

import re
from dataclasses import dataclass
from datetime import time

from bot.domain.language.readings import Doubt

LONGEST = 2
NOON = 12
_LAST_HOUR, _LAST_MINUTE = 23, 59
_CLOCK = re.compile(r"([0-9]{1,2}):([0-9]{2})")
_TWELVE_HOURS = re.compile(r"([0-9]{1,2})(?::([0-9]{2}))? ?([ap])(?:m|\.m\.?)")
_BARE = re.compile(r"[0-9]{1,2}")


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day, on the day meant or, as midnight may be, on the day after."""

    hour: time
    days_after: int = 0


@dataclass(frozen=True, slots=True)
class Hour:
    """The times that words can mean: one and certain, or doubted, with those to offer.

    `number` is the bare number typed, which may also be a day of the month.
    """

    options: tuple[Clock, ...] = ()
    doubt: Doubt | None = None
    number: int | None = None


END_OF_DAY = Hour()
"""What eod says of a named day: nothing more."""

_MIDNIGHT = Hour((Clock(time(0)), Clock(time(0), 1)), Doubt.AMBIGUOUS)
_IMPOSSIBLE = Hour((), Doubt.IMPOSSIBLE)
_NAMED = {"eod": END_OF_DAY, "noon": Hour((Clock(time(NOON)),)), "midnight": _MIDNIGHT}


def read_hour(words: tuple[str, ...]) -> Hour | None:
    """Return what words that are wholly one hour part mean, else None."""
    if not words or len(words) > LONGEST:
        return None
    text = " ".join(words)
    if text in _NAMED:
        return _NAMED[text]
    if match := _TWELVE_HOURS.fullmatch(text):
        return _twelve_hours(int(match[1]), int(match[2] or 0), match[3])
    if match := _CLOCK.fullmatch(text):
        return _twenty_four_hours(int(match[1]), int(match[2]), len(match[1]))
    return _bare(int(text)) if _BARE.fullmatch(text) else None


def _twelve_hours(hour: int, minute: int, half: str) -> Hour:
    if not 1 <= hour <= NOON or minute > _LAST_MINUTE:
        return _IMPOSSIBLE
    if half == "a" and hour == NOON:
        if minute == 0:
            return _MIDNIGHT
        return Hour((Clock(time(0, minute)), Clock(time(NOON, minute))), Doubt.AMBIGUOUS)
    return Hour((Clock(time(hour % NOON + (NOON if half == "p" else 0), minute)),))


def _twenty_four_hours(hour: int, minute: int, digits: int) -> Hour:
    if minute == 0 and hour in {0, _LAST_HOUR + 1}:
        return _MIDNIGHT
    if hour > _LAST_HOUR or minute > _LAST_MINUTE:
        return _IMPOSSIBLE
    morning = Clock(time(hour, minute))
    if digits > 1:
        return Hour((morning,))
    return Hour((morning, Clock(time(hour + NOON, minute))), Doubt.AMBIGUOUS)


def _bare(number: int) -> Hour:
    if number > _LAST_HOUR:
        return Hour((), Doubt.AMBIGUOUS, number)
    hours = (number, number + NOON) if 0 < number < NOON else (number,)
    return Hour(tuple(Clock(time(hour)) for hour in hours), Doubt.AMBIGUOUS, number)
