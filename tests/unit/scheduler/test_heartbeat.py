"""The heartbeat goes on, and never faster, when the machine's clock jumps or its process stops."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta, tzinfo

import pytest
from apscheduler.schedulers import base
from apscheduler.triggers import interval

from bot.scheduler.heartbeat import Heartbeat

EVERY = timedelta(milliseconds=50)
PATIENCE = 20.0

PROCESS = """
from datetime import timedelta
from threading import Event
from bot.scheduler.heartbeat import Heartbeat
heartbeat = Heartbeat(lambda: print("tick", flush=True), timedelta(seconds=0.05))
heartbeat.start()
Event().wait()
"""


class Jumping(datetime):
    """The machine's clock, as APScheduler reads it."""

    ahead = timedelta()

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> "Jumping":
        shown = datetime.now(tz) + cls.ahead
        return cls.combine(shown.date(), shown.timetz())


class Ticks:
    """Counts, and lets wait for more."""

    def __init__(self) -> None:
        self.count = 0
        self._more = threading.Condition()

    def __call__(self) -> None:
        with self._more:
            self.count += 1
            self._more.notify_all()

    def wait_for(self, more: int) -> None:
        """Wait for so many more ticks."""
        with self._more:
            target = self.count + more
            assert self._more.wait_for(lambda: self.count >= target, PATIENCE), "it stands"


@contextmanager
def beating(ticks: Ticks) -> Iterator[Heartbeat]:
    heartbeat = Heartbeat(ticks, EVERY)
    heartbeat.start()
    try:
        yield heartbeat
    finally:
        heartbeat.stop(timedelta(seconds=PATIENCE))


@pytest.mark.parametrize(
    "ahead",
    [timedelta(hours=-1), timedelta(days=-365), timedelta(days=2, hours=12), timedelta(days=365)],
)
def test_it_beats_on_after_a_jump_and_makes_up_for_nothing(
    monkeypatch: pytest.MonkeyPatch, ahead: timedelta
) -> None:
    monkeypatch.setattr(base, "datetime", Jumping)
    monkeypatch.setattr(interval, "datetime", Jumping)
    monkeypatch.setattr(Jumping, "ahead", timedelta())
    ticks = Ticks()
    with beating(ticks):
        ticks.wait_for(3)
        monkeypatch.setattr(Jumping, "ahead", ahead)
        before, begun = ticks.count, datetime.now().astimezone()
        ticks.wait_for(10)
        passed = datetime.now().astimezone() - begun
        assert ticks.count - before <= passed / EVERY + 3  # a weekend has 4 million
        monkeypatch.setattr(Jumping, "ahead", timedelta())
        ticks.wait_for(10)


def test_a_process_that_stood_still_goes_on() -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", PROCESS], stdout=subprocess.PIPE, text=True, env=os.environ
    )
    try:
        assert process.stdout is not None
        ticks = (line for line in process.stdout if line == "tick\n")
        for _ in range(3):
            next(ticks)
        process.send_signal(signal.SIGSTOP)
        os.waitid(os.P_PID, process.pid, os.WSTOPPED)
        threading.Event().wait(EVERY.total_seconds() * 20)
        process.send_signal(signal.SIGCONT)
        for _ in range(10):
            next(ticks)
    finally:
        process.kill()
        process.communicate()
