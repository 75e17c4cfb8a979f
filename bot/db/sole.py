"""Who serves a SQLite file: one process at a time, held to that by a lock which ends with it."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from bot.db.connecting import is_sqlite
from bot.db.health import DatabaseError
from bot.db.urls import DatabaseUrlError, database_url


class InUseError(DatabaseError):
    """Another process serves the file."""


@contextmanager
def sole_process(url: str) -> Iterator[None]:
    """Hold a SQLite file for this process; PostgreSQL takes as many as come.

    The lock is an open transaction on an empty SQLite file beside it: it holds on every system and
    file system on which the database's own locks do, and ends with the process, however that ends.
    The file stays, and means nothing by itself. Raise InUseError, or DatabaseError where the folder
    cannot be written.
    """
    try:
        where = database_url(url)
    except DatabaseUrlError as error:
        raise DatabaseError(f"DATABASE_URL cannot be used: {error}") from error
    if not is_sqlite(where):
        yield
        return
    path = Path(str(where.database))
    beside = path.resolve()  # two names of one file are one lock
    with closing(_locked(path, beside.with_name(f"{beside.name}.lock"))):
        yield


def _locked(path: Path, lock: Path) -> sqlite3.Connection:
    try:
        held = sqlite3.connect(lock, timeout=0, isolation_level=None, check_same_thread=False)
    except sqlite3.Error as error:
        raise DatabaseError(f"DATABASE_URL cannot be used: {lock}: {error}") from error
    try:
        held.execute("BEGIN EXCLUSIVE")
    except sqlite3.OperationalError as error:
        held.close()
        if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
            raise DatabaseError(f"DATABASE_URL cannot be used: {lock}: {error}") from error
        raise InUseError(
            f"another process serves {path}, and SQLite takes one: stop that one, "
            "or let several share a PostgreSQL"
        ) from error
    return held
