"""Databases that fail, each by its own means: what the store says, and that it goes on."""

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg
import pytest

from bot.db.backup import dump_command
from bot.db.engine import SqlStore, open_store
from bot.db.urls import DatabaseUrlError, database_url
from bot.domain.trouble import StoreError, Trouble
from tests.faults.sqlite_faults import Fault, SqliteFaults
from tests.support.databases import Databases
from tests.support.values import NOON

TROUBLES = {
    Fault.LOCKED: Trouble.BUSY,
    Fault.FULL: Trouble.FULL,
    Fault.READ_ONLY: Trouble.READ_ONLY,
    Fault.NO_WRITES: Trouble.BROKEN,
    Fault.MOVED: Trouble.GONE,
}


@pytest.fixture
def file(databases: Databases) -> Iterator[Path]:
    url = databases.migrated("sqlite")
    yield Path(url.removeprefix("sqlite:///"))
    databases.drop(url)


@pytest.fixture
def server(databases: Databases) -> Iterator[str]:
    url = databases.migrated("postgres")
    yield url
    databases.drop(url)


@contextmanager
def opened(url: str, pool_size: int = 5) -> Iterator[tuple[SqlStore, int]]:
    store = open_store(url, pool_size=pool_size)
    try:
        yield store, store.workspace("T1")
    finally:
        store.close()


def fill(store: SqlStore, workspace: int, key: str) -> None:
    with store.write(workspace) as uow:
        uow.inbox.record(key, {"text": "x" * 20_000}, NOON)


def trouble(store: SqlStore, workspace: int) -> Trouble:
    with pytest.raises(StoreError) as caught:
        fill(store, workspace, "refused")
    return caught.value.trouble


def while_writing(store: SqlStore, workspace: int, happens: Callable[[], object]) -> None:
    with store.write(workspace) as uow:
        uow.inbox.record("refused", {}, NOON)
        happens()
        uow.inbox.answer("another")


def end_others(server: str) -> None:
    with psycopg.connect(server, autocommit=True) as admin:
        admin.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


def is_kept(store: SqlStore, workspace: int, key: str) -> bool:
    with store.read(workspace) as uow:
        return uow.inbox.answer(key) is not None


@pytest.mark.parametrize("fault", list(Fault))
def test_a_file_that_fails_and_is_mended(file: Path, fault: Fault) -> None:
    faults = SqliteFaults(file)
    with faults.installed(), opened(faults.url) as (store, workspace):
        fill(store, workspace, "before")
        with faults.active(fault):
            assert trouble(store, workspace) is TROUBLES[fault]
            if fault is not Fault.FULL and fault is not Fault.NO_WRITES:
                with pytest.raises(StoreError):
                    store.probe()
        store.probe()
        fill(store, workspace, "after")
        kept = [is_kept(store, workspace, key) for key in ("before", "refused", "after")]
        assert kept == [True, False, True]


def test_a_file_that_was_deleted_is_not_made_anew(file: Path) -> None:
    with opened(f"sqlite:///{file}") as (store, workspace):
        fill(store, workspace, "before")
        file.unlink()
        assert trouble(store, workspace) is Trouble.GONE
        assert not file.exists()


def test_a_file_that_is_replaced_while_it_is_written_takes_nothing(file: Path) -> None:
    with opened(f"sqlite:///{file}") as (store, workspace):
        with pytest.raises(StoreError) as caught:
            while_writing(store, workspace, lambda: file.rename(f"{file}.away"))
        assert caught.value.trouble is Trouble.GONE
        Path(f"{file}.away").rename(file)
        assert not is_kept(store, workspace, "refused")


@pytest.mark.postgres
def test_a_lock_that_is_held(server: str) -> None:
    with opened(f"{server}&options=-c%20lock_timeout%3D100") as (store, workspace):
        with psycopg.connect(server) as other:
            other.execute("LOCK TABLE inbox")
            assert trouble(store, workspace) is Trouble.BUSY
        fill(store, workspace, "after")


@pytest.mark.postgres
def test_connections_that_are_all_taken(server: str) -> None:
    with opened(server, pool_size=1) as (store, workspace):
        with store.write(workspace):
            assert trouble(store, workspace) is Trouble.BUSY
        fill(store, workspace, "after")


@pytest.mark.postgres
def test_connections_that_died_in_the_pool_are_made_anew(server: str) -> None:
    with opened(server) as (store, workspace):
        fill(store, workspace, "before")
        end_others(server)
        fill(store, workspace, "after")


@pytest.mark.postgres
def test_a_server_that_shuts_down_meanwhile(server: str) -> None:
    with opened(server) as (store, workspace):
        with pytest.raises(StoreError) as caught:
            while_writing(store, workspace, lambda: end_others(server))
        assert caught.value.trouble is Trouble.GONE
        assert not is_kept(store, workspace, "refused")


@pytest.mark.postgres
def test_two_that_cross(server: str) -> None:
    both = threading.Barrier(2)
    troubles: list[Trouble] = []

    def take(first: str, second: str) -> None:
        try:
            with store.write(workspace) as uow:
                uow.inbox.answer(first)
                both.wait(10)
                uow.inbox.answer(second)
        except StoreError as error:
            troubles.append(error.trouble)

    with opened(server) as (store, workspace):
        other = threading.Thread(target=take, args=("a", "b"))
        other.start()
        take("b", "a")
        other.join()
    assert troubles == [Trouble.CROSSED]


def test_a_bug_of_ours_is_no_trouble_of_the_database(file: Path) -> None:
    with opened(f"sqlite:///{file}") as (store, workspace):
        with closing(sqlite3.connect(file)) as other:
            other.execute("ALTER TABLE inbox RENAME TO lost")
        with pytest.raises(Exception, match="no such table") as caught:
            fill(store, workspace, "refused")
        assert not isinstance(caught.value, StoreError)


@pytest.mark.parametrize(
    ("servers", "host", "port"),
    [
        ("db1:5432,db2:5433", "db1,db2", "5432,5433"),
        ("db1,db2", "db1,db2", "5432,5432"),
        ("[::1]:6000,10.0.0.2", "::1,10.0.0.2", "6000,5432"),
    ],
)
def test_several_servers_in_one_url(servers: str, host: str, port: str) -> None:
    url = database_url(f"postgresql://ana:s%40e@{servers}/winwin?target_session_attrs=read-write")
    assert url.drivername == "postgresql+psycopg"
    assert (url.username, url.password, url.database) == ("ana", "s@e", "winwin")
    assert dict(url.query) == {
        "host": host,
        "port": port,
        "target_session_attrs": "read-write",
    }
    _, arguments = url.get_dialect()().create_connect_args(url)
    assert (arguments["host"], arguments["port"]) == (host, port)
    printed = dump_command(url, Path("copy"))[-1]
    found = psycopg.conninfo.conninfo_to_dict(printed)
    assert (found["host"], found["port"], found["dbname"]) == (host, port, "winwin")
    assert "password" not in found


def test_several_servers_of_which_one_has_no_port_to_read() -> None:
    with pytest.raises(DatabaseUrlError):
        database_url("postgresql://db1:x,db2:5432/winwin")
