"""The short form of processes that are told to stop."""

import random

import pytest

from tests.faults.sigterm import PROOF


@pytest.mark.postgres
def test_a_stop_is_quick_and_leaves_nothing_half_done() -> None:
    counts = PROOF.run(PROOF.short, random.SystemRandom().getrandbits(32))
    assert counts["stops"] >= PROOF.short
    assert counts["lost"] == counts["doubled"] == 0
