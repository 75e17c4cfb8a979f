"""The simulated Slack as a process of its own: `python -m bot.playground --port 8080 …`."""

from __future__ import annotations

import argparse
import signal
import sys
import threading

from bot.playground.slack import Slack
from bot.playground.workspaces import workspace


def main(arguments: list[str] | None = None) -> int:
    """Serve the ready workspace until SIGINT or SIGTERM; print the page's address first."""
    parser = argparse.ArgumentParser(prog="python -m bot.playground", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="0: any free one")
    where = parser.add_mutually_exclusive_group(required=True)
    where.add_argument("--app-url", help="where the app takes requests, …/slack/events")
    where.add_argument("--socket", action="store_true", help="the app connects by Socket Mode")
    given = parser.parse_args(arguments)
    ended = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: ended.set())
    with Slack(workspace(), app_url=given.app_url, port=given.port) as slack:
        sys.stdout.write(f"{slack.url}/\n")
        sys.stdout.flush()
        ended.wait()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
