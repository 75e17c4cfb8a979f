"""`winwin run`: the bot, in Socket Mode or over HTTP, until it is told to stop."""

import contextlib
import logging
import os
import signal
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from types import FrameType
from typing import Annotated, NoReturn, TypeVar

import structlog
import typer

from bot import logs
from bot.app import Bot, Part, StartError, build
from bot.clock import Clock, utc_now
from bot.config import Settings, SettingsError, load
from bot.db.health import DatabaseError
from bot.db.sole import sole_process
from bot.services.timing import Timing

log = structlog.get_logger(__name__)

T = TypeVar("T")

_LOOK = 1.0
"""Seconds between two looks at whether the connection is still wanted."""

_SAME = 0.1
"""Seconds within which a second signal is the first one: `timeout`, a terminal and a wrapper around
the bot signal the process and its group at once, and no hand is so fast."""


def command(
    only: Annotated[
        Part | None,
        typer.Option(help="Serve Slack alone, or plan and send alone; several share a PostgreSQL."),
    ] = None,
) -> None:
    """Run the bot; settings come from the environment and .env."""
    run(lambda: load(os.environ), Running(only=only))


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    """How a bot runs; all but the first is for fault runs."""

    only: Part | None = None
    clock: Clock = utc_now
    timing: Timing = field(default_factory=Timing)
    started: Callable[[Bot], None] = lambda _bot: None


def run(settings: Callable[[], Settings], running: Running) -> None:
    """Run a bot until it is told to stop. Raise typer.Exit where it did not run as it should."""
    asked = _Asked()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, asked)
    try:
        read = settings()
        logs.configure(read.log_format, read.log_level)
        with sole_process(read.database_url):
            _run(read, running, asked)
    except (SettingsError, StartError, DatabaseError) as error:
        typer.echo(f"winwin: {error}", err=True)
        raise typer.Exit(1) from None


def _run(settings: Settings, running: Running, asked: "_Asked") -> None:
    bot = _heeding(lambda: build(settings, running.clock, running.timing, only=running.only))
    asked.begun = lambda: bot.begun
    code = 0
    try:
        _heeding(bot.start)
        running.started(bot)
        while not asked.to_stop.wait(_LOOK):
            bot.check()
    except StartError as error:
        typer.echo(f"winwin: {error}", err=True)
        code = 1
    finally:
        left = bot.stop()
    if left:
        log.warning("stopped without waiting longer", left=left)
        logging.shutdown()
        os._exit(code)  # the interpreter would wait for the threads that hang
    if code:
        raise typer.Exit(code)
    log.info("stopped")


def _heeding(do: Callable[[], T]) -> T:
    """Do it in another thread: this one hears signals, also while the look-up of a name hangs."""
    done: Future[T] = Future()

    def work() -> None:
        try:
            done.set_result(do())
        except BaseException as error:  # noqa: BLE001 - it is raised where this is waited for
            done.set_exception(error)

    threading.Thread(target=work, name="starting", daemon=True).start()
    return done.result()


class _Asked:
    """What SIGTERM and Ctrl-C do: the first one asks to stop, a second one ends at once.

    Before anything is served the first one ends it at once too: there is nothing to finish, and an
    error that is raised anywhere, as within a driver's rollback, might end otherwise.
    """

    def __init__(self) -> None:
        self.to_stop = threading.Event()
        self.begun: Callable[[], bool] = lambda: False
        self._first_at: float | None = None

    def __call__(self, _number: int, _frame: FrameType | None) -> None:
        now = time.monotonic()
        if self._first_at is None:
            self._first_at = now
            self.to_stop.set()
            if not self.begun():
                _end(0, b"winwin: stopped before it served\n")
        elif now - self._first_at > _SAME:
            _end(1, b"winwin: asked twice to stop, so nothing was waited for\n")


def _end(code: int, line: bytes) -> NoReturn:
    """End here and now, with a last line where somebody can take it."""
    with contextlib.suppress(OSError):
        os.set_blocking(2, False)
        os.write(2, line)
    os._exit(code)
