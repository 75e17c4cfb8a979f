"""`winwin run`: the bot, in Socket Mode or over HTTP, until it is told to stop."""

import contextlib
import logging
import os
import signal
import threading
import time
from types import FrameType
from typing import Annotated

import structlog
import typer

from bot import logs
from bot.app import Part, StartError, build
from bot.clock import utc_now
from bot.config import Settings, SettingsError, load
from bot.db.health import DatabaseError
from bot.db.sole import sole_process

log = structlog.get_logger(__name__)

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
    asked = _Asked()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, asked)
    try:
        settings = load(os.environ)
        logs.configure(settings.log_format, settings.log_level)
        with sole_process(settings.database_url):
            _run(settings, only, asked)
    except (SettingsError, StartError, DatabaseError) as error:
        typer.echo(f"winwin: {error}", err=True)
        raise typer.Exit(1) from None
    except _BeforeStartError:
        log.info("stopped", before="it served")


def _run(settings: Settings, only: Part | None, asked: "_Asked") -> None:
    bot = build(settings, utc_now, only=only)
    asked.started = True
    code = 0
    try:
        bot.start()
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


class _BeforeStartError(BaseException):
    """It was asked to stop before it served anything: there is nothing to finish."""


class _Asked:
    """What SIGTERM and Ctrl-C do: the first one asks to stop, a second one ends at once."""

    def __init__(self) -> None:
        self.to_stop = threading.Event()
        self.started = False
        self._first_at: float | None = None

    def __call__(self, _number: int, _frame: FrameType | None) -> None:
        now = time.monotonic()
        if self._first_at is None:
            self._first_at = now
            self.to_stop.set()
            if not self.started:
                raise _BeforeStartError
        elif now - self._first_at > _SAME:
            with contextlib.suppress(OSError):
                os.set_blocking(2, False)
                os.write(2, b"winwin: asked twice to stop, so nothing was waited for\n")
            os._exit(1)
