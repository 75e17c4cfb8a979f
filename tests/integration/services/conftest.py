"""The house, on each of the two databases."""

import pytest

from bot.services.ports import Store
from tests.integration.services.house import House


@pytest.fixture
def house(store: Store) -> House:
    return House(store)
