"""Engines: how connections are opened and transactions begun, on each database."""

from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry

BUSY_TIMEOUT = 1.5  # seconds that SQLite waits for another process
LOCK_TIMEOUT = 2.0  # seconds that PostgreSQL waits for a lock: a person's press waits for it
POOL_TIMEOUT = 2.0  # seconds that a thread waits for a free connection


def is_sqlite(url: URL) -> bool:
    """Tell which of the two databases a URL names."""
    return url.get_backend_name() == "sqlite"


def sqlite_engine(
    url: URL,
    *,
    begin: str,
    pool_size: int,
    read_only: bool = False,
    foreign_keys: bool = True,
    busy_timeout: float = BUSY_TIMEOUT,
) -> Engine:
    """Return an engine on a file, with a write-ahead log that is on the disk after each commit.

    `begin` is the statement that begins a transaction: the driver's own would begin none before
    a SELECT, and lose concurrent updates.
    """
    engine = create_engine(
        url,
        pool_size=pool_size,
        max_overflow=0,
        hide_parameters=True,  # errors are logged, and would hold what people wrote
        pool_timeout=POOL_TIMEOUT,
        connect_args={"timeout": busy_timeout, "check_same_thread": False},
    )

    @event.listens_for(engine, "connect")
    def connected(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
        # The driver's own handling of transactions is off: "begin" below has it.
        connection.isolation_level = None
        cursor = connection.cursor()
        cursor.execute("PRAGMA journal_mode = WAL")
        cursor.execute("PRAGMA synchronous = FULL")
        cursor.execute(f"PRAGMA foreign_keys = {'ON' if foreign_keys else 'OFF'}")
        if read_only:
            cursor.execute("PRAGMA query_only = ON")
        cursor.close()

    @event.listens_for(engine, "begin")
    def began(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine


def postgres_engine(url: URL, *, pool_size: int, lock_timeout: float = LOCK_TIMEOUT) -> Engine:
    """Return an engine on PostgreSQL; 0 waits for locks as long as it takes."""
    options = f"-c timezone=UTC -c lock_timeout={round(lock_timeout * 1000)}"
    arguments: dict[str, Any] = {"options": options, "connect_timeout": 5}
    return create_engine(
        url,
        pool_size=pool_size,
        max_overflow=0,
        hide_parameters=True,  # errors are logged, and would hold what people wrote
        pool_timeout=POOL_TIMEOUT,
        pool_pre_ping=True,
        connect_args=arguments,
    )
