"""What is owed back: made, changed or let go by the yes to what needs it, in one transaction."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

from bot.domain.conversation import owed
from bot.domain.conversation.owed import Step, to_be_agreed
from bot.domain.conversation.people import Change
from bot.domain.due import Due
from bot.domain.errors import InvalidInputError, StaleError
from bot.domain.expectation import Expectation
from bot.domain.member import Member
from bot.domain.terms import Terms, Wording
from bot.services.notify import NewId, refresh
from bot.services.ports import UnitOfWork
from bot.services.record import next_look, owed_of, parties
from bot.services.scene import Scene

Takes = Callable[[UnitOfWork, int, datetime], int]
"""How many new numbers a move on an expectation takes."""


def no_number(_uow: UnitOfWork, _number: int, _at: datetime) -> int:
    """Take none."""
    return 0


def numbers_for_yes(uow: UnitOfWork, number: int, at: datetime) -> int:
    """Return how many numbers a yes takes now: they are taken before any row is locked."""
    found = uow.expectations.get(number)
    return 0 if found is None else int(_step(uow, found, owed_of(uow, found), at) is Step.MAKE)


def step_at_yes(scene: Scene) -> tuple[Step, Expectation | None]:
    """Return what a yes does, and what is owed back already, locked.

    Raise StaleError where things moved on since its number was, or was not, taken.
    """
    it = scene.expectation
    there = scene.uow.expectations.get_for_update(it.owed) if it.owed is not None else None
    step = _step(scene.uow, it, there, scene.at)
    if (step is Step.MAKE) != bool(scene.first_new):
        raise StaleError(it.number)
    return step, there


def linked(change: Change, step: Step, number: int) -> Change:
    """Return the yes with the number of what it makes besides."""
    if step is not Step.MAKE:
        return change
    return replace(change, after=replace(change.after, owed=number))


def follow(
    scene: Scene, change: Change, step: Step, there: Expectation | None, new_id: NewId
) -> None:
    """Store what a yes did to what is owed back; the message of the yes tells both."""
    uow, at, people, by = scene.uow, scene.at, scene.people, scene.actor.user
    terms = change.after.terms
    if step is Step.NOTHING:
        return
    if step is Step.MAKE or there is None:
        done = owed.make(change.after, terms, number=scene.first_new, by=by, people=people, at=at)
    elif step is Step.CHANGE:
        done = owed.change(
            there,
            terms,
            proposed_at=_proposed_at(change, terms),
            by=by,
            people=people,
            at=at,
            last_event=uow.expectations.last_event(there.number),
        )
    else:
        last = uow.expectations.last_event(there.number)
        done = owed.let_go(there, people=people, at=at, last_event=last)
    sides = parties(uow, done.after)
    after = replace(done.after, next_clock_at=next_look(uow, done.after, sides))
    store = uow.expectations.insert if step is Step.MAKE else uow.expectations.save
    store(after)
    for event in done.events:
        uow.expectations.add_event(event)
    refresh(uow, after, at, new_message_id=new_id)


def refuse_past_need(scene: Scene, wording: Wording) -> None:
    """Raise InvalidInputError (needs_by) where a change names a need whose day is over."""
    it = scene.expectation
    before = (it.pending.terms if it.pending else None) or it.terms
    if (wording.needs, wording.needs_by) != (before.wording.needs, before.wording.needs_by):
        refuse_past(wording, scene.people.requester, scene.at)


def refuse_past(wording: Wording, requester: Member | None, at: datetime) -> None:
    """Raise InvalidInputError (needs_by) where the day of a need is over where it is owed."""
    if requester is None or not (wording.needs.strip() and wording.needs_by):
        return
    if Due(date.fromisoformat(wording.needs_by)).ends_at(requester.zone) <= at:
        raise InvalidInputError({"needs_by": "That day is over: name one to come."})


def _step(uow: UnitOfWork, it: Expectation, there: Expectation | None, at: datetime) -> Step:
    if to_be_agreed(it) is None:
        return Step.NOTHING
    return owed.step_at_yes(it, there, parties(uow, it), at)


def _proposed_at(change: Change, terms: Terms) -> datetime:
    pending = change.before.pending if change.before else None
    return terms.at if pending is None else pending.at
