"""When a figure may be shown to a channel, so that nobody can be picked out of it.

Two floors. A figure needs enough outcomes of enough people, none of them with over half. And what
was shown before is followed by something new only once both what came in and what fell out since
stand above the same floor: else the difference of two posts would be one person's.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

ENOUGH_OUTCOMES = 5
ENOUGH_OWNERS = 3

PerOwner = Mapping[str, int]
"""User ids to how many outcomes are theirs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """What a figure is made of, by owner: all of it, and what changed since it was last shown."""

    within: PerOwner
    came_in: PerOwner = field(default_factory=dict)
    fell_out: PerOwner = field(default_factory=dict)


def is_enough(per_owner: PerOwner) -> bool:
    """Tell whether so much hides each one in it."""
    counts = [count for count in per_owner.values() if count > 0]
    if sum(counts) < ENOUGH_OUTCOMES or len(counts) < ENOUGH_OWNERS:
        return False
    return 2 * max(counts) <= sum(counts)


def may_show(basis: Basis, *, shown_before: bool) -> bool:
    """Tell whether a figure may be shown as it is now; else what was shown before stays."""
    if not is_enough(basis.within):
        return False
    if not shown_before:
        return True
    return all(_hides(part) for part in (basis.came_in, basis.fell_out))


def _hides(part: PerOwner) -> bool:
    return not any(part.values()) or is_enough(part)
