"""The store: one transaction in one workspace at a time, on SQLite or PostgreSQL."""

import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, Engine, func, select, update
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from bot.db.asides import SqlAsides
from bot.db.between import SqlBetween
from bot.db.carried import SqlCarried
from bot.db.channels import SqlChannels
from bot.db.charters import SqlCharters
from bot.db.check import Finding, examine
from bot.db.connecting import (
    POOL_TIMEOUT,
    forget_warnings,
    is_sqlite,
    postgres_engine,
    refuse_warned,
    sqlite_engine,
)
from bot.db.counters import KINDS
from bot.db.expectations import SqlExpectations
from bot.db.export_queries import SqlExport
from bot.db.failing import first_line, is_lost, named_failures
from bot.db.figures import SqlFigures
from bot.db.forgetting import SqlForgetting
from bot.db.goals import SqlGoals
from bot.db.inbox import SqlInbox
from bot.db.learnt import SqlLearnt
from bot.db.members import SqlMembers
from bot.db.messages import SqlMessages
from bot.db.opinions import SqlOpinions
from bot.db.outbox import Outbox, read_outbox
from bot.db.own_words import SqlOwnWords
from bot.db.pulse import SqlPulse
from bot.db.tables import CounterRow, WorkspaceRow
from bot.db.thanks import SqlThanks
from bot.db.times import SqlTimes
from bot.db.undelivered import Undelivered, read_undelivered
from bot.db.upsert import insert_new
from bot.db.urls import database_url
from bot.db.waking import NEXT_WAKE
from bot.domain.trouble import StoreError, Trouble, UncertainError

_W = WorkspaceRow.__table__.c

_LONG_AGO = datetime.min.replace(tzinfo=UTC)

POOL_SIZE = 40
"""All threads that may hold a transaction: web and socket, heartbeat, dispatcher, senders."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Workspace:
    """A workspace that the store knows."""

    id: int
    team_id: str
    enterprise_id: str | None


class SqlUnitOfWork:
    """The port `UnitOfWork`: the repositories of one workspace on one connection."""

    def __init__(self, connection: Connection, workspace: int, *, writes: bool) -> None:
        self.workspace = workspace
        self.members = SqlMembers(connection, workspace)
        self.expectations = SqlExpectations(connection, workspace)
        self.goals = SqlGoals(connection, workspace)
        self.channels = SqlChannels(connection, workspace)
        self.messages = SqlMessages(connection, workspace)
        self.inbox = SqlInbox(connection, workspace, writes)
        self.thanks = SqlThanks(connection, workspace)
        self.own_words = SqlOwnWords(connection, workspace)
        self.asides = SqlAsides(connection, workspace)
        self.between = SqlBetween(connection, workspace)
        self.learnt = SqlLearnt(connection, workspace)
        self.opinions = SqlOpinions(connection, workspace)
        self.carried = SqlCarried(connection, workspace)
        self.charters = SqlCharters(connection, workspace)
        self.pulse = SqlPulse(connection, workspace)
        self.figures = SqlFigures(connection, workspace)
        self.times = SqlTimes(connection, workspace)
        self.export = SqlExport(connection, workspace)
        self.forgetting = SqlForgetting(connection, workspace, self.expectations.flush)


class SqlStore:
    """The port `Store`, safe to share among threads; all it remembers is the workspaces' ids.

    `one_writer` is SQLite's: its file takes one writer, and threads that queue for it here are
    served ten times faster than those that wait in the database.
    """

    def __init__(
        self,
        writer: Engine,
        reader: Engine,
        one_writer: AbstractContextManager[object],
    ) -> None:
        self._writer = writer
        self._reader = reader
        self._one_writer = one_writer
        self._ids: dict[tuple[str, str | None], int] = {}

    def workspace(self, team_id: str, enterprise_id: str | None = None) -> int:
        """Return the workspace's id; make its rows where they are missing."""
        known = self._ids.get((team_id, enterprise_id))
        if known is not None:
            return known
        with named_failures(), self._writing() as connection:
            made = _ensure_workspace(connection, team_id, enterprise_id)
        self._ids[team_id, enterprise_id] = made
        return made

    def workspaces(self) -> list[Workspace]:
        """Return all workspaces, the first one first."""
        with self._reader.begin() as connection:
            rows = connection.execute(select(*_W).order_by(_W.id))
            return [
                Workspace(id=row.id, team_id=row.team_id, enterprise_id=row.enterprise_id)
                for row in rows
            ]

    @contextmanager
    def write(self, workspace: int) -> Iterator[SqlUnitOfWork]:
        """Begin a transaction that may write; commit it, or roll it back on an exception.

        Raise StoreError where the database failed and nothing is saved. Where the answer to the
        COMMIT was lost, that is found out: all is well, StoreError, or UncertainError.
        """
        ending = False
        keys: list[str] = []
        with named_failures():
            try:
                with self._writing() as connection:
                    unit = SqlUnitOfWork(connection, workspace, writes=True)
                    keys = unit.inbox.recorded
                    yield unit
                    unit.expectations.flush()
                    ending = True
            except SQLAlchemyError as error:
                if not (ending and is_lost(error)):
                    raise
                if not self._was_committed(workspace, keys, error):
                    raise

    @contextmanager
    def read(self, workspace: int) -> Iterator[SqlUnitOfWork]:
        """Begin a transaction that sees one state throughout and may not write."""
        with named_failures(), self._reader.begin() as connection:
            yield SqlUnitOfWork(connection, workspace, writes=False)

    def next_wake(self, after: datetime | None = None) -> datetime | None:
        """Return the earliest stored time at which a list, clock, summary or message is due.

        Messages that are due at `after` are left out: when they go is for the sender to say.
        """
        with self._reader.begin() as connection:
            times = connection.execute(NEXT_WAKE, {"after": after or _LONG_AGO}).one()
        return min((at for at in times if at is not None), default=None)

    def probe(self) -> None:
        """Raise StoreError where the database cannot be had, or takes no changes."""
        with named_failures(), self._writing() as connection:
            if connection.dialect.name == "postgresql":
                taken = connection.scalar(select(func.current_setting("transaction_read_only")))
                if taken == "on":
                    raise StoreError(Trouble.READ_ONLY, "transactions are read-only")

    def outbox(self, at: datetime) -> Outbox:
        """Return how the outbox stands, over all workspaces."""
        with self._reader.begin() as connection:
            return read_outbox(connection, at)

    def undelivered(self, since: datetime) -> list[Undelivered]:
        """Count posts and Homes since a moment that reached nobody, or cannot yet, by why."""
        with self._reader.begin() as connection:
            return read_undelivered(connection, since)

    def examine(self) -> Iterator[Finding]:
        """Yield what is broken, in one transaction; it ends when the last one was read."""
        with self._reader.begin() as connection:
            yield from examine(connection)

    def close(self) -> None:
        """Close all connections."""
        self._writer.dispose()
        self._reader.dispose()

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with self._one_writer, self._writer.connect() as connection:
            with connection.begin():
                yield connection
                forget_warnings(connection)
            refuse_warned(connection)

    def _was_committed(self, workspace: int, keys: list[str], error: SQLAlchemyError) -> bool:
        """Look whether the keys of a transaction are there. Raise UncertainError if nobody can say.

        One without a key is fenced or may be repeated.
        """
        try:
            if keys:
                with self._writing() as connection:
                    inbox = SqlInbox(connection, workspace, writes=True)
                    return all(inbox.was_recorded(key) for key in keys)
        except SQLAlchemyError as another:
            error = another
        raise UncertainError(Trouble.GONE, first_line(error)) from error


