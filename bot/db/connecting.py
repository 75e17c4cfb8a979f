"""Engines: how connections are opened and transactions begun, on each database."""

import os
import select
import time
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DisconnectionError, InvalidatePoolError
from sqlalchemy.pool import ConnectionPoolEntry, PoolProxiedConnection

from bot.db.failing import READ_ONLY, MovedError, UnreplicatedError

BUSY_TIMEOUT = 1.5  # seconds that SQLite waits for another process
LOCK_TIMEOUT = 2.0  # seconds that PostgreSQL waits for a lock: a person's press waits for it
POOL_TIMEOUT = 2.0  # seconds that a thread waits for a free connection
_NETWORK = {  # seconds after which a server that fell silent is given up; the URL may say otherwise
    "connect_timeout": 2,
    "keepalives_idle": 3,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "tcp_user_timeout": 9000,  # milliseconds
}
_RESTED = 1.0  # seconds after which a pooled connection to PostgreSQL is asked whether it lives
_GIVEN_BACK = "winwin_given_back"
_WARNED = "winwin_warned"
_WARNING = "01000"


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
    may_make: bool = False,
) -> Engine:
    """Return an engine on a file, with a write-ahead log that is on the disk after each commit.

    `begin` is the statement that begins a transaction: the driver's own would begin none before
    a SELECT, and lose concurrent updates. A file that is not there is made only by who `may_make`
    it: an empty one in the place of one that was deleted would hide the loss.
    """
    file = Path(url.database or "").resolve()
    engine = create_engine(
        url if may_make else _existing(url, file),
        pool_size=pool_size,
        max_overflow=0,
        hide_parameters=True,  # errors are logged, and would hold what people wrote
        pool_timeout=POOL_TIMEOUT,
        connect_args=_unless_said(url, {"timeout": busy_timeout, "check_same_thread": False}),
    )

    @event.listens_for(engine, "connect")
    def connected(connection: DBAPIConnection, entry: ConnectionPoolEntry) -> None:
        # The driver's own handling of transactions is off: "begin" below has it.
        connection.isolation_level = None
        cursor = connection.cursor()
        cursor.execute("PRAGMA journal_mode = WAL")
        cursor.execute("PRAGMA synchronous = FULL")
        cursor.execute(f"PRAGMA foreign_keys = {'ON' if foreign_keys else 'OFF'}")
        if read_only:
            cursor.execute("PRAGMA query_only = ON")
        cursor.close()
        entry.info["file"] = _identity(file)

    @event.listens_for(engine, "checkout")
    def taken(_: DBAPIConnection, entry: ConnectionPoolEntry, __: PoolProxiedConnection) -> None:
        if entry.info["file"] != _identity(file):
            raise DisconnectionError("the file was moved")  # the pool opens what is there now

    @event.listens_for(engine, "begin")
    def began(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    @event.listens_for(engine, "commit")
    def commits(connection: Connection) -> None:
        if connection.info["file"] != _identity(file):
            raise MovedError("the file was moved")

    return engine


def _existing(url: URL, file: Path) -> URL:
    return url.set(database=file.as_uri()).update_query_dict({"mode": "rw", "uri": "true"})


def _identity(file: Path) -> tuple[int, int] | None:
    """Return which file has this name now; None where there is none."""
    try:
        found = os.stat(file)  # noqa: PTH116 - at each transaction: Path.stat costs three times it
    except OSError:
        return None
    return found.st_dev, found.st_ino


def postgres_engine(url: URL, *, pool_size: int, lock_timeout: float = LOCK_TIMEOUT) -> Engine:
    """Return an engine on PostgreSQL; 0 waits for locks as long as it takes."""
    theirs = url.query.get("options", "")
    options = f"-c lock_timeout={round(lock_timeout * 1000)} {theirs} -c timezone=UTC"
    engine = create_engine(
        url,
        pool_size=pool_size,
        max_overflow=0,
        hide_parameters=True,  # errors are logged, and would hold what people wrote
        pool_timeout=POOL_TIMEOUT,
        connect_args=_unless_said(url, dict(_NETWORK)) | {"options": options},
    )

    @event.listens_for(engine, "connect")
    def connected(connection: Any, entry: ConnectionPoolEntry) -> None:  # noqa: ANN401 - psycopg's
        def warned(said: Any) -> None:  # noqa: ANN401 - psycopg's
            if said.sqlstate == _WARNING:
                entry.info[_WARNED] = said.message_primary

        connection.add_notice_handler(warned)

    @event.listens_for(engine, "checkin")
    def given_back(_: DBAPIConnection | None, entry: ConnectionPoolEntry) -> None:
        entry.info[_GIVEN_BACK] = time.monotonic()

    @event.listens_for(engine, "checkout")
    def taken(connection: Any, entry: ConnectionPoolEntry, _: PoolProxiedConnection) -> None:  # noqa: ANN401 - psycopg's
        if _may_be_gone(connection, entry) and not _lives(engine, connection):
            raise InvalidatePoolError

    @event.listens_for(engine, "handle_error")
    def failed(context: ExceptionContext) -> None:
        # This server is no primary any more: the next connection looks for the one that is.
        if getattr(context.original_exception, "sqlstate", None) == READ_ONLY:
            context.is_disconnect = True

    return engine


def _may_be_gone(connection: Any, entry: ConnectionPoolEntry) -> bool:  # noqa: ANN401 - psycopg's
    """Tell whether to ask if a connection lives: it rested, or the server has said something.

    Asking always, as the pool would, is one more round trip for each transaction. A server that
    stops says so, or its system does, to whoever looks at the socket.
    """
    rested = time.monotonic() - entry.info.get(_GIVEN_BACK, time.monotonic())
    if rested > _RESTED or connection.closed:
        return True
    try:
        said, _, _ = select.select([connection.fileno()], [], [], 0)
    except ValueError:  # its number is beyond what `select` takes
        return True
    return bool(said)


def _lives(engine: Engine, connection: Any) -> bool:  # noqa: ANN401 - psycopg's
    try:
        return engine.dialect.do_ping(connection)
    except engine.dialect.loaded_dbapi.Error:
        return False


def forget_warnings(connection: Connection) -> None:
    """Forget what PostgreSQL warned of, before a COMMIT."""
    connection.info.pop(_WARNED, None)


def refuse_warned(connection: Connection) -> None:
    """Raise UnreplicatedError where PostgreSQL warned of the COMMIT that has just returned.

    It does so where an administrator cancels its waiting for a synchronous standby.
    """
    warning = connection.info.get(_WARNED)
    if warning is not None:
        raise UnreplicatedError(warning)


def _unless_said(url: URL, defaults: dict[str, Any]) -> dict[str, Any]:
    """Return the defaults that the URL does not set: what is passed here would win over it."""
    return {name: value for name, value in defaults.items() if name not in url.query}
