"""One simulated Slack, one database and one web server, in which bots come and go cheaply."""

from __future__ import annotations

from collections import deque
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING
from unittest import mock

from bot import manifest
from bot.app import Bot, wire
from bot.config import Mode, Settings
from bot.db.engine import open_store
from bot.playground import Slack, app_of, workspace
from bot.services.timing import Timing
from bot.slack.clients import Clients
from bot.slack.identity import identify
from bot.web.server import Server
from tests.faults.machine.ledger import Ledger
from tests.support.stage import MONDAY, TestClock, settings_for

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from _typeshed.wsgi import StartResponse, WSGIEnvironment

    from bot.playground.records import Exchange

PATIENT = timedelta(seconds=60)
"""A loaded machine must not look like a late answer."""

TIMING = replace(
    Timing(), answer_within=PATIENT, ask_timeout=PATIENT, send_timeout=PATIENT, drain=timedelta(0)
)


class World:
    """Where sequences are played, one after the other; `begin` forgets all that was."""

    def __init__(self, database_url: str, mode: Mode) -> None:
        self.mode = mode
        self.clock = TestClock()
        self._app = app_of(manifest.load())
        state = workspace(clock=self.clock, app=self._app)
        self.slack = Slack(state, patience=PATIENT.total_seconds(), retry_delays=(0.0,))
        self.store = open_store(database_url, pool_size=4)
        self.ledger = Ledger(database_url)
        self._server = Server(self._serve, "127.0.0.1", 0)
        self._settings: Settings
        self._clients: Clients
        self.bot: Bot

    def open(self) -> None:
        """Serve."""
        self.slack.start()
        self._server.start()
        self._settings = settings_for(self.slack, "sqlite://", self.mode)  # the store is open
        self._clients = Clients(
            api_url=self.slack.api_url, token=self._app.bot_token, timing=TIMING
        )
        self._identity = identify(self._clients.interactive())
        if self.mode is Mode.HTTP:
            self.slack.app_url = f"http://127.0.0.1:{self._server.port}/slack/events"
        self._new_bot()
        self.ledger.remember()

    def close(self) -> None:
        """End it all."""
        self.bot.stop()
        self._server.leave()
        self._server.close(timedelta(seconds=1))
        self.slack.stop()
        self.ledger.close()
        self.store.close()

    def begin(self) -> None:
        """Begin again on a Monday morning with nothing remembered, here or at Slack."""
        self.clock.at = MONDAY
        self.slack.faults.clear()
        self.slack.state.begin_again(workspace(clock=self.clock, app=self._app))
        self.ledger.forget()
        self.restart()

    def restart(self) -> None:
        """Let the process die where it stands, and start another on the same database."""
        self.bot.stop()  # nothing is in flight, so no process could tell it from a kill
        self._new_bot()

    def die_sending(self) -> int:
        """Let the process die after it claimed what is due; return how much that was."""
        at = self.clock.at
        with self.store.write(self.workspace) as uow:
            claimed = uow.messages.claim(at, TIMING.in_flight, at + TIMING.lease)
        self.restart()
        return len(claimed)

    def settle(self) -> None:
        """Let the bot plan and send all that is due now."""
        self.bot.run_due()

    def advance(self, to: datetime) -> None:
        """Move the clock on, stopping wherever something is due."""
        self.settle()
        while self.clock.at < to:
            wake = self.bot.next_wake()
            self.clock.at = wake if wake is not None and self.clock.at < wake < to else to
            self.settle()

    def traffic(self) -> deque[Exchange]:
        """Return every request since the last time this was asked."""
        state = self.slack.state
        with state.lock:
            new = deque(state.traffic)
            state.traffic.clear()
        return new

    @property
    def workspace(self) -> int:
        """The workspace's id."""
        return self.store.workspace(self.slack.state.team.id)

    def _new_bot(self) -> None:
        self.bot = wire(
            self._settings,
            self.clock,
            TIMING,
            store=self.store,
            clients=self._clients,
            identity=self._identity,
        )
        self._site = self.bot.site()
        if self.mode is Mode.SOCKET:
            self.bot.serve()
            self.slack.wait_until(lambda: self.slack.sockets.count)

    def _serve(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        return self._site(environ, start)


@contextmanager
def world(database_url: str, mode: Mode = Mode.HTTP) -> Iterator[World]:
    """Open a world on a migrated database."""
    made = World(database_url, mode)
    with mock.patch("bot.playground.state.TRIGGER_SECONDS", PATIENT.total_seconds()):
        made.open()
        try:
            yield made
        finally:
            made.close()
