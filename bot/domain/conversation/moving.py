"""What a person or the clock does to an expectation, and what each may do now."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime

from bot.domain.conversation import agreeing, ending, reporting
from bot.domain.conversation.clocks import deadlines
from bot.domain.conversation.facts import Case, unmet, users_of
from bot.domain.conversation.move import Effect, Move
from bot.domain.conversation.people import Change, Details, People
from bot.domain.conversation.table import TRANSITIONS, From, Need, Party, Rule, stages
from bot.domain.errors import InvalidInputError, NotAllowedError, NotYoursError, StaleError
from bot.domain.expectation import (
    CLOCK,
    OPEN,
    Action,
    CheckIn,
    Event,
    Expectation,
    Seen,
    Status,
    Visibility,
)

_EFFECTS: Mapping[tuple[From, Action], Callable[[Move], Effect]] = {
    (From.PROPOSED, Action.ACCEPT): agreeing.accept_proposal,
    (From.PROPOSED, Action.CHANGE): agreeing.change_proposal,
    (From.ACTIVE, Action.CHANGE): agreeing.change_agreed,
    (From.PENDING, Action.CHANGE): agreeing.change_agreed,
    (From.ACTIVE, Action.LET_GO): agreeing.ask_to_be_let_go,
    (From.PENDING, Action.LET_GO): agreeing.ask_to_be_let_go,
    (From.PENDING, Action.ACCEPT): agreeing.accept_pending,
    (From.PENDING, Action.KEEP): agreeing.keep,
    (From.PENDING, Action.LAPSE): agreeing.lapse_pending,
    (From.ACTIVE, Action.DONE): reporting.report,
    (From.DONE, Action.CONFIRM): reporting.confirm,
    (From.DONE, Action.RETURN): reporting.send_back,
    (From.DONE, Action.UNDO): reporting.undo,
    (From.DONE, Action.SETTLE): reporting.settle,
    (From.MET, Action.UNDO): reporting.undo,
    (From.PROPOSED, Action.ASK): ending.ask,
    (From.ACTIVE, Action.ASK): ending.ask,
    (From.DONE, Action.ASK): ending.ask,
    (From.PROPOSED, Action.ANSWER): ending.answer,
    (From.ACTIVE, Action.ANSWER): ending.answer,
    (From.DONE, Action.ANSWER): ending.answer,
    (From.MISSED, Action.REMEDY): ending.offer_remedy,
    (From.MISSED, Action.FORGIVE): ending.forgive,
    (From.ACTIVE, Action.DIFFER): ending.differ,
    (From.DONE, Action.DIFFER): ending.differ,
    (From.UNSETTLED, Action.DIFFER): ending.differ,
}
"""What a row does; one that is not here only ends it."""

_NOTES: Mapping[Action, str] = {
    Action.ASK: "Write your question.",
    Action.ANSWER: "Write your answer.",
    Action.CANNOT: "Say what happened, in a line.",
    Action.RETURN: "Say what is still missing.",
    Action.DIFFER: "Write how you see it.",
}
"""The moves that say nothing without words."""

_BY_PENDING = frozenset({Action.ACCEPT, Action.KEEP})
_BY_AGREEMENT = frozenset({Action.DROP, Action.CHANGE})
"""To take back or counter what is asked is not to let go or change what was agreed since."""

_BY_REPORT = frozenset({Action.CONFIRM, Action.RETURN, Action.UNDO})
_ANSWERS = frozenset({Action.CHANGE, Action.LET_GO})


def moves(expectation: Expectation, user: str, at: datetime, people: People) -> frozenset[Action]:
    """Return what is open to a person (or CLOCK) now: the buttons come from it."""
    case = Case(expectation, at, people)
    return frozenset(
        action
        for stage in stages(expectation)
        for action in Action
        for rule in TRANSITIONS.get((stage, action), ())
        if _may(user, stage, action, rule, case)
    )


def apply(
    expectation: Expectation,
    action: Action,
    *,
    by: str,
    at: datetime,
    people: People,
    last_event: int,
    details: Details | None = None,
    seen: Seen | None = None,
    keep_private: bool = False,
    untell: bool = False,
) -> Change:
    """Make a move and return what it did.

    `seen` is what was read when it was pressed; None (typed) acts on the present. Who is asked
    may `keep_private` while answering a proposal, and `untell` the channel when accepting it.
    Raise NotAllowedError, NotYoursError, StaleError or InvalidInputError; nothing changed then.
    """
    stage, rule = _permit(expectation, action, by, Case(expectation, at, people), seen)
    given = details or Details()
    if action in _NOTES and not given.note.strip():
        raise InvalidInputError({"note": _NOTES[action]})
    move = Move(expectation=expectation, to=rule.to, by=by, at=at, people=people, details=given)
    effect = _EFFECTS.get((stage, action), ending.end)(move)
    after = spoken(effect.after, by=by, at=at)
    if keep_private:
        after = _kept_private(expectation, after, action, by)
    if untell and action is Action.ACCEPT:
        after = replace(after, tell_channel=False)
    if after.status not in OPEN and after.closed_at is None:
        after = replace(after, closed_at=at, pending=None, question=None)
    if after.status is not Status.ACTIVE and after.help_wanted:
        after = replace(after, help_wanted="")
    event = Event(
        number=expectation.number,
        seq=last_event + 1,
        at=at,
        actor=by,
        verb=action,
        note=given.note,
        version=after.terms.version if effect.version is None else effect.version,
    )
    return Change(
        before=expectation,
        after=after,
        event=event,
        new_terms=effect.new_terms,
        accepted_terms=effect.accepted_terms,
    )


def check_ins(expectation: Expectation, user: str) -> frozenset[CheckIn]:
    """Return how somebody may say that it is going: its owner how, anybody else to help.

    Whether somebody who is no party may see it at all is not decided here.
    """
    if expectation.status is not Status.ACTIVE or user == CLOCK:
        return frozenset()
    helps = frozenset({CheckIn.OFFER_HELP})
    return frozenset(CheckIn) - helps if user == expectation.owner else helps


def check_in(
    expectation: Expectation,
    kind: CheckIn,
    *,
    by: str,
    at: datetime,
    last_event: int,
    note: str = "",
    seen: Seen | None = None,
    ask_channel: bool = False,
) -> Change:
    """Say how an active one is going: its owner does; anybody else may offer help.

    Who needs help may `ask_channel` for it too, of what the channel may see; what they say next
    takes that back.
    """
    number = expectation.number
    if expectation.status is not Status.ACTIVE:
        raise NotAllowedError(number, kind.value)
    if kind not in check_ins(expectation, by):
        others = tuple(user for user in expectation.parties if kind in check_ins(expectation, user))
        raise NotYoursError(number, kind.value, others)
    if seen is not None and seen.version != expectation.terms.version:
        raise StaleError(number)
    event = Event(
        number=number,
        seq=last_event + 1,
        at=at,
        actor=by,
        verb=kind,
        note=note,
        version=expectation.terms.version,
    )
    after = spoken(expectation, by=by, at=at)
    if by == expectation.owner and kind is not CheckIn.LATER:
        after = replace(after, help_wanted=_wanted(expectation, note) if ask_channel else "")
    return Change(before=expectation, after=after, event=event)


def _wanted(expectation: Expectation, note: str) -> str:
    """Return what the channel is asked for; nothing where it may not see the item."""
    shared = expectation.visibility is Visibility.CHANNEL and expectation.channel is not None
    return (note.strip() or expectation.terms.wording.result) if shared else ""


def spoken(expectation: Expectation, *, by: str, at: datetime) -> Expectation:
    """Note a party's word: clocks that count silence start again."""
    if by not in expectation.parties:
        return expectation
    heard = replace(expectation, asked=()) if expectation.is_series else expectation
    if by == expectation.owner:
        return replace(heard, owner_word_at=at)
    return replace(heard, requester_word_at=at)


