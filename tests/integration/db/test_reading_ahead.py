"""What is read ahead of its use is what a reading of its own would give, on both databases."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Engine, event

from bot.db.engine import SqlStore
from bot.domain.expectation import Expectation
from tests.support.values import NOON, expectation, member, terms

SOON = NOON + timedelta(hours=1)


@pytest.fixture
def workspace(store: SqlStore) -> int:
    made = store.workspace("T1")
    with store.write(made) as uow:
        for user in ("UANA", "UBOB"):
            uow.members.save(member(user))
        for number in (1, 2, 3):
            uow.expectations.insert(expectation(number))
    return made


@contextmanager
def statements() -> Iterator[list[str]]:
    """Collect what is sent to the database."""
    sent: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        sent.append(" ".join(statement.split()))

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(Engine, "before_cursor_execute", note)


def stored(store: SqlStore, workspace: int) -> dict[int, Expectation]:
    with store.read(workspace) as uow:
        return uow.expectations.get_many([1, 2, 3])


def test_what_was_read_ahead_is_not_asked_for_again(store: SqlStore, workspace: int) -> None:
    with store.write(workspace) as uow:
        uow.expectations.read_ahead([1, 2, 9])
        uow.members.read_ahead(["UANA", "UBOB", "UNOBODY"])
        with statements() as sent:
            assert uow.expectations.get(1) == expectation(1)
            assert uow.expectations.get_many([2, 1]) == {1: expectation(1), 2: expectation(2)}
            assert uow.members.get("UBOB") == member("UBOB")
            assert uow.members.get_many(["UANA"]) == {"UANA": member("UANA")}
        assert sent == []
        assert uow.expectations.get(9) is None
        assert uow.members.get("UNOBODY") is None


def test_locked_ones_are_written_together(store: SqlStore, workspace: int) -> None:
    with store.write(workspace) as uow:
        uow.expectations.lock([1, 2, 3])
        with statements() as sent:
            for number in (1, 2, 3, 1):
                found = uow.expectations.get_for_update(number)
                assert found is not None
                later = (found.next_clock_at or NOON) + timedelta(hours=1)
                uow.expectations.save(replace(found, next_clock_at=later))
            assert sent == []
            assert uow.expectations.get(1) == replace(
                expectation(1), next_clock_at=NOON + timedelta(hours=2)
            )
            due = uow.expectations.due_for_clock(NOON + timedelta(hours=2), 10)
            assert sorted(due) == [1, 2, 3]
        assert [text.partition(" ")[0] for text in sent] == ["UPDATE", "SELECT"]
        uow.expectations.save(replace(expectation(3), next_clock_at=SOON))
    after = stored(store, workspace)
    assert [after[number].next_clock_at for number in (1, 2, 3)] == [
        NOON + timedelta(hours=2),
        SOON,
        SOON,
    ]


def test_new_terms_of_a_locked_one_are_written_too(store: SqlStore, workspace: int) -> None:
    second = terms(2)
    with store.write(workspace) as uow:
        uow.expectations.lock([1])
        uow.expectations.save(replace(expectation(1), terms=second, last_version=2))
    assert stored(store, workspace)[1].terms == second


def test_what_fails_leaves_nothing_of_it(store: SqlStore, workspace: int) -> None:
    def fail() -> None:
        with store.write(workspace) as uow:
            uow.expectations.lock([1])
            uow.expectations.save(replace(expectation(1), next_clock_at=SOON))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert stored(store, workspace)[1] == expectation(1)


def test_a_lock_and_a_save_read_anew(store: SqlStore, workspace: int) -> None:
    changed = replace(expectation(1), next_clock_at=SOON)
    moved = member("UANA", name="Ana Maria")
    with store.write(workspace) as uow:
        uow.expectations.read_ahead([1])
        uow.members.read_ahead(["UANA"])
        uow.expectations.save(changed)
        uow.members.save(moved)
        assert uow.expectations.get(1) == changed
        assert uow.members.get("UANA") == moved
        assert uow.expectations.get_for_update(1) == changed
        assert uow.members.get_for_update("UANA") == moved


def test_a_lock_reads_what_another_has_changed_since(
    store: SqlStore, workspace: int, database_kind: str
) -> None:
    if database_kind == "sqlite":
        pytest.skip("one writer at a time: nothing comes between")
    changed = replace(expectation(1), next_clock_at=SOON)
    with store.write(workspace) as uow:
        uow.expectations.read_ahead([1, 2])
        with store.write(workspace) as other:
            other.expectations.save(changed)
        uow.expectations.lock([1])
        assert uow.expectations.get(1) == changed
        with store.write(workspace) as other:
            other.expectations.save(replace(expectation(2), next_clock_at=SOON))
        found = uow.expectations.get_for_update(2)
        assert found is not None
        assert found.next_clock_at == SOON
