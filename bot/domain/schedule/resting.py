"""Whether the due counts at a moment: what a list may ask about agreed work depends on it."""

from datetime import datetime

from bot.domain.expectation import Expectation, Status


def is_resting(expectation: Expectation) -> bool:
    """Tell whether the due rests: a change proposed before it waits, once per agreed due."""
    pending = expectation.pending
    return pending is not None and not expectation.rested and pending.at <= expectation.due_at


def is_late(expectation: Expectation, at: datetime) -> bool:
    """Tell whether agreed work is past a due that counts; a series never is."""
    return (
        expectation.status is Status.ACTIVE
        and not expectation.is_series
        and at > expectation.due_at
        and not is_resting(expectation)
    )
