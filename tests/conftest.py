"""Fixtures for all tests: a store on each of the two databases."""

from collections.abc import Iterator

import pytest

from bot.db.engine import SqlStore, open_store
from tests.support.databases import KINDS, Databases
from tests.support.databases import databases as make_databases

BOTH = [
    pytest.param(kind, marks=pytest.mark.postgres) if kind == "postgres" else kind for kind in KINDS
]


@pytest.fixture(scope="session")
def databases() -> Iterator[Databases]:
    with make_databases() as made:
        yield made


@pytest.fixture(params=BOTH)
def database_kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def database_url(databases: Databases, database_kind: str) -> Iterator[str]:
    """Yield the URL of a migrated database, once on SQLite and once on PostgreSQL."""
    url = databases.migrated(database_kind)
    yield url
    databases.drop(url)


@pytest.fixture
def store(database_url: str) -> Iterator[SqlStore]:
    opened = open_store(database_url)
    yield opened
    opened.close()
