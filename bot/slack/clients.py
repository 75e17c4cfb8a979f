"""Slack's Web API clients: one TLS context for all, and no retries of their own."""

import ssl
from dataclasses import dataclass, field
from datetime import timedelta

from bot.services.timing import Timing
from bot.slack.connections import Kept
from bot.slack.deadline import DeadlineClient


@dataclass(frozen=True, slots=True, kw_only=True)
class Clients:
    """Makes clients for one token and address.

    The SDK reads the CA bundle anew at each call unless it is given a context, and its default
    retry handler posts twice when a connection drops after the request was read.
    """

    api_url: str
    token: str = field(repr=False)
    timing: Timing = field(default_factory=Timing)
    tls: ssl.SSLContext = field(default_factory=ssl.create_default_context)
    kept: Kept = field(default_factory=Kept)

    def interactive(self) -> DeadlineClient:
        """Make a client for what a person waits for: an answer to them has three seconds in all."""
        return self._client(self.timing.ask_timeout)

    def sending(self) -> DeadlineClient:
        """Make a client for what nobody waits for; a time-out leaves a message unknown."""
        return self._client(self.timing.send_timeout)

    def close(self) -> None:
        """Close the connections that wait for a next call."""
        self.kept.close()

    def _client(self, timeout: timedelta) -> DeadlineClient:
        return DeadlineClient(
            kept=self.kept,
            token=self.token,
            base_url=self.api_url,
            timeout=timeout.total_seconds(),
            ssl=self.tls,
            retry_handlers=[],
        )
