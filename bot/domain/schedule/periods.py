"""The periods of a series: one row per nominal date, reported with one tap."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.domain.errors import NotAllowedError
from bot.domain.expectation import Period, PeriodOutcome
from bot.domain.member import Member
from bot.domain.schedule.series import Slot
from bot.domain.schedule.workdays import end_of_workday

NOT_KEPT = frozenset({PeriodOutcome.NOT_THIS_TIME, PeriodOutcome.UNANSWERED})
IN_A_ROW = 3


def open_period(number: int, slot: Slot) -> Period:
    """Begin the period of a slot; a skipped one is over at once."""
    outcome = PeriodOutcome.SKIPPED if slot.skipped else PeriodOutcome.OPEN
    return Period(number=number, date=slot.date, slot_at=slot.at, outcome=outcome)


def report(
    period: Period, outcome: PeriodOutcome | str, at: datetime, requester: Member | None
) -> Period:
    """Say that it is done, or not this time; a commitment's is settled at once."""
    said = PeriodOutcome(outcome)
    allowed = {PeriodOutcome.KEPT, PeriodOutcome.NOT_THIS_TIME}
    if period.outcome is not PeriodOutcome.OPEN or said not in allowed:
        raise NotAllowedError(period.number, said.value, "period_over")
    settled = said is PeriodOutcome.NOT_THIS_TIME or requester is None
    return replace(period, outcome=said, reported_at=at, settled_at=at if settled else None)


def reopen(period: Period, note: str) -> Period:
    """Say what is missing: it is open again until the next slot."""
    if period.outcome is not PeriodOutcome.KEPT or period.settled_at is not None:
        raise NotAllowedError(period.number, "return", "period_over")
    return replace(period, outcome=PeriodOutcome.OPEN, reported_at=None, note=note)


def settle_due(period: Period, requester: Member) -> datetime | None:
    """Return when a done period settles: at the end of the requester's next workday."""
    if not awaits_settling(period) or period.reported_at is None:
        return None
    return end_of_workday(requester, period.reported_at, 1)


def awaits_settling(period: Period) -> bool:
    """Tell whether the requester may still say what is missing."""
    return period.outcome is PeriodOutcome.KEPT and period.settled_at is None


def settle(period: Period, at: datetime) -> Period:
    """Let a done period stand."""
    return replace(period, settled_at=at)


def at_slot(period: Period, at: datetime) -> Period:
    """Close an open period as unanswered, because the next slot came."""
    if period.outcome is not PeriodOutcome.OPEN:
        return period
    return replace(period, outcome=PeriodOutcome.UNANSWERED, settled_at=at)


def run_not_kept(periods: Sequence[Period]) -> tuple[Period, ...]:
    """Return the latest closed periods in a row that were not kept, earliest first.

    Open and skipped ones neither break nor lengthen the row.
    """
    run: list[Period] = []
    for period in sorted(periods, key=lambda one: one.date, reverse=True):
        if period.outcome is PeriodOutcome.KEPT:
            break
        if period.outcome in NOT_KEPT:
            run.append(period)
    return tuple(reversed(run))


def three_in_a_row_not_kept(periods: Sequence[Period]) -> bool:
    """Tell whether both are to be asked: go on, change or end it."""
    return len(run_not_kept(periods)) >= IN_A_ROW
