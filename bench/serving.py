"""A server in a process of its own: `python -m bench.serving ours DATABASE_URL SLACK_PORT | bare`.

Its first line is the port. Ours is the whole bot: it serves, plans and sends.
"""

import signal
import sys
import threading
from datetime import timedelta

from bench.bare import BareApp
from bench.commands import MONDAY
from bench.creating import settings
from bot import logs
from bot.app import build
from bot.clock import utc_now
from bot.web.server import Server
from bot.web.site import Health, site


def main() -> None:
    """Serve until told to stop."""
    told = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: told.set())
    logs.configure("json", "ERROR")
    if sys.argv[1] == "bare":
        _bare(told)
    else:
        _ours(told, sys.argv[2], int(sys.argv[3]))


def _ours(told: threading.Event, database_url: str, slack_port: int) -> None:
    ahead = MONDAY - utc_now()  # so that it is a working hour, whenever this runs
    bot = build(settings(database_url, slack_port), lambda: utc_now() + ahead)
    bot.start()
    try:
        print(bot.port, flush=True)
        told.wait()
    finally:
        bot.stop()


def _bare(told: threading.Event) -> None:
    app = site(BareApp().answer, lambda: Health(database=True, late=None, tick_age=None), bytes)
    server = Server(app, "127.0.0.1", 0)
    server.start()
    print(server.port, flush=True)
    told.wait()
    server.close(timedelta(seconds=1))


if __name__ == "__main__":
    main()
