"""A consistent copy of the database, made while others write to it."""

import os
import shlex
import shutil
import sqlite3
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import URL

from bot.db.connecting import is_sqlite
from bot.db.urls import DatabaseUrlError, database_url

_SECRETS = ("password", "sslpassword", "passfile")
_LOGS = ("-wal", "-journal")


class BackupError(Exception):
    """No copy was made; the message says in one line what to do."""


def back_up(url: str, to: Path, *, force: bool = False) -> None:
    """Copy a database into a file, as it is at one instant; PostgreSQL's is made by `pg_dump`.

    The file has its name only once it is whole and on the disk; a file that is there is replaced
    with `force` only. Raise BackupError, also where `pg_dump` is not at hand.
    """
    try:
        where = database_url(url)
    except DatabaseUrlError as error:
        raise BackupError(f"DATABASE_URL cannot be used: {error}") from error
    source = Path(str(where.database)) if is_sqlite(where) else None
    if source is None:
        command = dump_command(where, to)
        if shutil.which("pg_dump") is None or "sslpassword" in where.query:
            raise BackupError(f"PostgreSQL makes the copy itself: {shlex.join(command)}")
    elif not source.is_file():
        raise BackupError("DATABASE_URL names a file that is not there")
    try:
        _refuse(source, to, force=force)
        with _whole(to) as part:
            if source is None:
                _dump(where, part)
            else:
                _copy(source, part)
    except (OSError, sqlite3.Error) as error:
        raise BackupError(f"no copy was made: {error}") from error


def dump_command(url: URL, to: Path) -> tuple[str, ...]:
    """Return the command that copies a PostgreSQL database, without its password."""
    open_url = URL.create(
        "postgresql", url.username, None, url.host, url.port, url.database, url.query
    ).difference_update_query(_SECRETS)
    return "pg_dump", "--format=custom", f"--file={to}", str(open_url)


def _refuse(source: Path | None, to: Path, *, force: bool) -> None:
    logs = [log for log in (to.with_name(to.name + end) for end in _LOGS) if log.exists()]
    if not to.exists():
        if logs:
            # It would be read as one of the copy's, and destroy it.
            raise BackupError(f"{logs[0]} is there, the log of another database: name another file")
        return
    if source is not None and to.samefile(source):
        raise BackupError(f"{to} is the database itself: name another file")
    if not force:
        raise BackupError(f"{to} is there already: name another file, or add --force")
    if logs:
        raise BackupError(f"{to} is a database in use: name another file")


@contextmanager
def _whole(to: Path) -> Iterator[Path]:
    """Give another name beside it to write to, its owner's alone; rename what is whole."""
    handle, name = tempfile.mkstemp(prefix=f"{to.name}.", suffix=".part", dir=to.parent)
    os.close(handle)
    part = Path(name)
    try:
        yield part
        _to_disk(part)
        part.replace(to)
        _to_disk(to.parent)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def _copy(source: Path, part: Path) -> None:
    with (
        closing(sqlite3.connect(f"{source.resolve().as_uri()}?mode=rw", uri=True)) as database,
        closing(sqlite3.connect(part)) as copy,
    ):
        database.backup(copy)  # all pages in one step: writers neither wait nor restart it
        copy.execute("PRAGMA journal_mode = DELETE")  # one file, without a log beside it


def _dump(url: URL, part: Path) -> None:
    """Have `pg_dump` write the copy; what is secret it reads from its environment."""
    secrets = {
        "PGPASSWORD": url.password or url.query.get("password"),
        "PGPASSFILE": url.query.get("passfile"),
    }
    given = {name: str(value) for name, value in secrets.items() if value}
    command, *rest = dump_command(url, part)
    done = subprocess.run(  # noqa: S603 - a fixed command, and no shell
        [command, "--no-password", *rest],
        env=os.environ | given,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        first = done.stderr.strip().partition("\n")[0]
        raise BackupError(f"no copy was made: {first or f'pg_dump ended with {done.returncode}'}")


def _to_disk(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
