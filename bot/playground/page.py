"""The plain page: its files, and the JSON API that it and drivers of other processes use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

if TYPE_CHECKING:
    from starlette.requests import Request

    from bot.playground.slack import Slack


def routes(slack: Slack) -> list[BaseRoute]:
    """Return the routes of the page."""

    def index(_request: Request) -> Response:
        return PlainTextResponse(f"Simulated Slack: {slack.state.team.name}")

    return [Route("/", index)]
