"""The moves by which terms are proposed, agreed and changed."""

from dataclasses import replace
from datetime import datetime

from bot.domain.conversation.move import Effect, Move, waiting, with_due, without_pending
from bot.domain.errors import InvalidInputError, NotAllowedError
from bot.domain.expectation import Action, Expectation, Pending, PendingKind
from bot.domain.terms import Terms


def accept_proposal(move: Move) -> Effect:
    """Agree to what is proposed; a series starts at its first slot after the yes."""
    terms = replace(move.expectation.terms, accepted_at=move.at)
    after = replace(move.expectation, status=move.to, terms=terms)
    return Effect(_in_force(move, after, terms), accepted_terms=(terms,))


def change_proposal(move: Move) -> Effect:
    """Put a new version in the place of what is proposed."""
    terms = _next_terms(move, move.expectation.terms)
    after = with_due(move.expectation, terms.due, move.people)
    after = replace(after, terms=terms, last_version=terms.version, reached_at=None)
    return Effect(after, new_terms=(terms,), version=terms.version)


def change_agreed(move: Move) -> Effect:
    """Suggest other terms; a commitment's owner simply changes theirs."""
    expectation = move.expectation
    terms = _next_terms(move, _latest(expectation))
    after = replace(expectation, last_version=terms.version)
    if expectation.is_commitment:
        terms = replace(terms, accepted_at=move.at)
        after = _agreed_anew(move, after, terms, move.at)
    else:
        after = waiting(after, _pending(move, PendingKind.TERMS, terms))
    return Effect(after, new_terms=(terms,), version=terms.version)


def ask_to_be_let_go(move: Move) -> Effect:
    """Ask the requester to let the owner go."""
    return Effect(waiting(move.expectation, _pending(move, PendingKind.LET_GO, None)))


def accept_pending(move: Move) -> Effect:
    """Agree to what is pending: new terms in force, or let go."""
    expectation, pending = move.expectation, _present(move)
    after = replace(expectation, status=move.to, pending=None)
    if pending.terms is None:
        return Effect(after)
    terms = replace(pending.terms, accepted_at=move.at)
    return Effect(_agreed_anew(move, after, terms, pending.at), accepted_terms=(terms,))


def keep(move: Move) -> Effect:
    """Keep what was agreed; the author of what is pending takes it back by this."""
    pending = _present(move)
    taken_back = move.by == pending.author == move.expectation.owner
    return _end_pending(move, pending, taken_back=taken_back)


def lapse_pending(move: Move) -> Effect:
    """Keep what was agreed, since nobody answered."""
    return _end_pending(move, _present(move), taken_back=False)


def named_day(move: Move, expectation: Expectation) -> Effect:
    """Let the day that a return names wait as a suggested change."""
    if move.details.due is None:
        return Effect(expectation)
    returned = replace(move, expectation=expectation)
    terms = _next_terms(returned, expectation.terms)
    after = replace(expectation, last_version=terms.version)
    pending = _pending(returned, PendingKind.TERMS, terms)
    return Effect(waiting(after, pending), new_terms=(terms,))


def _present(move: Move) -> Pending:
    """Return what is pending; the table lets these moves start from there only."""
    pending = move.expectation.pending
    if pending is None:
        raise LookupError(move.expectation.number)
    return pending


def _end_pending(move: Move, pending: Pending, *, taken_back: bool) -> Effect:
    after = without_pending(move.expectation, move.at, move.people, taken_back=taken_back)
    return Effect(after, version=pending.terms.version if pending.terms else None)


def _latest(expectation: Expectation) -> Terms:
    """Return the terms that a change starts from: what is pending, else what is agreed.

    A single one's agreed terms stand with the due in force, which a return may have moved.
    """
    pending = expectation.pending
    if pending is not None and pending.terms is not None:
        return pending.terms
    if expectation.is_series:
        return expectation.terms
    return replace(expectation.terms, due=expectation.due)


def _next_terms(move: Move, base: Terms) -> Terms:
    """Write the next version: what the move names, and the rest as in `base`."""
    details = move.details
    wording = base.wording if details.wording is None else details.wording
    due = base.due if details.due is None else details.due
    rrule = base.rrule if details.rrule is None else details.rrule or None
    if (wording, due, rrule) == (base.wording, base.due, base.rrule):
        raise InvalidInputError({"when": "Nothing would change by this."})
    named_or_single = details.due is not None or rrule is None
    if named_or_single and move.at > due.ends_at(move.people.owner.zone):
        raise InvalidInputError({"when": "That is over: name a day to come."})
    return Terms(
        version=move.expectation.last_version + 1,
        author=move.by,
        at=move.at,
        wording=wording,
        due=due,
        rrule=rrule,
        note=details.note,
    )


def _pending(move: Move, kind: PendingKind, terms: Terms | None) -> Pending:
    return Pending(
        ordinal=move.expectation.pendings + 1,
        kind=kind,
        author=move.by,
        at=_counts_from(move),
        asked_at=move.at,
        terms=terms,
        note=move.details.note,
    )


def _counts_from(move: Move) -> datetime:
    """Return when a change counts as proposed: a counter keeps the time of what it counters.

    An owner who puts another in the place of their own first one begins anew, or an empty
    suggestion made in time would keep the due open for ever.
    """
    countered = move.expectation.pending
    if countered is None:
        return move.at
    is_first = countered.at == countered.asked_at
    if is_first and move.by == countered.author == move.expectation.owner:
        return move.at
    return countered.at


def _agreed_anew(
    move: Move, expectation: Expectation, terms: Terms, proposed_at: datetime
) -> Expectation:
    """Put changed terms in force and note whether they moved the due, and whether in time."""
    old = move.expectation
    after = replace(expectation, terms=terms)
    after = _in_force(move, after, terms)
    if after.due == old.due:
        return after
    after = replace(after, rested=False)
    if old.is_series or after.due_at <= old.due_at or old.first_report is not None:
        return after
    if proposed_at <= old.due_at:
        return replace(after, moved_in_time=True)
    return replace(after, moved_late=True)


def _in_force(move: Move, expectation: Expectation, terms: Terms) -> Expectation:
    if terms.rrule is None:
        return with_due(expectation, terms.due, move.people)
    slot = move.details.next_slot
    if slot is None:
        raise NotAllowedError(expectation.number, Action.ACCEPT.value, "due_passed")
    return with_due(expectation, slot, move.people)
