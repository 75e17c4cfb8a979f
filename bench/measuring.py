"""Two sides, measured in turns."""

import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from bench.goals import Database


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """Both sides of one ratio on one database, in the goal's unit."""

    name: str
    database: Database
    ours: float
    theirs: float
    note: str = ""  # how it was measured, for who reads the figures
    profile: str = ""  # where our time goes
    grows: Mapping[int, float] = field(default_factory=dict)  # milliseconds by expectations

    @property
    def ratio(self) -> float:
        """Ours to theirs."""
        return self.ours / self.theirs


def in_turns(
    ours: Callable[[], float], theirs: Callable[[], float], rounds: int
) -> tuple[float, float]:
    """Measure ours, theirs, ours, theirs, …; return both medians."""
    mine, peer = medians([ours, theirs], rounds)
    return mine, peer


def medians(sides: Sequence[Callable[[], float]], rounds: int) -> list[float]:
    """Measure each in turn, again and again; return each one's median.

    A first round is no part of it: what is only slow the first time.
    """
    taken = [[measure() for measure in sides] for _ in range(rounds + 1)][1:]
    return [statistics.median(each) for each in zip(*taken, strict=True)]


def milliseconds(work: Callable[[], object], times: int) -> float:
    """Return how long one of so many takes, in milliseconds."""
    begun = time.perf_counter()
    for _ in range(times):
        work()
    return (time.perf_counter() - begun) * 1000 / times


def per_second(work: Callable[[], int]) -> float:
    """Return how many of what it counts are done a second."""
    begun = time.perf_counter()
    count = work()
    return count / (time.perf_counter() - begun)
