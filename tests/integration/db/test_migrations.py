"""Migrations: they make what the models say, once, whoever starts at the same moment."""

import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, Engine, create_engine, text

from bot.db.engine import open_store
from bot.db.migrate import Revisions, configuration, revisions, upgrade
from bot.db.tables import Base
from bot.db.urls import database_url
from tests.support.databases import Databases

ROOT = Path(__file__).resolve().parents[3]
HEAD = "0021"

CONSTRAINTS = """
    SELECT conrelid::regclass::text || ' ' || conname || ' ' || pg_get_constraintdef(oid)
    FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND contype <> 'n'
    UNION ALL
    SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'
    UNION ALL
    SELECT table_name || ' ' || column_name || ' ' || data_type || ' ' || is_nullable
    FROM information_schema.columns WHERE table_schema = 'public'
"""


@pytest.fixture
def empty_url(databases: Databases, database_kind: str) -> Iterator[str]:
    url = databases.empty(database_kind)
    yield url
    databases.drop(url)


@pytest.fixture
def engine(empty_url: str) -> Iterator[Engine]:
    engine = create_engine(database_url(empty_url))
    yield engine
    engine.dispose()


def schema(connection: Connection) -> set[str]:
    """Return the schema as the database itself words it, without Alembic's own table."""
    if connection.dialect.name == "postgresql":
        lines = [line for (line,) in connection.execute(text(CONSTRAINTS))]
    else:
        statement = text(
            "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND type <> 'trigger'"
        )
        lines = []
        for (sql,) in connection.execute(statement):
            first, _, rest = sql.replace('TABLE "expectation"', "TABLE expectation").partition(
                "(\n"
            )
            # A column that was added later stands behind the last one, on its line.
            parts = [part.strip() for part in rest.rpartition("\n)")[0].split(",")]
            lines += [f"{first}: {part}" for part in parts] if rest else [first]
    return {line for line in lines if "alembic_version" not in line}


def test_the_migrated_schema_is_the_models(empty_url: str, engine: Engine) -> None:
    with engine.begin() as connection:
        Base.metadata.create_all(connection)
        of_models = schema(connection)
        Base.metadata.drop_all(connection)
    upgrade(empty_url)
    with engine.begin() as connection:
        assert schema(connection) == of_models


def test_alembic_finds_no_difference(empty_url: str, engine: Engine) -> None:
    upgrade(empty_url)
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []


def test_revisions_tell_where_a_database_is(empty_url: str) -> None:
    assert revisions(empty_url) == Revisions(current=None, head=HEAD)
    assert not revisions(empty_url).up_to_date
    upgrade(empty_url)
    assert revisions(empty_url) == Revisions(current=HEAD, head=HEAD)
    assert revisions(empty_url).up_to_date


def test_going_back_leaves_nothing(empty_url: str, engine: Engine) -> None:
    upgrade(empty_url)
    with engine.begin() as connection:
        command.downgrade(configuration(connection), "base")
    with engine.begin() as connection:
        assert schema(connection) == set()
    upgrade(empty_url)


def test_two_starters_at_once(empty_url: str) -> None:
    failures: list[BaseException] = []
    together = threading.Barrier(4)

    def start() -> None:
        together.wait()
        try:
            subprocess.run(
                [
                    sys.executable,
                    "-c",
                    "import sys; from bot.db.migrate import upgrade; upgrade(sys.argv[1])",
                    empty_url,
                ],
                check=True,
                capture_output=True,
                cwd=ROOT,
                timeout=60,
            )
        except subprocess.CalledProcessError as error:
            failures.append(AssertionError(error.stderr.decode()))

    threads = [threading.Thread(target=start) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert revisions(empty_url).up_to_date
    opened = open_store(empty_url)
    assert opened.workspace("T1") == 1
    opened.close()
