"""`make pictures`: the pictures in README and docs, taken anew of the page as it is.

Each stop of the tour is taken with what came of it, at the same time of the same week.
"""

from __future__ import annotations

import sys
import tempfile
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from bot import logs
from bot.cli.playing import Demo
from bot.playground.trail import Stop
from tests.support.browser import NARROW, Tab, chromium, tab

if TYPE_CHECKING:
    from typing import Literal

    from playwright.sync_api import Browser, Locator

PICTURES = Path(__file__).resolve().parents[2] / "docs" / "pictures"
WEEK = date(2026, 11, 24)
SIZE = (1280, 800)
LIMIT = 200_000
"""Bytes that no picture may exceed: they are cloned with the code."""


def main() -> None:
    """Take all pictures."""
    logs.configure("console", "WARNING")
    PICTURES.mkdir(parents=True, exist_ok=True)
    with chromium() as browser:
        _tour(browser)
        _one(browser, "dark", theme="dark")
        _one(browser, "narrow", size=NARROW)
    for picture in sorted(PICTURES.glob("*.png")):
        size = picture.stat().st_size
        sys.stdout.write(f"{picture.name}: {size // 1000} kB\n")
        assert size <= LIMIT, f"{picture.name} is too large"


def _tour(browser: Browser) -> None:
    """Take each stop; the second, which has most to press, is README's first picture."""
    with tempfile.TemporaryDirectory() as folder, tab(browser, size=SIZE) as page:
        demo = Demo(Path(folder), 0, week_of=WEEK).start()
        try:
            page.visit(demo.url)
            tour = _region(page)
            for stop in Stop:
                _do(tour, stop)
                is_first = stop is Stop.CHANGE
                _take(page, "playground" if is_first else f"tour-{stop + 1}-{stop.name.lower()}")
            _inspect(page)
            _take(page, "inspector")
        finally:
            demo.stop()


def _one(
    browser: Browser,
    name: str,
    *,
    size: tuple[int, int] = SIZE,
    theme: Literal["light", "dark"] = "light",
) -> None:
    """Take the second stop in another look."""
    with tempfile.TemporaryDirectory() as folder, tab(browser, size=size, theme=theme) as page:
        demo = Demo(Path(folder), 0, week_of=WEEK).start()
        try:
            page.visit(demo.url)
            for stop in (Stop.ASK, Stop.CHANGE):
                _do(_region(page), stop)
            _take(page, name)
        finally:
            demo.stop()


def _region(page: Tab) -> Locator:
    return page.page.get_by_role("region", name="Tour")


def _do(tour: Locator, stop: Stop) -> None:
    expect(tour).to_contain_text(f"{stop + 1} of 7")
    tour.get_by_role("button", name="Do it for me").click()
    expect(tour).to_contain_text("The end" if stop is Stop.WEEK else f"{stop + 2} of 7")


def _inspect(page: Tab) -> None:
    page.page.get_by_role("button", name="Playground", exact=True).click()
    page.page.get_by_role("menuitem", name="Open the inspector").click()
    inspector = page.page.get_by_role("complementary", name="Inspector")
    inspector.get_by_role("searchbox", name="Filter").fill("Accept")
    rows = inspector.get_by_role("listitem")
    expect(rows.filter(has_text="block_actions Accept")).not_to_have_count(0)
    rows.filter(has_text="block_actions Accept").first.locator("summary").click()
    rows.get_by_text("x-slack-signature", exact=True).wait_for()


def _take(page: Tab, name: str) -> None:
    page.page.mouse.move(0, 0)
    page.page.wait_for_load_state("networkidle")
    page.page.screenshot(
        path=PICTURES / f"{name}.png", animations="disabled", caret="hide", scale="css"
    )


if __name__ == "__main__":
    main()
