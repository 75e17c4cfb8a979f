"""The short form of the proof, with what is drawn anew each time."""

import random

import pytest

from tests.faults.duplicates import PROOF


@pytest.mark.postgres
def test_what_comes_again_has_one_effect() -> None:
    PROOF.run(PROOF.short, random.SystemRandom().getrandbits(32))
