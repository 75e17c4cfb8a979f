"""A small Bolt app that is not ours, in the usual shape, for both transports."""

from __future__ import annotations

import threading
import time
from contextlib import contextmanager
from socketserver import ThreadingMixIn
from typing import TYPE_CHECKING, Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from slack_bolt import Ack, App, Say
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_bolt.adapter.wsgi import SlackRequestHandler
from slack_sdk import WebClient

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.playground import Slack

Json = dict[str, Any]


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def form(*, note: str = "") -> Json:
    size = {
        "type": "static_select",
        "action_id": "size",
        "options": [{"text": plain(size), "value": size[0].lower()} for size in ("Small", "Large")],
    }
    toppings = {
        "type": "external_select",
        "action_id": "topping",
        "min_query_length": 0,
    }
    return {
        "type": "modal",
        "callback_id": "order",
        "private_metadata": note,
        "notify_on_close": True,
        "title": plain("Order"),
        "submit": plain("Order it"),
        "blocks": [
            {
                "type": "input",
                "block_id": "name",
                "label": plain("Name"),
                "element": {"type": "plain_text_input", "action_id": "text"},
            },
            {
                "type": "input",
                "block_id": "day",
                "label": plain("Day"),
                "element": {"type": "datepicker", "action_id": "date"},
                "optional": True,
            },
            {"type": "input", "block_id": "size", "label": plain("Size"), "element": size},
            {
                "type": "input",
                "block_id": "topping",
                "label": plain("Topping"),
                "element": toppings,
                "optional": True,
            },
            {
                "type": "actions",
                "block_id": "more",
                "elements": [{"type": "button", "action_id": "more", "text": plain("More")}],
            },
        ],
    }


def order_blocks() -> list[Json]:
    menu = [{"text": plain(text), "value": text.lower()} for text in ("Later", "Never")]
    return [
        {
            "type": "section",
            "block_id": "order",
            "text": {"type": "mrkdwn", "text": "*Order*"},
            "accessory": {"type": "overflow", "action_id": "menu", "options": menu},
        },
        {
            "type": "actions",
            "block_id": "answer",
            "elements": [
                {
                    "type": "button",
                    "action_id": "accept",
                    "text": plain("Accept"),
                    "value": "42",
                    "style": "primary",
                },
                {"type": "users_select", "action_id": "cook", "placeholder": plain("Cook")},
            ],
        },
    ]


class OtherApp:
    """The app, and everything that it was sent."""

    def __init__(self, slack: Slack) -> None:
        self.client = WebClient("xoxb-playground", base_url=slack.api_url)
        self.bolt = App(signing_secret="playground", client=self.client)
        self.seen: list[Json] = []
        self.fail = False
        self.nap = 0.0
        bolt = self.bolt
        bolt.use(self._remember)
        bolt.command("/expect")(self._command)
        bolt.view("order")(self._submitted)
        bolt.view("confirmed")(lambda ack: ack(response_action="clear"))
        bolt.view_closed("order")(lambda ack: ack())
        bolt.options("topping")(self._toppings)
        bolt.action("accept")(self._accept)
        bolt.action("menu")(self._menu)
        bolt.action("cook")(lambda ack: ack())
        bolt.action("more")(self._more)
        bolt.shortcut("new_expectation")(self._shortcut)
        bolt.shortcut("turn_into_expectation")(self._shortcut)
        bolt.event("app_home_opened")(self._home)
        bolt.event("app_mention")(self._mentioned)
        bolt.event("message")(self._mentioned)
        bolt.event("user_change")(lambda: None)
        bolt.event("team_join")(lambda: None)

    def _remember(self, body: Json, next: Any) -> None:  # noqa: A002, ANN401 - Bolt's own name and type
        self.seen.append(body)
        time.sleep(self.nap)
        if self.fail:
            raise RuntimeError("asked to fail")
        next()

    def _command(self, ack: Ack, body: Json, client: WebClient) -> None:
        if body["text"] == "form":
            ack()
            client.views_open(trigger_id=body["trigger_id"], view=form())
        elif body["text"] == "post":
            ack()
            client.chat_postMessage(channel=body["channel_id"], text="Order", blocks=order_blocks())
        elif body["text"] == "loud":
            ack(text="for all", response_type="in_channel")
        else:
            ack(f"You said {body['text']}")

    def _submitted(self, ack: Ack, body: Json, view: Json, client: WebClient) -> None:
        name = view["state"]["values"]["name"]["text"]["value"]
        if name == "push":
            ack(response_action="push", view={**form(), "callback_id": "confirmed"})
        elif name == "update":
            ack(response_action="update", view=form(note="updated"))
        elif name == "wrong":
            ack(response_action="errors", errors={"name": "Not that one."})
        elif name == "stray":
            ack(response_action="errors", errors={"nowhere": "Not that one."})
        else:
            ack()
            client.chat_postMessage(channel=body["user"]["id"], text=f"Thanks, {name}")

    def _toppings(self, ack: Ack, body: Json) -> None:
        names = [name for name in ("Olives", "Onions", "Corn") if body["value"] in name]
        ack(options=[{"text": plain(name), "value": name.lower()} for name in names])

    def _accept(self, ack: Ack, body: Json, client: WebClient) -> None:
        ack()
        container = body["container"]
        client.chat_update(
            channel=container["channel_id"],
            ts=container["message_ts"],
            text=f"Accepted {body['actions'][0]['value']}",
        )

    def _menu(self, ack: Ack, body: Json, say: Say) -> None:
        ack()
        say(body["actions"][0]["selected_option"]["value"])

    def _more(self, ack: Ack, body: Json, client: WebClient) -> None:
        ack()
        view = body["view"]
        client.views_update(view_id=view["id"], hash=view["hash"], view=form(note="more"))

    def _shortcut(self, ack: Ack, body: Json, client: WebClient) -> None:
        ack()
        client.views_open(trigger_id=body["trigger_id"], view=form(note=body["type"]))

    def _home(self, event: Json, client: WebClient) -> None:
        block = {"type": "section", "text": plain("Welcome home")}
        client.views_publish(user_id=event["user"], view={"type": "home", "blocks": [block]})

    def _mentioned(self, event: Json, say: Say) -> None:
        say(f"Heard: {event['text']}")


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - http.server's own name
        """Say nothing."""


@contextmanager
def over_http(slack: Slack) -> Iterator[OtherApp]:
    other = OtherApp(slack)
    handler = SlackRequestHandler(other.bolt)
    with make_server("127.0.0.1", 0, handler, _Server, _Quiet) as server:
        serving = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        serving.start()
        slack.app_url = f"http://127.0.0.1:{server.server_port}/slack/events"
        try:
            yield other
        finally:
            server.shutdown()
            serving.join(timeout=5)


@contextmanager
def over_socket_mode(slack: Slack) -> Iterator[OtherApp]:
    other = OtherApp(slack)
    handler = SocketModeHandler(other.bolt, "xapp-playground", ping_interval=0.2)
    before = slack.sockets.count
    handler.connect()  # type: ignore[no-untyped-call] # Bolt left it untyped
    slack.wait_until(lambda: slack.sockets.count == before + 1)
    try:
        yield other
    finally:
        handler.client.auto_reconnect_enabled = False
        slack.sockets.cut()  # close() alone waits 3 s for the next frame
        handler.close()  # type: ignore[no-untyped-call] # the same
