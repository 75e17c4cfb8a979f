"""The short form of the proof, with what is drawn anew each time."""

import random

from tests.faults.slack_faults import PROOF


def test_slacks_faults() -> None:
    PROOF.run(PROOF.short, random.SystemRandom().getrandbits(32))
