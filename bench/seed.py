"""Many expectations: real ones, lived through by the use cases, and copied by the database."""

import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from functools import cached_property
from itertools import count
from typing import Any

from sqlalchemy import Boolean, Column, Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.schema import CreateIndex

from bench import outbox
from bench.commands import CHANNEL
from bench.places import Places
from bench.rows import Row, Rows, all_rows, connected
from bench.use_cases import UseCases, use_cases
from bot.db.tables import Base
from bot.db.types import UtcTime
from bot.domain.conversation import Details
from bot.domain.expectation import Action

GROUP = 20
"""So many people work with each other; copies give them other ids, group by group."""

EACH = 12
"""So many open ones each person owns, and as many they asked for."""

OPEN, CLOSED = GROUP * EACH, 100
"""Expectations in what is copied: the open ones once a group, the closed ones over and over."""

_WEEKS = 100
"""Closed ones are spread over so many weeks before this one."""

_SCALED = ("expectation", "terms", "report", "event", "message", "message_subject", "attempt")
_PEOPLE = {"owner", "requester", "author", "actor", "to", "user", "pending_author", "question_by"}
_IDS = {"id", "slot"}
_DAYS = {"due", "finished_on"}


def member(group: int, number: int) -> str:
    """Return the user id of somebody in a group."""
    return f"U{group:03}{number:02}"


def channel(group: int) -> str:
    """Return the id of a group's channel."""
    return f"{CHANNEL}{group:03}"


class Seed:
    """Lives to copy: what is open in one group, and what is closed."""

    def __init__(self, made: Places) -> None:
        self._made = made

    @cached_property
    def open(self) -> Rows:
        """The rows of a group whose people each own 12 open ones and are owed as many."""
        return self._lived(_open_lives)

    @cached_property
    def closed(self) -> Rows:
        """The rows of what was asked, agreed, reported and confirmed."""
        return self._lived(_closed_lives)

    def fill(self, url: str, expectations: int, groups: int, *, weeks: int = _WEEKS) -> None:
        """Fill an empty database with so many expectations of so many groups."""
        with use_cases(url):  # makes the workspace
            pass
        with closing(connected(url)) as connection:
            _Copier(connection).fill(self.open, self.closed, expectations, groups, weeks)

    def _lived(self, live: Callable[[UseCases], None]) -> Rows:
        url = self._made.migrated("sqlite")
        with use_cases(url) as cases:
            live(cases)
            outbox.drain(cases, [], 10 * OPEN)
        rows = all_rows(url)
        self._made.drop(url)
        return rows


def _open_lives(cases: UseCases) -> None:
    for by in range(GROUP):
        for step in range(1, EACH + 1):
            owner = member(0, (by + step) % GROUP)
            number = cases.ask(member(0, by), owner)
            if step % 4:
                cases.act(owner, number, Action.ACCEPT)


def _closed_lives(cases: UseCases) -> None:
    for turn in range(CLOSED):
        by, owner = member(0, turn % GROUP), member(0, (turn * 7 + 3) % GROUP)
        if by == owner:
            owner = member(0, (turn + 1) % GROUP)
        number = cases.ask(by, owner)
        if turn % 10 == 0:
            cases.act(owner, number, Action.DECLINE)
            continue
        cases.act(owner, number, Action.ACCEPT)
        if turn % 10 == 1:
            cases.act(owner, number, Action.CANNOT, Details(note="the printer is broken"))
        else:
            cases.act(owner, number, Action.DONE)
            cases.act(by, number, Action.CONFIRM)


