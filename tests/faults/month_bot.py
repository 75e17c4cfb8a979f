"""A bot in a process of its own, on a clock that is told to it: `python -m tests.faults.month_bot`.

Each line that comes in is a moment; what is due then is planned and sent, and the answer says when
something is due next and, where it is asked, how much memory the process holds.
"""

import ctypes
import ctypes.util
import gc
import json
import logging
import sys
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import structlog

from bot.app import build
from bot.config import Mode, Settings
from bot.services.timing import Timing

_PATIENT = timedelta(seconds=60)
"""A loaded machine must not look like a late answer."""

_TIMING = replace(Timing(), answer_within=_PATIENT, ask_timeout=_PATIENT, send_timeout=_PATIENT)


class Told:
    """A clock that stands until it is told a moment."""

    def __init__(self, at: str) -> None:
        self.at = datetime.fromisoformat(at)

    def __call__(self) -> datetime:
        return self.at


def main() -> None:
    """Serve until there is nothing more to read."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    first = json.loads(sys.stdin.readline())
    clock = Told(first["at"])
    settings = Settings(
        mode=Mode.HTTP,
        bot_token=first["bot_token"],
        signing_secret=first["signing_secret"],
        api_url=first["api_url"],
        database_url=first["database_url"],
        port=0,
    )
    bot = build(settings, clock, _TIMING)
    bot.serve()
    try:
        _say({"port": bot.port})
        for line in sys.stdin:
            order = json.loads(line)
            clock.at = datetime.fromisoformat(order["at"])
            bot.run_due()
            wake = bot.next_wake()
            weight = _weight() if order["weigh"] else {}
            _say({"wake": wake and wake.isoformat(), **weight})
    finally:
        bot.stop()


def _say(answer: dict[str, object]) -> None:
    print(json.dumps(answer), flush=True)  # noqa: T201 - it is how the processes speak


def _weight() -> dict[str, int]:
    """Return what the process holds of its own, in bytes, and in objects that Python knows of.

    What is mapped from files, as the code of libraries, is the system's to take away.
    """
    gc.collect()
    libc = ctypes.CDLL(ctypes.util.find_library("c"))
    if hasattr(libc, "malloc_trim"):
        libc.malloc_trim(0)
    said = Path("/proc/self/status").read_text(encoding="ascii")
    own = next(line.split()[1] for line in said.splitlines() if line.startswith("RssAnon"))
    return {"bytes": int(own) * 1024, "objects": len(gc.get_objects())}


if __name__ == "__main__":
    main()
