"""Insert, or on the same key update: both databases know it, each by its own construct."""

from functools import cache
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.dialects import postgresql, sqlite

from bot.db.tables import Base

Insert = postgresql.Insert | sqlite.Insert


def insert_new(connection: Connection, table: type[Base], *key: str) -> Insert:
    """Return an insert that leaves a row with the same key (its primary one) as it is."""
    return _insert_new(connection.dialect.name, table, key or _primary_key(table))


def upsert(connection: Connection, table: type[Base]) -> Insert:
    """Return an insert that overwrites all but the key of a row that is there."""
    return _upsert(connection.dialect.name, table)


def fill_in(connection: Connection, table: type[Base], column: str) -> Insert:
    """Return an insert that of a row that is there changes one column only."""
    return _fill_in(connection.dialect.name, table, column)


def insert_into(dialect: str, table: type[Base]) -> Insert:
    """Return the database's own insert, which knows ON CONFLICT."""
    return sqlite.insert(table) if dialect == "sqlite" else postgresql.insert(table)


def _primary_key(table: type[Base]) -> tuple[str, ...]:
    return tuple(column.name for column in table.__table__.primary_key)


@cache
def _insert_new(dialect: str, table: type[Base], key: tuple[str, ...]) -> Insert:
    return insert_into(dialect, table).on_conflict_do_nothing(index_elements=key)


@cache
def _upsert(dialect: str, table: type[Base]) -> Insert:
    statement, key = insert_into(dialect, table), _primary_key(table)
    changed: dict[str, Any] = {
        column.name: statement.excluded[column.name]
        for column in table.__table__.columns
        if column.name not in key
    }
    return statement.on_conflict_do_update(index_elements=key, set_=changed)


@cache
def _fill_in(dialect: str, table: type[Base], column: str) -> Insert:
    statement = insert_into(dialect, table)
    new = statement.excluded[column]
    return statement.on_conflict_do_update(
        index_elements=_primary_key(table),
        set_={column: new},
        where=table.__table__.c[column].is_distinct_from(new),
    )
