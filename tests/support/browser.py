"""Chromium for tests, and what a person can see and press in the playground's page."""

from __future__ import annotations

import os
import re
import shutil
from contextlib import contextmanager
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect, sync_playwright

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Literal

    from playwright.sync_api import Browser, Locator, Page

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-sync",
    "--disable-component-update",
    "--no-first-run",
)
WIDE, NARROW = (1280, 800), (390, 780)
PATIENCE_MS = 15_000


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start Chromium; without one, skip loudly, and fail where CI is set."""
    if CHROMIUM is None:
        if os.environ.get("CI"):
            pytest.fail("Chromium is missing: apt-get install chromium")
        pytest.skip("NO BROWSER TEST RAN. Get Chromium: apt-get install chromium")
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        yield browser
        browser.close()


class Tab:
    """A tab with the playground, used by roles and names as a person or screen reader does."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.problems: list[str] = []
        """What the browser complained of."""
        page.set_default_timeout(PATIENCE_MS)
        page.on("pageerror", lambda error: self.problems.append(str(error)))
        page.on(
            "console",
            lambda line: self.problems.append(line.text) if line.type == "error" else None,
        )
        page.on("request", lambda request: self._note_elsewhere(request.url))

    def _note_elsewhere(self, url: str) -> None:
        if urlsplit(url).hostname not in (None, "127.0.0.1"):
            self.problems.append(f"fetched from elsewhere: {url}")

    def visit(self, url: str) -> None:
        """Load the page and wait until it can be used."""
        self.page.goto(url)
        self.page.get_by_role("heading", level=1).wait_for()
        expect(self.page.get_by_role("heading", level=1)).not_to_be_empty()

    def act_as(self, name: str) -> None:
        """Become somebody else."""
        chip = self.page.get_by_role("button", name=re.compile(f"^Act as {name}"))
        chip.click()
        expect(chip).to_have_attribute("aria-pressed", "true")

    def go(self, name: str) -> None:
        """Open a conversation from the sidebar, which is a drawer where there is no room."""
        drawer = self.page.get_by_role("button", name="Conversations", exact=True)
        if drawer.is_visible():
            drawer.click()
        sidebar = self.page.get_by_role("navigation", name="Conversations")
        sidebar.get_by_role("button", name=re.compile(rf"^\W*{name}\b")).click()
        heading = self.page.get_by_role("heading", level=1, name=re.compile(rf"^#?{name}"))
        heading.wait_for()

    @property
    def box(self) -> Locator:
        """The box below the conversation."""
        return self.page.get_by_role("textbox", name=re.compile("^Message "))

    def write(self, text: str) -> None:
        """Type into the box and send it."""
        self.box.fill(text)
        self.box.press("Enter")

    @property
    def messages(self) -> Locator:
        """The messages of the open conversation, the oldest first."""
        return self.page.get_by_role("log", name="Messages").get_by_role("article")

    def message(self, *about: str) -> Locator:
        """Return the newest message with all of these words."""
        found = self.messages
        for words in about:
            found = found.filter(has_text=words)
        return found.last

    @property
    def dialog(self) -> Locator:
        """The modal on top."""
        return self.page.get_by_role("dialog").last

    def press(self, where: Locator, name: str) -> None:
        """Press a button by the words it begins with; repeated ones add the item's."""
        where.get_by_role("button", name=re.compile(f"^{re.escape(name)}(:|$)")).click()

    def move_clock(self, name: str) -> None:
        """Move the clock, and wait until it has arrived."""
        self.page.get_by_role("button", name=name).click()
        self.page.get_by_text("Moving on…").wait_for(state="hidden")
        self.page.get_by_role("status").get_by_text(re.compile("^It is ")).wait_for()

    def overflow(self) -> int:
        """Return by how many pixels the page is wider than its window."""
        width: int = self.page.evaluate(
            """() => Math.max(0, ...[...document.querySelectorAll("body *")]
              .filter((each) => !each.closest("[hidden], .spoken, .skips, .chip-rest")
                && each.checkVisibility({visibilityProperty: true}))
              .map((each) => Math.round(each.getBoundingClientRect().right - innerWidth)))"""
        )
        return width


@contextmanager
def tab(
    browser: Browser,
    *,
    size: tuple[int, int] = WIDE,
    theme: Literal["light", "dark"] = "light",
) -> Iterator[Tab]:
    """Open a tab; afterwards the browser must have had nothing to complain of."""
    page = browser.new_page(viewport={"width": size[0], "height": size[1]}, color_scheme=theme)
    opened = Tab(page)
    yield opened
    page.close()
    assert opened.problems == []
