"""Trust lightens the touch: who has kept what was agreed is reminded less."""

from collections.abc import Sequence

from bot.domain.expectation import Outcome
from bot.domain.member import Cadence, Member, Stoppable

IN_A_ROW = 5
"""So many of the last between two, all kept, and the owner is asked once only."""

LEFT_OUT = frozenset({Outcome.FORGIVEN, Outcome.REPAIRED})
"""What was settled or put right neither makes trust nor ends it."""

_KEPT = frozenset({Outcome.KEPT, Outcome.KEPT_CHANGED})


def are_kept(last: Sequence[Outcome]) -> bool:
    """Tell whether the last five between two were kept; `last` has no more, and none left out."""
    return len(last) == IN_A_ROW and all(outcome in _KEPT for outcome in last)


def wants_fewer(owner: Member) -> bool:
    """Tell whether an owner leaves it to trust; their own setting stands above it."""
    return owner.cadence is Cadence.NORMAL and Stoppable.FEWER_WITH_TRUST not in owner.stopped
