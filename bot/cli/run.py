"""`winwin run`: the bot, in Socket Mode or over HTTP, until it is told to stop."""

import os
import signal
import threading
from collections.abc import Callable
from types import FrameType

import structlog
import typer

from bot import logs
from bot.app import Bot, StartError, build
from bot.clock import utc_now
from bot.config import SettingsError, load

log = structlog.get_logger(__name__)

_LOOK = 1.0
"""Seconds between two looks at whether the connection is still wanted."""


def command() -> None:
    """Run the bot; settings come from the environment and .env."""
    stop = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, _stopper(stop))
    try:
        settings = load(os.environ)
        logs.configure(settings.log_format, settings.log_level)
        bot = build(settings, utc_now)
        bot.start()
    except (SettingsError, StartError) as error:
        typer.echo(f"winwin: {error}", err=True)
        raise typer.Exit(1) from None
    try:
        _wait(bot, stop)
    finally:
        bot.stop()
    log.info("stopped")


def _wait(bot: Bot, stop: threading.Event) -> None:
    while not stop.wait(_LOOK):
        try:
            bot.check()
        except StartError as error:
            typer.echo(f"winwin: {error}", err=True)
            raise typer.Exit(1) from None


def _stopper(stop: threading.Event) -> Callable[[int, FrameType | None], None]:
    def handle(_number: int, _frame: FrameType | None) -> None:
        if stop.is_set():
            os._exit(1)  # asked twice: do not wait for anything
        stop.set()

    return handle
