"""What the schema refuses, whoever writes it, on both databases."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError

from bot.db.engine import SqlStore, SqlUnitOfWork
from bot.domain.charter import Charter, CharterLine, CharterVersion
from bot.domain.expectation import (
    Action,
    Event,
    Kind,
    Outcome,
    Pending,
    PendingKind,
    Period,
    Status,
)
from bot.domain.goal import GoalStatus
from bot.domain.learnt import write
from bot.domain.messages import Asked, MessageState, Prompt
from bot.domain.opinions import Opinion, Said, Topic
from bot.domain.own_words import OwnWords
from bot.domain.thanks import Thanks
from bot.domain.trouble import StoreError
from tests.support.values import NOON, expectation, goal, member, message, terms

LET_GO = Pending(ordinal=1, kind=PendingKind.LET_GO, author="UBOB", at=NOON, asked_at=NOON)

REFUSED_EXPECTATIONS = {
    "number 0": expectation(0),
    "version 0": expectation(terms=terms(0)),
    "a version after the last": expectation(terms=terms(2)),
    "a request without its requester": expectation(requester=None),
    "a commitment with a requester": expectation(kind=Kind.COMMITMENT),
    "something asked of oneself": expectation(requester="UBOB"),
    "pending while proposed": expectation(pending=LET_GO, pendings=1),
    "a pending that was not counted": expectation(1, Status.ACTIVE, pending=LET_GO),
    "pending terms without terms": expectation(
        1, Status.ACTIVE, pending=replace(LET_GO, kind=PendingKind.TERMS), pendings=1
    ),
    "a let-go with terms": expectation(
        1, Status.ACTIVE, last_version=2, pending=replace(LET_GO, terms=terms(2)), pendings=1
    ),
    "an outcome while active": expectation(1, Status.ACTIVE, outcome=Outcome.KEPT),
    "met and missed": expectation(1, Status.MET, outcome=Outcome.MISSED),
    "missed and kept": expectation(1, Status.MISSED, outcome=Outcome.KEPT),
    "closed and open": expectation(1, Status.ACTIVE, closed_at=NOON),
    "ended without its time": expectation(1, Status.DECLINED, closed_at=None),
    "unconfirmed but not met": expectation(1, Status.DONE, unconfirmed=True),
    "self-confirmed but not met": expectation(1, Status.ACTIVE, self_confirmed=True),
    "a remedy of what was not missed": expectation(1, Status.MET, open_remedy=1),
    "no result": expectation(terms=replace(terms(), wording=replace(terms().wording, result=""))),
    "a goal that is not there": expectation(goal=7),
    "a group that is not there": expectation(group=7),
    "a remedy of nothing": expectation(kind=Kind.OFFER, remedy_of=7),
}


CHARTER_WORDS = CharterVersion(version=1, author="UANA", at=NOON, lines=(CharterLine(text="t"),))


@pytest.fixture
def workspace(store: SqlStore) -> int:
    workspace = store.workspace("T1")
    with store.write(workspace) as uow:
        uow.expectations.insert(expectation(100))
        uow.expectations.add_event(EVENT)
        uow.messages.add(message("m100"))
        uow.own_words.add(WORDS)
        uow.charters.add_version("C01", CHARTER_WORDS)
    return workspace


WORDS = OwnWords(number=100, ordinal=1, author="UANA", at=NOON, version=1, gain="peace")
LINE = write(100, "UANA", "UBOB", "ask first", NOON)
SAID = Said(
    topic=Topic.FAIRNESS,
    about="2026-Q4",
    by="UANA",
    other="UBOB",
    opinion=Opinion.YES,
    at=NOON,
)
EVENT = Event(number=100, seq=1, at=NOON, actor="UANA", verb=Action.REQUEST)


@pytest.mark.parametrize("name", REFUSED_EXPECTATIONS)
def test_expectations_that_cannot_be(store: SqlStore, workspace: int, name: str) -> None:
    with pytest.raises(IntegrityError), store.write(workspace) as uow:
        uow.expectations.insert(REFUSED_EXPECTATIONS[name])


REFUSED: dict[str, Callable[[SqlUnitOfWork], object]] = {
    "the same version of a charter twice": lambda uow: uow.charters.add_version(
        "C01", CHARTER_WORDS
    ),
    "a charter without its words": lambda uow: uow.charters.save(
        Charter(channel="C01", words=replace(CHARTER_WORDS, version=2), review_on=NOON.date())
    ),
    "a yes to no version": lambda uow: uow.charters.agree("C01", 2, "UANA", NOON),
    "an answer without its count": lambda uow: uow.pulse.connection.execute(
        text("INSERT INTO pulse_answered VALUES (1, 'C01', '2026-11-01', 'UANA')")
    ),
    "a pulse that is shown with too few": lambda uow: uow.pulse.connection.execute(
        text("INSERT INTO pulse VALUES (1, 'C01', '2026-11-01', 4,0,0, 4,0,0, 4,0,0, true)")
    ),
    "a pulse of which one statement has more": lambda uow: uow.pulse.connection.execute(
        text("INSERT INTO pulse VALUES (1, 'C01', '2026-11-01', 4,0,0, 4,0,1, 4,0,0, false)")
    ),
    "the same number twice": lambda uow: uow.expectations.insert(expectation(100)),
    "the same event twice": lambda uow: uow.expectations.add_event(EVENT),
    "an event of nothing": lambda uow: uow.expectations.add_event(replace(EVENT, number=7)),
    "event 0": lambda uow: uow.expectations.add_event(replace(EVENT, seq=0)),
    "a period of nothing": lambda uow: uow.expectations.save_period(
        Period(number=7, date=NOON.date(), slot_at=NOON)
    ),
    "a message about nothing": lambda uow: uow.messages.add(message(number=7)),
    "sending without a lease": lambda uow: uow.messages.add(message(state=MessageState.SENDING)),
    "a lease without sending": lambda uow: uow.messages.add(message(lease_until=NOON)),
    "the same message under two slots": lambda uow: uow.messages.add(message("m100", slot="x")),
    "a prompt about nothing": lambda uow: uow.messages.add_asked(
        Asked(user="U", number=7, prompt=Prompt.DONE, key="r1", ordinal=1, at=NOON, message="m")
    ),
    "thanks for nothing that is there": lambda uow: uow.thanks.add(
        Thanks(number=0, by="UANA", to="UBOB", text="t", at=NOON, expectation=7)
    ),
    "the same own words twice": lambda uow: uow.own_words.add(WORDS),
    "own words about nothing": lambda uow: uow.own_words.add(replace(WORDS, number=7)),
    "own words 0": lambda uow: uow.own_words.add(replace(WORDS, ordinal=0)),
    "own words about no version": lambda uow: uow.own_words.add(
        replace(WORDS, ordinal=2, version=0)
    ),
    "no workday at all": lambda uow: uow.members.save(member(workdays=frozenset())),
    "a closed goal without its time": lambda uow: uow.goals.insert(
        goal(1, GoalStatus.MET, closed_at=None)
    ),
    "a line about nothing": lambda uow: uow.learnt.save(replace(LINE, number=7)),
    "an empty line": lambda uow: uow.learnt.save(replace(LINE, text="")),
    "a line with oneself": lambda uow: uow.learnt.save(replace(LINE, other=LINE.by)),
    "a line shown before both share": lambda uow: uow.learnt.save(
        replace(LINE, sharing=replace(LINE.sharing, since=NOON))
    ),
    "a line that both share and nobody sees": lambda uow: uow.learnt.save(
        replace(LINE, sharing=replace(LINE.sharing, wanted_by=LINE.sharing.among))
    ),
    "an opinion of oneself": lambda uow: uow.opinions.save(replace(SAID, other=SAID.by)),
    "a number for fairness": lambda uow: uow.opinions.save(replace(SAID, opinion=Opinion.FIVE)),
    "fairness for what was worth it": lambda uow: uow.opinions.save(
        replace(SAID, topic=Topic.WORTH_IT)
    ),
    "an opinion shown against its will": lambda uow: uow.opinions.save(
        replace(SAID, shown_at=NOON)
    ),
    "an update of no goal": lambda uow: uow.goals.add_update(7, "UANA", NOON, "1"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be(store: SqlStore, workspace: int, name: str) -> None:
    with pytest.raises(IntegrityError), store.write(workspace) as uow:
        REFUSED[name](uow)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE event SET verb = 'accept'",
        "UPDATE event SET at = at",
        "UPDATE event SET seq = 2",
        "DELETE FROM event",
        "UPDATE terms SET due = '2027-01-01'",
        "UPDATE terms SET version = 2",
        "DELETE FROM terms",
        "UPDATE charter_version SET version = 2",
        "UPDATE charter_version SET at = at",
        "DELETE FROM charter_version",
        "UPDATE own_words SET at = at",
        "UPDATE own_words SET version = 2",
        "DELETE FROM own_words",
    ],
)
def test_history_is_append_only(store: SqlStore, workspace: int, statement: str) -> None:
    with pytest.raises(DBAPIError, match="is append-only"), store.write(workspace) as uow:
        uow.expectations.connection.execute(text(statement))


def test_people_may_be_forgotten_in_history(store: SqlStore, workspace: int) -> None:
    with store.write(workspace) as uow:
        uow.expectations.connection.execute(text("UPDATE event SET actor = 'gone', note = ''"))
        assert uow.expectations.events(100) == [replace(EVENT, actor="gone")]


def test_words_of_terms_are_never_overwritten(store: SqlStore, workspace: int) -> None:
    other = replace(terms(), wording=replace(terms().wording, result="other"), accepted_at=NOON)
    with store.write(workspace) as uow:
        uow.expectations.save(expectation(100, Status.ACTIVE, terms=other))
        assert uow.expectations.terms(100) == [terms(accepted_at=NOON)]


def test_a_row_of_another_workspace_cannot_be_named(store: SqlStore, workspace: int) -> None:
    other = store.workspace("T2")
    with store.write(workspace) as uow:
        uow.goals.insert(goal(1))
    with pytest.raises(IntegrityError), store.write(other) as uow:
        uow.expectations.insert(expectation(1, goal=1))
    with pytest.raises(IntegrityError), store.write(other) as uow:
        uow.expectations.add_event(replace(EVENT, at=NOON + timedelta(1)))


def test_reading_may_not_write(store: SqlStore, workspace: int) -> None:
    with pytest.raises(StoreError), store.read(workspace) as uow:
        uow.members.save(member())
