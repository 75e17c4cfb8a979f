"""Connections to Slack: each made and used by a call's deadline, and used again while warm."""

import http.client
import io
import select
import socket
import ssl
import threading
import time
import urllib.request
from collections import deque
from dataclasses import dataclass, field
from functools import partial
from typing import Any

_WARM = 2.0
"""Seconds for which a connection waits for its next call: no server gives one up so soon."""

_Address = tuple[str, str, str | None]
"""The scheme, whom to connect to, and whom a proxy is to connect to."""


class Call(urllib.request.Request):
    """A request, its deadline on the monotonic clock, and whether some of it may have left."""

    _tunnel_host: str | None  # urllib's own

    def __init__(
        self, url: str, given: urllib.request.Request, deadline: float, kept: "Kept"
    ) -> None:
        super().__init__(url, given.data, dict(given.headers), method=given.get_method())
        self.deadline = deadline
        self.kept = kept
        self.left = False

    @property
    def address(self) -> _Address:
        """Where its connection leads."""
        return self.type, self.host, self._tunnel_host

    def remaining(self) -> float:
        """Return the seconds that are left. Raise TimeoutError where none are."""
        seconds = self.deadline - time.monotonic()
        if seconds <= 0.0:
            raise TimeoutError("the call took too long")
        return seconds


@dataclass(slots=True)
class Kept:
    """Connections whose answer was read to its end, the last one last; safe to share among threads.

    A new one costs Slack and us a handshake, which takes longer than the call itself.
    """

    idle: deque[tuple[float, _Address, "_Timed"]] = field(default_factory=deque)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _closed: bool = False

    def take(self, address: _Address) -> "_Timed | None":
        """Return a connection that is warm and silent: one that says something says farewell."""
        while (found := self._last(address)) is not None:
            if not found.has_said():
                return found
            found.close()
        return None

    def give(self, address: _Address, connection: "_Timed") -> None:
        """Keep a connection for the next call."""
        now = time.monotonic()
        with self._lock:
            cold = self._cold(now)
            if self._closed:
                cold.append(connection)
            else:
                self.idle.append((now, address, connection))
        for each in cold:
            each.close()

    def close(self) -> None:
        """Close all, and from now on each that is given."""
        with self._lock:
            self._closed = True
            cold = self._cold(float("inf"))
        for each in cold:
            each.close()

    def __del__(self) -> None:
        self.close()

    def _last(self, address: _Address) -> "_Timed | None":
        with self._lock:
            cold = self._cold(time.monotonic())
            found = next((each for each in reversed(self.idle) if each[1] == address), None)
            if found is not None:
                self.idle.remove(found)
        for each in cold:
            each.close()
        return None if found is None else found[2]

    def _cold(self, now: float) -> list["_Timed"]:
        """Take out what has waited too long."""
        cold = []
        while self.idle and self.idle[0][0] < now - _WARM:
            cold.append(self.idle.popleft()[2])
        return cold


class _Read(io.RawIOBase):
    """What a socket gives, as long as the call has time."""

    def __init__(self, sock: socket.socket, call: Call) -> None:
        self._sock = sock
        self._raw = sock.makefile("rb", buffering=0)
        self._call = call

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:  # noqa: ANN401 - any writable buffer
        self._sock.settimeout(self._call.remaining())
        return self._raw.readinto(buffer)

    def close(self) -> None:
        self._raw.close()
        super().close()


