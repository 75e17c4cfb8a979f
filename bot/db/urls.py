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

_PORT = "5432"


class DatabaseUrlError(ValueError):
    """A URL that names no database we can use; the message never repeats it, for its password."""


def database_url(text: str) -> URL:
    """Read a URL of a SQLite file or of PostgreSQL.

    PostgreSQL may be named by a UNIX socket (?host=/dir), and by several servers as libpq writes
    them (h1:5432,h2:5432), of which ?target_session_attrs=read-write takes the primary.
    """
    try:
        url = _one_or_several(text)
    except (ArgumentError, ValueError):
        raise DatabaseUrlError("it is no URL like sqlite:///winwin.db") from None
    driver = _DRIVERS.get(url.drivername)
    if driver is None:
        raise DatabaseUrlError(f"{url.drivername} is not supported: sqlite or postgresql is")
    in_memory = url.database in {None, "", ":memory:"}
    if driver == "sqlite+pysqlite" and (in_memory or "uri" in url.query):
        raise DatabaseUrlError("a file has to be named, like sqlite:///winwin.db")
    return url.set(drivername=driver)


def _one_or_several(text: str) -> URL:
    """Read a URL; SQLAlchemy takes several servers in the query only."""
    scheme, _, rest = text.partition("://")
    authority, slash, path = rest.partition("/")
    user, at, servers = authority.rpartition("@")
    if "," not in servers:
        return make_url(text)
    hosts, ports = zip(*(_server(each) for each in servers.split(",")), strict=True)
    url = make_url(f"{scheme}://{user}{at}{slash}{path}")
    return url.update_query_dict({"host": ",".join(hosts), "port": ",".join(ports)})


def _server(text: str) -> tuple[str, str]:
    """Split host and port; an IPv6 address stands in brackets."""
    host, colon, port = text.rpartition(":")
    if not colon or text.endswith("]"):
        host, port = text, ""
    if port and not port.isdecimal():
        raise ValueError(port)
    return host.strip("[]"), port or _PORT
