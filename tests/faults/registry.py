"""The proofs, in the order in which docs/reliability.md shows them."""

from importlib import import_module

from tests.faults.proof import Proof

MODULES: tuple[str, ...] = (
    "kill_9",
    "sigterm",
    "database_faults",
    "slack_faults",
    "promotion",
    "duplicates",
    "local_times",
    "machine",
    "plants",
    "clock_jumps",
    "month",
)
"""Each names a module of this package that holds a `PROOF`."""


def proofs() -> list[Proof]:
    """Import all proofs."""
    found: list[Proof] = [import_module(f"tests.faults.{name}").PROOF for name in MODULES]
    return found
