"""The short form of the proof, with what is drawn anew each time."""

import random

import pytest

from tests.faults.database_faults import PROOF


@pytest.mark.postgres
def test_databases_that_fail() -> None:
    PROOF.run(PROOF.short, random.SystemRandom().getrandbits(32))
