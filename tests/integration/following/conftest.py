"""The town, on each of the two databases."""

import pytest

from bot.services.ports import Store
from tests.integration.following.town import Town


@pytest.fixture
def town(store: Store) -> Town:
    return Town(store)
