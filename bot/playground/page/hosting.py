"""NiceGUI inside the simulated Slack's own server: one page for every Slack of the process."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import TYPE_CHECKING

from fastapi import FastAPI
from nicegui import Client, app, ui
from starlette.requests import Request  # noqa: TC002 - FastAPI reads it from the signature

from bot.playground.loop import LOOP
from bot.playground.page import shell, tools
from bot.playground.page.reading import Reading
from bot.playground.page.session import HOME, Session

if TYPE_CHECKING:
    from starlette.types import Message, Receive, Scope, Send

    from bot.playground.slack import Slack

_ICON = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" '
    'rx="8" fill="#1f4d3f"/><path d="M6 10l5 13 5-10 5 10 5-13" fill="none" stroke="#fff" '
    'stroke-width="3.4" stroke-linejoin="round" stroke-linecap="round"/></svg>'
)
_POLICY = (
    "default-src 'self' 'unsafe-inline' 'unsafe-eval'; img-src 'self' data:; "
    "connect-src 'self' ws://{host}; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
)
"""Vue compiles templates in the browser; nothing is ever fetched from elsewhere."""
_SCOPE_KEY = "bot.playground"
_starting = threading.Lock()
_started = threading.Event()


class Page:
    """The page of one Slack, as an ASGI app."""

    def __init__(self, slack: Slack) -> None:
        self.slack = slack
        self.reading = Reading(slack.state)
        self.sessions: list[Session] = []
        """The tabs that are open."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with NiceGUI, which learns from the scope whose page it is."""
        scope[_SCOPE_KEY] = self
        host = dict(scope["headers"]).get(b"host", b"").decode("latin-1")

        async def send_with_policy(message: Message) -> None:
            if message["type"] == "http.response.start":
                policy = _POLICY.format(host=host).encode("latin-1")
                message["headers"] = [
                    *message.get("headers", ()),
                    (b"content-security-policy", policy),
                ]
            await send(message)

        await app(scope, receive, send_with_policy)

    def start(self) -> None:
        """Start NiceGUI, once a process."""
        with _starting:
            if not _started.is_set():
                ui.run_with(
                    FastAPI(),
                    title="Winwin playground",
                    favicon=_ICON,
                    dark=None,
                    language="en-US",
                    binding_refresh_interval=None,
                    gzip_middleware_factory=None,
                    tailwind=False,
                    show_welcome_message=False,
                )
                # Quasar's bar for requests has no name that a screen reader could say.
                app.config.quasar_config["loadingBar"]["skipHijack"] = True
                LOOP.enter(app.router.lifespan_context(app))
                _started.set()

    def stop(self) -> None:
        """Let go of the tabs; NiceGUI forgets them when they do not come back."""
        for session in list(self.sessions):
            session.end()


@ui.page("/")
def _at_start(request: Request, client: Client) -> None:
    _build(request, client, request.query_params.get("at", ""))


@ui.page("/archives/{channel}/{message}")
def _at_message(request: Request, client: Client, channel: str, message: str) -> None:
    _build(request, client, channel, message)


def _build(request: Request, client: Client, place: str, message: str = "") -> None:
    page: Page = request.scope[_SCOPE_KEY]
    state = page.slack.state
    people = [each for each in state.people.values() if not (each.is_bot or each.deleted)]
    asked = request.query_params.get("as", "")
    person = next((each for each in people if asked in (each.id, each.name)), people[0])
    session = Session(page.slack, page.reading, person, client)
    page.sessions.append(session)

    def gone() -> None:
        session.end()
        page.sessions.remove(session)

    client.on_delete(gone)
    ui.add_css(Path(__file__).with_name("style.css"))
    tools.build(session, shell.build(session, client))
    known = place == HOME or place in state.conversations or place in state.people
    session.open(place if known else session.place)
    if message:
        session.show_message(message)
