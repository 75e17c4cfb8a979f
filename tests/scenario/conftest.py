"""Stages for scenarios: HTTP on SQLite, and for whole stories every transport and database."""

import io
import logging
from collections.abc import Iterator
from contextlib import redirect_stderr

import pytest
import structlog

from bot import logs as bot_logs
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


@pytest.fixture
def logs() -> Iterator[io.StringIO]:
    """Log as a running bot does; yield what is written."""
    written = io.StringIO()
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    with redirect_stderr(written):
        bot_logs.configure("json", "INFO")
    yield written
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()
