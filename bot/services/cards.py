"""One expectation as its reader sees it at one moment."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from bot.domain.conversation import (
    People,
    may_close_from,
    moves,
    next_clock,
    reached,
)
from bot.domain.differences import SIDE_BY_SIDE, last_of_each, suggestions
from bot.domain.expectation import (
    CLOCK,
    Action,
    Event,
    Expectation,
    PendingKind,
    Period,
    Status,
)
from bot.domain.learnt import Learnt
from bot.domain.member import Member
from bot.domain.messages import Moment
from bot.domain.own_words import OwnWords, latest_of
from bot.domain.schedule.local import local_day
from bot.domain.schedule.periods import settle_due
from bot.domain.terms import Terms
from bot.domain.views import CardView
from bot.services.ports import UnitOfWork
from bot.services.record import owed_of, parties

_GROUP = 25
"""No command asks more people than this: their numbers follow each other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """Why an expectation is shown."""

    moment: Moment
    event: Event | None = None
    current: bool = True
    period: Period | None = None
    args: Mapping[str, str] = field(default_factory=dict)
    words_until: datetime | None = None  # it shows the other's own words of before; None: all


def card(
    uow: UnitOfWork,
    expectation: Expectation,
    reader: Member,
    occasion: Occasion,
    at: datetime,
    *,
    people: People | None = None,
) -> CardView:
    """Gather what a message or Home says of an expectation; a channel has no moves."""
    pair = people or parties(uow, expectation)
    asked_too = _asked_too(uow, expectation) if reader.user == expectation.owner else ()
    may_act = reader.user in expectation.parties and occasion.moment is not Moment.TOLD_CHANNEL
    missed = uow.expectations.get(expectation.remedy_of) if expectation.remedy_of else None
    open_moves = moves(expectation, reader.user, at, pair) if may_act else frozenset()
    return CardView(
        moment=occasion.moment,
        expectation=expectation,
        reader=reader,
        people={member.user: member for member in pair.all}
        | uow.members.get_many(_named(expectation, occasion.event, asked_too)),
        now=at,
        moves=open_moves if occasion.current else frozenset(),
        event=occasion.event,
        current=occasion.current,
        first_time=occasion.current and _is_first(reader, occasion.moment),
        asked_too=asked_too,
        other_may_close_from=may_close_from(expectation, pair) or _may_close(expectation, pair, at),
        closes_on=_closes_on(expectation, pair, reader, occasion.period, at),
        previous=_previous(uow, expectation, occasion.moment),
        puts_right=missed,
        owed=owed_of(uow, expectation),
        needed_for=uow.expectations.get(expectation.owed_for) if expectation.owed_for else None,
        goal=None if expectation.goal is None else uow.goals.get(expectation.goal),
        period=occasion.period,
        args=_what_happened(uow, missed) | dict(occasion.args),
        words=_words(uow, expectation, reader, occasion),
        sides=_sides(uow, expectation, reader, occasion.moment),
        learnt=_learnt(uow, expectation, reader, occasion.moment),
        statements=_statements(uow, expectation),
    )


def _named(expectation: Expectation, event: Event | None, asked_too: tuple[str, ...]) -> set[str]:
    """Return who is named besides the parties: also who helps need not be one."""
    report = expectation.last_report
    named = {*asked_too, report.thanks_to if report else None, event.actor if event else None}
    return {user for user in named if user is not None} - {CLOCK}


def _is_first(reader: Member, moment: Moment) -> bool:
    return reader.welcomed_at is None and moment in {Moment.PROPOSAL, Moment.OFFER}


def _asked_too(uow: UnitOfWork, expectation: Expectation) -> tuple[str, ...]:
    """Return who else was asked in the same command."""
    first = expectation.group
    if first is None:
        return ()
    around = uow.expectations.get_many(range(first, first + _GROUP))
    return tuple(
        one.owner
        for one in around.values()
        if one.group == first and one.owner != expectation.owner
    )


def _may_close(expectation: Expectation, people: People, at: datetime) -> datetime | None:
    """Return from when it may be closed as missed if what is shown arrives now."""
    return may_close_from(reached(expectation, "overdue", at), people)


