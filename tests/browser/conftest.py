"""Chromium once, and a demo or a Slack with an app that is not ours for each test."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.cli.playing import Demo
from tests.support.axe import fetched
from tests.support.browser import Tab, chromium, tab

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


@pytest.fixture(scope="session")
def axe(tmp_path_factory: pytest.TempPathFactory) -> str:
    return fetched(tmp_path_factory.mktemp("axe"))


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[Demo]:
    started = Demo(tmp_path, 0).start()
    yield started
    started.stop()
    assert started.slack.refusals == []


@pytest.fixture
def page(browser: Browser, demo: Demo) -> Iterator[Tab]:
    with tab(browser) as opened:
        opened.visit(demo.url)
        yield opened
