"""A TLS door before the simulated Slack, which can be closed, forged, and broken in between."""

from __future__ import annotations

import contextlib
import os
import socket
import ssl
import struct
import threading
from contextlib import contextmanager
from enum import StrEnum
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import trustme

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bot.playground import Slack

NAME = "localhost"
LONG = 10.0


class Way(StrEnum):
    """How the door is, and what the outbox says of a message that met it."""

    OPEN = "open"
    REFUSED = "connection_refused"
    GONE = "name_not_known"
    FORGED = "certificate_not_trusted"
    BROKEN = "tls_failed"
    RESET_BEFORE = "reset before it was read"
    RESET_AFTER = "reset after it was read"


class Door:
    """Serves each connection in a thread of its own, the way that it is now."""

    def __init__(self, folder: Path) -> None:
        self._slack = ("", 0)
        authority = trustme.CA()
        self.certificates = folder / "authority.pem"
        authority.cert_pem.write_to_path(str(self.certificates))
        self._true, self._forged = (_context(issuer) for issuer in (authority, trustme.CA()))
        self.way = Way.OPEN
        self._server: socket.socket | None = None
        self._accepting: threading.Thread | None = None
        self.port = 0
        self.open()

    @property
    def api_url(self) -> str:
        """The Web API behind it."""
        return f"https://{NAME}:{self.port}/api/"

    def open(self) -> None:
        """Listen, at the same port as before."""
        if self._server is not None:
            return
        self._server = socket.create_server(("127.0.0.1", self.port), backlog=128)
        self.port = self._server.getsockname()[1]
        self._accepting = threading.Thread(target=self._accept, args=(self._server,))
        self._accepting.start()

    def close(self) -> None:
        """Listen no more: connections are refused."""
        if self._server is None or self._accepting is None:
            return
        self._server.shutdown(socket.SHUT_RDWR)
        self._accepting.join(LONG)
        self._server.close()
        self._server = None

    def be(self, way: Way) -> None:
        """Be another way from the next connection on."""
        self.way = way
        if way is Way.REFUSED:
            self.close()
        else:
            self.open()

    def _accept(self, server: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while True:
                connection, _ = server.accept()
                connection.settimeout(LONG)
                threading.Thread(target=self._serve, args=(connection, self.way)).start()

    def _serve(self, connection: socket.socket, way: Way) -> None:
        with connection, contextlib.suppress(OSError):
            if way is Way.BROKEN:
                connection.recv(65536)
                connection.sendall(b"SSH-2.0-OpenSSH_9.7\r\n")
                return
            context = self._forged if way is Way.FORGED else self._true
            with context.wrap_socket(connection, server_side=True) as safe:
                if way is Way.RESET_BEFORE:
                    _reset(safe)
                    return
                answer = self._forward(_request(safe))
                if way is Way.RESET_AFTER:
                    _reset(safe)
                    return
                safe.sendall(answer)

    def _forward(self, request: bytes) -> bytes:
        with socket.create_connection(self._slack, LONG) as slack:
            # The last on its connection: its end is the end of the answer, on both sides.
            slack.sendall(request.replace(b"\r\n", b"\r\nConnection: close\r\n", 1))
            return b"".join(iter(lambda: slack.recv(65536), b""))

    @contextmanager
    def leading_to(self, slack: Slack) -> Iterator[str]:
        """Lead to a simulated Slack; yield the Web API behind the door."""
        to = urlsplit(slack.url)
        self._slack = (str(to.hostname), int(to.port or 0))
        try:
            with self._known(), self._trusted():
                yield self.api_url
        finally:
            self.close()

    @contextmanager
    def _known(self) -> Iterator[None]:
        """Let its name be known, as a hosts file does; while it is gone, the real DNS is asked."""
        real = socket.getaddrinfo

        def look_up(host: object, *args: object, **more: object) -> object:
            if host == NAME:
                host = "slack.invalid" if self.way is Way.GONE else "127.0.0.1"
            return real(host, *args, **more)  # type: ignore[arg-type]  # as they were given

        socket.getaddrinfo = look_up  # type: ignore[assignment]  # takes all that it takes
        try:
            yield
        finally:
            socket.getaddrinfo = real

    @contextmanager
    def _trusted(self) -> Iterator[None]:
        """Have the machine trust the door's authority."""
        before = os.environ.get("SSL_CERT_FILE")
        os.environ["SSL_CERT_FILE"] = str(self.certificates)
        try:
            yield
        finally:
            if before is None:
                del os.environ["SSL_CERT_FILE"]
            else:
                os.environ["SSL_CERT_FILE"] = before


def _context(authority: trustme.CA) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(NAME).configure_cert(context)
    return context


def _request(connection: socket.socket) -> bytes:
    """Read a whole request."""
    got = b""
    while b"\r\n\r\n" not in got:
        got += _some(connection)
    head, _, body = got.partition(b"\r\n\r\n")
    fields = dict(line.lower().split(b": ", 1) for line in head.split(b"\r\n")[1:])
    length = int(fields.get(b"content-length", 0))
    while len(body) < length:
        body += _some(connection)
    return head + b"\r\n\r\n" + body


def _some(connection: socket.socket) -> bytes:
    got = connection.recv(65536)
    if not got:
        raise ConnectionError("closed before the request was whole")
    return got


def _reset(connection: socket.socket) -> None:
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    with contextlib.suppress(OSError):
        socket.socket.close(connection)
