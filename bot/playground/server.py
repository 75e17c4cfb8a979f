"""The HTTP server of the simulated Slack: a Starlette app on uvicorn, in a thread of its own."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import json
import socket
import threading
import time
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

import uvicorn
from starlette.applications import Starlette
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route, WebSocketRoute
from uvicorn.protocols.http.h11_impl import H11Protocol

from bot.playground import page
from bot.playground.answers import take_response_url
from bot.playground.errors import SlackRefusalError
from bot.playground.records import Exchange, Json
from bot.playground.webapi import answer

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.websockets import WebSocket

    from bot.playground.faults import Fault
    from bot.playground.slack import Slack

HOST = "127.0.0.1"
START_SECONDS = 10.0
PORTS_TRIED = 20
_TRANSPORTS: dict[Any, asyncio.Transport] = {}
"""The open connection of each client address, so that a fault can break it."""


class _Protocol(H11Protocol):
    """uvicorn's protocol, which remembers its transport for faults that break connections."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override] # as uvicorn has it
        super().connection_made(transport)
        _TRANSPORTS[transport.get_extra_info("peername")] = transport

    def connection_lost(self, exc: Exception | None) -> None:
        _TRANSPORTS.pop(self.transport.get_extra_info("peername"), None)
        super().connection_lost(exc)


class ServerThread:
    """The server of one Slack; it listens on the loopback address only."""

    def __init__(self, slack: Slack, port: int, *, next_free_port: bool) -> None:
        self._slack = slack
        self._port = port
        self._next_free_port = next_free_port
        self._server: uvicorn.Server | None = None
        self._thread: threading.Thread | None = None

    @property
    def url(self) -> str:
        """Where it answers, without a slash at its end."""
        return f"http://{HOST}:{self._port}"

    def start(self) -> None:
        """Start; return once it answers."""
        listening = self._bind()
        self._port = listening.getsockname()[1]
        config = uvicorn.Config(
            application(self._slack),
            http=_Protocol,
            ws="websockets-sansio",
            lifespan="off",
            log_config=None,
            log_level="critical",
            access_log=False,
            timeout_graceful_shutdown=1,
        )
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(
            target=self._server.run, args=([listening],), name="playground", daemon=True
        )
        self._thread.start()
        deadline = time.monotonic() + START_SECONDS
        while not self._server.started:
            if time.monotonic() > deadline or not self._thread.is_alive():
                raise RuntimeError("The simulated Slack did not start.")
            time.sleep(0.005)

    def stop(self) -> None:
        """End the server and wait for it."""
        if self._server is None or self._thread is None:
            return
        self._slack.sockets.refresh("playground_stops")
        self._server.should_exit = True
        self._thread.join(timeout=START_SECONDS)
        self._server = self._thread = None

    def _bind(self) -> socket.socket:
        tries = PORTS_TRIED if self._next_free_port and self._port else 1
        for port in range(self._port, self._port + tries):
            listening = socket.socket()
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                listening.bind((HOST, port))
            except OSError as error:
                listening.close()
                if error.errno != errno.EADDRINUSE or port == self._port + tries - 1:
                    raise
            else:
                listening.listen(128)
                return listening
        raise AssertionError("unreachable: the last try raises")


def application(slack: Slack) -> Starlette:
    """Return the ASGI app: Web API, response_urls, Socket Mode, the page and its JSON API."""

    async def web_api(request: Request) -> Response:
        began = time.perf_counter()
        name = request.path_params["method"]
        args = await _arguments(request)
        token = request.headers.get("authorization", "").removeprefix("Bearer ").strip()
        token = token or str(args.pop("token", ""))
        fault = slack.faults.take(name, args)
        if fault is not None:
            await asyncio.sleep(fault.delay)
        body: Json = {}
        if fault is None or fault.handled:
            body = answer(slack.state, name, token, args, slack.url)
        response = JSONResponse(body) if fault is None else _faulty(fault, body)
        response.headers["x-slack-req-id"] = f"playground-{slack.state.number()}"
        if body.get("ok") and token == slack.state.app.bot_token:
            response.headers["x-oauth-scopes"] = ",".join(slack.state.app.scopes)
        shown: object = body or bytes(response.body).decode()
        slack.state.record(
            Exchange(
                time.time(), "from_app", name, args, shown, response.status_code,
                time.perf_counter() - began,
            )
        )  # fmt: skip
        if fault is not None and fault.drop:
            await _break(request)
        return response

    async def response_url(request: Request) -> Response:
        try:
            url = slack.state.use_response_url(request.path_params["key"])
            body = json.loads(await request.body())
        except SlackRefusalError as refusal:
            slack.state.refuse("response_url", refusal.code)
            return JSONResponse({"ok": False, "error": refusal.code}, status_code=404)
        except ValueError:
            return JSONResponse({"ok": False, "error": "invalid_payload"}, status_code=400)
        error = take_response_url(slack.state, url, body)
        slack.state.record(
            Exchange(time.time(), "from_app", "response_url", body, error or "ok", 200, 0.0)
        )
        if error:
            return JSONResponse({"ok": False, "error": error}, status_code=400)
        return PlainTextResponse("ok")

    async def link(websocket: WebSocket) -> None:
        await slack.sockets.serve(websocket)

    return Starlette(
        routes=[
            Route("/api/{method}", web_api, methods=["GET", "POST"]),
            Route("/actions/{team}/{number}/{key}", response_url, methods=["POST"]),
            WebSocketRoute("/link/", link),
            *page.routes(slack),
        ]
    )


async def _arguments(request: Request) -> Json:
    args: Json = dict(request.query_params)
    content = await request.body()
    if "json" not in request.headers.get("content-type", ""):
        return args | dict(parse_qsl(content.decode(errors="replace"), keep_blank_values=True))
    with contextlib.suppress(ValueError):
        body = json.loads(content or b"{}")
        args |= body if isinstance(body, dict) else {}
    return args


def _faulty(fault: Fault, body: Json) -> Response:
    if fault.garbage:
        return PlainTextResponse("<html>upstream connect error</html>", status_code=fault.status)
    headers = {} if fault.retry_after is None else {"retry-after": str(fault.retry_after)}
    if fault.error is not None:
        body = {"ok": False, "error": fault.error}
    elif fault.status != 200:  # noqa: PLR2004 - HTTP's OK
        return PlainTextResponse("upstream error", status_code=fault.status, headers=headers)
    return JSONResponse(body, status_code=fault.status, headers=headers)


async def _break(request: Request) -> None:
    transport = _TRANSPORTS.get(tuple(request.client or ()))
    if transport is not None:
        transport.abort()
        await asyncio.sleep(0.01)  # let uvicorn notice before it looks for an answer
