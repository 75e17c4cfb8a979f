"""The processes that serve one simulated Slack: as many as wanted live, whatever kills them."""

from __future__ import annotations

import signal
import threading
from typing import TYPE_CHECKING

from bot.config import Mode, Settings

if TYPE_CHECKING:
    import random

    from bot.playground import Slack
    from tests.faults.nursery import Child, Nursery

PATIENCE = 60.0
NOWHERE = "http://127.0.0.1:9/slack/events"


class Herd:
    """Starts processes, ends them, and lets requests go to those that live."""

    def __init__(
        self, nursery: Nursery, slack: Slack, mode: Mode, database_url: str, rng: random.Random
    ) -> None:
        app = slack.state.app
        self._nursery = nursery
        self._slack = slack
        self._mode = mode
        self._rng = rng
        self._settings = Settings(
            mode=mode,
            bot_token=app.bot_token,
            app_token=app.app_token if mode is Mode.SOCKET else "",
            signing_secret=app.signing_secret if mode is Mode.HTTP else "",
            api_url=slack.api_url,
            database_url=database_url,
            port=0,
            log_format="json",
            log_level="ERROR",
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
        child = self._nursery.start(self._settings)
        with self._lock:
            self.all.append(child)
        return child

    def fill(self, count: int) -> None:
        """Start as many as are missing."""
        while len(self.living) < count:
            self.start()

    def route(self) -> None:
        """Let the next request go to a process that serves, where there is one."""
        if self._mode is Mode.SOCKET:
            return
        ports = [child.port for child in self.living if child.port is not None]
        port = self._rng.choice(ports) if ports else None
        self._slack.app_url = f"http://127.0.0.1:{port}/slack/events" if port else NOWHERE

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
