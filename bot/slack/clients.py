"""Slack's Web API clients: one TLS context for all, and no retries of their own."""

import ssl
from dataclasses import dataclass, field

from slack_sdk import WebClient

INTERACTIVE_TIMEOUT = 2
"""Seconds: an answer to a person has three in all."""

SENDING_TIMEOUT = 10
"""Seconds: nobody waits for it, and a time-out leaves a message unknown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clients:
    """Makes clients for one token and address.

    The SDK reads the CA bundle anew at each call unless it is given a context, and its default
    retry handler posts twice when a connection drops after the request was read.
    """

    api_url: str
    token: str = field(repr=False)
    tls: ssl.SSLContext = field(default_factory=ssl.create_default_context)

    def interactive(self) -> WebClient:
        """Make a client for what a person waits for."""
        return self._client(INTERACTIVE_TIMEOUT)

    def sending(self) -> WebClient:
        """Make a client for what the dispatcher sends."""
        return self._client(SENDING_TIMEOUT)

    def _client(self, timeout: int) -> WebClient:
        return WebClient(
            token=self.token,
            base_url=self.api_url,
            timeout=timeout,
            ssl=self.tls,
            retry_handlers=[],
        )
