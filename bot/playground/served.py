"""A simulated Slack that is served, and what people see on their screens in it."""

from __future__ import annotations

import time
from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Protocol, Self

from bot.playground.delivery import Delivery
from bot.playground.errors import DrivingError
from bot.playground.faults import Faults
from bot.playground.server import Server
from bot.playground.sockets import Sockets

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime
    from types import TracebackType

    from starlette.routing import BaseRoute

    from bot.playground.records import (
        Conversation,
        Exchange,
        Message,
        Person,
        Refusal,
        View,
    )
    from bot.playground.state import State

RETRY_DELAYS = (0.0, 0.1, 0.2)
"""Seconds before an event is delivered again; Slack waits about 0, 60 and 300."""


POLL_SECONDS = 0.05


class Time(Protocol):
    """What the page's clock moves; the demo gives one that moves the bot along."""

    def now(self) -> datetime:
        """Return the playground's time."""

    def advance(self, to: datetime) -> None:
        """Move the time on, doing on the way what falls due."""

    def next_list(self, user: str) -> datetime | None:
        """Return when somebody's next list comes."""


class Served(ABC):
    """Serves a workspace over HTTP and shows what is on people's screens."""

    def __init__(
        self,
        state: State,
        *,
        app_url: str | None = None,
        port: int = 0,
        next_free_port: bool = False,
        patience: float = 3.0,
        retry_delays: tuple[float, ...] = RETRY_DELAYS,
        time: Time | None = None,
    ) -> None:
        self.state = state
        self.faults = Faults()
        self.sockets = Sockets(state)
        self.delivery = Delivery(state, self.sockets, app_url, patience)
        self.retry_delays = retry_delays
        self.time = time
        self._server = Server(self, port, next_free_port=next_free_port)

    @abstractmethod
    def routes(self) -> Sequence[BaseRoute]:
        """Return the routes of the page and its JSON API."""

    # -- serving ---------------------------------------------------------------------------

    @property
    def url(self) -> str:
        """Where the page is, without a slash at its end."""
        return self._server.url

    @property
    def api_url(self) -> str:
        """The Web API's base, for SLACK_API_URL or `WebClient(base_url=…)`."""
        return f"{self.url}/api/"

    @property
    def app_url(self) -> str | None:
        """Where the app takes requests; None for Socket Mode."""
        return self.delivery.app_url

    @app_url.setter
    def app_url(self, url: str | None) -> None:
        self.delivery.app_url = url

    def start(self) -> Self:
        """Serve; return once it answers."""
        self._server.start()
        return self

    def stop(self) -> None:
        """End the server and its connections."""
        self._server.stop()
        self.delivery.close()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def wait_until(self, is_so: Callable[[], object], seconds: float = 5.0) -> None:
        """Wait for something to become true, or raise TimeoutError.

        It is asked whenever the workspace changes, without holding its lock, and every 50 ms.
        """
        deadline = time.monotonic() + seconds
        while not is_so():
            if time.monotonic() > deadline:
                raise TimeoutError("What was waited for did not happen.")
            with self.state.changed:
                self.state.changed.wait(POLL_SECONDS)

    # -- looking ---------------------------------------------------------------------------

    @property
    def refusals(self) -> list[Refusal]:
        """What Slack refused the app so far."""
        return list(self.state.refusals)

    @property
    def traffic(self) -> list[Exchange]:
        """Every request and its answer so far, the oldest first."""
        return list(self.state.traffic)

    def messages(self, where: str | Conversation) -> list[Message]:
        """Return a conversation's messages that everybody in it sees, oldest first."""
        return self.state.seen(self.state.conversation(where).id)

    def visible(self, user: str, where: str | Conversation) -> list[Message]:
        """Return what somebody sees of a conversation, oldest first."""
        person = self.state.person(user)
        return self.state.seen(self.state.conversation(where, seen_by=person.id).id, person.id)

    def inbox(self, user: str) -> list[Message]:
        """Return what somebody sees in their direct message with the app, oldest first."""
        return self.visible(user, self.dm_with(user))

    def dm_with(self, user: str) -> Conversation:
        """Return somebody's direct message with the app."""
        return self.state.direct(self.state.person(user).id, self.state.app.bot_user_id)

    def modal(self, user: str) -> View | None:
        """Return the uppermost modal on somebody's screen."""
        return self.state.screens.top(self.state.person(user).id)

    def home(self, user: str) -> View | None:
        """Return somebody's Home tab as it was last published."""
        return self.state.screens.homes.get(self.state.person(user).id)

    def _need_member(self, person: Person, conversation: Conversation) -> None:
        if person.id not in conversation.members:
            raise DrivingError(f"{person.name} is not in {conversation.name or conversation.id}.")
