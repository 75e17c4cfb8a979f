"""Several processes on one database, and one that is told to stop, on real time."""

from __future__ import annotations

import os
import signal
import threading
import time
import urllib.error
import urllib.request
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

import psycopg
import pytest

from bot.config import Mode
from bot.playground import Slack, workspace
from bot.playground.faults import Fault
from bot.services.timing import Timing
from tests.support.process import environment, running, started, wait_until_up, winwin
from tests.support.stage import PATIENCE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bot.playground.records import Json
    from tests.support.databases import Databases
    from tests.support.process import Running

LONG = 30.0
"""Seconds that a loaded machine may need for what takes two."""

QUICK = """
from datetime import timedelta
from bot import app, __main__
from bot.services.timing import Timing
build = app.build
second = timedelta(seconds=1)
quick = Timing(lease=6 * second, send_timeout=5 * second, quiet=second, miss_gap=second)
app.build = lambda settings, clock, _timing, only: build(settings, clock, quick, only=only)
import bot.cli.run
bot.cli.run.build = app.build
__main__.main()
"""
"""`winwin run` with a lease of six seconds, which is longer than a call may take."""


@pytest.fixture
def postgres(databases: Databases) -> Iterator[str]:
    url = databases.migrated("postgres")
    yield url
    databases.drop(url)


@pytest.fixture
def slack() -> Iterator[Slack]:
    with Slack(workspace(), patience=PATIENCE) as made:
        yield made


def published(slack: Slack) -> int:
    """Return how often the app has published a Home."""
    return sum(each.name == "views.publish" for each in slack.traffic)


def open_home(slack: Slack, user: str) -> None:
    """Open Home, which is answered at any hour, and wait for it."""
    assert slack.open_home(user).acknowledged
    slack.wait_until(lambda: slack.home(user), LONG)


@pytest.mark.postgres
@pytest.mark.parametrize("mode", list(Mode), ids=lambda mode: mode.value)
def test_a_web_process_is_sent_for_by_the_schedulers(
    slack: Slack, mode: Mode, postgres: str, tmp_path: Path
) -> None:
    with (
        running(slack, mode, postgres, tmp_path, "--only", "web") as web,
        running(slack, mode, postgres, tmp_path, "--only", "scheduler") as one,
        running(slack, mode, postgres, tmp_path, "--only", "scheduler") as two,
    ):
        for user in ("lena", "ren", "asha", "maya"):
            open_home(slack, user)
        assert published(slack) == 4
        assert slack.sockets.count == (1 if mode is Mode.SOCKET else 0)
        assert web.health()["tick_age_seconds"] is None
        for scheduler in (one, two):
            assert scheduler.health()["ok"] is True
            with pytest.raises(urllib.error.HTTPError, match="404"):
                urllib.request.urlopen(f"http://127.0.0.1:{scheduler.port}/slack/events", b"x")
            said = scheduler.stop()
            assert '"serves_slack": false, "plans_and_sends": true' in said
        assert '"serves_slack": true, "plans_and_sends": false' in web.stop()


@pytest.mark.postgres
def test_a_web_process_alone_says_how_late_the_work_is(
    slack: Slack, postgres: str, tmp_path: Path
) -> None:
    with running(slack, Mode.HTTP, postgres, tmp_path, "--only", "web") as web:
        assert web.health()["late_seconds"] == 0
        assert slack.open_home("lena").acknowledged
        slack.wait_until(lambda: web.health()["late_seconds"], LONG)
        assert web.health()["ok"] is True
        assert slack.home("lena") is None
        with running(slack, Mode.HTTP, postgres, tmp_path, "--only", "scheduler"):
            slack.wait_until(lambda: slack.home("lena"), LONG)
            assert web.health()["late_seconds"] == 0


@pytest.mark.postgres
def test_four_that_start_at_once_on_an_empty_database_lay_it_out_once(
    slack: Slack, databases: Databases, tmp_path: Path
) -> None:
    url = databases.empty("postgres")
    try:
        with ExitStack() as stack:
            four = [
                stack.enter_context(started(slack, Mode.SOCKET, url, tmp_path)) for _ in range(4)
            ]
            for each in four:
                wait_until_up(each)
            slack.wait_until(lambda: slack.sockets.count == 4, LONG)
            for user in ("lena", "ren", "asha", "maya"):
                open_home(slack, user)
            assert published(slack) == 4
            for each in four:
                assert "error" not in each.stop()
        checked = winwin("db", "check", env={"DATABASE_URL": url}, cwd=tmp_path)
        assert checked.stdout == "Nothing is broken.\n", checked
    finally:
        databases.drop(url)


@pytest.mark.postgres
@pytest.mark.parametrize("arrived", [True, False], ids=["arrived", "lost"])
def test_what_a_killed_process_was_sending_is_taken_over(
    slack: Slack, postgres: str, tmp_path: Path, *, arrived: bool
) -> None:
    quick = ("-c", QUICK, "run")
    with running(slack, Mode.HTTP, postgres, tmp_path, command=quick) as first:
        for user in ("lena", "ren"):
            open_home(slack, user)  # from now on they are known
        awake(postgres)
        slack.command("lena", "launch", "/expect", "@ren to send the draft in 5 workdays")
        slack.wait_until(lambda: about(slack, "draft"), LONG)
        # It posts, and is killed before it reads the answer.
        slack.faults.add("chat.postMessage", Fault(delay=LONG, handled=arrived))
        slack.command("lena", "launch", "/expect", "@ren to send the icons in 5 workdays")
        slack.wait_until(lambda: under_way(postgres), LONG)
        with running(slack, Mode.HTTP, postgres, tmp_path, command=quick):
            first.process.kill()
            slack.wait_until(lambda: not under_way(postgres) and about(slack, "icons"), LONG)
            assert about(slack, "icons") == 1


