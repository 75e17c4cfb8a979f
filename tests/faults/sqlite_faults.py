"""How a SQLite file fails, made for real: its lock, its size, its disk, its name."""

from __future__ import annotations

import resource
import sqlite3
import threading
from contextlib import closing, contextmanager, nullcontext
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, event

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

BUSY_TIMEOUT = 0.2
"""Seconds that the bot waits for another process's lock in these runs."""


class Fault(StrEnum):
    """What goes wrong with the file."""

    LOCKED = "locked"
    FULL = "full"  # no page may be added
    READ_ONLY = "read only"
    NO_WRITES = "failing disk"  # the system refuses to write to files, also at COMMIT
    MOVED = "moved away"


class SqliteFaults:
    """Brings about one fault at a time in the process that has the file open."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._active: Fault | None = None
        self._one = threading.Lock()

    @property
    def url(self) -> str:
        """Where the bot finds the file."""
        return f"sqlite:///{self._path}?timeout={BUSY_TIMEOUT}"

    @contextmanager
    def installed(self) -> Iterator[None]:
        """Reach the bot's own connections, of whichever engine."""
        event.listen(Engine, "begin", self._begun)
        try:
            yield
        finally:
            event.remove(Engine, "begin", self._begun)

    @contextmanager
    def active(self, fault: Fault) -> Iterator[None]:
        """Let it go wrong meanwhile."""
        with self._one, _MAKERS[fault](self._path) if fault in _MAKERS else nullcontext():
            self._active = fault
            try:
                yield
            finally:
                self._active = None

    def _begun(self, connection: Connection) -> None:
        """Set what a connection may do, or take that back."""
        if connection.dialect.name != "sqlite":
            return
        wanted = self._active if self._active in {Fault.FULL, Fault.READ_ONLY} else None
        had = connection.info.get("fault")
        if had is wanted:
            return
        if Fault.FULL in {had, wanted}:
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
            most = pages if wanted is Fault.FULL else _ANY_SIZE
            connection.exec_driver_sql(f"PRAGMA max_page_count = {most}")
        if wanted is Fault.READ_ONLY:
            reads = connection.exec_driver_sql("PRAGMA query_only").scalar()
            if reads:  # a reader's connection is so for good
                return
            connection.exec_driver_sql("PRAGMA query_only = ON")
        elif had is Fault.READ_ONLY:
            connection.exec_driver_sql("PRAGMA query_only = OFF")
        connection.info["fault"] = wanted


_ANY_SIZE = 4294967294


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    with closing(sqlite3.connect(path, timeout=30, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield


@contextmanager
def _no_writes(_: Path) -> Iterator[None]:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@contextmanager
def _moved(path: Path) -> Iterator[None]:
    away = path.with_name(f"{path.name}.away")
    path.rename(away)
    try:
        yield
    finally:
        away.rename(path)


_MAKERS = {
    Fault.LOCKED: _locked,
    Fault.NO_WRITES: _no_writes,
    Fault.MOVED: _moved,
}
