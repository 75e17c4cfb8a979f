"""A tenth of all changes of clocks, drawn anew each run."""

import random

from tests.faults.local_times import PROOF


def test_local_times() -> None:
    counts = PROOF.run(PROOF.short, random.SystemRandom().getrandbits(32))
    assert counts["wrong"] == 0
    assert counts["of them different"] >= 60
