"""The HTTP server of the simulated Slack: a Starlette app on uvicorn, on the process's loop."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import json
import socket
import struct
import time
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import (
    JSONResponse,
    PlainTextResponse,
    Response,
    StreamingResponse,
)
from starlette.routing import Route, WebSocketRoute
from uvicorn.protocols.http.h11_impl import H11Protocol

from bot.playground.answers import take_response_url
from bot.playground.errors import SlackRefusalError
from bot.playground.loop import LOOP
from bot.playground.methods.files import shown_file, take_upload
from bot.playground.origins import OwnOriginOnly
from bot.playground.records import Exchange, Json
from bot.playground.webapi import answer

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from concurrent.futures import Future

    from starlette.requests import Request
    from starlette.websockets import WebSocket

    from bot.playground.faults import Fault
    from bot.playground.served import Served

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


class Server:
    """The server of one Slack; it listens on the loopback address only."""

    def __init__(self, slack: Served, port: int, *, next_free_port: bool) -> None:
        self._slack = slack
        self._port = port
        self._next_free_port = next_free_port
        self._server: uvicorn.Server | None = None
        self._served: Future[None] | None = None

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
        self._served = LOOP.call(self._server.serve([listening]))
        deadline = time.monotonic() + START_SECONDS
        while not self._server.started:
            if time.monotonic() > deadline or self._served.done():
                raise RuntimeError("The simulated Slack did not start.")
            time.sleep(0.005)

    def stop(self) -> None:
        """End the server and wait for it."""
        if self._server is None or self._served is None:
            return
        self._slack.sockets.cut()
        self._server.should_exit = True
        self._served.result(START_SECONDS)
        self._server = self._served = None

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
        raise AssertionError("the last try raises")


def application(slack: Served) -> Starlette:
    """Return the ASGI app: Web API, response_urls, Socket Mode, the page and its JSON API."""
    endpoints = _Endpoints(slack)
    return Starlette(
        routes=[
            Route("/api/{method}", endpoints.web_api, methods=["GET", "POST"]),
            Route("/actions/{team}/{number}/{key}", endpoints.response_url, methods=["POST"]),
            Route("/upload/v1/{file}", endpoints.upload, methods=["POST"]),
            Route("/files/{file}", endpoints.file, methods=["GET"]),
            WebSocketRoute("/link/", endpoints.link),
            *slack.routes(),
        ],
        middleware=[Middleware(OwnOriginOnly)],
    )


class _Endpoints:
    def __init__(self, slack: Served) -> None:
        self._slack = slack
        self._state = slack.state

    async def web_api(self, request: Request) -> Response:
        began = time.perf_counter()
        name = request.path_params["method"]
        args = await _arguments(request)
        token = request.headers.get("authorization", "").removeprefix("Bearer ").strip()
        token = str(args.pop("token", "")) or token
        fault = self._slack.faults.take(name, args)
        if fault is not None:
            await asyncio.sleep(fault.delay)
        body: Json = {}
        if fault is None or fault.handled:
            body = answer(self._state, name, token, args, self._slack.url)
        response = JSONResponse(body) if fault is None else _faulty(fault, body)
        response.headers["x-slack-req-id"] = f"playground-{self._state.number()}"
        if body.get("ok") and token == self._state.app.bot_token:
            response.headers["x-oauth-scopes"] = ",".join(self._state.app.scopes)
        shown = body if fault is None else bytes(response.body).decode()
        self._record(name, args, shown, response.status_code, time.perf_counter() - began)
        if fault is not None and fault.trickle:
            return StreamingResponse(_drops(fault.trickle), media_type="application/json")
        if fault is not None and (fault.drop or fault.half):
            await _break(request, b"" if fault.drop else _half(response))
        return response

    async def response_url(self, request: Request) -> Response:
        began = time.perf_counter()
        try:
            url = self._state.use_response_url(request.path_params["key"])
            body = json.loads(await request.body())
        except SlackRefusalError as refusal:
            self._state.refuse("response_url", refusal.code)
            return JSONResponse({"ok": False, "error": refusal.code}, status_code=404)
        except ValueError:
            self._state.refuse("response_url", "invalid_payload")
            return JSONResponse({"ok": False, "error": "invalid_payload"}, status_code=400)
        error = take_response_url(self._state, url, body)
        status = 400 if error else 200
        self._record("response_url", body, error or "ok", status, time.perf_counter() - began)
        if error:
            return JSONResponse({"ok": False, "error": error}, status_code=status)
        return PlainTextResponse("ok")

    async def upload(self, request: Request) -> Response:
        content = await request.body()
        taken = take_upload(self._state, request.path_params["file"], content)
        if not taken:
            self._state.refuse("upload", "not_taken")
            return PlainTextResponse("no such upload", status_code=400)
        return PlainTextResponse(f"OK - {len(content)}")

    async def file(self, request: Request) -> Response:
        found = shown_file(self._state, request.path_params["file"])
        if found is None:
            return PlainTextResponse("no such file", status_code=404)
        return PlainTextResponse(found["content"])

    async def link(self, websocket: WebSocket) -> None:
        await self._slack.sockets.serve(websocket)

    def _record(self, name: str, args: Json, shown: object, status: int, seconds: float) -> None:
        self._state.record(Exchange(time.time(), "from_app", name, args, shown, status, seconds))


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


async def _drops(seconds: float) -> AsyncIterator[bytes]:
    """Yield a blank now and then, which JSON allows before a value that never comes."""
    while True:
        yield b" "
        await asyncio.sleep(seconds)


def _half(response: Response) -> bytes:
    """Return an answer as it goes over the wire, without its last half."""
    head = [f"HTTP/1.1 {response.status_code} \r\n".encode()]
    head += [name + b": " + value + b"\r\n" for name, value in response.raw_headers]
    body = bytes(response.body)
    return b"".join(head) + b"\r\n" + body[: len(body) // 2]


async def _break(request: Request, last_words: bytes) -> None:
    """Close the connection after some last words; without any, reset it."""
    transport = _TRANSPORTS.get(tuple(request.client or ()))
    if transport is None:
        return
    if last_words:
        transport.write(last_words)
        transport.close()
    else:
        raw: socket.socket = transport.get_extra_info("socket")
        raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        transport.abort()
    await asyncio.sleep(0.01)  # let uvicorn notice before it looks for an answer