class _Turns:
    """One thread at a time; who has waited too long goes, and others get their turn.

    Re-entrant, so that one write within another fails (there is one connection) and does not wait
    for itself.
    """

    def __init__(self) -> None:
        self._lock = threading.RLock()

    def __enter__(self) -> None:
        if not self._lock.acquire(timeout=POOL_TIMEOUT):
            raise PoolTimeoutError("others are writing")

    def __exit__(self, *_: object) -> None:
        self._lock.release()


def open_store(url: str, *, pool_size: int = POOL_SIZE) -> SqlStore:
    """Open the store that a URL names; its tables are there already (`bot.db.migrate`)."""
    where = database_url(url)
    if is_sqlite(where):
        return SqlStore(
            sqlite_engine(where, begin="BEGIN IMMEDIATE", pool_size=1),
            sqlite_engine(where, begin="BEGIN", pool_size=pool_size, read_only=True),
            _Turns(),
        )
    engine = postgres_engine(where, pool_size=pool_size)
    reader = engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    return SqlStore(engine, reader, nullcontext())


def _ensure_workspace(connection: Connection, team_id: str, enterprise_id: str | None) -> int:
    values = {"team_id": team_id, "enterprise_id": enterprise_id}
    connection.execute(insert_new(connection, WorkspaceRow, "team_id"), values)
    # Not FOR UPDATE: who holds a counter, which is waited for below, may still have to refer to it.
    locked = select(*_W).where(_W.team_id == team_id).with_for_update(key_share=True)
    row = connection.execute(locked).one()
    if enterprise_id not in {None, row.enterprise_id}:
        connection.execute(
            update(WorkspaceRow).where(_W.id == row.id).values(enterprise_id=enterprise_id)
        )
    counters = [{"workspace": row.id, "kind": kind, "next": 1} for kind in KINDS]
    connection.execute(insert_new(connection, CounterRow), counters)
    return int(row.id)
