"""How fast the playground's page is: its start, and with 2,000 messages beside an empty channel.

    python -m bench.page

Prints seconds and, as what another machine can compare, ratios of two figures of one run.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from typing import TYPE_CHECKING

from bot.playground import Message, Slack, workspace
from tests.support.browser import Tab, chromium

if TYPE_CHECKING:
    from playwright.sync_api import Browser

MESSAGES = 2000
ROUNDS = 9


def main() -> None:
    """Measure and print."""
    with chromium() as browser:
        print(f"start to first usable page: {start_to_usable(browser):.2f} s")
        empty, full = figures(browser, 0), figures(browser, MESSAGES)
    for name, before, after in zip(("open the page", "send a message"), empty, full, strict=True):
        print(
            f"{name}: {before * 1000:.0f} ms empty, {after * 1000:.0f} ms with {MESSAGES} messages,"
            f" ratio {after / before:.2f}"
        )


def start_to_usable(browser: Browser) -> float:
    """Return the seconds from starting `winwin demo` until its box can be typed into."""
    with tempfile.TemporaryDirectory() as folder:
        began = time.perf_counter()
        command = [sys.executable, "-m", "bot", "demo", "--port", "4901", "--folder", folder]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as demo:  # noqa: S603 - our own command
            said = demo.stdout.readline() if demo.stdout else ""
            url = next(word for word in said.split() if word.startswith("http"))
            tab = Tab(browser.new_page())
            tab.visit(url)
            tab.box.fill("hello")
            took = time.perf_counter() - began
            tab.page.close()
            demo.terminate()
    return took


def figures(browser: Browser, messages: int) -> tuple[float, float]:
    """Return the median seconds to open the page, and from Enter to the message on the page."""
    with Slack(workspace()) as slack:
        for number in range(messages):
            slack.state.post(Message("C01LAUNCH", "", "U02REN", f"line {number}"))
        opened: list[float] = []
        sent: list[float] = []
        for number in range(ROUNDS):
            tab = Tab(browser.new_page())
            began = time.perf_counter()
            tab.visit(slack.url)
            tab.box.fill(f"said {number}")
            opened.append(time.perf_counter() - began)
            began = time.perf_counter()
            tab.box.press("Enter")
            tab.page.get_by_text(f"said {number}", exact=True).wait_for()
            sent.append(time.perf_counter() - began)
            tab.page.close()
    return statistics.median(opened), statistics.median(sent)


if __name__ == "__main__":
    main()
