"""A few weeks of three teams: every figure that they read is what the export says."""

import random

from tests.quarter.living import at_the_90th, lived

WEEKS, WANTED = 4, 90


def test_every_figure_that_was_read_is_what_the_export_says() -> None:
    seed = random.SystemRandom().getrandbits(32)
    with lived(WEEKS, WANTED, seed) as found:
        assert found.differs == [], f"seed {seed}"
        assert found.compared["summary: kept"] == 3 * WEEKS
        assert found.compared["kept"] == 3 * WEEKS
        assert sum(found.per_day) / len(found.per_day) <= 4, f"seed {seed}"
        assert at_the_90th(found.per_day) <= 7, f"seed {seed}"
