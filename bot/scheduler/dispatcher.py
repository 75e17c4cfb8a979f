"""The thread that sends: woken after each commit that left a message, else it polls."""

import threading
from collections.abc import Callable
from datetime import timedelta

import structlog

from bot.scheduler.outages import Outages

log = structlog.get_logger(__name__)


class Dispatcher:
    """Calls `send` until it has nothing left to do, then waits to be woken."""

    def __init__(self, send: Callable[[], int], poll: timedelta) -> None:
        self._send = send
        self._poll = poll
        self._outages = Outages("sending")
        self._wake = threading.Event()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="dispatcher", daemon=True)

    def start(self) -> None:
        """Begin to send."""
        self._thread.start()

    def wake(self) -> None:
        """Say that there is something to send; cheap, from any thread."""
        self._wake.set()

    def stop(self, patience: timedelta) -> bool:
        """Stop after the sending under way; tell whether that ended within `patience`."""
        self._stop.set()
        self._wake.set()
        if self._thread.is_alive():
            self._thread.join(patience.total_seconds())
        return not self._thread.is_alive()

    def _run(self) -> None:
        while not self._stop.is_set():
            self._wake.wait(self._poll.total_seconds())
            self._wake.clear()
            try:
                with self._outages.noted():
                    while not self._stop.is_set() and self._send():
                        pass
            except Exception:
                log.exception("sending failed")
                self._stop.wait(self._poll.total_seconds())
