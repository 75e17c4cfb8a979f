"""Stages for scenarios: HTTP on SQLite, and for whole stories every transport and database."""

from collections.abc import Iterator

import pytest

from bot.config import Mode
from tests.support.databases import Databases
from tests.support.stage import Stage, staged


@pytest.fixture
def stage(databases: Databases) -> Iterator[Stage]:
    """Yield a bot over HTTP on SQLite."""
    url = databases.migrated("sqlite")
    with staged(url) as made:
        yield made
    databases.drop(url)


@pytest.fixture(params=list(Mode), ids=lambda mode: mode.value)
def any_stage(request: pytest.FixtureRequest, database_url: str) -> Iterator[Stage]:
    """Yield a bot over each transport on each database."""
    with staged(database_url, request.param) as made:
        yield made
