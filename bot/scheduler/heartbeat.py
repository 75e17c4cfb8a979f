"""The heartbeat: APScheduler ticks, the tables say what is due, and a watchdog keeps it going."""

import threading
import time
from collections.abc import Callable
from datetime import datetime, timedelta

import structlog
from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.interval import IntervalTrigger

from bot.scheduler.outages import Outages

log = structlog.get_logger(__name__)

_JOB = "tick"
_PATIENCE = 5
"""So many ticks without one beginning mean that the wall clock was set back."""


class _Beats(IntervalTrigger):  # type: ignore[misc]  # APScheduler has no types
    """Beats from now on: none of those is made up for that a clock has jumped over.

    APScheduler walks through each of them to find the next: a year of seconds fills the memory.
    """

    def get_next_fire_time(self, previous: datetime | None, now: datetime) -> datetime | None:
        """Return the next beat after `now`."""
        following: datetime | None = super().get_next_fire_time(previous, now)
        if following is None or following > now:
            return following
        return now + self.interval  # type: ignore[no-any-return]  # the same


class Heartbeat:
    """Calls `tick` every `every`, never twice at once, whatever the wall clock does."""

    def __init__(self, tick: Callable[[], object], every: timedelta) -> None:
        self._tick = tick
        self._every = every
        self._scheduler = BackgroundScheduler(
            timezone="UTC", executors={"default": ThreadPoolExecutor(1)}
        )
        self._begun = time.monotonic()
        self._finished = time.monotonic()
        self._idle = threading.Event()
        self._idle.set()
        self._outages = Outages("planning")
        self._stop = threading.Event()
        self._watchdog = threading.Thread(target=self._watch, name="watchdog", daemon=True)

    def start(self) -> None:
        """Begin to tick."""
        self._begun = self._finished = time.monotonic()
        self._scheduler.add_job(
            self._beat,
            self._trigger(),
            id=_JOB,
            coalesce=True,
            max_instances=1,
            misfire_grace_time=None,
        )
        self._scheduler.start()
        self._watchdog.start()

    def stop(self, patience: timedelta) -> bool:
        """Stop ticking; tell whether the tick that is under way ended within `patience`."""
        self._stop.set()
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)
        return self._idle.wait(patience.total_seconds())

    def age(self) -> float:
        """Return the seconds since a tick last ended."""
        return time.monotonic() - self._finished

    def _trigger(self) -> _Beats:
        return _Beats(seconds=self._every.total_seconds(), timezone="UTC")

    def _beat(self) -> None:
        self._begun = time.monotonic()
        self._idle.clear()
        try:
            with self._outages.noted():
                self._tick()
        except Exception:
            log.exception("tick failed")
        finally:
            self._finished = time.monotonic()
            self._idle.set()

    def _watch(self) -> None:
        patience = self._every.total_seconds() * _PATIENCE
        while not self._stop.wait(self._every.total_seconds()):
            if self._idle.is_set() and time.monotonic() - self._begun > patience:
                log.warning("heartbeat stalled, armed again")
                self._begun = time.monotonic()
                self._scheduler.reschedule_job(_JOB, trigger=self._trigger())
