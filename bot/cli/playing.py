"""The demo at work: bot and simulated Slack in one process, on one clock that can be moved."""

from __future__ import annotations

import threading
import time
from datetime import UTC, date, datetime, timedelta
from datetime import time as hour
from typing import TYPE_CHECKING, Self

import structlog

from bot.app import Bot, StartError, build
from bot.cli.demo import DATABASE
from bot.clock import utc_now
from bot.config import Mode, Settings
from bot.playground import Slack, workspace
from bot.playground.saving import SavedError, read, restored, saved, write
from bot.services.timing import Timing

if TYPE_CHECKING:
    from pathlib import Path

    from bot.playground import State

log = structlog.get_logger(__name__)

_FIRST_HOUR = hour(8)
_STEP = 0.2
"""Seconds between two looks at what is due."""
_SAVED_EVERY = 1.0
"""Seconds that pass at least between two writings of the workspace."""
_WORKSPACE = "workspace.json"
_PATIENCE = timedelta(seconds=10)
"""Slack gives up after three seconds; a demo on a slow machine is worth waiting for."""
_TIMING = Timing(answer_within=_PATIENCE, ask_timeout=_PATIENCE)


class Demo:
    """Bot and simulated Slack, kept in a folder; it is the clock that the page moves.

    The clock runs as real time does and can be moved on. A fresh one starts on Tuesday, of this
    week unless told otherwise, at an hour when Berlin, Tokyo and Kolkata are at work; it stands
    while nothing runs.
    """

    def __init__(
        self, folder: Path, port: int, *, fresh: bool = False, week_of: date | None = None
    ) -> None:
        self._folder = folder
        self._week_of = week_of
        self._ahead = timedelta()
        self._moving = threading.RLock()
        self._ended = threading.Event()
        self._beat = threading.Thread(target=self._run, name="demo", daemon=True)
        self._bot: Bot | None = None
        self._saved_revision = -1
        state = (None if fresh else self._kept()) or self._fresh()
        self._slack = Slack(
            state,
            port=port,
            next_free_port=True,
            patience=_PATIENCE.total_seconds(),
            time=self,
        )

    @property
    def url(self) -> str:
        """Where the page is, without a slash at its end."""
        return self._slack.url

    @property
    def slack(self) -> Slack:
        """The simulated Slack, for whoever drives it."""
        return self._slack

    # -- running ---------------------------------------------------------------------------

    def start(self) -> Self:
        """Serve both. A fresh workspace gets a first exchange. Raise StartError where it fails."""
        try:
            self._slack.start()
        except OSError as error:
            msg = f"no port can be listened on ({error.strerror}): choose another with --port"
            raise StartError(msg) from error
        try:
            self._open()
            self._beat.start()
        except BaseException:
            self.stop()
            raise
        return self

    def stop(self) -> None:
        """Save and end everything."""
        self._ended.set()
        if self._beat.is_alive():
            self._beat.join()
        try:
            with self._moving:
                if self._bot is not None:
                    self._bot.stop()
                    self._save()
                self._bot = None
        finally:
            self._slack.stop()

    def start_over(self) -> None:
        """Empty the workspace and the database, and begin as a first start does."""
        with self._moving:
            if self._bot is not None:
                self._bot.stop()
            self._bot = None
            self._forget()
            self._slack.state.begin_again(self._fresh())
            self._open()

    # -- the clock -------------------------------------------------------------------------

    def now(self) -> datetime:
        """Return the demo's time."""
        return utc_now() + self._ahead

    def advance(self, to: datetime) -> None:
        """Move the time on, stopping at each instant at which something is due."""
        with self._moving:
            self._run_due()
            while (now := self.now()) < to and self._bot is not None:
                wake = self._bot.next_wake()
                step = to if wake is None or wake <= now else min(to, wake)
                self._ahead += step - now
                self._run_due()

    def next_list(self, user: str) -> datetime | None:
        """Return when somebody's next list comes."""
        bot = self._bot
        return bot.next_list(user) if bot is not None else None

    def _set(self, now: datetime) -> None:
        self._ahead = now - utc_now()

    def _run_due(self) -> None:
        if self._bot is not None:
            self._bot.run_due()

    def _run(self) -> None:
        next_save = 0.0
        while not self._ended.wait(_STEP):
            try:
                with self._moving:
                    self._run_due()
                    if time.monotonic() >= next_save:
                        self._save()
                        next_save = time.monotonic() + _SAVED_EVERY
            except Exception:
                log.exception("the demo's round failed")

    # -- keeping ---------------------------------------------------------------------------

    def _kept(self) -> State | None:
        """Return the workspace as it was left; None where there is none that can be read."""
        if not (self._folder / DATABASE).exists():
            return None
        try:
            content = read(self._folder / _WORKSPACE)
            self._set(datetime.fromisoformat(content["now"]))
            return restored(content["workspace"], app=workspace().app, clock=self.now)
        except (SavedError, KeyError, TypeError, ValueError):
            log.warning("the saved workspace cannot be read; the demo begins anew")
            return None

    def _fresh(self) -> State:
        self._forget()
        day = self._week_of or utc_now().date()
        tuesday = day + timedelta(days=1 - day.weekday())
        self._set(datetime.combine(tuesday, _FIRST_HOUR, UTC))
        return workspace(clock=self.now)

    def _forget(self) -> None:
        for name in (_WORKSPACE, DATABASE, f"{DATABASE}-wal", f"{DATABASE}-shm"):
            (self._folder / name).unlink(missing_ok=True)
        self._saved_revision = -1

    def _save(self) -> None:
        state = self._slack.state
        if state.revision != self._saved_revision or self._ended.is_set():
            self._saved_revision = state.revision
            content = {"now": self.now().isoformat(), "workspace": saved(state)}
            write(self._folder / _WORKSPACE, content)

    # -- the bot ---------------------------------------------------------------------------

    def _open(self) -> None:
        """Start a bot on the folder's database; a workspace without messages gets some."""
        slack, app = self._slack, self._slack.state.app
        settings = Settings(
            mode=Mode.HTTP,
            bot_token=app.bot_token,
            signing_secret=app.signing_secret,
            api_url=slack.api_url,
            database_url=f"sqlite:///{self._folder / DATABASE}",
            port=0,
        )
        try:
            bot = build(settings, self.now, _TIMING)
        except StartError as error:
            msg = f"{self._folder}: {error}; winwin demo --fresh begins anew"
            raise StartError(msg) from error
        bot.serve()
        slack.app_url = f"http://{settings.host}:{bot.port}/slack/events"
        self._bot = bot
        if not slack.state.messages:
            self._first_exchange()

    def _first_exchange(self) -> None:
        """Play what makes the first page worth a look: an ask that is agreed, others that wait."""
        slack = self._slack
        day = self.now().date() + timedelta(weeks=3)
        slack.command("ren", "launch", "/expect", f"we will move ten customers by {day}")
        slack.command("lena", "launch", "/expect", "@ren to send the billing API draft by friday")
        slack.command("maya", "launch", "/expect", "I will draw the icon set by thursday")
        slack.command("asha", "launch", "/expect", "@lena to review the tax form by tomorrow")
        self._run_due()
        asked = [message for message in slack.inbox("ren") if "billing API" in message.text]
        if asked:
            slack.press("ren", asked[-1], "Accept")
            self._run_due()
        slack.state.tour.since = slack.state.next_ts()
