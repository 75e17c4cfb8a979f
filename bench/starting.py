"""Start and idle memory: `winwin run` over HTTP beside a bare app with the same libraries."""

import json
import os
import pstats
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus
from pathlib import Path

from bench.commands import SECRET, TOKEN
from bench.goals import DATABASES
from bench.measuring import Measured, medians
from bench.places import Places
from bench.processes import first_line, listening, process
from bench.profiling import functions

_PATIENCE = 30.0
_IDLE = 5.0  # seconds after which memory is read


@dataclass(frozen=True, slots=True)
class _Started:
    ready: float  # ms until /healthz says so
    memory: float  # MB of its own, and its share of what it shares


def starting(made: Places, *, quick: bool) -> Iterator[Measured]:
    """Measure both on each database: the bot's database is there and up to date."""
    rounds = 2 if quick else 7
    with listening("bench.slack") as slack:
        for database in DATABASES:
            environ = _environ(made.migrated(database), slack)
            libraries = made.folder / f"libraries-{database}.json"
            libraries.write_text(_libraries(environ))
            commands = (["-m", "bot", "run"], ["-m", "bench.idle", str(libraries)])
            ready = medians([partial(_ready, each, environ) for each in commands], rounds)
            memory = medians(
                [partial(_idle, each, environ) for each in commands], 1 if quick else 3
            )
            yield Measured(
                name="start_to_ready",
                database=database,
                ours=ready[0],
                theirs=ready[1],
                note=f"medians of {rounds} starts",
                profile=_profile(made, environ),
            )
            yield Measured(
                name="idle_memory",
                database=database,
                ours=memory[0],
                theirs=memory[1],
                note=f"proportional set size after {_IDLE:.0f} s",
            )


def _profile(made: Places, environ: dict[str, str]) -> str:
    """Profile one start, without the interpreter's own."""
    file = str(made.folder / "start.profile")
    arguments = ("cProfile", "-o", file, "-m", "bench.loaded")
    with process(*arguments, environ=environ) as profiled:
        first_line(profiled)
        profiled.wait(_PATIENCE)
    return functions(pstats.Stats(file), 1)


def _environ(database_url: str, slack: int) -> dict[str, str]:
    return {
        **os.environ,
        "WINWIN_MODE": "http",
        "SLACK_BOT_TOKEN": TOKEN,
        "SLACK_SIGNING_SECRET": SECRET,
        "SLACK_API_URL": f"http://127.0.0.1:{slack}/api/",
        "DATABASE_URL": database_url,
        "LOG_LEVEL": "ERROR",
    }


def _libraries(environ: dict[str, str]) -> str:
    """Return the modules, of others, that the bot has loaded once it is ready."""
    with process("bench.loaded", environ=environ) as loaded:
        return first_line(loaded)


def _ready(command: list[str], environ: dict[str, str]) -> float:
    return _started(command, environ, 0.0).ready


def _idle(command: list[str], environ: dict[str, str]) -> float:
    return _started(command, environ, _IDLE).memory


def _started(command: list[str], environ: dict[str, str], idle: float) -> _Started:
    """Start something that serves /healthz on WINWIN_PORT; wait, look, and end it."""
    port = _free_port()
    begun = time.perf_counter()
    with _running(command, environ | {"WINWIN_PORT": str(port)}) as started:
        while not _is_ready(port):
            if started.poll() is not None or time.perf_counter() - begun > _PATIENCE:
                raise RuntimeError(f"{command} is not ready")
            time.sleep(0.002)
        ready = (time.perf_counter() - begun) * 1000
        time.sleep(idle)
        memory = _proportional_set_size(started.pid)
    return _Started(ready, memory)


def _proportional_set_size(pid: int) -> float:
    """Return what Linux counts to a process, its share of what is shared among it, in MB."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    kilobytes = next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return kilobytes * 1024 / 1_000_000


@contextmanager
def _running(command: list[str], environ: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    with subprocess.Popen([sys.executable, *command], env=environ) as started:  # noqa: S603 - our own modules
        try:
            yield started
        finally:
            started.terminate()
            started.wait(_PATIENCE)


def _is_ready(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=1) as answer:
            return bool(answer.status == HTTPStatus.OK)
    except (OSError, urllib.error.URLError):
        return False


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


def modules_of_others() -> str:
    """Return the names of the modules that are loaded and lie among installed packages."""
    found = []
    for name, module in sys.modules.copy().items():
        file = getattr(module, "__file__", None)
        if file and "site-packages" in Path(file).parts and name != "__main__":
            found.append(name)
    return json.dumps(found)
