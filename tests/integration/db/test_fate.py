"""A COMMIT whose answer is lost: it is found out whether it happened, or said that nobody can."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import psycopg
import pytest

from bot.db.engine import SqlStore, open_store
from bot.domain.trouble import StoreError, Trouble, UncertainError
from tests.support.databases import Databases
from tests.support.wire import Cut, Wire

pytestmark = pytest.mark.postgres

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
KEY = "t:1.marker"


@pytest.fixture
def url(databases: Databases) -> Iterator[str]:
    made = databases.migrated("postgres")
    yield made
    databases.drop(made)


@pytest.fixture
def wire(url: str) -> Iterator[Wire]:
    with Wire(url) as made:
        yield made


@contextmanager
def opened(url: str) -> Iterator[tuple[SqlStore, int]]:
    store = open_store(url)
    try:
        yield store, store.workspace("T1")
    finally:
        store.close()


def write(store: SqlStore, workspace: int) -> None:
    with store.write(workspace) as uow:
        assert uow.inbox.answer(KEY) is None
        uow.inbox.record(KEY, {"number": "1"}, AT)


def write_without_key(store: SqlStore, workspace: int) -> None:
    with store.write(workspace) as uow:
        uow.messages.look_for("keyless", AT)


def stored(url: str) -> int:
    with psycopg.connect(url) as connection:
        row = connection.execute("SELECT count(*) FROM inbox").fetchone()
        assert row is not None
        return int(row[0])


@pytest.mark.parametrize("cut", [Cut.AT_WRITE, Cut.BEFORE_COMMIT, Cut.KILLED])
def test_what_did_not_happen_is_refused(url: str, wire: Wire, cut: Cut) -> None:
    with opened(wire.url()) as (store, workspace):
        plan = wire.plan(KEY, cut)
        with pytest.raises(StoreError) as caught:
            write(store, workspace)
        assert plan.happened.is_set()
        assert caught.value.trouble is Trouble.GONE
        assert not isinstance(caught.value, UncertainError)
        assert stored(url) == 0
        write(store, workspace)  # it goes on by itself
    assert stored(url) == 1


def test_what_happened_is_no_failure(url: str, wire: Wire) -> None:
    with opened(wire.url()) as (store, workspace):
        plan = wire.plan(KEY, Cut.AFTER_COMMIT)
        write(store, workspace)
        assert plan.happened.is_set()
    assert stored(url) == 1


def test_who_looks_waits_for_the_end_of_the_transaction(url: str, wire: Wire) -> None:
    for _ in range(5):
        with opened(wire.url()) as (store, workspace):
            wire.plan(KEY, Cut.RACING)
            write(store, workspace)
            assert stored(url) == 1
            with psycopg.connect(url) as connection:
                connection.execute("DELETE FROM inbox")


def test_where_nobody_can_be_asked_that_is_said(url: str, wire: Wire) -> None:
    with opened(wire.url()) as (store, workspace):
        wire.plan(KEY, Cut.OUTAGE)
        with pytest.raises(UncertainError):
            write(store, workspace)
        wire.mend()
        assert stored(url) == 1
        with store.write(workspace) as uow:  # as Slack's, or the person's, next try finds it
            assert uow.inbox.answer(KEY) == {"number": "1"}


def test_a_write_without_a_key_is_uncertain(wire: Wire) -> None:
    with opened(wire.url()) as (store, workspace):
        wire.plan("keyless", Cut.AFTER_COMMIT)
        with pytest.raises(UncertainError):
            write_without_key(store, workspace)


def test_a_read_only_server_is_left_for_the_one_that_writes(url: str) -> None:
    with opened(url) as (store, workspace):
        with read_only(url):
            with pytest.raises(StoreError) as caught:
                write(store, workspace)
            assert caught.value.trouble is Trouble.READ_ONLY
            with pytest.raises(StoreError):
                store.probe()
        store.probe()
        write(store, workspace)


@contextmanager
def read_only(url: str) -> Iterator[None]:
    """Let the server's new transactions be read-only, as a standby's are."""
    try:
        set_read_only(url, "on")
        yield
    finally:
        set_read_only(url, "off")


def set_read_only(url: str, value: str) -> None:
    with psycopg.connect(url, autocommit=True) as admin:
        admin.execute(f"ALTER SYSTEM SET default_transaction_read_only = {value}".encode())
        admin.execute("SELECT pg_reload_conf()")
        while shown(url) != value:  # whoever is connected later has read it, and others soon
            pass


def shown(url: str) -> str:
    with psycopg.connect(url) as connection:
        row = connection.execute("SHOW default_transaction_read_only").fetchone()
        assert row is not None
        return str(row[0])
