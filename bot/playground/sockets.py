"""Socket Mode: the WebSocket connections that the app holds to this Slack."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import json
import uuid
from concurrent.futures import Future
from concurrent.futures import TimeoutError as FutureTimeoutError
from typing import TYPE_CHECKING

from starlette.websockets import WebSocketDisconnect

if TYPE_CHECKING:
    from starlette.websockets import WebSocket

    from bot.playground.records import Json
    from bot.playground.state import State

MOST_CONNECTIONS = 10


class Connection:
    """One open WebSocket and the envelopes that wait for their acknowledgement."""

    def __init__(self, socket: WebSocket, loop: asyncio.AbstractEventLoop) -> None:
        self.socket = socket
        self.loop = loop
        self.waiting: dict[str, Future[object]] = {}

    def send(self, frame: Json) -> None:
        """Send a frame from any thread."""
        sending = self.socket.send_text(json.dumps(frame))
        asyncio.run_coroutine_threadsafe(sending, self.loop).result(timeout=5)

    def close(self) -> None:
        """Close from any thread."""
        closing = self.socket.close()
        asyncio.run_coroutine_threadsafe(closing, self.loop).result(timeout=5)

    def acknowledge(self, text: str) -> None:
        """Take the app's answer to an envelope."""
        with contextlib.suppress(ValueError):
            answer = json.loads(text)
            waiting = self.waiting.pop(answer.get("envelope_id"), None)
            if waiting is not None:
                waiting.set_result(answer.get("payload") or "")


class Sockets:
    """All connections; each envelope goes to one of them."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._connections: list[Connection] = []
        self._turns = itertools.count()

    @property
    def count(self) -> int:
        """How many connections are open."""
        return len(self._connections)

    async def serve(self, socket: WebSocket) -> None:
        """Hold one connection until either side ends it."""
        ticket = socket.query_params.get("ticket", "")
        if not self._state.use_ticket(ticket) or self.count >= MOST_CONNECTIONS:
            await socket.close()
            return
        await socket.accept()
        connection = Connection(socket, asyncio.get_running_loop())
        hello = {
            "type": "hello",
            "num_connections": self.count + 1,
            "debug_info": {"host": "playground", "approximate_connection_time": 18060},
            "connection_info": {"app_id": self._state.app.id},
        }
        await socket.send_text(json.dumps(hello))
        self._connections.append(connection)
        self._state.touch()
        try:
            while True:
                connection.acknowledge(await socket.receive_text())
        except (WebSocketDisconnect, RuntimeError):
            pass  # either side ended it
        finally:
            self._drop(connection)

    def deliver(self, envelope: Json, patience: float) -> object | None:
        """Send an envelope; return the acknowledgement's payload, or None without one in time."""
        connections = list(self._connections)
        if not connections:
            return None
        connection = connections[next(self._turns) % len(connections)]
        envelope_id = str(uuid.uuid4())
        waiting: Future[object] = Future()
        connection.waiting[envelope_id] = waiting
        try:
            connection.send({**envelope, "envelope_id": envelope_id})
            return waiting.result(timeout=patience)
        except (FutureTimeoutError, RuntimeError, WebSocketDisconnect):
            return None
        finally:
            connection.waiting.pop(envelope_id, None)

    def refresh(self, reason: str = "refresh_requested") -> None:
        """Ask every connection to come back anew, as Slack does every few hours, and close it."""
        frame = {"type": "disconnect", "reason": reason, "debug_info": {"host": "playground"}}
        self._end(frame)

    def cut(self) -> None:
        """Break every connection without a word, as a network does."""
        self._end(None)

    def _end(self, last: Json | None) -> None:
        for connection in list(self._connections):
            self._drop(connection)
            with contextlib.suppress(RuntimeError, WebSocketDisconnect, FutureTimeoutError):
                if last is not None:
                    connection.send(last)
                connection.close()

    def _drop(self, connection: Connection) -> None:
        if connection in self._connections:
            self._connections.remove(connection)
            self._state.touch()
