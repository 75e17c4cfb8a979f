"""Where the time goes: functions by their own time, and statements by what they take."""

import cProfile
import pstats
import sys
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Self

from sqlalchemy import Connection, Engine, event

_FUNCTIONS, _STATEMENTS = 12, 6
"""So many are shown."""

_WAITS = {
    "<method 'get' of '_queue.SimpleQueue' objects>",
    "<method 'acquire' of '_thread.lock' objects>",
}
"""What waits for another thread takes no time."""

_WIDTH = 70
"""So much of a statement is shown."""

_BEGUN = "bench_begun"


def profile_of(work: Callable[[], object], times: int) -> str:
    """Run something so often; return what one takes of the time, in lines."""
    profiler = cProfile.Profile()
    with Statements() as statements:
        profiler.enable()
        for _ in range(times):
            work()
        profiler.disable()
    return f"{statements.lines(times)}\n{functions(pstats.Stats(profiler), times)}"


def profile_of_threads(work: Callable[[], object], times: int) -> str:
    """Run something that does so many, in threads that it starts; return their processor time."""
    profilers: list[cProfile.Profile] = []
    with Statements() as statements, _profiled_threads(profilers):
        work()
    stats = pstats.Stats(*profilers)
    return f"{statements.lines(times)}\nprocessor time:\n{functions(stats, times)}"


@contextmanager
def _profiled_threads(profilers: list[cProfile.Profile]) -> Iterator[None]:
    """Profile this thread, and each that is started, by the processor time of each."""

    def begin(*_: object) -> None:
        profiler = cProfile.Profile(time.thread_time)
        profilers.append(profiler)
        sys.setprofile(None)
        profiler.enable()

    threading.setprofile(begin)
    begin()
    try:
        yield
    finally:
        profilers[0].disable()
        threading.setprofile(None)


def functions(stats: pstats.Stats, times: int) -> str:
    """Return the functions that take the most time of their own."""
    every: dict[tuple[str, int, str], tuple[int, int, float, float, object]]
    every = stats.stats  # type: ignore[attr-defined]  # typeshed lacks it
    found = {key: figures for key, figures in every.items() if key[2] not in _WAITS}
    rows = sorted(found.items(), key=lambda item: item[1][2], reverse=True)[:_FUNCTIONS]
    total = sum(own for _, _, own, _, _ in found.values())
    lines = [f"{total / times * 1000:8.3f} ms in functions, under the profiler"]
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
    """Counts and times what SQLAlchemy sends to any database while it is entered."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()
        self._seconds: defaultdict[str, float] = defaultdict(float)
        self._lock = threading.Lock()

    def __enter__(self) -> Self:
        event.listen(Engine, "before_cursor_execute", self._begin)
        event.listen(Engine, "after_cursor_execute", self._end)
        return self

    def __exit__(self, *_: object) -> None:
        event.remove(Engine, "before_cursor_execute", self._begin)
        event.remove(Engine, "after_cursor_execute", self._end)

    def lines(self, times: int) -> str:
        """Return how many, and those that take the most time; a commit is none."""
        count, seconds = self._counts.total() / times, sum(self._seconds.values()) / times
        lines = [f"{seconds * 1000:8.3f} ms in {count:.1f} statements"]
        longest = sorted(self._seconds, key=lambda text: self._seconds[text], reverse=True)
        for text in longest[:_STATEMENTS]:
            shown = text if len(text) <= _WIDTH else f"{text[: _WIDTH - 1]}…"
            spent, each = self._seconds[text] / times * 1000, self._counts[text] / times
            lines.append(f"{spent:8.3f} ms {each:9.2f} times  {shown}")
        return "\n".join(lines)

    def _begin(self, connection: Connection, *_: object) -> None:
        connection.info[_BEGUN] = time.perf_counter()

    def _end(self, connection: Connection, _cursor: object, statement: str, *_: Any) -> None:  # noqa: ANN401 - SQLAlchemy's own
        spent = time.perf_counter() - connection.info.pop(_BEGUN)
        text = " ".join(statement.split())
        with self._lock:
            self._counts[text] += 1
            self._seconds[text] += spent
