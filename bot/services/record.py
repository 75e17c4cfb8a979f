"""Storing what a move did, with all that follows from it, in the transaction that made it."""

from dataclasses import replace
from datetime import datetime

from bot.domain.conversation import (
    Change,
    People,
    next_clock,
    remedy_ended,
    repaired,
    withdraw_unanswered,
)
from bot.domain.errors import UnknownIdError
from bot.domain.expectation import Action, Expectation, Status
from bot.domain.schedule.periods import settle_due
from bot.services.notify import NewId, Told, refresh, tell
from bot.services.ports import UnitOfWork


def lock(uow: UnitOfWork, number: int) -> Expectation | None:
    """Lock an expectation; the missed one that a remedy is for comes first, so none wait in turn.

    Every transaction that changes more than one locks them by ascending number, and takes new
    numbers before.
    """
    found = uow.expectations.get(number)
    if found is not None and found.remedy_of is not None:
        uow.expectations.get_for_update(found.remedy_of)
    return uow.expectations.get_for_update(number)


def parties(uow: UnitOfWork, expectation: Expectation) -> People:
    """Return the parties as members; who was ever a party is known."""
    known = uow.members.get_many(expectation.parties)
    missing = set(expectation.parties) - set(known)
    if missing:
        raise UnknownIdError(expectation.id)
    requester = expectation.requester
    return People(
        owner=known[expectation.owner],
        requester=None if requester is None else known[requester],
    )


def owed_of(uow: UnitOfWork, expectation: Expectation) -> Expectation | None:
    """Return what is owed back for an expectation, the latest; None where nothing is."""
    return None if expectation.owed is None else uow.expectations.get(expectation.owed)


def record(
    uow: UnitOfWork, change: Change, people: People, at: datetime, *, new_message_id: NewId
) -> tuple[Told, ...]:
    """Store a change with its event and next clock, what follows for a remedy, and the notices."""
    after = replace(change.after, next_clock_at=next_look(uow, change.after, people))
    change = replace(change, after=after)
    if change.before is None:
        uow.expectations.insert(after)
    else:
        uow.expectations.save(after)
    uow.expectations.add_event(change.event)
    _follow_remedy(uow, change, at, new_message_id)
    _show_at_needed(uow, after, at, new_message_id)
    return tell(uow, change, people, at, new_message_id=new_message_id)


def next_look(uow: UnitOfWork, expectation: Expectation, people: People) -> datetime | None:
    """Return when the clock looks at it again: also when a date of a series settles."""
    moments = [next_clock(expectation, people)]
    if expectation.is_series and people.requester is not None:
        periods = uow.expectations.periods(expectation.number)
        moments += [settle_due(period, people.requester) for period in periods]
    return min((moment for moment in moments if moment is not None), default=None)


def _follow_remedy(uow: UnitOfWork, change: Change, at: datetime, new_message_id: NewId) -> None:
    """Repair or free the missed one whose remedy ended; withdraw the remedy of a forgiven one."""
    after = change.after
    if after.remedy_of is not None and after.closed_at is not None:
        missed = uow.expectations.get_for_update(after.remedy_of)
        if missed is not None:
            _free(uow, missed, after, at, new_message_id)
    if change.event.verb is Action.FORGIVE and after.open_remedy is not None:
        _withdraw(uow, after, change.event.actor, at, new_message_id)


def _show_at_needed(
    uow: UnitOfWork, owed: Expectation, at: datetime, new_message_id: NewId
) -> None:
    """Bring what shows the one that needs this up to date once this is over."""
    if owed.owed_for is None or owed.closed_at is None:
        return
    needs_it = uow.expectations.get(owed.owed_for)
    if needs_it is not None:
        refresh(uow, needs_it, at, new_message_id=new_message_id)


def _free(
    uow: UnitOfWork, missed: Expectation, remedy: Expectation, at: datetime, new_message_id: NewId
) -> None:
    freed = (
        repaired(missed, remedy) if remedy.status is Status.MET else remedy_ended(missed, remedy)
    )
    if freed != missed:
        uow.expectations.save(freed)
        refresh(uow, freed, at, new_message_id=new_message_id)


def _withdraw(
    uow: UnitOfWork, missed: Expectation, by: str, at: datetime, new_message_id: NewId
) -> None:
    remedy = uow.expectations.get_for_update(missed.open_remedy or 0)
    if remedy is None:
        return
    people = parties(uow, remedy)
    last = uow.expectations.last_event(remedy.number)
    change = withdraw_unanswered(remedy, by=by, at=at, people=people, last_event=last)
    if change is not None:
        record(uow, change, people, at, new_message_id=new_message_id)