def _closes_on(
    expectation: Expectation, people: People, reader: Member, period: Period | None, at: datetime
) -> date | None:
    """Return the last day on which a report may be objected to, if it arrives now."""
    closes = None
    if expectation.status is Status.DONE:
        closes = next_clock(reached(expectation, "report", at), people)
    elif period is not None and people.requester is not None:
        closes = settle_due(period, people.requester)
    return None if closes is None else local_day(closes - timedelta(seconds=1), reader.zone)


def _previous(uow: UnitOfWork, expectation: Expectation, moment: Moment) -> Terms | None:
    """Return the version that a change replaces."""
    pending = expectation.pending
    if moment is Moment.CHANGE_TO_AGREED and pending and pending.kind is PendingKind.TERMS:
        return expectation.terms
    if moment not in {Moment.SUGGESTED_CHANGE, Moment.CHANGED_IN_TIME}:
        return None
    before = [
        terms
        for terms in uow.expectations.terms(expectation.number)
        if terms.version < expectation.terms.version
    ]
    if moment is Moment.CHANGED_IN_TIME:
        before = [terms for terms in before if terms.accepted_at is not None]
    return max(before, key=lambda terms: terms.version, default=None)


_SHOW_WORDS = frozenset({Moment.ACCEPTED, Moment.AGREED})
_SHOW_SIDES = frozenset(
    {Moment.SUGGESTED_CHANGE, Moment.CHANGE_TO_AGREED, Moment.PROPOSAL, Moment.AGREED}
)


def _words(
    uow: UnitOfWork, expectation: Expectation, reader: Member, occasion: Occasion
) -> tuple[OwnWords, ...]:
    """Return the latest own words of each party: the reader's, and what the other has said.

    A message keeps the words that it was sent with: newer ones come with a message of their own.
    """
    if occasion.moment not in _SHOW_WORDS or expectation.is_commitment:
        return ()
    said = uow.own_words.about(expectation.number)
    until = occasion.words_until
    theirs = [one for one in said if until is None or one.at <= until]
    both = (
        latest_of(said, reader.user),
        latest_of(theirs, expectation.other(reader.user)),
    )
    return tuple(one for one in both if one is not None)


def _sides(
    uow: UnitOfWork, expectation: Expectation, reader: Member, moment: Moment
) -> tuple[Terms, ...]:
    """Return each side's last suggestion once there were three."""
    if moment not in _SHOW_SIDES or suggestions(expectation) < SIDE_BY_SIDE:
        return ()
    versions = uow.expectations.terms(expectation.number)
    return last_of_each(versions, reader.user, expectation.other(reader.user))


_SHOW_LEARNT = frozenset(
    {
        *(Moment.DONE, Moment.YOUR_DONE, Moment.KEPT, Moment.CLOSED),
        *(Moment.REMEDY, Moment.NOT_KEPT, Moment.COULD_NOT, Moment.FORGIVEN),
    }
)


def _learnt(
    uow: UnitOfWork, expectation: Expectation, reader: Member, moment: Moment
) -> tuple[Learnt, ...]:
    """Return the lines worth remembering; a remedy shows those about what was not kept."""
    if moment not in _SHOW_LEARNT or reader.user not in expectation.parties:
        return ()
    about = expectation.remedy_of if moment is Moment.REMEDY else expectation.number
    return () if about is None else tuple(uow.learnt.of_many({about}))


def _statements(uow: UnitOfWork, expectation: Expectation) -> tuple[Event, ...]:
    """Return how each of the two sees it, the first one first."""
    if expectation.status is not Status.UNSETTLED:
        return ()
    events = uow.expectations.events(expectation.number)
    return tuple(event for event in events if event.verb is Action.DIFFER)


def _what_happened(uow: UnitOfWork, missed: Expectation | None) -> dict[str, str]:
    """Return in its owner's words why what a remedy puts right was not kept."""
    if missed is None:
        return {}
    said = [
        event.note
        for event in uow.expectations.events(missed.number)
        if event.verb is Action.CANNOT
    ]
    return {"what_happened": said[-1]} if said else {}
