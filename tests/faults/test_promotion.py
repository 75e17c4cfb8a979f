"""The short form of the proof, with what is drawn anew each time."""

import random

import pytest

from tests.faults.promotion import PROOF


@pytest.mark.postgres
def test_a_primary_that_is_lost() -> None:
    PROOF.run(PROOF.short, random.SystemRandom().getrandbits(32))
