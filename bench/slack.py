"""A Slack that answers at once, in a process of its own: `python -m bench.slack [CERTIFICATE]`."""

import asyncio
import json
import ssl
import sys
from itertools import count
from urllib.parse import parse_qs

TEAM, BOT_USER = "T01BENCH", "U00BOT"
ZONE = "Europe/Berlin"

_HEAD_END = b"\r\n\r\n"
_IDENTITY = {
    "ok": True,
    "url": "https://bench.slack.com/",
    "team": "Bench",
    "team_id": TEAM,
    "user": "winwin",
    "user_id": BOT_USER,
    "bot_id": "B01BOT",
}
_numbers = count(1)


def _answer(method: str, body: bytes) -> bytes:
    """Return what Slack says to a call."""
    if method == "chat.postMessage":
        number = next(_numbers)
        return b'{"ok":true,"channel":"D01BENCH","ts":"1795420800.%06d","message":{}}' % number
    if method == "auth.test":
        return json.dumps(_IDENTITY).encode()
    if method == "users.info":
        user = parse_qs(body.decode())["user"][0]
        profile = {"display_name": user[1:].title()}
        told = {"id": user, "team_id": TEAM, "tz": ZONE, "locale": "en-US", "profile": profile}
        return json.dumps({"ok": True, "user": told}).encode()
    return b'{"ok":true}'


class _Connection(asyncio.Protocol):
    """One client: requests of HTTP/1.1, one after the other."""

    def __init__(self) -> None:
        self._transport: asyncio.Transport | None = None
        self._came = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Remember where to answer."""
        assert isinstance(transport, asyncio.Transport)  # noqa: S101 - TCP and TLS have it
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        """Answer each request that is whole."""
        self._came += data
        while _HEAD_END in self._came:
            head, _, rest = self._came.partition(_HEAD_END)
            lowered = head.lower()
            _, _, length = lowered.partition(b"content-length:")
            size = int(length.split(b"\r\n", 1)[0] or 0)
            if len(rest) < size:
                return
            body, self._came = rest[:size], rest[size:]
            path = head.split(b" ", 2)[1].decode()
            self._say(_answer(path.rpartition("/")[2], body), b"connection: close" in lowered)

    def _say(self, body: bytes, last: bool) -> None:  # noqa: FBT001 - two ways to answer
        assert self._transport is not None  # noqa: S101 - data comes on a connection
        kept = b"close" if last else b"keep-alive"
        self._transport.write(
            b"HTTP/1.1 200 OK\r\nContent-Type: application/json; charset=utf-8\r\n"
            b"X-OAuth-Scopes: commands,chat:write,users:read,im:history,app_mentions:read\r\n"
            b"Content-Length: %d\r\nConnection: %s\r\n\r\n%s" % (len(body), kept, body)
        )
        if last:
            self._transport.close()


async def _serve(certificate: str | None) -> None:
    context = None
    if certificate is not None:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(certificate)
    loop = asyncio.get_running_loop()
    server = await loop.create_server(_Connection, "127.0.0.1", 0, ssl=context, backlog=512)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(_serve(sys.argv[1] if len(sys.argv) > 1 else None))
