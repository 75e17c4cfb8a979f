"""The short form of processes that are killed."""

import random

import pytest

from tests.faults.kill_9 import PROOF


@pytest.mark.postgres
def test_killed_processes_lose_and_double_nothing() -> None:
    counts = PROOF.run(PROOF.short, random.SystemRandom().getrandbits(32))
    assert counts["kills"] >= PROOF.short
    assert counts["messages"] >= PROOF.short
    assert counts["lost"] == counts["doubled"] == 0
