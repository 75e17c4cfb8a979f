"""What is true of an expectation at a moment: the table's conditions and parties."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.conversation.people import People
from bot.domain.conversation.table import Need, Party
from bot.domain.expectation import (
    CLOCK,
    Expectation,
    Outcome,
    PendingKind,
)
from bot.domain.schedule.resting import is_late
from bot.domain.schedule.series import last_day
from bot.domain.schedule.workdays import end_of_day, end_of_workday
from bot.domain.terms import Terms

RETURNS_BEFORE_DIFFERING = 2
QUESTION_STOPS_WORKDAYS = 5


def is_past(terms: Terms, at: datetime, people: People) -> bool:
    """Tell whether terms could no longer be kept: their due, or a series' last day, is over."""
    if terms.rrule is None:
        return at > terms.due.ends_at(people.owner.zone)
    last = last_day(terms.rrule)
    return last is not None and at > end_of_day(people.owner, last)


def word_of(expectation: Expectation, user: str) -> datetime | None:
    """Return when a party last spoke, or heard the answer to what they had asked."""
    if user == expectation.owner:
        return expectation.owner_word_at
    return expectation.requester_word_at


def last_instant(end: datetime) -> datetime:
    """Return the instant before an end: a midnight that ends a day belongs to the day before."""
    return end - timedelta(microseconds=1)


def question_stops_until(expectation: Expectation, user: str, people: People) -> datetime | None:
    """Return the last instant at which the open question of `user` stops their clock, if any."""
    question = expectation.question
    owes = expectation.other(user)
    if question is None or question.by != user or owes is None:
        return None
    return last_instant(end_of_workday(people.member(owes), question.at, QUESTION_STOPS_WORKDAYS))


def may_close_from(expectation: Expectation, people: People) -> datetime | None:
    """Return from when the requester may close it as missed; None while nobody was asked.

    One full workday of the owner's after "what happened?" reached them, whatever they answered;
    a question of the owner's, asked within that day, puts it off while it is open.
    """
    if not expectation.asked or expectation.is_series:
        return None
    opens = end_of_workday(people.owner, expectation.asked[0], 1)
    question = expectation.question
    stops = question_stops_until(expectation, expectation.owner, people)
    if question is None or stops is None or question.at >= opens:
        return opens
    return end_of_workday(people.owner, stops, 1)


def undo_until(expectation: Expectation, people: People) -> datetime | None:
    """Return until when a self-confirmed commitment's done may be undone."""
    if not expectation.self_confirmed or expectation.closed_at is None:
        return None
    return end_of_workday(people.owner, expectation.closed_at, 1)


@dataclass(frozen=True, slots=True)
class Case:
    """An expectation at a moment, among its people: what a need is asked about."""

    expectation: Expectation
    at: datetime
    people: People


def _due_ahead(case: Case) -> bool:
    pending = case.expectation.pending
    terms = pending.terms if pending is not None else None
    return not is_past(terms or case.expectation.terms, case.at, case.people)


def _pending_is(kind: PendingKind) -> Callable[[Case], bool]:
    def check(case: Case) -> bool:
        pending = case.expectation.pending
        return pending is not None and pending.kind is kind

    return check


def _may_close(case: Case) -> bool:
    opens = may_close_from(case.expectation, case.people)
    return opens is not None and case.at >= opens


def _undo_open(case: Case) -> bool:
    until = undo_until(case.expectation, case.people)
    return until is not None and case.at < until


_HOLDS: Mapping[Need, Callable[[Case], bool]] = {
    Need.DUE_AHEAD: _due_ahead,
    Need.IN_TIME: lambda case: not is_late(case.expectation, case.at),
    Need.OVERDUE: lambda case: is_late(case.expectation, case.at),
    Need.SINGLE: lambda case: not case.expectation.is_series,
    Need.COMMITMENT: lambda case: case.expectation.is_commitment,
    Need.TWO: lambda case: not case.expectation.is_commitment,
    Need.TERMS: _pending_is(PendingKind.TERMS),
    Need.LET_GO: _pending_is(PendingKind.LET_GO),
    Need.NOTHING_PENDING: lambda case: case.expectation.pending is None,
    Need.MAY_CLOSE: _may_close,
    Need.RETURNED_TWICE: lambda case: case.expectation.returns >= RETURNS_BEFORE_DIFFERING,
    Need.UNDO_OPEN: _undo_open,
    Need.NOT_FORGIVEN: lambda case: case.expectation.outcome is not Outcome.FORGIVEN,
    Need.NOT_REPAIRED: lambda case: case.expectation.outcome is not Outcome.REPAIRED,
    Need.NO_REMEDY: lambda case: case.expectation.open_remedy is None,
}


def unmet(needs: tuple[Need, ...], case: Case) -> Need | None:
    """Return the first need that does not hold; None when all do."""
    return next((need for need in needs if not _HOLDS[need](case)), None)


def users_of(party: Party, expectation: Expectation) -> tuple[str, ...]:
    """Return the user ids that a party names now; none where there is nobody."""
    pending, question = expectation.pending, expectation.question
    found: tuple[str | None, ...]
    match party:
        case Party.OWNER:
            found = (expectation.owner,)
        case Party.REQUESTER:
            found = (expectation.requester,)
        case Party.EITHER:
            found = expectation.parties
        case Party.AWAITED:
            found = (expectation.awaited,)
        case Party.AUTHOR:
            found = (expectation.terms.author,)
        case Party.OTHER:
            found = (expectation.other(pending.author),) if pending else ()
        case Party.ASKED:
            found = (expectation.other(question.by),) if question else ()
        case Party.UNHEARD:
            unheard = expectation.unheard
            found = () if unheard is None else (expectation.side(unheard),)
        case Party.CLOCK:
            found = (CLOCK,)
    return tuple(user for user in found if user is not None)
