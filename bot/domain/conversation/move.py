"""One move on its way: what an effect is given, and what it gives back."""

from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.conversation.people import Details, People
from bot.domain.due import Due
from bot.domain.expectation import Expectation, Pending, Status
from bot.domain.schedule.resting import is_resting
from bot.domain.schedule.workdays import next_workday_due
from bot.domain.terms import Terms


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """A permitted move: `to` is where its rule leads."""

    expectation: Expectation
    to: Status
    by: str
    at: datetime
    people: People
    details: Details


@dataclass(frozen=True, slots=True)
class Effect:
    """What a move leaves; `version` is what its event concerns, None: the terms in force."""

    after: Expectation
    new_terms: tuple[Terms, ...] = ()
    accepted_terms: tuple[Terms, ...] = ()
    version: int | None = None


def with_due(expectation: Expectation, due: Due, people: People) -> Expectation:
    """Put another due in force; nobody was asked yet what happened to it."""
    if due == expectation.due:
        return expectation
    return replace(expectation, due=due, due_at=due.ends_at(people.owner.zone), asked=())


def without_pending(
    expectation: Expectation, at: datetime, people: People, *, taken_back: bool
) -> Expectation:
    """End what is pending with the old terms.

    Where it made the due rest until after its day, and its owner did not take it back, the due
    in force becomes the end of the owner's next workday: once per agreed due.
    """
    after = replace(expectation, pending=None)
    if taken_back or not is_resting(expectation) or at <= expectation.due_at:
        return after
    return replace(with_due(after, next_workday_due(people.owner, at), people), rested=True)


def waiting(expectation: Expectation, pending: Pending) -> Expectation:
    """Let a change wait, in the place of the one that waits already."""
    return replace(expectation, pending=pending, pendings=pending.ordinal)
