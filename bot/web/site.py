"""The WSGI application: `/slack/events`, `/healthz` and `/metrics`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus

from flask import Flask, Response, jsonify, request

from bot.web.metrics import CONTENT_TYPE

_TIMESTAMP = "X-Slack-Request-Timestamp"
_SIGNATURE = "X-Slack-Signature"
_LONGEST_BODY = 1_000_000
_SECONDS = 12  # digits: more would overflow where Bolt compares them


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What to answer to a request of Slack's."""

    status: int
    headers: Mapping[str, str]
    body: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """How the process is."""

    database: bool
    late: float | None  # seconds that the first of what is due has waited; None: no database
    tick_age: float | None  # seconds; None: no heartbeat runs here

    def ok(self, patience: float) -> bool:
        """Tell whether the database answers and ticks are younger than `patience` seconds."""
        return self.database and (self.tick_age is None or self.tick_age < patience)


Endpoint = Callable[[Mapping[str, str], bytes], Answer]

_OLDEST_TICK = 30.0


def site(
    endpoint: Endpoint | None, health: Callable[[], Health], metrics: Callable[[], bytes]
) -> Flask:
    """Build the application; without an endpoint (Socket Mode) it shows only how the process is."""
    app = Flask("winwin")
    app.config["MAX_CONTENT_LENGTH"] = _LONGEST_BODY

    @app.get("/healthz")
    def healthz() -> tuple[Response, int]:
        now = health()
        ok = now.ok(_OLDEST_TICK)
        body = jsonify(
            ok=ok,
            database=now.database,
            late_seconds=_rounded(now.late),
            tick_age_seconds=_rounded(now.tick_age),
        )
        return body, HTTPStatus.OK if ok else HTTPStatus.SERVICE_UNAVAILABLE

    @app.get("/metrics")
    def figures() -> Response:
        return Response(metrics(), content_type=CONTENT_TYPE)

    if endpoint is not None:

        @app.post("/slack/events")
        def events() -> Response:
            # Bolt answers 500 to a malformed timestamp or signature: refuse those before it.
            timestamp = request.headers.get(_TIMESTAMP, "")
            signature = request.headers.get(_SIGNATURE, "")
            dated = timestamp.isascii() and timestamp.isdigit() and len(timestamp) <= _SECONDS
            if not (dated and signature.isascii()):
                return Response("not signed by Slack\n", status=HTTPStatus.UNAUTHORIZED)
            answer = endpoint(dict(request.headers), request.get_data())
            return Response(answer.body, status=answer.status, headers=dict(answer.headers))

    return app


def _rounded(seconds: float | None) -> float | None:
    return None if seconds is None else round(seconds, 3)