def about(slack: Slack, what: str) -> int:
    return sum(what in message.text for message in slack.inbox("ren"))


def awake(url: str) -> None:
    """Let everybody be written to at any hour, today too: real time stands at any."""
    with psycopg.connect(url) as connection:
        connection.execute(
            "UPDATE member SET workdays = '0123456', quiet_from = '00:00', quiet_until = '00:00'"
        )


def under_way(url: str) -> int:
    """Return how many messages are being sent, or of unknown fate."""
    with psycopg.connect(url) as connection:
        counted = connection.execute(
            "SELECT count(*) FROM message WHERE state IN ('sending', 'unknown')"
        ).fetchone()
    assert counted is not None
    return int(counted[0])


def test_a_second_process_on_a_sqlite_file_is_told_so(slack: Slack, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'winwin.db'}"
    env = environment(slack, Mode.SOCKET, url, 0)

    def refused(*args: str) -> None:
        done = winwin(*args, env=env, cwd=tmp_path)
        assert done.returncode == 1
        assert done.stderr.startswith("winwin: another process serves ")
        assert len(done.stderr.splitlines()) == 1

    with running(slack, Mode.SOCKET, url, tmp_path) as first:
        refused("run")
        refused("run", "--only", "scheduler")
        refused("db", "upgrade")
        env["DATABASE_URL"] = "sqlite:///winwin.db"  # the same file by another name
        refused("run")
        for args in (
            ("doctor",),
            ("export",),
            ("read", "@ana to ship it by friday"),
            ("db", "check"),
            ("db", "backup", "copy.db"),
        ):
            done = winwin(*args, env=env, cwd=tmp_path)
            assert done.returncode == 0, (args, done.stderr, done.stdout)
        first.process.kill()
        first.process.wait()
        slack.wait_until(lambda: not slack.sockets.count, LONG)
        with running(slack, Mode.SOCKET, url, tmp_path) as second:
            second.stop()
    assert winwin("db", "upgrade", env=env, cwd=tmp_path).returncode == 0


@pytest.mark.parametrize("what", ["slack", "database"])
def test_it_stops_while_something_hangs(
    slack: Slack, databases: Databases, tmp_path: Path, what: str
) -> None:
    url = databases.migrated("postgres")
    with running(slack, Mode.SOCKET, url, tmp_path) as one:
        open_home(slack, "lena")
        if what == "slack":
            in_hand = threading.Event()

            def has_it(_args: Json) -> bool:
                in_hand.set()
                return True

            slack.faults.add("views.publish", Fault.slow(60), times=100, when=has_it)
            slack.command("lena", "launch", "/expect", "I will draft the brief in 3 workdays")
            assert in_hand.wait(LONG)
            said = one.stop()
            assert '"left": ["messages"' in said, said
        else:
            with still(url):
                time.sleep(3 * Timing().tick.total_seconds())  # a tick begins, and hangs
                said = one.stop()
            assert '"left": [' in said.splitlines()[-1]
        assert "stopped without waiting longer" in said.splitlines()[-1]
    databases.drop(url)


@contextmanager
def still(url: str) -> Iterator[None]:
    """Let the database's processes stand still, as a machine does that is gone."""
    with psycopg.connect(url, autocommit=True) as connection:
        rows = connection.execute(
            "SELECT pid FROM pg_stat_activity WHERE datname = current_database()"
            " AND pid <> pg_backend_pid()"
        ).fetchall()
        pids = [int(row[0]) for row in rows]
        for pid in pids:
            os.kill(pid, signal.SIGSTOP)
        try:
            yield
        finally:
            for pid in pids:
                os.kill(pid, signal.SIGCONT)


def ended_by(one: Running, *signals: int) -> tuple[int, str]:
    for number in signals:
        one.process.send_signal(number)
    code = one.process.wait(timeout=10)
    assert one.process.stderr is not None
    return code, one.process.stderr.read()


def test_two_signals_at_once_are_one(slack: Slack, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'winwin.db'}"
    with running(slack, Mode.SOCKET, url, tmp_path) as one:
        code, said = ended_by(one, signal.SIGTERM, signal.SIGINT)
    assert code == 0, said
    assert '"event": "stopped"' in said.splitlines()[-1], said


def test_a_second_signal_ends_it_at_once_and_says_so(slack: Slack, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'winwin.db'}"
    slack.faults.add("views.publish", Fault.slow(60), times=100)
    with running(slack, Mode.SOCKET, url, tmp_path) as one:
        assert slack.open_home("lena").acknowledged
        one.process.send_signal(signal.SIGTERM)
        with pytest.raises(Exception, match="timed out"):
            one.process.wait(timeout=1)
        code, said = ended_by(one, signal.SIGTERM)
    assert code == 1
    assert said.splitlines()[-1] == "winwin: asked twice to stop, so nothing was waited for"


def test_asked_to_stop_before_it_serves_it_ends_cleanly(slack: Slack, tmp_path: Path) -> None:
    slack.faults.add("auth.test", Fault.slow(60))
    url = f"sqlite:///{tmp_path / 'winwin.db'}"
    with started(slack, Mode.SOCKET, url, tmp_path) as one:
        slack.wait_until((tmp_path / "winwin.db").exists, LONG)
        code, said = ended_by(one, signal.SIGTERM)
    assert code == 0
    assert said.splitlines()[-1] == "winwin: stopped before it served"
