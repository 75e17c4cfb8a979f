"""A bare Bolt app behind waitress: `python -m bench.idle FILE`.

FILE has the names of the modules to load besides, which it does not need, as JSON.
"""

import importlib
import json
import os
import sys
from contextlib import suppress
from pathlib import Path

from flask import Flask, Response, request
from slack_bolt import Ack, App
from slack_bolt.adapter.flask import SlackRequestHandler
from slack_bolt.authorization import AuthorizeResult
from waitress import serve


def main() -> None:
    """Load, and serve a listener that does nothing."""
    os.environ.pop("SLACK_BOT_TOKEN", None)  # or Bolt warns that it is not used
    for name in json.loads(Path(sys.argv[1]).read_text()):
        with suppress(ImportError):  # parts that only their own package loads
            importlib.import_module(name)
    known = AuthorizeResult(
        enterprise_id=None,
        team_id="T01",
        bot_user_id="U01",
        bot_id="B01",
        bot_token="xoxb-",  # noqa: S106 - no token
    )

    def authorize() -> AuthorizeResult:
        return known

    app = App(signing_secret=os.environ["SLACK_SIGNING_SECRET"], authorize=authorize)
    app.command("/expect")(_nothing)
    handler = SlackRequestHandler(app)
    web = Flask("bare")

    @web.post("/slack/events")
    def events() -> Response:
        return handler.handle(request)

    @web.get("/healthz")
    def healthz() -> str:
        return "ok"

    serve(web, host="127.0.0.1", port=int(os.environ["WINWIN_PORT"]), threads=16, _quiet=True)


def _nothing(ack: Ack) -> None:
    ack()


if __name__ == "__main__":
    main()
