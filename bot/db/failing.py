"""How databases fail, in the services' words."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from bot.domain.trouble import StoreError, Trouble

_SQLITE = {
    sqlite3.SQLITE_BUSY: Trouble.BUSY,
    sqlite3.SQLITE_LOCKED: Trouble.BUSY,
    sqlite3.SQLITE_PERM: Trouble.READ_ONLY,
    sqlite3.SQLITE_READONLY: Trouble.READ_ONLY,
    sqlite3.SQLITE_FULL: Trouble.FULL,
    sqlite3.SQLITE_CANTOPEN: Trouble.GONE,
    sqlite3.SQLITE_IOERR: Trouble.BROKEN,
    sqlite3.SQLITE_CORRUPT: Trouble.BROKEN,
    sqlite3.SQLITE_NOTADB: Trouble.BROKEN,
}
_PRIMARY = 0xFF  # of an extended result code

READ_ONLY = "25006"
_POSTGRES = {
    "40001": Trouble.CROSSED,  # serialization_failure
    "40P01": Trouble.CROSSED,  # deadlock_detected
    "55P03": Trouble.BUSY,  # lock_not_available
    "57014": Trouble.BUSY,  # query_canceled, by a time-out
    READ_ONLY: Trouble.READ_ONLY,
    "53100": Trouble.FULL,
}
_POSTGRES_CLASSES = {
    "08": Trouble.GONE,  # connection exceptions
    "53": Trouble.BUSY,  # insufficient resources
    "57": Trouble.GONE,  # operator intervention: shutting down, starting up
    "58": Trouble.BROKEN,  # system errors
    "XX": Trouble.BROKEN,  # damaged data
}


class MovedError(SQLAlchemyError):
    """SQLite's file was deleted or replaced: what is written into the old one is lost."""


class UnreplicatedError(SQLAlchemyError):
    """PostgreSQL stopped waiting for its standby: a COMMIT may be lost with the primary."""


@contextmanager
def named_failures() -> Iterator[None]:
    """Raise StoreError where the database failed; bugs of ours stay what they are."""
    try:
        yield
    except SQLAlchemyError as error:
        trouble = _trouble(error)
        if trouble is None:
            raise
        raise StoreError(trouble, first_line(error)) from error


def is_lost(error: SQLAlchemyError) -> bool:
    """Tell whether a COMMIT that raised this may have happened all the same.

    SQLite's errors are definite, and so is what PostgreSQL itself says.
    """
    if isinstance(error, UnreplicatedError):
        return True
    return isinstance(error, DBAPIError) and error.connection_invalidated


def first_line(error: SQLAlchemyError) -> str:
    """Return what the database said, without the statement; values were never in it."""
    said = error.orig if isinstance(error, DBAPIError) else error
    return str(said).strip().partition("\n")[0]


def _trouble(error: SQLAlchemyError) -> Trouble | None:
    if isinstance(error, PoolTimeoutError):
        return Trouble.BUSY
    if isinstance(error, MovedError | UnreplicatedError):
        return Trouble.GONE
    if not isinstance(error, DBAPIError):
        return None
    if isinstance(error.orig, sqlite3.Error):
        code = getattr(error.orig, "sqlite_errorcode", None)  # none where Python refused by itself
        return None if code is None else _SQLITE.get(code & _PRIMARY)
    state = getattr(error.orig, "sqlstate", None)
    if state is None:  # no server said it: the connection was lost, or not made
        lost = isinstance(error, OperationalError) or error.connection_invalidated
        return Trouble.GONE if lost else None
    found = _POSTGRES.get(state) or _POSTGRES_CLASSES.get(state[:2])
    return Trouble.GONE if found is None and error.connection_invalidated else found
