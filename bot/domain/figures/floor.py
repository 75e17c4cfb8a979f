"""When a figure may be shown to a channel, so that nobody can be picked out of it.

Two floors. A figure needs enough of what it counts, of enough people, none of them with over half.
And what was shown is followed by something new only once both what came in and what fell out since
stand above the same floor: else the difference of two posts would be one person's.

Both look at what is counted and at nothing else. If what was missed held a figure up, or let it
through, a small number beside the floor would tell how much was missed.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.domain.figures.shared import PERIOD

ENOUGH_COUNTED = 5
ENOUGH_OWNERS = 3

PerOwner = Mapping[str, int]
"""User ids to how much of what is counted is theirs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """From `since` to before `until`."""

    since: datetime
    until: datetime


def window(until: datetime) -> Window:
    """Return the days that a figure is about which ends with `until`."""
    return Window(since=until - PERIOD, until=until)


def is_enough(per_owner: PerOwner) -> bool:
    """Tell whether so much hides each one in it."""
    counts = [count for count in per_owner.values() if count > 0]
    if sum(counts) < ENOUGH_COUNTED or len(counts) < ENOUGH_OWNERS:
        return False
    return 2 * max(counts) <= sum(counts)


def may_show(
    until: datetime, before: datetime | None, counted: Callable[[Window], PerOwner]
) -> bool:
    """Tell whether a figure that ends with `until` may be shown; else what was shown stays.

    `before` is where the last one ended that is still shown, at most a period ago.
    """
    if before is not None and before >= until:
        return False  # also where a clock was set back
    if not is_enough(counted(window(until))):
        return False
    if before is None:
        return True
    came_in = counted(Window(since=before, until=until))
    fell_out = counted(Window(since=before - PERIOD, until=until - PERIOD))
    moved = [part for part in (came_in, fell_out) if any(part.values())]
    return bool(moved) and all(is_enough(part) for part in moved)