def _may(user: str, stage: From, action: Action, rule: Rule, case: Case) -> bool:
    """Tell whether somebody may use a rule now."""
    if user not in users_of(rule.by, case.expectation):
        return False
    return _lacks(stage, action, rule, case) is None


def _lacks(stage: From, action: Action, rule: Rule, case: Case) -> str | None:
    """Return the reason for which nobody may use a rule now; None where somebody may."""
    need = unmet(rule.needs, case)
    if need is not None:
        return need.value
    if rule.by is Party.CLOCK:
        instant = deadlines(case.expectation, case.people).get((stage, action))
        return None if instant is not None and instant <= case.at else Need.MAY_CLOSE.value
    if not users_of(rule.by, case.expectation):
        return "no_question" if rule.by is Party.ASKED else Need.TWO.value
    return None


def _permit(
    expectation: Expectation, action: Action, by: str, case: Case, seen: Seen | None
) -> tuple[From, Rule]:
    """Return the row by which somebody makes a move, or raise why not."""
    number = expectation.number
    rules = [
        (stage, rule)
        for stage in stages(expectation)
        for rule in TRANSITIONS.get((stage, action), ())
    ]
    is_party = by in expectation.parties
    if seen is not None and is_party and is_stale(expectation, action, by, seen):
        raise StaleError(number)
    if not rules:
        raise NotAllowedError(number, action.value)
    for stage, rule in rules:
        if _may(by, stage, action, rule, case):
            return stage, rule
    holders = {
        user
        for stage, rule in rules
        for user in users_of(rule.by, expectation)
        if _may(user, stage, action, rule, case)
    }
    if holders:
        raise NotYoursError(number, action.value, tuple(sorted(holders)))
    lacking = [_lacks(stage, action, rule, case) for stage, rule in rules]
    raise NotAllowedError(number, action.value, next(filter(None, lacking), ""))


def is_stale(expectation: Expectation, action: Action | None, by: str, seen: Seen) -> bool:
    """Tell whether what was pressed showed other than the present terms, change or report.

    `action` None is for what is no move: only the terms count.
    """
    now, pending = expectation.seen, expectation.pending
    if seen.version != now.version:
        return True
    if action in _BY_AGREEMENT and seen.proposed not in {None, now.proposed}:
        return True
    if action in _BY_REPORT:
        return seen.report != now.report
    if pending is None or expectation.status is not Status.ACTIVE:
        return False
    answers = action in _ANSWERS and by == expectation.other(pending.author)
    return (action in _BY_PENDING or answers) and seen.pending != now.pending


def _kept_private(before: Expectation, after: Expectation, action: Action, by: str) -> Expectation:
    """Keep it between the two; only who is asked may, while answering."""
    if by != before.awaited or by == CLOCK:
        raise NotAllowedError(before.number, action.value, "not_while_answering")
    return replace(after, visibility=Visibility.PRIVATE, tell_channel=False)
