"""How payloads reach the app: signed over HTTP, or as envelopes over Socket Mode."""

from __future__ import annotations

import hashlib
import hmac
import json
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import httpx

from bot.playground.records import Exchange, Json

if TYPE_CHECKING:
    from bot.playground.sockets import Sockets
    from bot.playground.state import State

OK = 200
TIMED_OUT = 0
"""The status of an answer that did not come."""


class Envelope(StrEnum):
    """What is delivered, in Socket Mode's words."""

    COMMAND = "slash_commands"
    INTERACTIVE = "interactive"
    EVENT = "events_api"


@dataclass(frozen=True, slots=True)
class Answer:
    """What the app said, and how fast."""

    status: int
    body: object
    seconds: float

    @property
    def acknowledged(self) -> bool:
        """Say whether it was an HTTP 200, or an acknowledged envelope."""
        return self.status == OK

    @property
    def error(self) -> str | None:
        """Return what Slack shows to the person who waits."""
        if self.acknowledged:
            return None
        return "operation_timeout" if self.status == TIMED_OUT else "dispatch_failed"


def sign(secret: str, timestamp: str, body: bytes) -> str:
    """Return Slack's signature of a request body."""
    base = b"v0:" + timestamp.encode() + b":" + body
    return "v0=" + hmac.new(secret.encode(), base, hashlib.sha256).hexdigest()


class Delivery:
    """Delivers to one app: over HTTP where its address is known, else over Socket Mode."""

    def __init__(
        self, state: State, sockets: Sockets, app_url: str | None, patience: float
    ) -> None:
        self.app_url = app_url
        self.twins: tuple[str, ...] = ()
        """Where other processes of the app take requests; copies go to each in turn."""
        self.copies = 1
        """How often each payload is delivered, all at once; people are answered by the first."""
        self.patience = patience
        self._state = state
        self._sockets = sockets
        self._client = httpx.Client(trust_env=False)

    def close(self) -> None:
        """Give up the connections to the app."""
        self._client.close()

    def send(self, kind: Envelope, payload: Json, retry: int = 0, reason: str = "") -> Answer:
        """Deliver and wait for the answer, three seconds unless told otherwise."""

        def once(turn: int) -> Answer:
            return self._once(kind, payload, retry, reason, turn)

        if self.copies == 1:
            return once(0)
        with ThreadPoolExecutor(self.copies) as pool:
            return next(pool.map(once, range(self.copies)))

    def again(self, exchange: Exchange) -> Answer:
        """Deliver once more what was delivered before."""
        return self.send(_kind(exchange.name), exchange.request)

    def _once(self, kind: Envelope, payload: Json, retry: int, reason: str, turn: int) -> Answer:
        began = time.perf_counter()
        headers: dict[str, str] = {}
        if self.app_url is None:
            status, body = self._over_socket(kind, payload, retry, reason)
        else:
            headers, content = self._signed(kind, payload, retry, reason)
            urls = (self.app_url, *self.twins)
            status, body = self._over_http(urls[turn % len(urls)], headers, content)
        answer = Answer(status, body, time.perf_counter() - began)
        self._state.record(
            Exchange(
                time.time(), "to_app", _name(kind, payload), payload, body, status,
                answer.seconds, headers,
            )
        )  # fmt: skip
        return answer

    def _over_socket(
        self, kind: Envelope, payload: Json, retry: int, reason: str
    ) -> tuple[int, object]:
        envelope: Json = {
            "type": kind.value,
            "payload": payload,
            "accepts_response_payload": kind is not Envelope.EVENT,
        }
        if kind is Envelope.EVENT:
            envelope |= {"retry_attempt": retry, "retry_reason": reason}
        acknowledged = self._sockets.deliver(envelope, self.patience)
        return (TIMED_OUT, "") if acknowledged is None else (OK, acknowledged)

    def _signed(
        self, kind: Envelope, payload: Json, retry: int, reason: str
    ) -> tuple[dict[str, str], bytes]:
        if kind is Envelope.EVENT:
            content = json.dumps(payload).encode()
            content_type = "application/json"
        else:
            form = payload if kind is Envelope.COMMAND else {"payload": json.dumps(payload)}
            content = urlencode(form).encode()
            content_type = "application/x-www-form-urlencoded"
        timestamp = str(int(time.time()))
        headers = {
            "content-type": content_type,
            "user-agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
            "x-slack-request-timestamp": timestamp,
            "x-slack-signature": sign(self._state.app.signing_secret, timestamp, content),
        }
        if retry:
            headers |= {"x-slack-retry-num": str(retry), "x-slack-retry-reason": reason}
        return headers, content

    def _over_http(self, url: str, headers: dict[str, str], content: bytes) -> tuple[int, object]:
        try:
            response = self._client.post(
                url, content=content, headers=headers, timeout=self.patience
            )
        except httpx.TimeoutException:
            return TIMED_OUT, ""
        except httpx.HTTPError:
            return httpx.codes.BAD_GATEWAY, ""
        body: object = response.text
        if "json" in response.headers.get("content-type", ""):
            try:
                body = response.json()
            except ValueError:
                body = response.text
        return response.status_code, body


def _kind(name: str) -> Envelope:
    if name.startswith("/"):
        return Envelope.COMMAND
    return Envelope.EVENT if name.startswith("event ") else Envelope.INTERACTIVE


def _name(kind: Envelope, payload: Json) -> str:
    if kind is Envelope.COMMAND:
        return str(payload["command"])
    if kind is Envelope.EVENT:
        return f"event {payload['event']['type']}"
    return str(payload["type"])
