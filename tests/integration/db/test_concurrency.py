"""What happens at once: numbers, locks, slots, keys and claims, on both databases."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from typing import TypeVar

import pytest
from sqlalchemy.exc import IntegrityError

from bot.db.engine import SqlStore, open_store
from bot.domain.expectation import Action, Event, Status
from bot.domain.messages import MessageKind, MessageState, Moment
from bot.domain.trouble import StoreError
from tests.support.databases import Databases
from tests.support.values import NOON, expectation, message, terms

Result = TypeVar("Result")

PATIENCE = 20  # seconds after which a test gives up waiting for a thread


@pytest.fixture
def workspace(store: SqlStore) -> int:
    return store.workspace("T1")


def at_once(count: int, work: Callable[[int], Result]) -> list[Result]:
    """Run the work `count` times in as many threads, which begin together."""
    together = threading.Barrier(count)

    def begin(place: int) -> Result:
        together.wait(PATIENCE)
        return work(place)

    with ThreadPoolExecutor(count) as threads:
        return list(threads.map(begin, range(count), timeout=PATIENCE))


def give_up(now: bool) -> None:  # noqa: FBT001  # it reads as a sentence
    if now:
        raise TimeoutError


def test_numbers_have_no_gap_under_20_threads(store: SqlStore, workspace: int) -> None:
    def create(_: int) -> list[int]:
        numbers = []
        for turn in range(20):
            with suppress(TimeoutError), store.write(workspace) as uow:
                number = uow.expectations.take_numbers(1)
                uow.expectations.insert(expectation(number))
                event = Event(number=number, seq=1, at=NOON, actor="U", verb=Action.REQUEST)
                uow.expectations.add_event(event)
                give_up(turn == 7)  # rolled back: the number is another's
                numbers.append(number)
        return numbers

    made = [number for numbers in at_once(20, create) for number in numbers]
    assert sorted(made) == list(range(1, 20 * 19 + 1))
    with store.read(workspace) as uow:
        assert set(uow.expectations.get_many(made)) == set(made)


def test_a_process_that_starts_and_one_that_takes_a_number_do_not_wait_for_each_other(
    store: SqlStore, workspace: int, database_url: str
) -> None:
    starting = open_store(database_url)
    with ThreadPoolExecutor(1) as threads:
        with store.write(workspace) as uow:
            number = uow.expectations.take_numbers(1)
            started = threads.submit(starting.workspace, "T1")
            with suppress(TimeoutError):
                started.result(0.2)
            uow.expectations.insert(expectation(number))
        assert started.result(PATIENCE) == workspace
    starting.close()


def test_a_lease_that_runs_out_while_its_end_is_recorded_has_ended(
    store: SqlStore, workspace: int
) -> None:
    later = NOON + timedelta(minutes=2)

    def expire() -> int:
        with store.write(workspace) as uow:
            return uow.messages.expire_leases(later, later)

    with store.write(workspace) as uow:
        uow.messages.add(message(slot="E-1/1/UBOB"))
        (claimed,) = uow.messages.claim(NOON, 9, later)
    with ThreadPoolExecutor(1) as threads:
        with store.write(workspace) as uow:
            sent = replace(claimed, state=MessageState.SENT, lease_until=None, channel="D1")
            assert uow.messages.save_fenced(replace(sent, ts="1.0", sent_at=NOON))
            expired = threads.submit(expire)
            with suppress(TimeoutError):
                expired.result(0.2)
        assert expired.result(PATIENCE) == 0
    assert list(store.examine()) == []


def test_the_second_writer_waits_and_sees_what_the_first_one_did(
    store: SqlStore, workspace: int
) -> None:
    first = expectation(1)
    with store.write(workspace) as uow:
        uow.expectations.insert(first)
    locked, seen = threading.Event(), []

    def change() -> None:
        with store.write(workspace) as uow:
            before = uow.expectations.get_for_update(1)
            assert before is not None
            locked.set()
            # Long enough for the other one to have come to the lock.
            threading.Event().wait(0.2)
            uow.expectations.save(replace(before, terms=terms(2, "UBOB"), last_version=2))

    def accept() -> None:
        locked.wait(PATIENCE)
        with store.write(workspace) as uow:
            before = uow.expectations.get_for_update(1)
            assert before is not None
            seen.append(before.terms.version)
            agreed = replace(before.terms, accepted_at=NOON)
            uow.expectations.save(replace(before, status=Status.ACTIVE, terms=agreed))

    with ThreadPoolExecutor(2) as threads:
        for done in [threads.submit(change), threads.submit(accept)]:
            done.result(PATIENCE)
    assert seen == [2]
    with store.read(workspace) as uow:
        after = uow.expectations.get(1)
    assert after is not None
    assert (after.status, after.terms.version) == (Status.ACTIVE, 2)


def test_many_writers_of_one_expectation_lose_nothing(store: SqlStore, workspace: int) -> None:
    with store.write(workspace) as uow:
        uow.expectations.insert(expectation(1, Status.ACTIVE))

    def count_up(place: int) -> None:
        for _ in range(10):
            with store.write(workspace) as uow:
                before = uow.expectations.get_for_update(1)
                assert before is not None
                uow.expectations.save(replace(before, returns=before.returns + 1))
                seq = uow.expectations.last_event(1) + 1
                event = Event(number=1, seq=seq, at=NOON, actor=f"U{place}", verb=Action.RETURN)
                uow.expectations.add_event(event)

    at_once(8, count_up)
    with store.read(workspace) as uow:
        after = uow.expectations.get(1)
        assert after is not None
        assert after.returns == 80
        assert [event.seq for event in uow.expectations.events(1)] == list(range(1, 81))


def test_a_slot_is_taken_once(store: SqlStore, workspace: int) -> None:
    def plan(place: int) -> bool:
        with store.write(workspace) as uow:
            return uow.messages.add(message(f"m{place}", slot="list/UBOB/2026-11-27"))

    assert sorted(at_once(8, plan)) == [False] * 7 + [True]


def test_one_key_changes_one_thing(store: SqlStore, workspace: int) -> None:
    def press(_: int) -> str:
        with store.write(workspace) as uow:
            found = uow.inbox.answer("press")
            if found is not None:
                return found["number"]
            number = uow.expectations.take_numbers(1)
            uow.expectations.insert(expectation(number))
            uow.inbox.record("press", {"number": str(number)}, NOON)
            return str(number)

    assert at_once(8, press) == ["1"] * 8


def test_a_key_that_was_not_looked_for_is_refused_the_second_time(
    store: SqlStore, workspace: int
) -> None:
    with store.write(workspace) as uow:
        uow.inbox.record("k", {}, NOON)
    with pytest.raises(IntegrityError), store.write(workspace) as uow:
        uow.inbox.record("k", {}, NOON)


def test_two_workers_never_claim_the_same_message(store: SqlStore, workspace: int) -> None:
    ids = {f"m{number}" for number in range(200)}
    with store.write(workspace) as uow:
        for id_ in ids:
            uow.messages.add(message(id_))

    def work(_: int) -> list[str]:
        claimed: list[str] = []
        while True:
            with store.write(workspace) as uow:
                some = uow.messages.claim(NOON, 7, NOON + timedelta(minutes=2))
            if not some:
                return claimed
            claimed += [each.id for each in some]

    claimed = [id_ for ids in at_once(4, work) for id_ in ids]
    assert len(claimed) == 200
    assert set(claimed) == ids


def test_an_update_asked_for_in_a_transaction_is_not_sent_before_it_ends(
    store: SqlStore, workspace: int
) -> None:
    """Otherwise it would be rendered without the change, and nothing would send it again."""
    home = message("h1", kind=MessageKind.HOME, moment=Moment.HOME, slot="home/UBOB")
    with store.write(workspace) as uow:
        uow.messages.add(home)
    asked = threading.Event()
    order: list[str] = []

    def change() -> None:
        with store.write(workspace) as uow:
            assert not uow.messages.add(replace(home, id="h2"))
            asked.set()
            threading.Event().wait(0.2)
            order.append("changed")

    def send() -> None:
        asked.wait(PATIENCE)
        while True:
            with store.write(workspace) as uow:
                claimed = uow.messages.claim(NOON, 5, NOON + timedelta(minutes=2))
                if claimed:
                    order.append("claimed")
                    return

    with ThreadPoolExecutor(2) as threads:
        for done in [threads.submit(change), threads.submit(send)]:
            done.result(PATIENCE)
    assert order == ["changed", "claimed"]


def test_reading_goes_on_while_others_write_and_sees_one_state(
    store: SqlStore, workspace: int
) -> None:
    with store.write(workspace) as uow:
        uow.expectations.insert(expectation(1))
        uow.expectations.insert(expectation(2))
    with store.read(workspace) as reading:
        assert len(list(reading.export.expectations(piece=1))) == 2
        with store.write(workspace) as uow:
            uow.expectations.insert(expectation(3))
        assert len(list(reading.export.expectations(piece=1))) == 2
    with store.read(workspace) as reading:
        assert len(list(reading.export.expectations(piece=1))) == 3


def test_what_fails_leaves_nothing(store: SqlStore, workspace: int) -> None:
    with suppress(TimeoutError), store.write(workspace) as uow:
        uow.expectations.insert(expectation(uow.expectations.take_numbers(1)))
        uow.messages.add(message())
        give_up(now=True)
    with store.write(workspace) as uow:
        assert uow.expectations.get(1) is None
        assert uow.messages.get("m1") is None
        assert uow.expectations.take_numbers(1) == 1


def test_a_new_workspace_that_many_ask_for_is_one(store: SqlStore) -> None:
    assert len(set(at_once(8, lambda _: store.workspace("TNEW", "E1")))) == 1
    assert [each.team_id for each in store.workspaces()] == ["TNEW"]


def test_on_sqlite_one_write_within_another_fails_at_once(databases: Databases) -> None:
    url = databases.migrated("sqlite")
    store = open_store(url)
    workspace = store.workspace("T1")
    with store.write(workspace), pytest.raises(StoreError):
        store.write(workspace).__enter__()
    store.close()
    databases.drop(url)


@pytest.mark.postgres
def test_what_refers_to_a_row_does_not_wait_for_who_changes_it(databases: Databases) -> None:
    """Else two transactions wait in a circle: a foreign key is looked at when all locks are held.

    Without the right lock the commit inside waits for the one outside until the database gives up.
    """
    url = databases.migrated("postgres")
    store = open_store(url)
    workspace = store.workspace("T1")
    with store.write(workspace) as uow:
        uow.expectations.insert(expectation(1))
    with ThreadPoolExecutor(1) as other, store.write(workspace) as uow:
        assert uow.expectations.get_for_update(1) is not None
        uow.expectations.lock([1])

        def tell() -> bool:
            with store.write(workspace) as beside:
                return beside.messages.add(message(id="m2", slot="E-1/1/UBOB", number=1))

        assert other.submit(tell).result(timeout=PATIENCE)
    store.close()
    databases.drop(url)
