"""A served simulated Slack and Slack's own client against it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from slack_sdk import WebClient

from bot.playground import Slack, workspace

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def slack() -> Iterator[Slack]:
    with Slack(workspace()) as served:
        yield served


@pytest.fixture
def client(slack: Slack) -> WebClient:
    return WebClient("xoxb-playground", base_url=slack.api_url, retry_handlers=[])
