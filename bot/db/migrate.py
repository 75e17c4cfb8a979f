"""Bringing a database's tables up to date: at start, under a lock, before anything is served."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, text

from bot.db.connecting import is_sqlite, postgres_engine, sqlite_engine
from bot.db.urls import database_url

PATIENCE = 60.0  # seconds that a second starter waits for the first one's migrations on SQLite
_LOCK = 0x57494E57  # of ours among PostgreSQL's advisory locks


@dataclass(frozen=True, slots=True, kw_only=True)
class Revisions:
    """Which migration a database is at (None: no tables yet), and which is the newest."""

    current: str | None
    head: str | None

    @property
    def up_to_date(self) -> bool:
        """Tell whether nothing is to be done."""
        return self.current == self.head


def upgrade(url: str) -> None:
    """Run the missing migrations; of several that start at once, one does and the others wait."""
    if revisions(url).up_to_date:
        return
    with _connected(url, begin="BEGIN IMMEDIATE") as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        command.upgrade(configuration(connection), "head")


def revisions(url: str) -> Revisions:
    """Read which migration the database is at, without changing it."""
    head = ScriptDirectory.from_config(configuration()).get_current_head()
    where = database_url(url)
    if is_sqlite(where) and not Path(where.database or "").exists():
        return Revisions(current=None, head=head)
    with _connected(url, begin="BEGIN") as connection:
        current = MigrationContext.configure(connection).get_current_revision()
    return Revisions(current=current, head=head)


def configuration(connection: Connection | None = None) -> Config:
    """Return Alembic's settings, with the connection that the migrations are to use."""
    config = Config()
    config.set_main_option("script_location", str(_migrations()).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def _migrations() -> Path:
    """Return where the migrations are: in the package of a wheel, else beside it."""
    package = Path(__file__).resolve().parent.parent
    inside = package / "migrations"
    return inside if inside.is_dir() else package.parent / "migrations"


@contextmanager
def _connected(url: str, *, begin: str) -> Iterator[Connection]:
    engine = _engine(url, begin)
    try:
        with engine.begin() as connection:
            yield connection
    finally:
        engine.dispose()


def _engine(url: str, begin: str) -> Engine:
    """Return an engine for one connection; SQLite rebuilds tables, so keys rest meanwhile."""
    where = database_url(url)
    if is_sqlite(where):
        return sqlite_engine(
            where,
            begin=begin,
            pool_size=1,
            foreign_keys=False,
            busy_timeout=PATIENCE,
            may_make=True,
        )
    return postgres_engine(where, pool_size=1, lock_timeout=0)
