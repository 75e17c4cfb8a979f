"""Socket Mode: one connection, which acknowledges after the commit and drains before it closes."""

import contextlib
import socket
import threading
import time
from datetime import timedelta

import structlog
from slack_bolt import App
from slack_bolt.adapter.socket_mode.internals import run_bolt_app, send_response
from slack_sdk import WebClient
from slack_sdk.socket_mode.builtin import SocketModeClient
from slack_sdk.socket_mode.client import BaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest

from bot.slack.identity import IdentityError, TokenRefusedError, socket_address

log = structlog.get_logger(__name__)

CONCURRENCY = 16
_PATIENCE = 30.0
"""Seconds without a connection after which the app token is tried by itself."""


class SocketLine:
    """Slack's envelopes in, the app's answers out."""

    def __init__(self, app: App, client: WebClient, app_token: str) -> None:
        self._app = app
        self._web = client
        self._app_token = app_token
        self._draining = False
        self._in_flight = 0
        self._lock = threading.Lock()
        self._last_seen = time.monotonic()
        self._client = SocketModeClient(
            app_token=app_token, web_client=client, concurrency=CONCURRENCY
        )
        self._client.socket_mode_request_listeners.append(self._handle)

    def start(self) -> None:
        """Connect. Raise IdentityError where Slack gives no address.

        The SDK asks for none itself then: where that meets a 429, it sleeps as long as Slack says.
        """
        self._client.wss_uri = socket_address(self._web, self._app_token)
        self._client.connect()
        self._last_seen = time.monotonic()

    def check(self) -> None:
        """Raise TokenRefusedError once the token is refused: the SDK itself would try for ever."""
        if self._client.is_connected():
            self._last_seen = time.monotonic()
        elif time.monotonic() - self._last_seen > _PATIENCE:
            self._last_seen = time.monotonic()
            try:
                socket_address(self._web, self._app_token)
            except TokenRefusedError:
                raise
            except IdentityError:
                log.warning("slack not reached, trying on")

    def leave(self) -> None:
        """Leave new envelopes to another connection: what is not acknowledged comes again."""
        with self._lock:
            self._draining = True

    def drain(self, patience: timedelta) -> bool:
        """Wait for those in flight; tell whether all were acknowledged."""
        end = time.monotonic() + patience.total_seconds()
        while self._in_flight and time.monotonic() < end:
            time.sleep(0.01)
        return not self._in_flight

    def close(self, patience: timedelta) -> bool:
        """Close; tell whether that was done within `patience`: the SDK's waits for its workers."""
        self._client.auto_reconnect_enabled = False
        self._end_waits()
        closing = threading.Thread(target=self._client.close, name="closing", daemon=True)
        closing.start()
        closing.join(patience.total_seconds())
        return not closing.is_alive()

    def _end_waits(self) -> None:
        """End the waits under way, to read and for work, which the SDK's close would sit out."""
        session = self._client.current_session
        if session is not None and session.sock is not None:
            with contextlib.suppress(OSError):
                session.sock.shutdown(socket.SHUT_RDWR)
        self._client.closed = True
        self._client.message_queue.put(None)

    def _handle(self, client: BaseSocketModeClient, request: SocketModeRequest) -> None:
        with self._lock:
            if self._draining:
                return
            self._in_flight += 1
        try:
            begun = time.time()  # for a debug line of the SDK's
            send_response(client, request, run_bolt_app(self._app, request), begun)
        finally:
            with self._lock:
                self._in_flight -= 1
