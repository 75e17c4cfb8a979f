"""The nursery's own process: `python -m tests.faults.forking CLOCK FASTER`, orders on its input.

It has one thread for good, so that forking it is safe. Its end is that of all its children.
"""

from __future__ import annotations

import contextlib
import gc
import json
import logging
import os
import select
import signal
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from bot.cli.run import Running, run
from bot.config import Mode, Settings
from bot.services.timing import Timing
from tests.faults.clock import SharedClock

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.app import Bot


ANSWERED = timedelta(seconds=0.4)
"""The simulated Slack shares the machine with all; it is less than a lease all the same."""
PATIENT = timedelta(seconds=30)
"""So long somebody waits for an answer, or a start for Slack: no promise hangs on either."""


def tell(**what: object) -> None:
    """Write a line at once; it is short, so that lines of several processes do not mix."""
    os.write(1, (json.dumps(what) + "\n").encode())


def main() -> int:
    """Fork as often as a line comes in, until there is no more input."""
    clock = SharedClock(Path(sys.argv[1]))
    timing = Timing().faster(float(sys.argv[2]))
    timing = replace(timing, send_timeout=max(timing.send_timeout, ANSWERED), ask_timeout=PATIENT)
    wake, woken = os.pipe()
    os.set_blocking(woken, False)
    signal.set_wakeup_fd(woken)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    gc.collect()
    gc.freeze()  # what children share is not copied by being counted
    living: set[int] = set()
    for line in _lines(wake, living):
        pid = os.fork()
        if not pid:
            signal.set_wakeup_fd(-1)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            os.close(0)
            return _live(_settings(json.loads(line)), clock, timing)
        living.add(pid)
        tell(what="born", pid=pid)
        _reap(living)
    for pid in living:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    while living:
        _reap(living, wait=True)
    return 0


def _lines(wake: int, living: set[int]) -> Iterator[str]:
    """Yield what comes in; meanwhile tell of children that end."""
    rest = b""
    while True:
        readable, _, _ = select.select([0, wake], [], [])
        if wake in readable:
            os.read(wake, 4096)
            _reap(living)
        if 0 in readable:
            piece = os.read(0, 65536)
            if not piece:
                return
            *lines, rest = (rest + piece).split(b"\n")
            yield from (line.decode() for line in lines)


def _reap(living: set[int], *, wait: bool = False) -> None:
    """Tell of those that have ended, none of which is signalled any more."""
    while living:
        pid, status = os.waitpid(-1, 0 if wait else os.WNOHANG)
        if not pid:
            return
        living.discard(pid)
        tell(what="ended", pid=pid, code=os.waitstatus_to_exitcode(status))


def _settings(values: dict[str, Any]) -> Settings:
    return Settings(**values | {"mode": Mode(values["mode"])})


def _live(settings: Settings, clock: SharedClock, timing: Timing) -> int:
    """Run a bot as `winwin run` does; return the exit code."""

    def started(bot: Bot) -> None:
        logging.getLogger("apscheduler").setLevel(logging.ERROR)  # ticks of 10 ms may be skipped
        tell(what="ready", pid=os.getpid(), port=bot.port)

    try:
        run(lambda: settings, Running(clock=clock, timing=timing, started=started))
    except typer.Exit as ended:
        return ended.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main())
