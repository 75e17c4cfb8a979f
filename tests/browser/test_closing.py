"""Ctrl-C ends the demo at once, also while a page is open; a page finds a new start again."""

from __future__ import annotations

import signal
import subprocess
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from tests.support.browser import Tab

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser


@contextmanager
def demo(folder: Path, port: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    command = [sys.executable, "-m", "bot", "demo", "--port", port, "--folder", str(folder)]
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=folder
    )
    try:
        assert process.stdout is not None
        said = process.stdout.readline()
        yield process, next(word for word in said.split() if word.startswith("http"))
    finally:
        process.kill()
        process.communicate()


def test_ctrl_c_with_an_open_page_and_a_new_start(browser: Browser, tmp_path: Path) -> None:
    page = Tab(browser.new_page())  # it complains of the lost connection, rightly
    with demo(tmp_path, "0") as (process, url):
        page.visit(url)
        page.write("I was here")
        page.message("I was here").wait_for()
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=20) == 0
        assert process.stderr is not None
        assert process.stderr.read() == ""
    page.page.get_by_text("Connection lost").wait_for()
    port = url.rstrip("/").rsplit(":", 1)[1]
    with demo(tmp_path, port) as (_, again):
        assert again == url
        page.page.get_by_text("Connection lost").wait_for(state="hidden")
        page.message("I was here").wait_for()
        page.write("and I am back")
        page.message("and I am back").wait_for()
    page.page.close()
