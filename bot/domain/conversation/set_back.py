"""What a clock that ran ahead noted, once it is right again."""

from dataclasses import replace
from datetime import datetime

from bot.domain.expectation import Expectation


def noted_by(expectation: Expectation, at: datetime) -> Expectation:
    """Return it with nothing read, said or asked after `at`: what was, was by then.

    Otherwise its clocks would stand until the day that was noted has really come.
    """

    def by_now(moment: datetime | None) -> datetime | None:
        return None if moment is None else min(moment, at)

    pending = expectation.pending
    if pending is not None:
        pending = replace(pending, reached_at=by_now(pending.reached_at))
    return replace(
        expectation,
        reached_at=by_now(expectation.reached_at),
        owner_word_at=by_now(expectation.owner_word_at),
        requester_word_at=by_now(expectation.requester_word_at),
        asked=tuple(min(moment, at) for moment in expectation.asked),
        pending=pending,
    )