class _Answer(http.client.HTTPResponse):
    """An answer that is read until the call's deadline; then its connection is free again."""

    def __init__(
        self,
        sock: socket.socket,
        *args: Any,  # noqa: ANN401 - as http.client has it
        call: Call,
        **more: Any,  # noqa: ANN401 - as http.client has it
    ) -> None:
        super().__init__(sock, *args, **more)
        self.fp.close()
        self.fp = io.BufferedReader(_Read(sock, call))
        self._left_open: tuple[_Timed, socket.socket] | None = None

    def leaves_open(self, connection: "_Timed", sock: socket.socket) -> None:
        """Hold the connection, which outlasts the answer, until that was read."""
        self._left_open = connection, sock

    def read(self, amt: int | None = None) -> bytes:
        """Read; once it was read to its end, the next call may have the connection."""
        body = super().read(amt)
        if amt is None and self._left_open is not None:
            connection, sock = self._left_open
            self._left_open = None
            connection.rests(sock)
        return body

    def close(self) -> None:
        """Close, and with it the connection where the answer was not read to its end."""
        super().close()
        if self._left_open is not None:
            _, sock = self._left_open
            self._left_open = None
            sock.close()


class _Timed(http.client.HTTPConnection):
    """A connection that is made and written to until the deadline of the call that has it."""

    _call: Call

    def begins(self, call: Call) -> None:
        """Serve a call; on a connection that is there, its request may leave at once."""
        self._call = call
        self.response_class = partial(_Answer, call=call)  # type: ignore[assignment]  # makes one
        if self.sock is not None:
            self.sock.settimeout(call.remaining())
            call.left = True

    def rests(self, sock: socket.socket) -> None:
        """Wait for the next call."""
        kept, address = self._call.kept, self._call.address
        del self._call, self.response_class
        self.sock = sock
        kept.give(address, self)

    def has_said(self) -> bool:
        """Tell whether something came that nobody asked for, if only its end."""
        try:
            said, _, _ = select.select([self.sock], [], [], 0)
        except (OSError, ValueError):  # it is closed, or numbered beyond what `select` takes
            return True
        return bool(said)

    def connect(self) -> None:
        """Connect, through a proxy and TLS where that is asked for; then the request may leave."""
        self.timeout = self._call.remaining()
        super().connect()
        self.sock.settimeout(self._call.remaining())
        self._call.left = True

    def set_tunnel(self, *args: Any, **more: Any) -> None:  # noqa: ANN401 - as http.client has it
        """Have a proxy connect further, unless it has."""
        if self.sock is None:
            super().set_tunnel(*args, **more)

    def request(
        self,
        method: str,
        url: str,
        body: Any = None,  # noqa: ANN401 - as http.client has it
        headers: Any = None,  # noqa: ANN401 - as http.client has it
        *,
        encode_chunked: bool = False,
    ) -> None:
        """Send a request; not that it is the last, as urllib says of each."""
        kept = {name: value for name, value in headers.items() if name != "Connection"}
        super().request(method, url, body, kept, encode_chunked=encode_chunked)

    def getresponse(self) -> http.client.HTTPResponse:
        """Return the answer; a connection that outlasts it goes along, or urllib would close it."""
        answer = super().getresponse()
        if isinstance(answer, _Answer) and not answer.will_close:
            answer.leaves_open(self, self.sock)
            self.sock = None  # as urllib itself does
        return answer


class _TimedTls(_Timed, http.client.HTTPSConnection):
    pass


class Http(urllib.request.HTTPHandler):
    """Opens http:// addresses."""

    def http_open(self, req: urllib.request.Request) -> Any:  # noqa: ANN401 - as urllib has it
        """Send a request by a connection that is warm, or a new one."""
        return self.do_open(partial(_connection, _Timed, req), req)


class Https(urllib.request.HTTPSHandler):
    """Opens https:// addresses."""

    def __init__(self, context: ssl.SSLContext | None) -> None:
        super().__init__(context=context)
        self._tls = context

    def https_open(self, req: urllib.request.Request) -> Any:  # noqa: ANN401 - as urllib has it
        """Send a request by a connection that is warm, or a new one."""
        return self.do_open(partial(_connection, _TimedTls, req), req, context=self._tls)


def _connection(kind: type[_Timed], call: Any, host: str, **more: Any) -> _Timed:  # noqa: ANN401 - urllib says `Request`
    connection = call.kept.take(call.address) or kind(host, **more)
    try:
        connection.begins(call)
    except TimeoutError:
        connection.close()
        raise
    return connection
