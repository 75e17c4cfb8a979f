"""The rows that one command wrote, and a raw driver that writes the like of them."""

import json
import sqlite3
import uuid
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg.types.json import Json

from bot.db.tables import Base

Row = dict[str, Any]
Rows = dict[str, dict[tuple[Any, ...], Row]]
"""Of each table its rows by their keys."""

Renew = Callable[[int, Mapping[str, str]], Any]
"""Makes a value anew from the new number, and from new ids and keys by their old ones."""

_QUEUED = "counter"


def connected(url: str) -> "sqlite3.Connection | psycopg.Connection[Any]":
    """Open a connection by raw driver, as durable as ours, which begins no transaction itself."""
    if not url.startswith("sqlite:///"):
        return psycopg.connect(url, autocommit=True, options="-c timezone=UTC")
    connection = sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)
    for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"):
        connection.execute(f"PRAGMA {pragma}")
    return connection


def all_rows(url: str) -> Rows:
    """Read every row."""
    found: Rows = {}
    with closing(connected(url)) as connection:
        for table in Base.metadata.sorted_tables:
            key = [column.name for column in table.primary_key]
            cursor = connection.execute(f'SELECT * FROM "{table.name}"')  # noqa: S608 - our own tables
            names = [column[0] for column in cursor.description or ()]
            rows = (dict(zip(names, values, strict=True)) for values in cursor)
            found[table.name] = {tuple(row[name] for name in key): row for row in rows}
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What one command wrote: new rows, in an order that foreign keys allow."""

    inserted: tuple[tuple[str, Row], ...]
    changed: tuple[tuple[str, Row, Row], ...]  # table, row before, row after

    @classmethod
    def by(cls, url: str, command: Callable[[], object]) -> "Written":
        """Let something write, and see what."""
        before = all_rows(url)
        command()
        after = all_rows(url)
        inserted, changed = [], []
        for table, rows in after.items():
            for key, row in rows.items():
                old = before[table].get(key)
                if old is None:
                    inserted.append((table, row))
                elif old != row:
                    changed.append((table, old, row))
        return cls(inserted=tuple(inserted), changed=tuple(changed))

    def __str__(self) -> str:
        """Name the tables."""
        new = ", ".join(table for table, _ in self.inserted)
        return f"rows written: {new}; changed: {', '.join(table for table, *_ in self.changed)}"


class RawWriter:
    """Writes such rows again and again, each time with new keys, in one transaction."""

    def __init__(self, url: str, written: Written) -> None:
        self._connection = connected(url)
        is_sqlite = isinstance(self._connection, sqlite3.Connection)
        self._mark = "?" if is_sqlite else "%s"
        self._begin = "BEGIN IMMEDIATE" if is_sqlite else "BEGIN"
        self._number = next(
            row["number"] for table, row in written.inserted if table == "expectation"
        )
        inbox = next(row for table, row in written.inserted if table == "inbox")
        ids = [row["id"] for table, row in written.inserted if table == "message"]
        self._changing = {inbox["key"], *ids}
        self._numbered = f"E-{self._number}/"
        if [table for table, *_ in written.changed] != [_QUEUED]:
            raise RuntimeError(f"a command changes more than its counter: {written}")
        self._statements = [self._statement(table, row) for table, row in written.inserted]
        self._count = (
            f"UPDATE counter SET next = next + 1 WHERE workspace = {self._mark} "  # noqa: S608 - a placeholder
            f"AND kind = 'expectation' RETURNING next - 1"
        )
        self._workspace = written.changed[0][1]["workspace"]

    def write(self) -> None:
        """Write one command's rows."""
        run: Callable[..., Any] = self._connection.execute
        run(self._begin)
        number = run(self._count, (self._workspace,)).fetchone()[0]
        fresh = {old: uuid.uuid4().hex for old in self._changing}
        for statement, values, places in self._statements:
            row = list(values)
            for place, renew in places:
                row[place] = renew(number, fresh)
            run(statement, row)
        run("COMMIT")

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()

    def _statement(self, table: str, row: Row) -> tuple[str, list[Any], list[tuple[int, Renew]]]:
        """Return an insert, its values, and which of them are new each time."""
        names = ", ".join(f'"{name}"' for name in row)
        marks = ", ".join(self._mark for _ in row)
        values = [
            Json(value) if isinstance(value, dict | list) else value for value in row.values()
        ]
        places = [
            (place, renew)
            for place, (name, value) in enumerate(row.items())
            if (renew := self._renewing(name, value)) is not None
        ]
        return f'INSERT INTO "{table}" ({names}) VALUES ({marks})', values, places  # noqa: S608 - our own tables

    def _renewing(self, name: str, value: object) -> Renew | None:
        if name == "number" and value == self._number:
            return lambda number, _: number
        if isinstance(value, str) and value in self._changing:
            return lambda _, fresh: fresh[value]
        if isinstance(value, str) and value.startswith(self._numbered):
            rest = value.removeprefix(self._numbered)
            return lambda number, _: f"E-{number}/{rest}"
        answer = json.loads(value) if isinstance(value, str) and name == "answer" else value
        if name == "answer" and answer == {"numbers": str(self._number)}:
            if isinstance(value, str):
                return lambda number, _: f'{{"numbers": "{number}"}}'
            return lambda number, _: Json({"numbers": str(number)})
        return None
