"""Who is told of what, and whether at once or in their next list."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.expectation import (
    CLOCK,
    Action,
    CheckIn,
    Event,
    Expectation,
    Outcome,
    PendingKind,
    Status,
)
from bot.domain.member import Member
from bot.domain.messages import Moment
from bot.domain.schedule.listing import next_list_at
from bot.domain.schedule.quiet import is_away_at, may_write

LINES = frozenset({Moment.KEPT, Moment.CLOSED, Moment.THANKS, Moment.ENDED_UNANSWERED})
"""What asks nothing of its reader: never a message of its own."""


@dataclass(frozen=True, slots=True)
class Told:
    """One reader, and what they get."""

    reader: str
    moment: Moment


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """Whether a notice goes at once, and what its sender reads if it does not."""

    held_until: datetime | None = None  # the list that carries it; None: at once
    away_until: date | None = None  # of a reader who is away: nothing is sent before
    may_send_now: bool = False
    day_ends_before: bool = False  # the due day is over by then: offer another day too

    @property
    def at_once(self) -> bool:
        """Tell whether it goes now."""
        return self.held_until is None


AT_ONCE = Delivery()

_STILL_DUE = frozenset({Status.PROPOSED, Status.ACTIVE})


def delivery(
    moment: Moment, reader: Member, expectation: Expectation | None, at: datetime
) -> Delivery:
    """Decide whether `reader` gets `moment` at once or with the next list.

    A line always waits. A notice waits while the reader has quiet hours, a day off or is away,
    but not where an hour falls due before that list, unless they are away.
    """
    if moment in LINES:
        return Delivery(held_until=next_list_at(reader, at))
    if may_write(reader, at):
        return AT_ONCE
    carrier = next_list_at(reader, at)
    away = is_away_at(reader, at)
    if not away and _hour_falls_due(expectation, at, carrier):
        return AT_ONCE
    return Delivery(
        held_until=carrier,
        away_until=reader.away_until if away else None,
        may_send_now=not away,
        day_ends_before=_day_ends(expectation, at, carrier),
    )


def _hour_falls_due(expectation: Expectation | None, at: datetime, carrier: datetime) -> bool:
    return any(hour and at < end <= carrier for hour, end in _ends(expectation))


def _day_ends(expectation: Expectation | None, at: datetime, carrier: datetime) -> bool:
    """Tell whether a day that still counts ends in between: another one could yet be named."""
    if expectation is None or expectation.status not in _STILL_DUE:
        return False
    return any(not hour and at < end <= carrier for hour, end in _ends(expectation))


def _ends(expectation: Expectation | None) -> tuple[tuple[bool, datetime], ...]:
    """Return the due in force and, while an hour is suggested, that: whether hours, and when."""
    if expectation is None:
        return ()
    ends = [(expectation.due.is_hour, expectation.due_at)]
    terms = expectation.pending.terms if expectation.pending else None
    if terms is not None and terms.rrule is None and isinstance(terms.due.wall, datetime):
        ends.append((True, terms.due.wall))
    return tuple(ends)


def told(
    before: Expectation | None, after: Expectation, event: Event, *, left: Collection[str] = ()
) -> tuple[Told, ...]:
    """Return who is told of an event, and as what; nobody who `left` is told anything.

    Whoever acted has read it in the reply, and their own messages are updated.
    """
    readers = _BY_VERB.get(event.verb, _nobody)(_Case(before, after, event))
    return tuple(
        Told(reader, moment)
        for reader, moment in readers
        if reader is not None and reader not in left and reader != event.actor
    )


@dataclass(frozen=True, slots=True)
class _Case:
    """What happened, between whom."""

    before: Expectation | None
    after: Expectation
    event: Event

    @property
    def other(self) -> str | None:
        """The party who did not act; None where the clock or a commitment's owner did."""
        if self.event.actor == CLOCK:
            return None
        return self.after.other(self.event.actor)

    @property
    def was(self) -> Status | None:
        return self.before.status if self.before else None


_Readers = tuple[tuple[str | None, Moment], ...]


