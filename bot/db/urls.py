"""Which database a URL names, in the form that SQLAlchemy reads."""

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

_DRIVERS = {
    "sqlite": "sqlite+pysqlite",
    "sqlite+pysqlite": "sqlite+pysqlite",
    "postgres": "postgresql+psycopg",
    "postgresql": "postgresql+psycopg",
    "postgresql+psycopg": "postgresql+psycopg",
}


class DatabaseUrlError(ValueError):
    """A URL that names no database we can use; the message never repeats it, for its password."""


def database_url(text: str) -> URL:
    """Read a URL of a SQLite file or of PostgreSQL, also one with a UNIX socket (?host=/dir)."""
    try:
        url = make_url(text)
    except (ArgumentError, ValueError):
        raise DatabaseUrlError("it is no URL like sqlite:///winwin.db") from None
    driver = _DRIVERS.get(url.drivername)
    if driver is None:
        raise DatabaseUrlError(f"{url.drivername} is not supported: sqlite or postgresql is")
    in_memory = url.database in {None, "", ":memory:"}
    if driver == "sqlite+pysqlite" and (in_memory or "uri" in url.query):
        raise DatabaseUrlError("a file has to be named, like sqlite:///winwin.db")
    return url.set(drivername=driver)
