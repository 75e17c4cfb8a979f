"""Another site's page can neither read, drive nor listen to the playground."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

import httpx
import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect
from websockets.typing import Origin

from bot.playground import Slack, workspace
from tests.support.browser import Tab

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser
SOCKET = "/_nicegui_ws/socket.io/?EIO=4&transport=websocket"
EVIL = "https://evil.example"


@pytest.fixture
def slack() -> Iterator[Slack]:
    with Slack(workspace()) as served:
        yield served


@pytest.mark.parametrize("path", ["/", "/_playground/screen", "/api/api.test", SOCKET])
@pytest.mark.parametrize("headers", [{"origin": EVIL}, {"host": "evil.example"}])
def test_every_path_is_refused(slack: Slack, path: str, headers: dict[str, str]) -> None:
    answer = httpx.get(f"{slack.url}{path}", headers=headers, trust_env=False)
    assert answer.status_code == 403


def test_the_pages_socket_is_refused_too(slack: Slack) -> None:
    address = slack.url.replace("http", "ws", 1) + SOCKET
    with connect(address, origin=Origin(slack.url), proxy=None) as own:
        assert own.recv(timeout=5)
    with pytest.raises(InvalidStatus, match="403"):
        connect(address, origin=Origin(EVIL), proxy=None)


class _Foreign(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("content-type", "text/html")
        self.end_headers()
        self.wfile.write(b"<title>foreign</title>")

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - http.server's own name
        """Say nothing."""


@contextmanager
def foreign_site() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), _Foreign) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join(timeout=5)


def test_a_foreign_page_gets_nowhere(browser: Browser, slack: Slack) -> None:
    page = Tab(browser.new_page()).page  # the browser complains in its console, rightly
    with foreign_site() as site:
        page.goto(site)
        sent = page.evaluate(
            """async (url) => {
              const say = {user: "U01LENA", where: "C01LAUNCH", text: "not mine"};
              const tries = [
                fetch(url + "/_playground/say", {method: "POST", body: JSON.stringify(say),
                  headers: {"content-type": "application/json"}}),
                fetch(url + "/_playground/say", {method: "POST", body: JSON.stringify(say),
                  mode: "no-cors"}),
                fetch(url + "/api/chat.postMessage", {method: "POST", mode: "no-cors",
                  body: new URLSearchParams({token: "xoxb-playground", channel: "C01LAUNCH",
                    text: "not mine"})}),
                new Promise((done, fail) => {
                  const socket = new WebSocket(url.replace("http", "ws")
                    + "/_nicegui_ws/socket.io/?EIO=4&transport=websocket");
                  socket.onopen = done;
                  socket.onerror = fail;
                }),
              ];
              return (await Promise.allSettled(tries)).map((each) => each.status);
            }""",
            slack.url,
        )
        page.close()
    assert sent[0] == sent[3] == "rejected"
    assert slack.messages("launch") == []
