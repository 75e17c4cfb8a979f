"""The days that words can mean, and what makes one of them certain."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from bot.domain.language.context import Context
from bot.domain.language.readings import Doubt


@dataclass(frozen=True, slots=True)
class Day:
    """One day and certain, or doubted, with those to offer."""

    options: tuple[date, ...] = ()
    doubt: Doubt | None = None


IMPOSSIBLE = Day((), Doubt.IMPOSSIBLE)
VAGUE = Day((), Doubt.VAGUE)
PAST = Day((), Doubt.PAST)


def certain(day: date, context: Context) -> Day:
    """Return a day as certain, unless it is past."""
    return PAST if day < context.first_day else Day((day,))


def unless_off(day: date, context: Context) -> Day:
    """Return a day as certain, unless it is none of the typist's workdays."""
    if context.is_workday(day):
        return certain(day, context)
    return Day(context.beside(day), Doubt.DAY_OFF)


def unless_far(day: date, context: Context) -> Day:
    """Return a day without a year as certain, unless it is over ten months ahead."""
    return Day((day,), Doubt.FAR) if context.is_far(day) else certain(day, context)


def merge(days: Iterable[Day]) -> Day | None:
    """Return the one meaning, or a doubt that offers all of them; None where there is none."""
    first, *others = dict.fromkeys(days) or (None,)
    if first is None or not others:
        return first
    return Day(tuple(option for day in (first, *others) for option in day.options), Doubt.AMBIGUOUS)
