"""What a proof is: how much it does in its long and its short form, and what it counts."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

Counts = Mapping[str, int]
"""What was done and what went wrong, by words that a reader understands, e.g. kills, lost."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """One promise, tried under one kind of fault.

    `run` takes an amount and a seed, does at least that much, raises AssertionError (with the
    seed in its text) where the promise is broken, and returns what it counted.
    """

    name: str
    promise: str  # one line, for docs/reliability.md
    unit: str  # what an amount counts, e.g. "kills"
    long: int
    short: int
    run: Callable[[int, int], Counts]
