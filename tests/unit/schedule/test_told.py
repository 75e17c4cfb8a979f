"""Who is told of each event, and as what."""

from dataclasses import replace

import pytest

from bot.domain.expectation import (
    CLOCK,
    Action,
    CheckIn,
    Event,
    Expectation,
    Kind,
    Outcome,
    Pending,
    PendingKind,
    Status,
)
from bot.domain.messages import Moment
from bot.domain.schedule.notices import told
from tests.unit.schedule.given import MONDAY, agreed, at, day, request

ANA, BOB = "U01ANA", "U02BOB"
LATER = at(11, 25, 12, 0)


def happened(
    verb: Action | CheckIn,
    actor: str,
    before: Expectation | None,
    after: Expectation,
    left: tuple[str, ...] = (),
) -> list[tuple[str, Moment]]:
    event = Event(number=after.number, seq=2, at=LATER, actor=actor, verb=verb)
    return [(one.reader, one.moment) for one in told(before, after, event, left=left)]


def suggested(author: str, *, let_go: bool = False) -> Pending:
    return Pending(
        ordinal=1,
        kind=PendingKind.LET_GO if let_go else PendingKind.TERMS,
        author=author,
        at=MONDAY,
        asked_at=MONDAY,
        terms=None if let_go else agreed(day(12, 8)).terms,
    )


def offer(**facts: object) -> Expectation:
    made = request()
    terms = replace(made.terms, author=BOB)
    return replace(made, kind=Kind.OFFER, terms=terms, **facts)  # type: ignore[arg-type]  # each test names its own facts


def ended(
    status: Status, outcome: Outcome | None = None, *, unconfirmed: bool = False
) -> Expectation:
    return agreed(status=status, outcome=outcome, unconfirmed=unconfirmed)


def test_a_request_reaches_its_owner_and_an_offer_the_requester() -> None:
    assert happened(Action.REQUEST, ANA, None, request()) == [(BOB, Moment.PROPOSAL)]
    assert happened(Action.OFFER, BOB, None, offer()) == [(ANA, Moment.OFFER)]
    assert happened(Action.OFFER, BOB, None, offer(remedy_of=7)) == [(ANA, Moment.REMEDY)]


def test_after_accept_the_asker_gets_a_message() -> None:
    assert happened(Action.ACCEPT, BOB, request(), agreed()) == [(ANA, Moment.ACCEPTED)]


def test_an_owner_whose_offer_is_accepted_gets_the_card_with_done() -> None:
    accepted = offer(status=Status.ACTIVE)
    assert happened(Action.ACCEPT, ANA, offer(), accepted) == [(BOB, Moment.AGREED)]


def test_a_change_of_what_is_proposed() -> None:
    countered = replace(request(), terms=replace(request().terms, version=2, author=BOB))
    assert happened(Action.CHANGE, BOB, request(), countered) == [(ANA, Moment.SUGGESTED_CHANGE)]
    assert happened(Action.CHANGE, ANA, request(), request()) == [(BOB, Moment.SUGGESTED_CHANGE)]


@pytest.mark.parametrize(("author", "other"), [(ANA, BOB), (BOB, ANA)])
def test_a_change_of_what_is_agreed_and_its_answers(author: str, other: str) -> None:
    waiting = agreed(pending=suggested(author))
    changed = [(other, Moment.CHANGE_TO_AGREED)]
    assert happened(Action.CHANGE, author, agreed(), waiting) == changed
    accepted = [(author, Moment.CHANGED_IN_TIME)]
    assert happened(Action.ACCEPT, other, waiting, agreed()) == accepted
    kept = [(author, Moment.KEPT_AS_IT_WAS)]
    assert happened(Action.KEEP, other, waiting, agreed()) == kept
    taken_back = [(other, Moment.KEPT_AS_IT_WAS)]
    assert happened(Action.KEEP, author, waiting, agreed()) == taken_back
    lapsed = [(author, Moment.CHANGE_LAPSED)]
    assert happened(Action.LAPSE, CLOCK, waiting, agreed()) == lapsed


def test_a_change_proposed_after_the_due_was_not_in_time() -> None:
    late = agreed(day(11, 20), pending=suggested(BOB))
    assert happened(Action.ACCEPT, ANA, late, agreed()) == [(BOB, Moment.AGREED)]
    late = agreed(day(11, 20), pending=suggested(ANA))
    assert happened(Action.ACCEPT, BOB, late, agreed()) == [(ANA, Moment.ACCEPTED)]


def test_asking_to_be_let_go() -> None:
    waiting = agreed(pending=suggested(BOB, let_go=True))
    asks = [(ANA, Moment.ASKS_TO_BE_LET_GO)]
    assert happened(Action.LET_GO, BOB, agreed(), waiting) == asks
    let_go = [(BOB, Moment.LET_GO)]
    assert happened(Action.ACCEPT, ANA, waiting, ended(Status.RELEASED)) == let_go