def _nobody(_: _Case) -> _Readers:
    return ()


def _other(moment: Moment) -> Callable[[_Case], _Readers]:
    return lambda case: ((case.other, moment),)


def _owner(moment: Moment) -> Callable[[_Case], _Readers]:
    return lambda case: ((case.after.owner, moment),)


def _offered(case: _Case) -> _Readers:
    moment = Moment.OFFER if case.after.remedy_of is None else Moment.REMEDY
    return ((case.after.requester, moment),)


def _accepted(case: _Case) -> _Readers:
    """Tell the author of what was accepted; the owner's message carries Done and the menu."""
    pending = case.before.pending if case.before else None
    if pending is not None and pending.kind is PendingKind.LET_GO:
        return ((pending.author, Moment.LET_GO),)
    author = case.other
    if pending is not None and case.before is not None and pending.at <= case.before.due_at:
        return ((author, Moment.CHANGED_IN_TIME),)
    return ((author, Moment.AGREED if author == case.after.owner else Moment.ACCEPTED),)


def _changed(case: _Case) -> _Readers:
    proposed = case.after.status is Status.PROPOSED
    return ((case.other, Moment.SUGGESTED_CHANGE if proposed else Moment.CHANGE_TO_AGREED),)


def _dropped(case: _Case) -> _Readers:
    if case.event.actor == CLOCK:  # a series after its last date: everybody knew
        return ()
    if case.was is Status.PROPOSED and case.before is not None:
        return ((case.before.awaited, Moment.TAKEN_BACK),)
    return ((case.other, Moment.LET_GO),)


def _lapsed(case: _Case) -> _Readers:
    if case.after.status is Status.ACTIVE:
        pending = case.before.pending if case.before else None
        return ((pending.author, Moment.CHANGE_LAPSED),) if pending else ()
    return tuple((party, Moment.ENDED_UNANSWERED) for party in case.after.parties)


def _could_not(case: _Case) -> _Readers:
    missed = case.after.status is Status.MISSED
    return ((case.after.requester, Moment.COULD_NOT if missed else Moment.HANDED_BACK),)


def _met(case: _Case) -> _Readers:
    kept = case.after.outcome in {Outcome.KEPT, Outcome.KEPT_CHANGED}
    fits = kept and not case.after.unconfirmed
    return ((case.after.owner, Moment.KEPT if fits else Moment.CLOSED),)


def _reported(case: _Case) -> _Readers:
    return ((case.after.requester, Moment.DONE),) if case.after.status is Status.DONE else ()


def _left(case: _Case) -> _Readers:
    return tuple((party, Moment.LEFT) for party in case.after.parties)


_BY_VERB: Mapping[Action | CheckIn, Callable[[_Case], _Readers]] = {
    Action.REQUEST: _owner(Moment.PROPOSAL),
    Action.OFFER: _offered,
    Action.ACCEPT: _accepted,
    Action.CHANGE: _changed,
    Action.DECLINE: _other(Moment.DECLINED),
    Action.DROP: _dropped,
    Action.LAPSE: _lapsed,
    Action.ASK: _other(Moment.QUESTION),
    Action.ANSWER: _other(Moment.ANSWER),
    Action.LET_GO: _other(Moment.ASKS_TO_BE_LET_GO),
    Action.KEEP: _other(Moment.KEPT_AS_IT_WAS),
    Action.CANNOT: _could_not,
    Action.DONE: _reported,
    Action.MISSED: _owner(Moment.NOT_KEPT),
    Action.CONFIRM: _met,
    Action.RETURN: _owner(Moment.RETURNED),
    Action.SETTLE: _met,
    Action.DIFFER: _other(Moment.DIFFERENT),
    Action.FORGIVE: _owner(Moment.FORGIVEN),
    Action.GONE: _left,
    CheckIn.AT_RISK: _other(Moment.AT_RISK),
    CheckIn.NEED_HELP: _other(Moment.NEED_HELP),
    CheckIn.OFFER_HELP: _other(Moment.HELP_OFFERED),
}
"""On track, ask me later, undo, commit and remedy (its offer tells it) reach nobody."""
