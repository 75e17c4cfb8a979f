"""`winwin demo`: the bot against a simulated Slack, in a page to try it in."""

import contextlib
import importlib.util
import signal
import tempfile
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Annotated

import structlog
import typer

from bot import logs
from bot.app import Bot, StartError, build
from bot.clock import utc_now
from bot.config import Mode, Settings

if TYPE_CHECKING:
    from bot.playground import Slack

log = structlog.get_logger(__name__)

_NEEDED = ("httpx", "starlette", "uvicorn", "websockets")
_FIRST_HOUR = time(8)
_STEP = 0.2
"""Seconds between two looks at what is due."""


def command(
    port: Annotated[
        int, typer.Option(help="Where the page is; a used port is answered with the next free one.")
    ] = 4000,
) -> None:
    """Try Winwin in a page, with a simulated Slack; needs no account and no settings."""
    if any(importlib.util.find_spec(name) is None for name in _NEEDED):
        typer.echo("winwin: the demo needs its extra: pip install 'winwin[playground]'", err=True)
        raise typer.Exit(1)
    stop = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, _stopper(stop))
    logs.configure("console", "WARNING")
    try:
        with tempfile.TemporaryDirectory(prefix="winwin-") as folder, _playing(folder, port) as url:
            typer.echo(f"Winwin's playground is at {url}/ (Ctrl-C ends it)")
            stop.wait()
    except StartError as error:
        typer.echo(f"winwin: {error}", err=True)
        raise typer.Exit(1) from None


class Playing:
    """The clock of a demo: it runs as real time does, and can be moved on.

    It starts on this week's Tuesday, at an hour when Berlin, Tokyo and Kolkata are at work.
    """

    def __init__(self) -> None:
        now = utc_now()
        tuesday = now.date() + timedelta(days=1 - now.weekday())
        self._ahead = datetime.combine(tuesday, _FIRST_HOUR, UTC) - now
        self._bot: Bot | None = None
        self._moving = threading.Lock()

    def now(self) -> datetime:
        """Return the demo's time."""
        return utc_now() + self._ahead

    def drive(self, bot: Bot) -> None:
        """Move this bot along from now on."""
        self._bot = bot

    def run_due(self) -> None:
        """Let the bot plan and send what is due now."""
        if self._bot is not None:
            with self._moving:
                self._bot.run_due()

    def advance(self, to: datetime) -> None:
        """Move the time on, stopping at each instant at which something is due."""
        if self._bot is None:
            return
        with self._moving:
            self._bot.run_due()
            while (now := self.now()) < to:
                wake = self._bot.next_wake()
                step = to if wake is None or wake <= now else min(to, wake)
                self._ahead += step - now
                self._bot.run_due()

    def next_list(self, user: str) -> datetime | None:
        """Return when somebody's next list comes."""
        return self._bot.next_list(user) if self._bot is not None else None


@contextlib.contextmanager
def _playing(folder: str, port: int) -> Iterator[str]:
    from bot.playground import Slack, workspace  # noqa: PLC0415 - an extra that need not be there

    playing = Playing()
    slack = Slack(workspace(clock=playing.now), port=port, next_free_port=True, time=playing)
    with slack:
        app = slack.state.app
        settings = Settings(
            mode=Mode.HTTP,
            bot_token=app.bot_token,
            signing_secret=app.signing_secret,
            api_url=slack.api_url,
            database_url=f"sqlite:///{Path(folder) / 'demo.db'}",
            port=0,
        )
        bot = build(settings, playing.now)
        bot.serve()
        slack.app_url = f"http://{settings.host}:{bot.port}/slack/events"
        playing.drive(bot)
        running = threading.Event()
        beat = threading.Thread(target=_beat, args=(playing, running), name="demo", daemon=True)
        try:
            _first_exchange(slack, playing)
            beat.start()
            yield slack.url
        finally:
            running.set()
            if beat.is_alive():
                beat.join()
            bot.stop()


def _beat(playing: Playing, stop: threading.Event) -> None:
    while not stop.wait(_STEP):
        try:
            playing.run_due()
        except Exception:
            log.exception("the demo's round failed")


def _first_exchange(slack: "Slack", playing: Playing) -> None:
    """Play what makes the first page worth a look: an ask that is agreed, others that wait."""
    slack.command("lena", "launch", "/expect", "@ren to send the billing API draft by friday")
    slack.command("maya", "launch", "/expect", "I will draw the icon set by thursday")
    slack.command("asha", "launch", "/expect", "@lena to review the tax form by tomorrow")
    playing.run_due()
    asked = [message for message in slack.inbox("ren") if "billing API" in message.text]
    if asked:
        slack.press("ren", asked[-1], "Accept")
        playing.run_due()


def _stopper(stop: threading.Event) -> Callable[[int, FrameType | None], None]:
    def handle(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    return handle
