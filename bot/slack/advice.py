"""What somebody has to do, said in the log: once in a while, not once a message."""

import threading
import time

import structlog

from bot.slack.codes import meaning

log = structlog.get_logger(__name__)

_AGAIN = 3600.0
"""Seconds after which the same is said again."""


class Advice:
    """Says in the log what a code wants of somebody, in one workspace."""

    def __init__(self, team_id: str) -> None:
        self._team_id = team_id
        self._said: dict[str, float] = {}
        self._lock = threading.Lock()

    def at(self, code: str) -> None:
        """Say what to do at a code, where there is something, and it was not said of late."""
        found = meaning(code)
        if not found.do:
            return
        now = time.monotonic()
        with self._lock:
            said = self._said.get(code)
            if said is not None and now - said < _AGAIN:
                return
            self._said[code] = now
        log.warning("somebody has to act", team=self._team_id, code=code, advice=found.do)
