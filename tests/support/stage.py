"""A whole bot against a simulated Slack over the network, on a clock that the test moves."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from bot import manifest
from bot.app import Bot, build
from bot.config import Mode, Settings
from bot.db.health import findings
from bot.playground import Message, Slack, View, app_of, workspace

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.services.timing import Timing

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
"""10:00 in Berlin, 18:00 in Tokyo, 04:00 in New York, 14:30 in Kolkata."""


PATIENCE = 10.0
"""Seconds that the simulated Slack waits for an answer: a loaded machine is no failed test."""


@dataclass
class TestClock:
    """A clock that stands until it is moved."""

    __test__ = False

    at: datetime = MONDAY

    def __call__(self) -> datetime:
        return self.at


@dataclass
class Stage:
    """The bot and the Slack that it speaks with; people act through `slack`."""

    slack: Slack
    bot: Bot
    clock: TestClock
    database_url: str

    def settle(self) -> None:
        """Let the bot plan and send all that is due now."""
        self.bot.run_due()

    def advance(self, to: datetime) -> None:
        """Move the clock on, stopping wherever something is due."""
        self.settle()
        while self.clock.at < to:
            wake = self.bot.next_wake()
            due = wake is not None and self.clock.at < wake < to
            self.clock.at = wake if due and wake is not None else to
            self.settle()

    def advance_by(self, **delta: float) -> None:
        """Move the clock on by so many hours, days or minutes."""
        self.advance(self.clock.at + timedelta(**delta))

    def expect(self, user: str, text: str, where: str = "launch") -> str:
        """Type /expect; return the text that answers it."""
        before = len(self.slack.visible(user, where))
        result = self.slack.command(user, where, "/expect", text)
        assert result.acknowledged, result
        self.settle()
        shown = self.slack.visible(user, where)[before:]
        return "\n".join(message.text for message in shown)

    def inbox(self, user: str, *, about: str = "") -> list[Message]:
        """Return what somebody sees from the bot, the oldest first."""
        return [message for message in self.slack.inbox(user) if about in message.text]

    def last(self, user: str, *, about: str = "") -> Message:
        """Return the newest message from the bot to somebody."""
        found = self.inbox(user, about=about)
        assert found, f"nothing about {about!r} in {[m.text for m in self.slack.inbox(user)]}"
        return found[-1]

    def press(self, user: str, message: Message | View, label: str) -> None:
        """Press a button; let what follows happen."""
        result = self.slack.press(user, message, label)
        assert result.acknowledged, result
        self.settle()

    def submit(self, user: str, values: dict[str, object] | None = None) -> dict[str, str]:
        """Fill in and submit the uppermost modal; return the errors at its fields."""
        result = self.slack.submit(user, values or {})
        self.settle()
        return dict(result.errors)


def settings_for(slack: Slack, database_url: str, mode: Mode = Mode.HTTP) -> Settings:
    """Return the settings of a bot that speaks with this Slack; over HTTP at a free port."""
    app = slack.state.app
    return Settings(
        mode=mode,
        bot_token=app.bot_token,
        app_token=app.app_token if mode is Mode.SOCKET else "",
        signing_secret=app.signing_secret if mode is Mode.HTTP else "",
        api_url=slack.api_url,
        database_url=database_url,
        port=0,
    )


@contextmanager
def staged(
    database_url: str,
    mode: Mode = Mode.HTTP,
    *,
    clock: TestClock | None = None,
    timing: Timing | None = None,
) -> Iterator[Stage]:
    """Start both; afterwards nothing may have been refused, and nothing in the database broken."""
    clock = clock or TestClock()
    app = app_of(manifest.load())
    app.scopes = (*app.scopes, "files:write")  # as whoever installs it may grant
    state = workspace(clock=clock, app=app)
    with Slack(state, patience=PATIENCE) as slack:
        bot = build(settings_for(slack, database_url, mode), clock, timing)
        bot.serve()
        if mode is Mode.HTTP:
            slack.app_url = f"http://127.0.0.1:{bot.port}/slack/events"
        else:
            slack.wait_until(lambda: slack.sockets.count)
        try:
            yield Stage(slack=slack, bot=bot, clock=clock, database_url=database_url)
        finally:
            bot.stop()
    assert slack.refusals == [], slack.refusals
    assert list(findings(database_url)) == []
