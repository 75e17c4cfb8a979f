"""Whether the database can be had, in one line for people."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path

from alembic.util import CommandError
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from bot.db.check import Finding
from bot.db.connecting import is_sqlite
from bot.db.engine import SqlStore, open_store
from bot.db.migrate import Revisions, revisions, upgrade
from bot.db.outbox import Outbox
from bot.db.urls import DatabaseUrlError, database_url
from bot.domain.trouble import StoreError


class DatabaseError(Exception):
    """The database cannot be had; the message says in one line what to look at."""


def open_migrated(url: str) -> SqlStore:
    """Bring the tables up to date and open the store. Raise DatabaseError."""
    with _worded():
        upgrade(url)
        return open_store(url)


def open_existing(url: str) -> SqlStore:
    """Open a store whose tables are up to date, without changing it. Raise DatabaseError."""
    state = schema(url)
    if state.current is None:
        raise DatabaseError("DATABASE_URL names a database without tables: start `winwin run` once")
    if not state.up_to_date:
        raise DatabaseError("the database is of another version: run `winwin db upgrade` first")
    return open_store(url)


def schema(url: str) -> Revisions:
    """Return how far the tables are; a SQLite file that is not there is not made."""
    with _worded():
        where = database_url(url)
        if is_sqlite(where) and not Path(str(where.database)).is_file():
            return Revisions(current=None, head="")
        return revisions(url)


def late_by(store: SqlStore, at: datetime) -> float | None:
    """Return for how many seconds the first of what is due has waited.

    None: the database does not answer, or takes no changes.
    """
    try:
        store.probe()
        wake = store.next_wake()
    except (StoreError, SQLAlchemyError):
        return None
    return 0.0 if wake is None else max((at - wake).total_seconds(), 0.0)


def outbox(store: SqlStore, at: datetime) -> Outbox | None:
    """Return how the outbox stands; None where the database does not answer."""
    try:
        return store.outbox(at)
    except SQLAlchemyError:
        return None


def findings(url: str) -> Iterator[Finding]:
    """Yield what is broken in a database whose tables are up to date. Raise DatabaseError."""
    with closing(open_existing(url)) as store, _worded():
        yield from store.examine()


@contextmanager
def _worded() -> Iterator[None]:
    try:
        yield
    except DatabaseUrlError as error:
        raise DatabaseError(f"DATABASE_URL cannot be used: {error}") from error
    except CommandError as error:
        raise DatabaseError(f"the database is of another version of Winwin: {error}") from error
    except (SQLAlchemyError, OSError) as error:
        said = error.orig if isinstance(error, DBAPIError) else error
        first = str(said).strip().partition("\n")[0]
        raise DatabaseError(f"DATABASE_URL cannot be used: {first}") from error
