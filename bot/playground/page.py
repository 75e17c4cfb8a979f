"""The plain page: its files, served as they are; what it does goes through the JSON API."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING

from starlette.responses import Response
from starlette.routing import BaseRoute, Route

if TYPE_CHECKING:
    from starlette.requests import Request

_KINDS = {"html": "text/html", "js": "text/javascript", "css": "text/css"}
_POLICY = "default-src 'self'; img-src 'self' data:; frame-ancestors 'none'; base-uri 'none'"


def routes() -> list[BaseRoute]:
    """Return the routes of the page's files."""
    folder = files("bot.playground") / "static"

    def serve(name: str) -> Response:
        return Response(
            (folder / name).read_bytes(),
            media_type=_KINDS[name.rsplit(".", 1)[-1]],
            headers={"content-security-policy": _POLICY, "cache-control": "no-cache"},
        )

    def index(_request: Request) -> Response:
        return serve("index.html")

    def static(request: Request) -> Response:
        name = request.path_params["name"]
        known = {file.name for file in folder.iterdir()}
        return serve(name) if name in known else Response(status_code=404)

    return [
        Route("/", index),
        Route("/archives/{channel}/{message}", index),
        Route("/static/{name}", static),
    ]
