"""A server in a process of its own, which says its port first.

python -m bench.serving whole DATABASE_URL SLACK_PORT  # as `winwin run`: serves, plans and sends
python -m bench.serving web DATABASE_URL SLACK_PORT  # as `winwin run --only web`
python -m bench.serving bare  # the same server's no-op
"""

import signal
import sys
import threading
from datetime import timedelta

from bench.bare import BareApp
from bench.commands import MONDAY
from bench.creating import settings
from bot import logs
from bot.app import Part, build
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
        only = Part.WEB if sys.argv[1] == "web" else None
        _ours(told, only, sys.argv[2], int(sys.argv[3]))


def _ours(told: threading.Event, only: Part | None, database_url: str, slack_port: int) -> None:
    ahead = MONDAY - utc_now()  # so that it is a working hour, whenever this runs
    bot = build(settings(database_url, slack_port), lambda: utc_now() + ahead, only=only)
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
