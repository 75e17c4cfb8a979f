"""The demo: its tour, and that a second start finds the workspace that the first one left."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import urllib.request
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from bot.cli.playing import Demo
from bot.db.sole import InUseError, sole_process
from bot.playground.control import next_friday
from bot.playground.tour import STEPS, Tour
from bot.playground.trail import Stop

if TYPE_CHECKING:
    from collections.abc import Iterator

BERLIN = ZoneInfo("Europe/Berlin")
ROOT = Path(__file__).resolve().parents[2]


@contextmanager
def running(folder: Path) -> Iterator[Demo]:
    demo = Demo(folder, 0).start()
    try:
        yield demo
    finally:
        demo.stop()
    assert demo.slack.refusals == []


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[Demo]:
    with running(tmp_path) as made:
        yield made


def test_the_tour_does_each_stop_for_whoever_asks(demo: Demo) -> None:
    tour = Tour(demo.slack, demo)
    for stop in Stop:
        assert tour.trail().stop is stop
        advice = tour.advice()
        assert advice is not None
        assert len(advice.line) <= 80
        assert tour.do() is not None
    assert tour.trail().stop is None
    assert tour.advice() is None
    assert "1 kept" in demo.slack.messages("launch")[-1].text


@pytest.mark.parametrize("hours", [0, 6, 15, 76, 124])
def test_the_tour_can_be_begun_at_any_hour_and_more_than_once(demo: Demo, hours: int) -> None:
    tour = Tour(demo.slack, demo)
    for _ in range(2):
        demo.advance(demo.now() + timedelta(hours=hours))
        tour.begin()
        for _stop in STEPS:
            tour.do()
        assert tour.trail().stop is None


def test_what_is_done_by_hand_is_known(demo: Demo) -> None:
    slack, tour = demo.slack, Tour(demo.slack, demo)
    advice = tour.advice()
    assert advice is not None
    slack.command("lena", "launch", *advice.typed.split(" ", 1))
    slack.wait_until(lambda: any("checkout" in each.text for each in slack.inbox("asha")))
    assert tour.trail().stop is Stop.CHANGE
    slack.press("asha", slack.inbox("asha")[-1], "Accept")  # she suggests nothing
    slack.wait_until(lambda: tour.trail().stop is Stop.WAIT)
    asha = slack.state.person("asha").id
    for _ in range(3):
        at = demo.next_list(asha)
        assert at is not None
        demo.advance(at)
    assert tour.trail().stop in (Stop.ANSWER, Stop.WAIT)
    slack.command("asha", "launch", "/expect", f"done {tour.trail().item}")
    slack.wait_until(lambda: tour.trail().stop is Stop.FINISH)
    assert tour.do() is not None
    assert tour.trail().stop is Stop.WEEK


def test_an_answer_in_a_list_of_several_reaches_the_right_one(demo: Demo) -> None:
    slack, tour = demo.slack, Tour(demo.slack, demo)
    for _ in range(3):
        tour.do()
    tour.hands.to_next_list("U04ASHA")
    tour.do()
    slack.command("asha", "launch", "/expect", f"done {tour.trail().item}")
    tour.hands.to_next_list("U01LENA")  # it asks about the tax form too
    assert "Two things today" in slack.inbox("lena")[-1].text
    assert tour.do() is not None
    assert tour.trail().stop is Stop.WEEK


def test_a_second_start_finds_the_workspace_and_its_clock(tmp_path: Path) -> None:
    with running(tmp_path) as demo:
        tour = Tour(demo.slack, demo)
        for _ in range(3):
            tour.do()
        tour.leave()
    inbox, stood = demo.slack.inbox("asha"), demo.now()
    with running(tmp_path) as demo:
        assert abs(demo.now() - stood) < timedelta(seconds=30)
        assert demo.slack.inbox("asha") == inbox
        tour = Tour(demo.slack, demo)
        assert tour.is_left
        for _ in range(4):
            tour.do()
        assert tour.trail().stop is None


def test_start_over_empties_it(tmp_path: Path) -> None:
    with running(tmp_path) as demo:
        tour = Tour(demo.slack, demo)
        demo.slack.command("lena", "support", "/expect", "I will tidy up by friday")
        tour.do()
        demo.advance(next_friday(demo.now(), BERLIN))
        demo.start_over()
        assert demo.now().weekday() == 1
        assert demo.slack.messages("support") == []
        assert tour.trail().stop is Stop.ASK
        demo.slack.command("lena", "launch", "/expect", "I will begin anew by friday")
        assert "E-4" in demo.slack.visible("lena", "launch")[-1].text


def test_what_cannot_be_read_is_begun_anew(tmp_path: Path) -> None:
    with running(tmp_path):
        pass
    (tmp_path / "workspace.json").write_text("{")
    with running(tmp_path) as demo:
        assert Tour(demo.slack, demo).trail().stop is Stop.ASK
        assert demo.slack.inbox("ren") != []


# -- as a process --------------------------------------------------------------------------


def started(folder: Path, *args: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "bot", "demo", "--port", "0", *args],
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "HOME": str(folder)},
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@contextmanager
def process(folder: Path, *args: str) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    demo = started(folder, *args)
    try:
        assert demo.stdout is not None
        line = demo.stdout.readline()
        found = re.search(r"http://127\.0\.0\.1:\d+/", line)
        assert found, line
        yield found[0], demo
    finally:
        if demo.poll() is None:
            demo.kill()
        demo.communicate()


def test_it_answers_once_its_address_is_printed_and_ends_with_ctrl_c(tmp_path: Path) -> None:
    with process(tmp_path) as (url, demo):
        with urllib.request.urlopen(url, timeout=10) as answer:  # noqa: S310 - loopback
            assert answer.status == 200
        demo.send_signal(signal.SIGINT)
        assert demo.wait(timeout=15) == 0
        assert demo.stderr is not None
        assert demo.stderr.read() == ""
    assert (tmp_path / ".local/state/winwin/demo/workspace.json").exists()


def test_two_at_once_share_no_folder(tmp_path: Path) -> None:
    with process(tmp_path), process(tmp_path) as (_, second):
        second.send_signal(signal.SIGTERM)
        second.wait(timeout=15)
        assert second.stderr is not None
        assert "another process serves it" in second.stderr.read()


def test_what_a_demo_keeps_is_served_by_it_alone(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'demo.db'}"
    with (
        process(tmp_path, "--folder", str(tmp_path)),
        pytest.raises(InUseError, match="another process serves"),
        sole_process(url),
    ):
        pass
    with sole_process(url):
        pass


def test_a_database_that_cannot_be_opened_is_named_with_the_way_out(tmp_path: Path) -> None:
    with running(tmp_path):
        pass
    (tmp_path / "demo.db").write_bytes(b"no database " * 1000)
    _, said = started(tmp_path, "--folder", str(tmp_path)).communicate(timeout=30)
    assert said.endswith("winwin demo --fresh begins anew\n")
    assert len(said.splitlines()) == 1
    with process(tmp_path, "--folder", str(tmp_path), "--fresh") as (url, _):
        assert url.startswith("http://127.0.0.1:")
