"""What follows from elsewhere: a message that arrived, a remedy that ended, a zone that moved."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Literal

from bot.domain.conversation.move import with_due
from bot.domain.conversation.moving import apply
from bot.domain.conversation.people import Change, People
from bot.domain.due import Due
from bot.domain.errors import NotAllowedError, NotYoursError
from bot.domain.expectation import (
    CLOCK,
    Action,
    Event,
    Expectation,
    Outcome,
    Seen,
    Status,
)
from bot.domain.schedule.resting import is_late

What = Literal["proposal", "pending", "report", "overdue"]
"""What reached the one who must act on it."""


def reached(
    expectation: Expectation, what: What, at: datetime, *, seen: Seen | None = None
) -> Expectation:
    """Note that something reached the one who must act: their clock starts, once.

    `seen` is what the message showed, where known: one that shows other than the present
    starts nothing. "overdue" is the question what happened; each one that arrived is kept.
    """
    if seen is not None and not _shows(expectation, what, seen):
        return expectation
    return _ARRIVALS[what](expectation, at)


def _proposal_reached(expectation: Expectation, at: datetime) -> Expectation:
    if expectation.status is not Status.PROPOSED or expectation.reached_at is not None:
        return expectation
    return replace(expectation, reached_at=at)


def _pending_reached(expectation: Expectation, at: datetime) -> Expectation:
    pending = expectation.pending
    if pending is None or pending.reached_at is not None:
        return expectation
    return replace(expectation, pending=replace(pending, reached_at=at))


def _report_reached(expectation: Expectation, at: datetime) -> Expectation:
    first, last = expectation.first_report, expectation.last_report
    if expectation.status is not Status.DONE or last is None or last.reached_at is not None:
        return expectation
    arrived = replace(last, reached_at=at)
    is_first = first is not None and first.ordinal == last.ordinal
    return replace(expectation, last_report=arrived, first_report=arrived if is_first else first)


def _overdue_reached(expectation: Expectation, at: datetime) -> Expectation:
    if not is_late(expectation, at):
        return expectation
    return replace(expectation, asked=(*expectation.asked, at))


_ARRIVALS: Mapping[What, Callable[[Expectation, datetime], Expectation]] = {
    "proposal": _proposal_reached,
    "pending": _pending_reached,
    "report": _report_reached,
    "overdue": _overdue_reached,
}


def _shows(expectation: Expectation, what: What, seen: Seen) -> bool:
    now = expectation.seen
    if what == "pending":
        return seen.pending == now.pending
    if what == "report":
        return seen.report == now.report
    return seen.version == now.version


def repaired(missed: Expectation, remedy: Expectation) -> Expectation:
    """Count a missed one as repaired by its remedy, which was met; forgiven stays forgiven."""
    after = remedy_ended(missed, remedy)
    if remedy.remedy_of != missed.number or remedy.status is not Status.MET:
        return after
    if missed.status is not Status.MISSED or missed.outcome is not Outcome.MISSED:
        return after
    return replace(after, outcome=Outcome.REPAIRED)


def remedy_opened(missed: Expectation, remedy: Expectation) -> Expectation:
    """Link the offer that is to put a missed one right."""
    return replace(missed, open_remedy=remedy.number)


def remedy_ended(missed: Expectation, remedy: Expectation) -> Expectation:
    """Unlink a remedy that is no longer open, so that another may be offered."""
    if missed.open_remedy != remedy.number:
        return missed
    return replace(missed, open_remedy=None)


def withdraw_unanswered(
    remedy: Expectation, *, by: str, at: datetime, people: People, last_event: int
) -> Change | None:
    """Withdraw a remedy that nobody answered, because `by` forgave; None where it was."""
    if remedy.status is not Status.PROPOSED:
        return None
    change = apply(
        remedy,
        Action.DROP,
        by=remedy.terms.author,
        at=at,
        people=people,
        last_event=last_event,
    )
    return replace(change, event=replace(change.event, actor=by))


def with_owner_zone(expectation: Expectation, people: People) -> Expectation:
    """End the due where the owner is now: a day's end moves with them, an hour's does not."""
    return replace(expectation, due_at=expectation.due.ends_at(people.owner.zone))


def at_next_slot(expectation: Expectation, slot: Due, people: People) -> Expectation:
    """Move a series on to its next slot; silence counts from the first one that passed."""
    passed = expectation.asked or (expectation.due_at,)
    return replace(with_due(expectation, slot, people), asked=passed)


def end_series(
    expectation: Expectation, *, by: str, at: datetime, last_event: int, note: str = ""
) -> Change:
    """Release a series: the clock's after its last slot, either's after three not kept."""
    number, verb = expectation.number, Action.DROP
    if expectation.status is not Status.ACTIVE or not expectation.is_series:
        raise NotAllowedError(number, verb.value)
    if by not in (*expectation.parties, CLOCK):
        raise NotYoursError(number, verb.value, expectation.parties)
    after = replace(expectation, status=Status.RELEASED, pending=None, question=None, closed_at=at)
    event = Event(
        number=number,
        seq=last_event + 1,
        at=at,
        actor=by,
        verb=verb,
        note=note,
        version=expectation.terms.version,
    )
    return Change(before=expectation, after=after, event=event)
