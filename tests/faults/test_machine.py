"""The whole bot as a state machine: the short form, drawn anew each time."""

import random

from tests.faults.machine import PROOF


def test_the_whole_bot() -> None:
    seed = random.SystemRandom().getrandbits(32)
    assert PROOF.run(PROOF.short, seed)["sequences"] >= PROOF.short
