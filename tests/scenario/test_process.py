"""The process as a user starts it: `winwin run` over Socket Mode and HTTP, on real time."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from typing import TYPE_CHECKING

import jsonschema
import pytest

from bot.config import Mode
from bot.playground import Fault, Slack, workspace
from tests.support.process import environment, running, started, winwin
from tests.support.stage import PATIENCE

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("mode", list(Mode), ids=lambda mode: mode.value)
def test_run_answers_sends_exports_and_stops(mode: Mode, database_url: str, tmp_path: Path) -> None:
    with (
        Slack(workspace(), patience=PATIENCE) as slack,
        running(slack, mode, database_url, tmp_path) as one,
    ):
        made = slack.command("lena", "launch", "/expect", "@ren to send the draft in 2 days")
        assert made.acknowledged, made
        assert "E-1" in slack.visible("lena", "launch")[-1].text or slack.modal("lena")

        exported = winwin(
            "export", "--format", "json", env={"DATABASE_URL": database_url}, cwd=tmp_path
        )
        assert exported.returncode == 0, exported.stderr
        schema = winwin("export", "--schema", env={}, cwd=tmp_path)
        document = json.loads(exported.stdout)
        jsonschema.validate(document, json.loads(schema.stdout))

        logged = one.stop()
        assert "draft" not in logged
        assert "xoxb" not in logged


def test_what_was_made_is_there_after_a_restart(database_url: str, tmp_path: Path) -> None:
    with Slack(workspace(), patience=PATIENCE) as slack:
        with running(slack, Mode.HTTP, database_url, tmp_path) as one:
            slack.command("lena", "launch", "/expect", "I will draft the brief in 3 workdays")
            one.stop()
        with running(slack, Mode.HTTP, database_url, tmp_path):
            slack.command("lena", "launch", "/expect", "show E-1")
            assert "draft the brief" in slack.visible("lena", "launch")[-1].text


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"SLACK_BOT_TOKEN": ""}, "SLACK_BOT_TOKEN is missing"),
        ({"SLACK_BOT_TOKEN": "xapp-1"}, "SLACK_BOT_TOKEN must begin with xoxb-"),
        ({"SLACK_BOT_TOKEN": "xoxb-wrong"}, "SLACK_BOT_TOKEN (invalid_auth)"),
        ({"SLACK_APP_TOKEN": ""}, "SLACK_APP_TOKEN is missing"),
        ({"SLACK_APP_TOKEN": "xapp-wrong"}, "SLACK_APP_TOKEN (invalid_auth)"),
        ({"WINWIN_MODE": "oauth"}, "not built yet"),
        ({"WINWIN_MODE": "http"}, "SLACK_SIGNING_SECRET is missing"),
        ({"WINWIN_MODE": "carrier pigeon"}, "WINWIN_MODE=carrier pigeon is not known"),
        ({"SLACK_API_URL": "http://127.0.0.1:9/"}, "SLACK_API_URL must be"),
        ({"SLACK_API_URL": "http://127.0.0.1:9/api/"}, "could not be reached"),
        ({"DATABASE_URL": "mysql://localhost/x"}, "DATABASE_URL must begin with"),
        ({"DATABASE_URL": "sqlite:////no/such/folder/x.db"}, "DATABASE_URL cannot be used"),
        ({"DATABASE_URL": "postgresql://127.0.0.1:9/x"}, "DATABASE_URL cannot be used"),
        ({"WINWIN_PORT": "http"}, "WINWIN_PORT=http is no port"),
        ({"LOG_LEVEL": "loud"}, "LOG_LEVEL=LOUD is not known"),
    ],
)
def test_a_wrong_setting_stops_the_start_with_one_line(
    change: dict[str, str], said: str, tmp_path: Path
) -> None:
    with Slack(workspace(), patience=PATIENCE) as slack:
        env = environment(slack, Mode.SOCKET, f"sqlite:///{tmp_path / 'w.db'}", 0) | change
        stopped = winwin("run", env=env, cwd=tmp_path)
    assert stopped.returncode == 1
    assert said in stopped.stderr
    assert len(stopped.stderr.strip().splitlines()) == 1, stopped.stderr
    assert stopped.stdout == ""


def test_a_stop_before_anything_is_served_ends_it_at_once_and_says_so() -> None:
    asked_while_reading = (
        "import os, signal; from bot.cli.run import Running, run; "
        "run(lambda: os.kill(os.getpid(), signal.SIGTERM), Running())"
    )
    stopped = subprocess.run(
        [sys.executable, "-c", asked_while_reading],
        capture_output=True,
        text=True,
        check=True,
        timeout=PATIENCE,
    )
    assert (stopped.stdout, stopped.stderr) == ("", "winwin: stopped before it served\n")


HANGS = """
import sqlite3
import {module}
from bot import __main__
def hang(*_args, **_more):
    print("hangs", flush=True)
    sqlite3.connect(":memory:").execute(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n"
    )
{module}.{name} = hang
__main__.main()
"""
"""`winwin run`, of which a part hangs as a resolver does: where Python hears no signal."""


@pytest.mark.parametrize(
    ("module", "name"),
    [("bot.app", "identify"), ("bot.slack.socket", "socket_address")],
    ids=["token", "address"],
)
def test_a_start_that_hangs_is_stopped_at_once(module: str, name: str, tmp_path: Path) -> None:
    hangs = ("-c", HANGS.format(module=module, name=name), "run")
    url = f"sqlite:///{tmp_path / 'w.db'}"
    with (
        Slack(workspace(), patience=PATIENCE) as slack,
        started(slack, Mode.SOCKET, url, tmp_path, command=hangs) as one,
    ):
        assert one.process.stdout is not None
        assert one.process.stdout.readline() == "hangs\n"
        assert one.stop() == "winwin: stopped before it served\n"


def test_a_start_asks_for_one_address_only(tmp_path: Path) -> None:
    asked: list[object] = []

    def later(args: object) -> bool:
        asked.append(args)
        return len(asked) > 1

    with Slack(workspace(), patience=PATIENCE) as slack:
        slack.faults.add("apps.connections.open", Fault.rate_limited(60), times=99, when=later)
        with running(slack, Mode.SOCKET, f"sqlite:///{tmp_path / 'w.db'}", tmp_path) as one:
            assert slack.command("lena", "launch", "/expect", "help").acknowledged
            one.stop()
    assert len(asked) == 1


def test_a_database_that_another_holds_stops_the_start_with_one_line(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'w.db'}"
    assert winwin("db", "upgrade", env={"DATABASE_URL": url}, cwd=tmp_path).returncode == 0
    with (
        Slack(workspace(), patience=PATIENCE) as slack,
        closing(sqlite3.connect(tmp_path / "w.db", isolation_level=None)) as another,
    ):
        another.execute("BEGIN IMMEDIATE")
        env = environment(slack, Mode.SOCKET, url, 0)
        stopped = winwin("run", env=env, cwd=tmp_path)
    assert stopped.returncode == 1
    assert stopped.stderr == (
        "winwin: the database takes no changes (database is locked): "
        "another program holds it; wait for that one or end it, and start again\n"
    )


def test_doctor_finds_nothing_wrong_and_says_so(tmp_path: Path) -> None:
    with Slack(workspace(), patience=PATIENCE) as slack:
        env = environment(slack, Mode.SOCKET, f"sqlite:///{tmp_path / 'w.db'}", 0)
        looked = winwin("doctor", env=env, cwd=tmp_path)
        assert looked.returncode == 0, looked.stdout
        assert all(line.startswith("ok") for line in looked.stdout.splitlines())
        assert not (tmp_path / "w.db").exists()


def test_doctor_names_what_is_wrong_and_how_to_mend_it(tmp_path: Path) -> None:
    with Slack(workspace(), patience=PATIENCE) as slack:
        slack.state.app.scopes = ("commands",)
        env = environment(slack, Mode.SOCKET, f"sqlite:///{tmp_path / 'w.db'}", 0)
        looked = winwin("doctor", env=env | {"SLACK_APP_TOKEN": "xapp-wrong"}, cwd=tmp_path)
    assert looked.returncode == 1
    assert "missing app_mentions:read, chat:write, im:history, users:read" in looked.stdout
    assert "install the app again" in looked.stdout
    assert "SLACK_APP_TOKEN (invalid_auth)" in looked.stdout
