"""A bot that runs by itself, on a clock that goes on, against the simulated Slack."""

from __future__ import annotations

import io
import logging
import time
from contextlib import contextmanager, redirect_stderr
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING

import structlog
from sqlalchemy import bindparam, create_engine, text

from bot import logs, manifest
from bot.app import Bot, build
from bot.db.types import UtcTime
from bot.db.urls import database_url
from bot.playground import Slack, State, app_of, workspace
from bot.services.timing import Timing
from tests.support.stage import MONDAY, PATIENCE, settings_for

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

TIMING = replace(
    Timing().faster(30),
    tick=timedelta(seconds=0.5),
    poll=timedelta(seconds=0.2),
    answer_within=timedelta(seconds=8),  # a loaded machine is no failed database
)
QUIET = 90.0
"""Seconds until all has been sent, looked for and recorded; some ten are needed."""

_OPEN = text("""
    SELECT (SELECT count(*) FROM message WHERE state = 'sending')
         + (SELECT count(*) FROM message WHERE state = 'pending' AND not_before <= :soon)
         + (SELECT count(*) FROM look)
""").bindparams(bindparam("soon", type_=UtcTime()))


@dataclass
class RunningClock:
    """Monday morning, and as many seconds later as have passed."""

    begun: float = field(default_factory=time.monotonic)

    def __call__(self) -> datetime:
        return MONDAY + timedelta(seconds=time.monotonic() - self.begun)


@dataclass
class Running:
    """A bot, its Slack, and what it logged."""

    bot: Bot
    slack: Slack
    clock: RunningClock
    log: io.StringIO

    def settle(self, url: str) -> None:
        """Wait until nothing is left to send or to look for; `url` leads past all faults."""
        engine = create_engine(database_url(url))
        end = time.monotonic() + QUIET
        soon = self.clock() + timedelta(minutes=10)
        try:
            while time.monotonic() < end:
                with engine.connect() as connection:
                    if not connection.scalar(_OPEN, {"soon": soon}):
                        return
                time.sleep(0.1)
        finally:
            engine.dispose()
        raise AssertionError("something is left to send:\n" + self.log.getvalue()[-2000:])


@contextmanager
def running(url: str, timing: Timing = TIMING) -> Iterator[Running]:
    """Start a bot over HTTP that plans and sends by itself; its log is kept in memory."""
    clock = RunningClock()
    with kept_log() as log, Slack(_workspace(clock), patience=PATIENCE) as slack:
        slack.retry_delays = (0.05, 0.5)
        bot = build(settings_for(slack, url), clock, timing)
        bot.start()
        slack.app_url = f"http://127.0.0.1:{bot.port}/slack/events"
        try:
            yield Running(bot, slack, clock, log)
        finally:
            bot.stop()


def _workspace(clock: RunningClock) -> State:
    return workspace(clock=clock, app=app_of(manifest.load()))


@contextmanager
def kept_log() -> Iterator[io.StringIO]:
    """Log as a running bot does, into memory: a file's size may be limited on purpose."""
    written = io.StringIO()
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    try:
        with redirect_stderr(written):
            logs.configure("json", "INFO")
        yield written
    finally:
        root.handlers[:] = handlers
        root.setLevel(level)
        structlog.reset_defaults()
