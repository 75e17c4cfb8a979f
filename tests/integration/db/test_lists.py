"""What each list of the store holds, in which order, and that it reads an index for it."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Executable
from sqlalchemy.dialects import sqlite

from bot.db import expectation_queries, figure_queries, message_queries, pulse
from bot.db.engine import SqlStore, open_store
from bot.domain.due import Due
from bot.domain.expectation import (
    Action,
    CheckIn,
    Event,
    Expectation,
    Kind,
    Outcome,
    Status,
    Visibility,
)
from bot.domain.figures.own import OwnCounts
from bot.domain.messages import MessageKind, MessageState, Moment
from bot.domain.schedule.summary_time import SummaryPeriod
from tests.support.databases import Databases
from tests.support.values import (
    BERLIN,
    NOON,
    channel,
    expectation,
    goal,
    member,
    message,
    summary,
    terms,
)

DAY, HOUR = timedelta(days=1), timedelta(hours=1)


@pytest.fixture
def workspace(store: SqlStore) -> int:
    return store.workspace("T1")


def save(store: SqlStore, workspace: int, *several: Expectation) -> None:
    with store.write(workspace) as uow:
        for each in several:
            uow.expectations.insert(each)


def numbers(found: Sequence[Expectation]) -> list[int]:
    return [each.number for each in found]


def due(number: int, days: float, status: Status = Status.ACTIVE, **changes: object) -> Expectation:
    return expectation(number, status, due_at=NOON + days * DAY, **changes)


def test_lists_of_a_person_hold_what_is_open_by_due(store: SqlStore, workspace: int) -> None:
    save(
        store,
        workspace,
        due(1, 3),
        due(2, 1, Status.PROPOSED),
        due(3, 2, Status.DONE),
        due(4, 0, Status.MET),
        due(5, 0, Status.DECLINED),
        due(6, 1, requester="UBOB", owner="UANA"),
        due(7, 1, requester="UCID"),
        due(8, 4, kind=Kind.COMMITMENT, requester=None),
    )
    with store.read(workspace) as uow:
        expectations = uow.expectations
        assert numbers(expectations.open_of("UBOB", 9)) == [2, 6, 7, 3, 1, 8]
        assert numbers(expectations.open_of("UBOB", 2)) == [2, 6]
        assert numbers(expectations.open_of("UANA", 9)) == [2, 6, 3, 1]
        assert numbers(expectations.owned_by("UBOB", 0, 2)) == [2, 7]
        assert numbers(expectations.owned_by("UBOB", 2, 9)) == [3, 1, 8]
        assert numbers(expectations.requested_by("UANA", 1, 9)) == [3, 1]
        assert numbers(expectations.between("UANA", "UBOB", 9)) == [2, 6, 3, 1]
        assert numbers(expectations.between("UCID", "UBOB", 9)) == [7]
        assert numbers(expectations.between("UCID", "UANA", 9)) == []
        assert expectations.of_party("UBOB") == [1, 2, 3, 6, 7, 8]
        assert expectations.of_party("UCID") == [7]


def test_lists_of_a_channel_hold_only_what_it_may_see(store: SqlStore, workspace: int) -> None:
    save(
        store,
        workspace,
        due(1, 2),
        due(2, 1, Status.DONE),
        due(3, 0, Status.PROPOSED),
        due(4, 0, visibility=Visibility.PRIVATE),
        due(5, 0, channel="COTHER"),
        due(6, 0, Status.MET, closed_at=NOON),
        due(7, 0, Status.MISSED, closed_at=NOON - DAY),
        due(8, 0, Status.MET, closed_at=NOON, visibility=Visibility.PRIVATE),
        due(9, 0, Status.RELEASED, closed_at=NOON + DAY),
    )
    with store.read(workspace) as uow:
        expectations = uow.expectations
        assert numbers(expectations.agreed_in("CTEAM", 9)) == [2, 1]
        assert numbers(expectations.agreed_in("CTEAM", 1)) == [2]


def test_what_was_agreed_counts_once_and_then(store: SqlStore, workspace: int) -> None:
    save(store, workspace, expectation(1), expectation(2))
    agreed = expectation(1, Status.ACTIVE)
    changed = replace(agreed, terms=terms(2, accepted_at=NOON + 7 * DAY), last_version=2)
    with store.write(workspace) as uow:
        uow.expectations.save(agreed)
        uow.expectations.save(changed)
        assert uow.expectations.counts_in("CTEAM", NOON, NOON + DAY).agreed == 1
        assert uow.expectations.counts_in("CTEAM", NOON + DAY, NOON + 9 * DAY).agreed == 0


def test_a_week_is_counted_without_what_is_private_or_only_ones_own_word(
    store: SqlStore, workspace: int
) -> None:
    met, changed, missed = Outcome.KEPT, Outcome.KEPT_CHANGED, Outcome.MISSED
    save(
        store,
        workspace,
        due(1, -1),
        due(2, 3, Status.DONE),
        due(3, -1, Status.PROPOSED),
        due(4, -1, visibility=Visibility.PRIVATE),
        due(5, -1, channel="COTHER"),
        due(6, 0, Status.MET, closed_at=NOON, outcome=met),
        due(7, 0, Status.MET, closed_at=NOON, outcome=changed),
        due(8, 0, Status.MISSED, closed_at=NOON, outcome=missed),
        due(9, 0, Status.MET, closed_at=NOON, outcome=met, self_confirmed=True),
        due(10, 0, Status.MET, closed_at=NOON, outcome=met, visibility=Visibility.PRIVATE),
        due(11, 0, Status.MET, closed_at=NOON + DAY, outcome=met),
    )
    with store.read(workspace) as uow:
        counts = uow.expectations.counts_in("CTEAM", NOON - DAY, NOON + DAY)
    assert (counts.kept, counts.changed_in_time) == (2, 1)
    assert counts.under_way == 2
    # Four closed; one fell due a day ago, which is where the period begins: it is not in it.
    assert counts.due == 4


def test_the_next_week_is_the_owners_day_and_the_zones_hour(
    store: SqlStore, workspace: int
) -> None:
    zone = ZoneInfo("America/New_York")
    sunday, monday = date(2026, 11, 29), date(2026, 11, 30)
    period = SummaryPeriod(
        day=date(2026, 11, 27),
        since=NOON,
        until=datetime(2026, 11, 27, 21, tzinfo=UTC),
        first=date(2026, 11, 23),
        last=sunday,
    )
    late_sunday = datetime(2026, 11, 29, 23, tzinfo=zone)
    dues = [sunday, monday, monday + 6 * DAY, monday + 7 * DAY, late_sunday, late_sunday + HOUR]
    for number, wall in enumerate(dues, start=1):
        falls = Due(wall)
        one = expectation(number, Status.ACTIVE, due=falls, due_at=falls.ends_at(BERLIN))
        save(store, workspace, one)
    save(store, workspace, expectation(7, due=Due(monday), due_at=Due(monday).ends_at(BERLIN)))
    with store.read(workspace) as uow:
        assert numbers(uow.expectations.due_next("CTEAM", period, zone, 9)) == [6, 2, 3]
        assert numbers(uow.expectations.due_next("CTEAM", period, zone, 1)) == [6]


def test_what_one_has_finished_is_counted(store: SqlStore, workspace: int) -> None:
    met = Status.MET
    save(
        store,
        workspace,
        expectation(1, met),
        expectation(2, met, outcome=Outcome.KEPT_CHANGED),
        expectation(3, met, requester="UBOB", owner="UANA"),
        expectation(4, met, outcome=Outcome.LATE),
        expectation(5, Status.MISSED),
        expectation(6, met, requester="UCID"),
        expectation(7, Status.ACTIVE),
    )
    with store.read(workspace) as uow:
        assert uow.figures.own("UBOB", NOON - DAY) == OwnCounts(finished=5, kept=3, changed=1)
        assert uow.figures.own("UBOB", NOON) == OwnCounts(finished=0, kept=0, changed=0)


def test_the_clock_takes_the_longest_due_first(store: SqlStore, workspace: int) -> None:
    at = NOON + DAY
    save(
        store,
        workspace,
        expectation(1, next_clock_at=at),
        expectation(2, next_clock_at=NOON),
        expectation(3, next_clock_at=at + timedelta(microseconds=1)),
        expectation(4),
    )
    with store.read(workspace) as uow:
        assert uow.expectations.due_for_clock(at, 9) == [2, 1]
        assert uow.expectations.due_for_clock(at, 1) == [2]


def test_the_last_word_of_a_party(store: SqlStore, workspace: int) -> None:
    save(store, workspace, expectation(1, Status.ACTIVE), expectation(2, Status.ACTIVE))
    words: list[tuple[int, int, str, Action | CheckIn]] = [
        (1, 1, "UBOB", CheckIn.ON_TRACK),
        (1, 2, "UBOB", CheckIn.AT_RISK),
        (1, 3, "UBOB", Action.ASK),
        (1, 4, "UANA", CheckIn.OFFER_HELP),
        (2, 1, "UANA", CheckIn.OFFER_HELP),
    ]
    with store.write(workspace) as uow:
        for number, seq, actor, verb in words:
            event = Event(number=number, seq=seq, at=NOON + seq * DAY, actor=actor, verb=verb)
            uow.expectations.add_event(event)
        assert uow.expectations.last_said([1, 2], "UBOB") == {1: NOON + 2 * DAY}
        assert uow.expectations.last_said([], "UBOB") == {}


def test_lists_of_members_channels_and_goals(store: SqlStore, workspace: int) -> None:
    with store.write(workspace) as uow:
        uow.members.save(member("U1", next_list_at=NOON, checked_at=NOON))
        uow.members.save(member("U2", next_list_at=NOON - DAY, checked_at=NOON - DAY))
        uow.members.save(member("U3", next_list_at=NOON + DAY))
        uow.members.save(member("U4", active=False))
        for name, next_at in (("C1", NOON), ("C2", NOON - DAY), ("C3", NOON + DAY)):
            uow.channels.save(channel(name, summary=summary(next_at=next_at)))
        uow.channels.save(channel("C4"))
        uow.goals.insert(goal(1, day=date(2027, 1, 1)))
        uow.goals.insert(goal(2))
        uow.expectations.insert(due(1, 2, goal=2))
        uow.expectations.insert(due(2, 1, Status.MET, goal=2))
        assert [each.user for each in uow.members.due_for_list(NOON, 9)] == ["U2", "U1"]
        assert [each.user for each in uow.members.marked_stale(NOON, 9)] == ["U3", "U2"]
        assert [each.channel for each in uow.channels.due_for_summary(NOON, 9)] == ["C2", "C1"]
        assert [each.number for each in uow.goals.in_channel("CTEAM", 9)] == [2, 1]
        assert numbers(uow.expectations.of_goal(2, 9)) == [2, 1]
        assert numbers(uow.expectations.of_goal(1, 9)) == []


@pytest.mark.parametrize("earliest", ["list", "clock", "summary", "message"])
def test_the_store_wakes_for_the_earliest_of_all_workspaces(
    store: SqlStore, workspace: int, earliest: str
) -> None:
    def at(what: str) -> datetime:
        return NOON if what == earliest else NOON + DAY

    with store.write(workspace) as uow:
        uow.members.save(member(next_list_at=at("list")))
        uow.messages.add(message("sent", state=MessageState.SENT, not_before=NOON - DAY))
        uow.channels.save(channel(summary=summary(next_at=at("summary"))))
    with store.write(store.workspace("T2")) as uow:
        uow.expectations.insert(expectation(1, next_clock_at=at("clock")))
        uow.messages.add(message(not_before=at("message")))
    assert store.next_wake() == NOON


def test_the_export_reads_everything_piece_by_piece(store: SqlStore, workspace: int) -> None:
    several = [expectation(number, Status.ACTIVE) for number in range(1, 8)]
    save(store, workspace, *several)
    event = Event(number=5, seq=1, at=NOON, actor="UANA", verb=Action.REQUEST)
    people = [member(f"U{number}") for number in range(1, 6)]
    with store.write(workspace) as uow:
        uow.expectations.add_event(event)
        for person in people:
            uow.members.save(person)
        uow.goals.insert(goal(1))
    with store.read(workspace) as uow:
        whole = list(uow.export.expectations(piece=3))
        assert [each.expectation for each in whole] == several
        assert [each.terms for each in whole] == [(each.terms,) for each in several]
        assert [each.events for each in whole] == [(event,) if n == 5 else () for n in range(1, 8)]
        assert [each.periods for each in whole] == [()] * 7
        assert list(uow.export.members(piece=2)) == people
        assert list(uow.export.goals()) == [goal(1)]
        assert list(uow.export.thanks()) == []


def test_undelivered_are_posts_that_ended_unknown_or_dead(store: SqlStore, workspace: int) -> None:
    unknown, dead = MessageState.UNKNOWN, MessageState.DEAD
    home = {"kind": MessageKind.HOME, "moment": Moment.HOME}
    with store.write(workspace) as uow:
        uow.messages.add(message("m1", state=unknown))
        uow.messages.add(message("m2", state=dead, created_at=NOON + DAY))
        uow.messages.add(message("m3", state=dead, **home))
        uow.messages.add(message("m4", state=MessageState.SENT))
        uow.messages.add(message("m5", state=dead, to="UANA"))
        assert [each.id for each in uow.messages.undelivered("UBOB", 9)] == ["m2", "m1"]
        assert [each.id for each in uow.messages.undelivered("UBOB", 1)] == ["m2"]


def test_put_off_are_posts_that_wait_for_a_reason(store: SqlStore, workspace: int) -> None:
    waiting = {"error": "messages_tab_disabled"}
    home = {"kind": MessageKind.HOME, "moment": Moment.HOME, "number": None, "event": None}
    with store.write(workspace) as uow:
        uow.messages.add(message("m1", not_before=NOON + DAY, **waiting))
        uow.messages.add(message("m2", **waiting))
        uow.messages.add(message("m3"))
        uow.messages.add(message("m4", **home, **waiting))
        uow.messages.add(message("m5", state=MessageState.DEAD, **waiting))
        uow.messages.add(message("m6", to="UANA", **waiting))
        assert [each.id for each in uow.messages.put_off("UBOB", 9)] == ["m2", "m1"]
        assert [each.id for each in uow.messages.put_off("UBOB", 1)] == ["m2"]


INDEXES = {
    "OPEN_OF": "ix_expectation_open_owned",
    "OWNED_BY": "ix_expectation_open_owned",
    "REQUESTED_BY": "ix_expectation_open_requested",
    "OF_PARTY": "ix_expectation_open_requested",
    "BETWEEN": "ix_expectation_open_(owned|requested)",  # one is as good as the other
    "AGREED_IN": "ix_expectation_agreed",
    "DUE_NEXT": "ix_expectation_agreed",
    "KEPT_BY_OWNER": "ix_expectation_closed",
    "REMINDERS": "ix_expectation_closed",
    "BOTH_GAIN_BY_OWNER": "ix_expectation_accepted",
    "OWNERS": "ix_expectation_accepted",
    "OPEN_BY_OWNER": "ix_expectation_agreed",
    "OWN": "ix_expectation_finished_by",
    "ROWS_KEPT": "ix_expectation_closed",
    "ROWS_CHANGED": "ix_expectation_closed",
    "ROWS_BOTH_GAIN": "ix_expectation_accepted",
    "ROWS_OPEN": "ix_expectation_agreed",
    "ROWS_OWN": "ix_expectation_finished_by",
    "DUE_FOR_CLOCK": "ix_expectation_clock",
    "OF_GOAL": "ix_expectation_goal",
    "DUE": "ix_message_due",
    "UNDELIVERED_TO": "ix_message_undelivered",
    "PUT_OFF_TO": "ix_message_put_off",
    "SHOWING": "ix_message_subject_showing",
    "LOOKS_DUE": "ix_look_at",
    "EXPIRED": "ix_message_leased",
    "HELD_FOR": "ix_held_waiting",
}


@pytest.mark.parametrize("name", INDEXES)
def test_a_list_reads_its_index_and_scans_nothing(databases: Databases, name: str) -> None:
    modules = (expectation_queries, figure_queries, message_queries)
    where = next(module for module in modules if hasattr(module, name))
    plan = query_plan(databases, getattr(where, name))
    assert re.search(rf"{INDEXES[name]} \(", plan)
    for table in ("expectation", "message", "terms", "own_words", "asked"):
        assert f"SCAN {table}" not in plan


def test_a_week_is_counted_by_its_indexes(databases: Databases) -> None:
    plan = query_plan(databases, expectation_queries.WEEK_COUNTS)
    for name in ("closed", "accepted", "agreed"):
        assert f"ix_expectation_{name}" in plan
    assert "SCAN expectation" not in plan


def test_who_is_in_a_pulse_is_found_by_indexes(databases: Databases) -> None:
    plan = query_plan(databases, pulse.IN_IT)
    for name in ("closed", "agreed"):
        assert plan.count(f"ix_expectation_{name} ") == 2
    assert "SCAN expectation" not in plan
    assert "SCAN member" not in plan


def query_plan(databases: Databases, statement: Executable) -> str:
    """Return how SQLite would run it, without any statistics."""
    compile_: Callable[..., object] = statement.compile  # type: ignore[attr-defined]  # all have it
    sql = re.sub(r"\(__\[POSTCOMPILE_\w+\]\)", "(?)", str(compile_(dialect=sqlite.dialect())))
    url = databases.migrated("sqlite")
    opened = open_store(url)
    with opened.write(opened.workspace("T1")) as uow:
        rows = uow.messages.connection.exec_driver_sql(
            f"EXPLAIN QUERY PLAN {sql}", (None,) * sql.count("?")
        )
        plan = "\n".join(row.detail for row in rows)
    opened.close()
    databases.drop(url)
    return plan
