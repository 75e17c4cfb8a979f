"""Insert, or on the same key update: both databases know it, each by its own construct."""

from functools import cache
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.dialects import postgresql, sqlite

from bot.db.tables import Base

Insert = postgresql.Insert | sqlite.Insert


def insert(connection: Connection, table: type[Base]) -> Insert:
    """Return the database's own insert, which knows ON CONFLICT."""
    return _insert(connection.dialect.name, table)


def insert_new(connection: Connection, table: type[Base], *key: str) -> Insert:
    """Return an insert that leaves a row with the same key as it is."""
    return _insert_new(connection.dialect.name, table, key)


def upsert(connection: Connection, table: type[Base], *key: str) -> Insert:
    """Return an insert that overwrites all but the key of a row with the same key."""
    return _upsert(connection.dialect.name, table, key)


def _insert(dialect: str, table: type[Base]) -> Insert:
    return sqlite.insert(table) if dialect == "sqlite" else postgresql.insert(table)


@cache
def _insert_new(dialect: str, table: type[Base], key: tuple[str, ...]) -> Insert:
    return _insert(dialect, table).on_conflict_do_nothing(index_elements=key)


@cache
def _upsert(dialect: str, table: type[Base], key: tuple[str, ...]) -> Insert:
    statement = _insert(dialect, table)
    changed: dict[str, Any] = {
        column.name: statement.excluded[column.name]
        for column in table.__table__.columns
        if column.name not in key
    }
    return statement.on_conflict_do_update(index_elements=key, set_=changed)
