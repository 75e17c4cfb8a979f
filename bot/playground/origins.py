"""Refusing what other sites' pages ask of the simulated Slack."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import JSONResponse
from starlette.websockets import WebSocketClose

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

LOCAL_NAMES = ("127.0.0.1", "localhost")


class OwnOriginOnly:
    """Answers requests that name another host or come from another origin with 403.

    This covers WebSockets too, which browsers open to any host. Programs send no Origin and pass.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse, or let through."""
        if scope["type"] not in ("http", "websocket") or is_own(Headers(scope=scope)):
            await self._app(scope, receive, send)
        elif scope["type"] == "http":
            await JSONResponse({"error": "another origin"}, 403)(scope, receive, send)
        else:
            await WebSocketClose(1008)(scope, receive, send)


def is_own(headers: Headers) -> bool:
    """Say whether a request names this machine and does not come from another site's page."""
    host = headers.get("host", "")
    origin = headers.get("origin")
    local = urlsplit(f"//{host}").hostname in LOCAL_NAMES
    return local and origin in (None, f"http://{host}")
