"""A consistent copy of the database, made while others write to it."""

import os
import shlex
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

from sqlalchemy import URL

from bot.db.connecting import is_sqlite
from bot.db.urls import DatabaseUrlError, database_url

_SECRETS = ("password", "sslpassword", "passfile")


class BackupError(Exception):
    """No copy was made; the message says in one line what to do."""


def back_up(url: str, to: Path, *, force: bool = False) -> None:
    """Copy a SQLite database into a file, as it is at one instant.

    The file has its name only once it is whole and on the disk; a file that is there is replaced
    with `force` only. Raise BackupError, also for PostgreSQL, whose own command makes the copy.
    """
    try:
        where = database_url(url)
    except DatabaseUrlError as error:
        raise BackupError(f"DATABASE_URL cannot be used: {error}") from error
    if not is_sqlite(where):
        raise BackupError(f"PostgreSQL makes the copy itself: {dump_command(where, to)}")
    source = Path(str(where.database))
    if not source.is_file():
        raise BackupError("DATABASE_URL names a file that is not there")
    try:
        _refuse(source, to, force=force)
        _copy(source, to)
    except (OSError, sqlite3.Error) as error:
        raise BackupError(f"no copy was made: {error}") from error


def dump_command(url: URL, to: Path) -> str:
    """Return the command that copies a PostgreSQL database; pg_dump asks for the password."""
    open_url = URL.create(
        "postgresql", url.username, None, url.host, url.port, url.database, url.query
    ).difference_update_query(_SECRETS)
    return shlex.join(("pg_dump", "--format=custom", f"--file={to}", str(open_url)))


def _refuse(source: Path, to: Path, *, force: bool) -> None:
    if not to.exists():
        return
    if to.samefile(source):
        raise BackupError(f"{to} is the database itself: name another file")
    if not force:
        raise BackupError(f"{to} is there already: name another file, or add --force")
    if to.with_name(f"{to.name}-wal").exists():
        # Its log would be read as one of the copy's, and destroy it.
        raise BackupError(f"{to} is a database in use: name another file")


def _copy(source: Path, to: Path) -> None:
    """Copy under another name beside it, and rename what is whole."""
    handle, name = tempfile.mkstemp(prefix=f"{to.name}.", suffix=".part", dir=to.parent)
    os.close(handle)
    part = Path(name)
    try:
        with (
            closing(sqlite3.connect(f"{source.resolve().as_uri()}?mode=rw", uri=True)) as database,
            closing(sqlite3.connect(part)) as copy,
        ):
            database.backup(copy)  # all pages in one step: writers neither wait nor restart it
            copy.execute("PRAGMA journal_mode = DELETE")  # one file, without a log beside it
        _to_disk(part)
        part.replace(to)
        _to_disk(to.parent)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def _to_disk(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
