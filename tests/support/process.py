"""The bot as processes: `winwin run` and the other commands, on real time."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from bot.config import Mode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.playground import Slack

ROOT = Path(__file__).resolve().parents[2]
RUN = ("-m", "bot", "run")
START = 30.0
"""Seconds that a loaded machine may need to start a process."""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment(slack: Slack, mode: Mode, url: str, port: int) -> dict[str, str]:
    app = slack.state.app
    settings = {
        "SLACK_BOT_TOKEN": app.bot_token,
        "SLACK_API_URL": slack.api_url,
        "DATABASE_URL": url,
        "WINWIN_PORT": str(port),
        "WINWIN_LOG_FORMAT": "json",
    }
    if mode is Mode.SOCKET:
        settings["SLACK_APP_TOKEN"] = app.app_token
    else:
        settings |= {"WINWIN_MODE": "http", "SLACK_SIGNING_SECRET": app.signing_secret}
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return kept | settings


def winwin(*args: str, env: dict[str, str], cwd: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "bot", *args]
    return subprocess.run(
        command,
        env=with_path(env),
        cwd=cwd,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def with_path(env: dict[str, str]) -> dict[str, str]:
    return env | {"PYTHONPATH": str(ROOT)}


@dataclass(frozen=True)
class Running:
    """A process that was started, and where it serves."""

    process: subprocess.Popen[str]
    port: int

    def health(self) -> dict[str, object]:
        """Return what /healthz says, whatever its status."""
        url = f"http://127.0.0.1:{self.port}/healthz"
        try:
            with urllib.request.urlopen(url, timeout=5) as answer:
                said = answer.read()
        except urllib.error.HTTPError as error:
            said = error.read()
        return dict(json.loads(said))

    def ticks(self) -> bool:
        """Tell whether it has begun to plan: its connection is had then, and it serves."""
        return self.health().get("tick_age_seconds") is not None

    def stop(self) -> str:
        """Ask it to stop; return what it logged."""
        self.process.send_signal(signal.SIGTERM)
        assert self.process.wait(timeout=10) == 0
        assert self.process.stderr is not None
        return self.process.stderr.read()

    def is_up(self) -> bool:
        """Tell whether it answers, or ended."""
        if self.process.poll() is not None:
            return True
        try:
            return bool(self.health())
        except OSError:
            return False


@contextmanager
def started(
    slack: Slack, mode: Mode, url: str, cwd: Path, *args: str, command: tuple[str, ...] = RUN
) -> Iterator[Running]:
    """Start a process, with /healthz in either mode; kill it in the end."""
    port = free_port()
    env = with_path(environment(slack, mode, url, port)) | {"WINWIN_HEALTH": "1"}
    process = subprocess.Popen(
        [sys.executable, *command, *args],
        env=env,
        cwd=cwd,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        yield Running(process, port)
    finally:
        if process.poll() is None:
            process.kill()
        process.communicate()


@contextmanager
def running(
    slack: Slack, mode: Mode, url: str, cwd: Path, *args: str, command: tuple[str, ...] = RUN
) -> Iterator[Running]:
    """Start a process that Slack reaches, and wait until it answers."""
    connections = slack.sockets.count
    with started(slack, mode, url, cwd, *args, command=command) as one:
        wait_until_up(one)
        if "scheduler" in args:
            pass
        elif mode is Mode.HTTP:
            slack.app_url = f"http://127.0.0.1:{one.port}/slack/events"
        else:
            slack.wait_until(lambda: slack.sockets.count > connections, START)
            if "web" not in args:
                slack.wait_until(one.ticks, START)
        yield one


def wait_until_up(one: Running) -> None:
    """Wait until a process answers."""
    end = time.monotonic() + START
    while time.monotonic() < end and not one.is_up():
        time.sleep(0.05)
    process = one.process
    assert process.poll() is None, process.stderr.read() if process.stderr else ""
