"""A week of twenty people, drawn anew each run."""

import random

from tests.faults.month import PROOF


def test_a_week_of_twenty() -> None:
    counts = PROOF.run(PROOF.short, random.SystemRandom().getrandbits(32))
    assert counts["lists"] > PROOF.short
    assert counts["in quiet hours"] == 0