class _Copier:
    """Copies lives within one database, by one statement a table."""

    def __init__(self, connection: Any) -> None:  # noqa: ANN401 - either driver's
        self._run: Callable[..., Any] = connection.execute
        self._many: Callable[[str, Sequence[Any]], Any] = (
            connection.executemany
            if isinstance(connection, sqlite3.Connection)
            else lambda statement, rows: connection.cursor().executemany(statement, rows)
        )
        self._is_sqlite = isinstance(connection, sqlite3.Connection)
        self._mark = "?" if self._is_sqlite else "%s"

    def fill(self, open_: Rows, closed: Rows, expectations: int, groups: int, weeks: int) -> None:
        """Write everything, and let the database know how much there is."""
        # What is copied is whole, so keys need no checking; nothing is lost if it has to be redone.
        for setting in (
            (
                "foreign_keys = OFF",
                "journal_mode = OFF",
                "synchronous = OFF",
                "cache_size = -400000",
            )
            if self._is_sqlite
            else ("session_replication_role = replica", "synchronous_commit = off")
        ):
            self._run(f"PRAGMA {setting}" if self._is_sqlite else f"SET {setting}")
        self._run("BEGIN")
        indexes = [one for name in _SCALED for one in Base.metadata.tables[name].indexes]
        for index in indexes:  # all at once at the end is faster
            self._run(f"DROP INDEX {index.name}")
        self._copies("open_copy", [(group * OPEN, group, 0) for group in range(groups)])
        first = groups * OPEN
        others = (expectations - first) // CLOSED
        self._copies(
            "closed_copy",
            [
                (first + copy * CLOSED, copy % groups, -7 * (copy // groups % weeks))
                for copy in range(others)
            ],
        )
        for name in _SCALED:
            table = Base.metadata.tables[name]
            self._copy(table, "open", open_)
            self._copy(table, "closed", closed)
        for name in ("member", "channel"):
            self._copy(Base.metadata.tables[name], "open", open_)
        self._run(f"UPDATE counter SET next = {expectations + 1} WHERE kind = 'expectation'")  # noqa: S608 - a number
        dialect = sqlite.dialect() if self._is_sqlite else postgresql.dialect()  # type: ignore[no-untyped-call]  # SQLAlchemy types it not
        for index in indexes:
            self._run(str(CreateIndex(index).compile(dialect=dialect)))
        self._run("COMMIT")
        if not self._is_sqlite:
            self._run("VACUUM ANALYZE")  # as autovacuum does; SQLite is left as the bot leaves it

    def _copies(self, name: str, copies: list[tuple[int, int, int]]) -> None:
        """Note where each copy's numbers begin, whose it is, and by how many days it is moved."""
        self._run(
            f"CREATE TEMP TABLE {name} (copy INTEGER, first INTEGER, team TEXT, days INTEGER)"
        )
        marks = ", ".join([self._mark] * 4)
        rows = [(at, first, f"{team:03}", days) for at, (first, team, days) in zip(count(), copies)]
        self._many(f"INSERT INTO {name} VALUES ({marks})", rows)  # noqa: S608 - our own names

    def _copy(self, table: Table, which: str, rows: Rows) -> None:
        """Copy a table's rows as often as there are copies."""
        found = list(rows[table.name].values())
        if not found:
            return
        lives = f"{which}_{table.name}"
        self._run(f'CREATE TEMP TABLE {lives} AS SELECT * FROM "{table.name}" WHERE 1 = 0')  # noqa: S608 - our own names
        names = ", ".join(f'"{column.name}"' for column in table.columns)
        marks = ", ".join([self._mark] * len(table.columns))
        values = [[self._value(column, row) for column in table.columns] for row in found]
        self._many(f"INSERT INTO {lives} ({names}) VALUES ({marks})", values)  # noqa: S608 - our own names
        copied = ", ".join(self._copied(table, column, which) for column in table.columns)
        self._run(
            f'INSERT INTO "{table.name}" ({names}) '  # noqa: S608 - our own names
            f"SELECT {copied} FROM {which}_copy AS c CROSS JOIN {lives} AS l"
        )

    def _value(self, column: Column[Any], row: Row) -> object:
        """Return a value of SQLite's as this database takes it."""
        value = row[column.name]
        is_flag = isinstance(column.type, Boolean) and value is not None
        return bool(value) if is_flag and not self._is_sqlite else value

    def _copied(self, table: Table, column: Column[Any], which: str) -> str:
        """Return what a copy has in a column."""
        name = f'l."{column.name}"'
        if column.name == "number" or (table.name, column.name) == ("counter", "next"):
            return f"{name} + c.first"
        if column.name in _PEOPLE:
            return f"'U' || c.team || substr({name}, 5)"
        if column.name in _IDS or column.name == "message":
            return f"'{which}' || CAST(c.copy AS TEXT) || '/' || {name}"
        if column.name == "channel" and table.name in {"expectation", "channel"}:
            return f"{name} || c.team"
        return name if which == "open" else self._moved(column, name)

    def _moved(self, column: Column[Any], name: str) -> str:
        """Return a time moved by the copy's days."""
        if isinstance(column.type, UtcTime):
            return self._moment(name)
        return self._day(name) if column.name in _DAYS else name

    def _moment(self, name: str) -> str:
        if self._is_sqlite:
            moved = f"strftime('%Y-%m-%dT%H:%M:%S', substr({name}, 1, 19), c.days || ' days')"
            return f"{moved} || substr({name}, 20)"
        return f"{name} + c.days * interval '1 day'"

    def _day(self, name: str) -> str:
        if self._is_sqlite:
            return f"date({name}, c.days || ' days')"
        return f"to_char(CAST({name} AS date) + c.days, 'YYYY-MM-DD')"
