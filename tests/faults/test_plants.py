"""The planted bugs still fit the source; `make plants` plants and runs them."""

import pytest

from tests.faults.plants import rotten
from tests.faults.plants.bugs import PLANTS, Plant


@pytest.mark.parametrize("plant", PLANTS, ids=lambda plant: plant.name)
def test_it_can_still_be_planted(plant: Plant) -> None:
    assert rotten(plant) == []
    assert all((guard.partition("::")[0]).startswith("tests/") for guard in plant.guards)
