"""How PostgreSQL fails, made for real: its wire, its processes, its settings, its locks."""

from __future__ import annotations

import threading
import time
from contextlib import contextmanager
from enum import StrEnum
from typing import TYPE_CHECKING

import psycopg

from tests.support.wire import Cut, Wire

if TYPE_CHECKING:
    from collections.abc import Iterator

LOCK_TIMEOUT = 600
"""Milliseconds that the bot waits for a lock in these runs."""

_MAKE = """
    CREATE TABLE fault (actor text PRIMARY KEY, state text NOT NULL);
    CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE wanted text;
        BEGIN
            SELECT state INTO wanted FROM fault WHERE actor = NEW.actor;
            IF wanted IS NOT NULL THEN
                RAISE EXCEPTION 'made to fail' USING ERRCODE = wanted;
            END IF;
            RETURN NULL;
        END $$;
    CREATE CONSTRAINT TRIGGER fail AFTER INSERT ON event
        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION fail();
"""
_UNMAKE = "DROP TRIGGER fail ON event; DROP FUNCTION fail; DROP TABLE fault"


class Fault(StrEnum):
    """What goes wrong with the server; the rest are the wire's cuts."""

    DOWN = "down"
    READ_ONLY = "read only"
    LOCKED = "locked"
    FULL = "full"  # PostgreSQL's own error, raised at COMMIT
    CROSSED = "deadlock"  # the same


_STATES = {Fault.FULL: "53100", Fault.CROSSED: "40P01"}


class PostgresFaults:
    """Brings about faults; those that concern all run one at a time."""

    def __init__(self, url: str, wire: Wire) -> None:
        self._direct = url
        self._wire = wire
        self._one = threading.Lock()

    @property
    def url(self) -> str:
        """Where the bot finds the server."""
        return self._wire.url(f"&options=-c%20lock_timeout%3D{LOCK_TIMEOUT}")

    @contextmanager
    def installed(self) -> Iterator[None]:
        """Let the database raise at COMMIT what it is told to."""
        self._run(_MAKE)
        try:
            yield
        finally:
            self._run(_UNMAKE)

    @contextmanager
    def cut(self, marker: str, cut: Cut) -> Iterator[None]:
        """Cut the transaction that a marker is written in."""
        plan = self._wire.plan(marker, cut)
        try:
            yield
        finally:
            self._wire.forget(plan)
            if cut is Cut.OUTAGE:
                self._wire.mend()

    @contextmanager
    def active(self, fault: Fault, user_id: str) -> Iterator[None]:
        """Let it go wrong meanwhile."""
        if fault in _STATES:
            with _admin(self._direct) as admin:
                admin.execute("INSERT INTO fault VALUES (%s, %s)", (user_id, _STATES[fault]))
                try:
                    yield
                finally:
                    admin.execute("DELETE FROM fault WHERE actor = %s", (user_id,))
            return
        with self._one, getattr(self, f"_{fault.name.lower()}")():
            yield

    @contextmanager
    def _down(self) -> Iterator[None]:
        self._wire.fail()
        try:
            yield
        finally:
            self._wire.mend()

    @contextmanager
    def _read_only(self) -> Iterator[None]:
        try:
            set_read_only(self._direct, "on")
            yield
        finally:
            set_read_only(self._direct, "off")

    @contextmanager
    def _locked(self) -> Iterator[None]:
        with _admin(self._direct) as admin, admin.transaction():
            admin.execute("LOCK TABLE event IN ACCESS EXCLUSIVE MODE")
            yield

    def _run(self, statement: str) -> None:
        with _admin(self._direct) as admin:
            admin.execute(statement.encode())


def set_read_only(url: str, value: str) -> None:
    """Let all transactions of a server that begin from now on be read-only, or not."""
    with _admin(url) as admin:
        admin.execute(f"ALTER SYSTEM SET default_transaction_read_only = {value}".encode())
        admin.execute("SELECT pg_reload_conf()")
    while _shown(url) != value:
        time.sleep(0.005)


def _admin(url: str) -> psycopg.Connection:
    """Connect past all faults."""
    return psycopg.connect(url, autocommit=True, options="-c default_transaction_read_only=off")


def _shown(url: str) -> str:
    with psycopg.connect(url) as connection:
        row = connection.execute("SHOW default_transaction_read_only").fetchone()
        assert row is not None
        return str(row[0])
