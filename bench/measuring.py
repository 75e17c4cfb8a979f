"""Two sides in turns, and where the time goes."""

import cProfile
import pstats
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Self

from sqlalchemy import Engine, event

from bench.goals import Database

_LINES = 12
"""So many lines of a profile are shown."""


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


def profile_of(work: Callable[[], object], times: int) -> str:
    """Return a profile's first lines by own time: milliseconds and calls for each time."""
    profiler = cProfile.Profile()
    profiler.enable()
    for _ in range(times):
        work()
    profiler.disable()
    return _lines(pstats.Stats(profiler), times)


def _lines(stats: pstats.Stats, times: int) -> str:
    total: float = stats.total_tt  # type: ignore[attr-defined]  # typeshed lacks it
    functions: dict[tuple[str, int, str], tuple[int, int, float, float, object]]
    functions = stats.stats  # type: ignore[attr-defined]  # the same
    rows = sorted(functions.items(), key=lambda item: item[1][2], reverse=True)[:_LINES]
    lines = [f"{total / times * 1000:8.3f} ms in all, under the profiler"]
    for (file, line, name), (_, calls, own, _, _) in rows:
        lines.append(
            f"{own / times * 1000:8.3f} ms {calls / times:9.1f} calls  {_place(file, line, name)}"
        )
    return "\n".join(lines)


def _place(file: str, line: int, name: str) -> str:
    """Name a function by its module's last three parts: paths are the machine's own affair."""
    if file == "~":
        return name
    return f"{'/'.join(file.split('/')[-3:])}:{line} {name}"


class Statements:
    """Counts what SQLAlchemy sends to any database while it is entered."""

    def __init__(self) -> None:
        self.count = 0

    def __enter__(self) -> Self:
        event.listen(Engine, "before_cursor_execute", self._one_more)
        return self

    def __exit__(self, *_: object) -> None:
        event.remove(Engine, "before_cursor_execute", self._one_more)

    def _one_more(self, *_: object) -> None:
        self.count += 1
