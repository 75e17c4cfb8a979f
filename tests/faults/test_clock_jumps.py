"""Some clocks that jump, drawn anew each run."""

import random

from tests.faults.clock_jumps import PROOF


def test_clock_jumps() -> None:
    counts = PROOF.run(PROOF.short, random.SystemRandom().getrandbits(32))
    assert counts["jumps"] >= PROOF.short
    assert (counts["lost"], counts["doubled"]) == (0, 0)
