"""What the database holds, read from its tables and not through the bot."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import ColumnElement, create_engine, select, update

from bot.db.tables import (
    Base,
    CounterRow,
    EventRow,
    ExpectationRow,
    HeldRow,
    MemberRow,
    MessageRow,
    TermsRow,
)
from bot.db.urls import database_url

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import RowMapping
    from sqlalchemy.orm import InstrumentedAttribute


class Ledger:
    """Reads the rows of the one workspace that a world has."""

    def __init__(self, url: str) -> None:
        self._engine = create_engine(database_url(url), isolation_level="AUTOCOMMIT")
        self._connection = self._engine.connect()
        self._is_sqlite = self._engine.dialect.name == "sqlite"
        self._blank = sqlite3.connect(":memory:")

    def close(self) -> None:
        """Close the connections."""
        self._blank.close()
        self._connection.close()
        self._engine.dispose()

    def remember(self) -> None:
        """Keep what the database holds now, for `forget`."""
        if self._is_sqlite:
            self._file().backup(self._blank)

    def forget(self) -> None:
        """Hold again what was remembered: a workspace in which nothing has happened."""
        if self._is_sqlite:
            self._blank.backup(self._file())
            return
        names = ", ".join(
            f'"{table.name}"'
            for table in Base.metadata.sorted_tables
            if table.name not in {"workspace", "counter"}
        )
        self._connection.exec_driver_sql(f"TRUNCATE {names}")
        self._connection.execute(update(CounterRow).values(next=1))

    def _file(self) -> sqlite3.Connection:
        return cast("sqlite3.Connection", self._connection.connection.dbapi_connection)

    def expectations(self) -> Sequence[RowMapping]:
        """Return all expectations."""
        return self._all(ExpectationRow, ExpectationRow.number)

    def events(self) -> Sequence[RowMapping]:
        """Return all events, those of one expectation in order."""
        return self._all(EventRow, EventRow.at, EventRow.number, EventRow.seq)

    def terms(self) -> Sequence[RowMapping]:
        """Return all versions of all terms."""
        return self._all(TermsRow, TermsRow.number, TermsRow.version)

    def due_of(self, number: int, version: int) -> str:
        """Return the due that terms name."""
        return next(str(row["due"]) for row in self.terms() if _is(row, number, version))

    def rrule_of(self, number: int) -> str | None:
        """Return how the first terms recur."""
        rules = [row["rrule"] for row in self.terms() if _is(row, number, 1)]
        return rules[0] and str(rules[0])

    def messages(self) -> Sequence[RowMapping]:
        """Return all messages."""
        return self._all(MessageRow, MessageRow.created_at, MessageRow.id)

    def held(self) -> Sequence[RowMapping]:
        """Return all held notices."""
        return self._all(HeldRow, HeldRow.since)

    def members(self) -> dict[str, RowMapping]:
        """Return the members by user."""
        return {row["user"]: row for row in self._all(MemberRow, MemberRow.user)}

    def _all(self, table: type[Base], *order: InstrumentedAttribute[Any]) -> Sequence[RowMapping]:
        columns: list[ColumnElement[Any]] = list(table.__table__.c)
        return self._connection.execute(select(*columns).order_by(*order)).mappings().all()


def _is(row: RowMapping, number: int, version: int) -> bool:
    return (row["number"], row["version"]) == (number, version)
