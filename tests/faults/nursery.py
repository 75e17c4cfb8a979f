"""A process that has imported the bot once and forks one whenever it is told to.

A bot that is started this way is a process of its own, as `winwin run` starts it, for a tenth of
the cost. `Nursery` is its other end: orders go in as lines of JSON, and what became of the
processes comes back as such.
"""

from __future__ import annotations

import contextlib
import json
import os
import queue
import subprocess
import sys
import threading
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    import signal
    from types import TracebackType

    from bot.config import Settings

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60.0
"""Seconds that a loaded machine may need to import or end everything."""


@dataclass
class Child:
    """A bot's process."""

    pid: int
    port: int | None = None
    ready: threading.Event = field(default_factory=threading.Event)
    ended: threading.Event = field(default_factory=threading.Event)
    code: int | None = None  # as subprocess has it: -9 is a kill

    def send(self, number: signal.Signals) -> None:
        """Signal it; one that has ended by itself is left alone: its pid may be another's."""
        if not self.ended.is_set():
            with contextlib.suppress(ProcessLookupError):  # that it ended is still to be told
                os.kill(self.pid, number)


class Nursery:
    """Starts bots; `with` ends all that are left."""

    def __init__(self, *, clock: Path, log: Path, faster: float) -> None:
        self._log = log.open("ab")
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.forking", str(clock), str(faster)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._log,
            cwd=ROOT,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
            text=True,
            bufsize=1,
        )
        self._children: dict[int, Child] = {}
        self._born: queue.Queue[Child] = queue.Queue()
        self._orders = threading.Lock()
        self._reader = threading.Thread(target=self._read, name="nursery", daemon=True)
        self._reader.start()

    def start(self, settings: Settings) -> Child:
        """Fork a bot; it is under way when this returns."""
        assert self._process.stdin is not None
        with self._orders:
            self._process.stdin.write(json.dumps(asdict(settings)) + "\n")
            return self._born.get(timeout=PATIENCE)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait(PATIENCE)
        self._reader.join(PATIENCE)
        if self._process.stdout is not None:
            self._process.stdout.close()
        self._log.close()

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            try:
                told = json.loads(line)
            except ValueError as error:
                error.add_note(f"not a line of ours: {line!r}")
                raise
            pid = told["pid"]
            # A child may be faster to say that it is ready than its parent that it is born.
            child = self._children.setdefault(pid, Child(pid))
            if told["what"] == "born":
                self._born.put(child)
            elif told["what"] == "ready":
                child.port = told["port"]
                child.ready.set()
            else:
                child.code = told["code"]
                child.ended.set()
                del self._children[pid]
