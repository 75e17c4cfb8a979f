"""What happens because time passed: lapse, settle, gone, and the dates of a series."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from bot.domain.conversation import (
    Change,
    People,
    apply,
    at_next_slot,
    clock_action,
    end_series,
)
from bot.domain.expectation import (
    CLOCK,
    Action,
    Expectation,
    Period,
    PeriodOutcome,
    Status,
)
from bot.domain.schedule.periods import at_slot, open_period, settle, settle_due
from bot.domain.schedule.series import Slot, next_slot, released_at, slots_between
from bot.services.notify import NewId, refresh
from bot.services.ports import UnitOfWork
from bot.services.record import lock, next_look, parties, record

_INSTANT = timedelta(microseconds=1)


def look(uow: UnitOfWork, number: int, at: datetime, *, new_message_id: NewId) -> bool:
    """Do what the clock does to an expectation now, and set when it looks again."""
    expectation = lock(uow, number)
    if expectation is None or _is_early(expectation.next_clock_at, at):
        return False
    people = parties(uow, expectation)
    action = clock_action(expectation, at, people)
    if action is not None and not _slot_first(expectation, action, at):
        change = _applied(uow, expectation, action, people, at)
        record(uow, change, people, at, new_message_id=new_message_id)
        return True
    after = expectation
    if after.is_series:  # also one that ended: what was done by then stands
        _settle_periods(uow, after, people, at)
    if after.is_series and after.status is Status.ACTIVE:
        after = _pass_slots(uow, after, people, at)
        ends = _ends_at(after, people, at)
        if ends is not None and ends <= at:
            _close_last(uow, number, ends)
            last = uow.expectations.last_event(number)
            change = end_series(after, by=CLOCK, at=at, last_event=last)
            record(uow, change, people, at, new_message_id=new_message_id)
            return True
        after = replace(after, next_clock_at=_next(uow, after, people, ends, at))
        refresh(uow, after, at, new_message_id=new_message_id)
    else:
        after = replace(after, next_clock_at=next_look(uow, after, people))
    uow.expectations.save(after)
    return True


def _is_early(next_at: datetime | None, at: datetime) -> bool:
    return next_at is None or next_at > at


def _slot_first(expectation: Expectation, action: Action, at: datetime) -> bool:
    """Tell whether a date of a series passed before the silence that would end it."""
    is_going_on = expectation.is_series and expectation.status is Status.ACTIVE
    return (
        is_going_on
        and action is Action.LAPSE
        and expectation.pending is None
        and (expectation.due_at <= at)
    )


def _applied(
    uow: UnitOfWork, expectation: Expectation, action: Action, people: People, at: datetime
) -> Change:
    last = uow.expectations.last_event(expectation.number)
    return apply(expectation, action, by=CLOCK, at=at, people=people, last_event=last)


def _pass_slots(
    uow: UnitOfWork, expectation: Expectation, people: People, at: datetime
) -> Expectation:
    """Note each date that came since the last look, and move on to the next one.

    A date that comes closes the open ones before it; its own stays open until the next. Dates
    that are skipped on the way to the next one are noted as such.
    """
    if expectation.due_at > at:
        return expectation
    owner, terms = people.owner, expectation.terms
    periods = {one.date: one for one in uow.expectations.periods(expectation.number)}
    coming = next_slot(terms, at, owner)
    until = at if coming is None else coming.at - _INSTANT
    for slot in slots_between(terms, owner, expectation.due_at - _INSTANT, until):
        if not slot.skipped:
            _close_before(uow, periods, slot)
        if slot.date not in periods:
            periods[slot.date] = open_period(expectation.number, slot)
            uow.expectations.save_period(periods[slot.date])
    return expectation if coming is None else at_next_slot(expectation, coming.due, people)


def _close_before(uow: UnitOfWork, periods: dict[date, Period], slot: Slot) -> None:
    for day, period in periods.items():
        if day < slot.date and period.outcome is PeriodOutcome.OPEN:
            periods[day] = at_slot(period, slot.at)
            uow.expectations.save_period(periods[day])


def _close_last(uow: UnitOfWork, number: int, at: datetime) -> None:
    """Close what stayed open to the end: no slot follows that would."""
    for period in uow.expectations.periods(number):
        if period.outcome is PeriodOutcome.OPEN:
            uow.expectations.save_period(at_slot(period, at))


def _settle_periods(
    uow: UnitOfWork, expectation: Expectation, people: People, at: datetime
) -> None:
    """Let stand what was done and not objected to."""
    if people.requester is None:
        return
    for period in uow.expectations.periods(expectation.number):
        settles = settle_due(period, people.requester)
        if settles is not None and settles <= at:
            uow.expectations.save_period(settle(period, at))


def _ends_at(expectation: Expectation, people: People, at: datetime) -> datetime | None:
    """Return when a series whose last date has come is over; None while more come."""
    if expectation.due_at > at:
        return None
    last = Slot(date=expectation.due.day, due=expectation.due, at=expectation.due_at)
    return released_at(last, people.owner)


def _next(
    uow: UnitOfWork, expectation: Expectation, people: People, ends: datetime | None, at: datetime
) -> datetime | None:
    """Return when to look again: after the last date that is at the end of the series."""
    soonest = next_look(uow, expectation, people)
    if ends is None or (soonest is not None and soonest > at):
        return soonest
    return ends
