"""The processes that serve one simulated Slack: as many as wanted live, whatever kills them."""

from __future__ import annotations

import contextlib
import signal
import socket
import subprocess
import sys
import threading
import time
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.config import Mode
from tests.faults.nursery import Child
from tests.support.process import RUN, environment, free_port, with_path
from tests.support.stage import settings_for

if TYPE_CHECKING:
    import random

    from bot.playground import Slack
    from tests.faults.nursery import Nursery

PATIENCE = 60.0
NOWHERE = "http://127.0.0.1:9/slack/events"


class Herd:
    """Starts processes, ends them, and lets requests go to those that live."""

    def __init__(
        self, nursery: Nursery, slack: Slack, mode: Mode, database_url: str, rng: random.Random
    ) -> None:
        self._nursery = nursery
        self.slack = slack
        self.mode = mode
        self.database_url = database_url
        self._rng = rng
        self._settings = replace(
            settings_for(slack, database_url, mode), log_format="json", log_level="ERROR"
        )
        self._lock = threading.Lock()
        self.all: list[Child] = []

    @property
    def living(self) -> list[Child]:
        """Those that have not ended."""
        with self._lock:
            return [child for child in self.all if not child.ended.is_set()]

    def start(self) -> Child:
        """Start one more; it is under way when this returns."""
        return self.fork()

    def fork(self) -> Child:
        """Start one more from the nursery, on the clock that can be moved."""
        return self._added(self._nursery.start(self._settings))

    def _added(self, child: Child) -> Child:
        with self._lock:
            self.all.append(child)
        return child

    def fill(self, count: int) -> None:
        """Start as many as are missing."""
        while len(self.living) < count:
            self.start()

    def route(self) -> None:
        """Let the next request go to a process that serves, where there is one."""
        if self.mode is Mode.SOCKET:
            return
        ports = [child.port for child in self.living if child.port is not None]
        port = self._rng.choice(ports) if ports else None
        self.slack.app_url = f"http://127.0.0.1:{port}/slack/events" if port else NOWHERE

    def end(self, child: Child, number: signal.Signals) -> int:
        """Signal a process and wait for its end; return its exit code."""
        child.send(number)
        assert child.ended.wait(PATIENCE), f"{child.pid} does not end"
        assert child.code is not None
        return child.code

    @property
    def killed(self) -> int:
        """How many were killed in fact."""
        return sum(child.code == -signal.SIGKILL for child in self.all)

    def failed(self) -> list[int | None]:
        """Return the exit codes of those that ended by themselves, and not well."""
        good = {0, -signal.SIGKILL, -signal.SIGTERM}  # the last: before it has begun to listen
        return [child.code for child in self.all if child.ended.is_set() and child.code not in good]


class CommandHerd(Herd):
    """Processes that are started by their command, as people start them, on real time."""

    def start(self) -> Child:
        """Start one more by its command."""
        port = free_port()
        process = subprocess.Popen(
            [sys.executable, *RUN],
            env=with_path(environment(self.slack, self.mode, self.database_url, port)),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        child = Child(process.pid, port)
        threading.Thread(target=_watch, args=(process, child), daemon=True).start()
        return self._added(child)


def _watch(process: subprocess.Popen[bytes], child: Child) -> None:
    """Tell when a process serves, and when it has ended."""
    while process.poll() is None and not child.ready.is_set():
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", child.port)):
            child.ready.set()
        time.sleep(0.05)
    child.code = process.wait()
    child.ended.set()
