"""Threads that stay: each does one thing at a time, and one that hangs holds only itself."""

import threading
from collections.abc import Callable
from queue import SimpleQueue
from typing import Generic, TypeVar

T = TypeVar("T")


class Slots(Generic[T]):
    """Threads, made when they are first needed; how much they get at once is the giver's to bound.

    They are daemons: a process that ends does not wait for one that hangs.
    """

    def __init__(self, name: str, done: Callable[[T], None]) -> None:
        self._name = name
        self._done = done
        self._work: SimpleQueue[Callable[[], T] | None] = SimpleQueue()
        self._lock = threading.Lock()
        self._idle = 0
        self._threads = 0

    def do(self, work: Callable[[], T]) -> None:
        """Do it at once in a thread of its own; what it returns is handed to `done` there."""
        with self._lock:
            if self._idle:
                self._idle -= 1
            else:
                self._threads += 1
                name = f"{self._name}-{self._threads}"
                threading.Thread(target=self._run, name=name, daemon=True).start()
        self._work.put(work)

    def close(self) -> None:
        """End each thread when it has done what it does."""
        with self._lock:
            threads, self._threads, self._idle = self._threads, 0, 0
        for _ in range(threads):
            self._work.put(None)

    def _run(self) -> None:
        while (work := self._work.get()) is not None:
            result = work()
            with self._lock:
                self._idle += 1  # before the result is known, or its reader would start another
            self._done(result)
