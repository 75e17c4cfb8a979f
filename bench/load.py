"""Clients in a process of their own: `python -m bench.load PORT PREFIX COUNT AT_ONCE`.

Each request has a connection of its own, as Slack's have. Prints seconds in all, the slowest
one's, and how many were answered well, as JSON.
"""

import asyncio
import json
import sys
import time
from collections import deque
from itertools import islice

from bench.commands import commands

_HEAD = (
    "POST /slack/events HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nContent-Length: {}\r\n"
)


def _prepared(prefix: str, count: int) -> deque[bytes]:
    """Return whole requests: what they cost the client is no part of it."""
    prepared: deque[bytes] = deque()
    for headers, body in islice(commands(prefix), count):
        head = _HEAD.format(len(body)) + "".join(f"{k}: {v}\r\n" for k, v in headers.items())
        prepared.append(head.encode() + b"\r\n" + body)
    return prepared


class _Exchange(asyncio.Protocol):
    """One request and its answer, to the end of the connection."""

    def __init__(self, request: bytes, done: "asyncio.Future[bool]") -> None:
        self._request = request
        self._done = done
        self._came = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Ask."""
        assert isinstance(transport, asyncio.Transport)  # noqa: S101 - TCP has it
        transport.write(self._request)

    def data_received(self, data: bytes) -> None:
        """Read on."""
        self._came += data

    def connection_lost(self, exc: Exception | None) -> None:
        """Tell whether it was answered well."""
        self._done.set_result(exc is None and self._came.startswith(b"HTTP/1.1 200"))


async def _run(port: int, prefix: str, count: int, at_once: int) -> dict[str, float]:
    waiting = _prepared(prefix, count)
    loop = asyncio.get_running_loop()
    took: list[float] = []
    good = 0

    async def client() -> None:
        nonlocal good
        while waiting:
            request = waiting.popleft()
            done: asyncio.Future[bool] = loop.create_future()
            begun = time.perf_counter()
            await loop.create_connection(lambda: _Exchange(request, done), "127.0.0.1", port)  # noqa: B023 - it is called at once
            answered = await done  # before what is added to is read
            good += answered
            took.append(time.perf_counter() - begun)

    begun = time.perf_counter()
    await asyncio.gather(*(client() for _ in range(at_once)))
    return {"seconds": time.perf_counter() - begun, "slowest": max(took), "good": good}


if __name__ == "__main__":
    _, to, named, many, together = sys.argv
    print(json.dumps(asyncio.run(_run(int(to), named, int(many), int(together)))))
