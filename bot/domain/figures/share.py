"""How evenly open work is spread: by how many people it is about carried."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from bot.domain.figures.floor import is_enough
from bot.domain.member import Member
from bot.domain.schedule.workdays import is_working

DAYS_AHEAD = 10
"""Calendar days in which somebody's own workdays are counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """Carried by about `carried_by` of `people`."""

    carried_by: int
    people: int


def own_workdays(member: Member, today: date) -> int:
    """Return on how many of the next ten days, today among them, somebody works."""
    return sum(is_working(member, today + timedelta(days=n)) for n in range(DAYS_AHEAD))


def fair_share(open_work: Mapping[str, int], workdays: Mapping[str, int]) -> Share | None:
    """Return how evenly it is spread: (Σx)²/Σx², where x is open work by own workdays.

    `open_work` has who may carry some, also those with nothing open. Who has no workday ahead is
    left out. None where what is left stands below the floor, and where one carries over half: that
    is told to nobody but them.
    """
    counted = {user: n for user, n in open_work.items() if workdays.get(user)}
    if not is_enough(counted):
        return None
    loads = [Fraction(n, workdays[user]) for user, n in counted.items()]
    total = sum(loads)
    if 2 * max(loads) > total:
        return None
    squares = sum(load * load for load in loads)
    return Share(carried_by=round(total * total / squares), people=len(loads))
