"""How evenly open work is spread: by how many people it is about carried."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from bot.domain.member import Member
from bot.domain.schedule.workdays import is_working

DAYS_AHEAD = 10
"""Calendar days in which somebody's own workdays are counted."""

ENOUGH_PEOPLE = 3


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
    left out. None where fewer than three are left, where nothing is open, and where one carries
    over half: that is told to nobody but them.
    """
    loads = {
        user: Fraction(n, workdays[user]) for user, n in open_work.items() if workdays.get(user)
    }
    total = sum(loads.values())
    if len(loads) < ENOUGH_PEOPLE or total == 0 or 2 * max(loads.values()) > total:
        return None
    squares = sum(load * load for load in loads.values())
    return Share(carried_by=round(total * total / squares), people=len(loads))