@pytest.mark.parametrize(
    ("verb", "actor", "before", "after", "expected"),
    [
        (Action.DECLINE, BOB, request(), ended(Status.DECLINED), (ANA, Moment.DECLINED)),
        (Action.DROP, ANA, request(), ended(Status.WITHDRAWN), (BOB, Moment.TAKEN_BACK)),
        (Action.DROP, ANA, agreed(), ended(Status.RELEASED), (BOB, Moment.LET_GO)),
        (Action.ASK, BOB, request(), request(), (ANA, Moment.QUESTION)),
        (Action.ANSWER, ANA, request(), request(), (BOB, Moment.ANSWER)),
        (Action.CANNOT, BOB, agreed(), ended(Status.HANDED_BACK), (ANA, Moment.HANDED_BACK)),
        (Action.CANNOT, BOB, agreed(), ended(Status.MISSED), (ANA, Moment.COULD_NOT)),
        (Action.DONE, BOB, agreed(), ended(Status.DONE), (ANA, Moment.DONE)),
        (Action.MISSED, ANA, agreed(), ended(Status.MISSED), (BOB, Moment.NOT_KEPT)),
        (Action.RETURN, ANA, ended(Status.DONE), agreed(), (BOB, Moment.RETURNED)),
        (
            Action.FORGIVE,
            ANA,
            ended(Status.MISSED),
            ended(Status.MISSED, outcome=Outcome.FORGIVEN),
            (BOB, Moment.FORGIVEN),
        ),
        (
            Action.DIFFER,
            BOB,
            ended(Status.DONE),
            ended(Status.UNSETTLED),
            (ANA, Moment.DIFFERENT),
        ),
        (CheckIn.AT_RISK, BOB, agreed(), agreed(), (ANA, Moment.AT_RISK)),
        (CheckIn.NEED_HELP, BOB, agreed(), agreed(), (ANA, Moment.NEED_HELP)),
        (CheckIn.OFFER_HELP, ANA, agreed(), agreed(), (BOB, Moment.HELP_OFFERED)),
    ],
)
def test_the_other_party_is_told(
    verb: Action | CheckIn,
    actor: str,
    before: Expectation,
    after: Expectation,
    expected: tuple[str, Moment],
) -> None:
    assert happened(verb, actor, before, after) == [expected]


@pytest.mark.parametrize(
    ("outcome", "unconfirmed", "moment"),
    [
        (Outcome.KEPT, False, Moment.KEPT),
        (Outcome.KEPT_CHANGED, False, Moment.KEPT),
        (Outcome.LATE, False, Moment.CLOSED),
        (Outcome.KEPT, True, Moment.CLOSED),
    ],
)
def test_the_owner_reads_how_it_was_met(
    outcome: Outcome,
    unconfirmed: bool,  # noqa: FBT001 - a table's column
    moment: Moment,
) -> None:
    met = ended(Status.MET, outcome=outcome, unconfirmed=unconfirmed)
    verb, actor = (Action.SETTLE, CLOCK) if unconfirmed else (Action.CONFIRM, ANA)
    assert happened(verb, actor, ended(Status.DONE), met) == [(BOB, moment)]


def test_both_read_that_it_ended_unanswered() -> None:
    both = [(BOB, Moment.ENDED_UNANSWERED), (ANA, Moment.ENDED_UNANSWERED)]
    assert happened(Action.LAPSE, CLOCK, request(), ended(Status.LAPSED)) == both
    assert happened(Action.LAPSE, CLOCK, agreed(), ended(Status.LAPSED)) == both


def test_who_stays_is_told_that_the_other_left() -> None:
    gone = ended(Status.RELEASED)
    assert happened(Action.GONE, CLOCK, agreed(), gone, (BOB,)) == [(ANA, Moment.LEFT)]
    assert happened(Action.GONE, CLOCK, agreed(), gone, (ANA, BOB)) == []


@pytest.mark.parametrize("verb", [CheckIn.ON_TRACK, CheckIn.LATER, Action.UNDO, Action.REMEDY])
def test_some_reach_nobody(verb: Action | CheckIn) -> None:
    assert happened(verb, BOB, agreed(), agreed()) == []


def test_a_commitment_tells_nobody() -> None:
    alone = agreed(requester=None, kind=Kind.COMMITMENT)
    for verb in (Action.COMMIT, Action.CHANGE, Action.DROP, CheckIn.AT_RISK, Action.GONE):
        assert happened(verb, BOB, alone, alone, (BOB,)) == []
    met = replace(alone, status=Status.MET, outcome=Outcome.KEPT)
    assert happened(Action.DONE, BOB, alone, met) == []


def test_an_unanswered_remedy_that_forgiving_ends_is_not_told_twice() -> None:
    remedy = offer(remedy_of=7)
    assert happened(Action.DROP, ANA, remedy, replace(remedy, status=Status.WITHDRAWN)) == []


def test_a_series_after_its_last_date_ends_without_a_message() -> None:
    series = agreed(rrule="FREQ=WEEKLY;BYDAY=FR")
    over = replace(series, status=Status.RELEASED)
    assert happened(Action.DROP, CLOCK, series, over) == []
    assert happened(Action.DROP, BOB, series, over) == [(ANA, Moment.LET_GO)]


def test_every_verb_was_thought_of() -> None:
    silent = {Action.COMMIT, Action.UNDO, Action.REMEDY, CheckIn.ON_TRACK, CheckIn.LATER}
    telling = {verb for verb in (*Action, *CheckIn) if verb not in silent}
    for verb in telling:
        actor = CLOCK if verb in {Action.LAPSE, Action.SETTLE, Action.GONE} else ANA
        if verb in {Action.OFFER, Action.CANNOT, Action.DONE, Action.LET_GO}:
            actor = BOB
        after = ended(Status.DONE) if verb is Action.DONE else agreed()
        before = agreed(pending=suggested(ANA))
        assert happened(verb, actor, before, after), verb
