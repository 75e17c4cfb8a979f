"""Every screen, light and dark, wide and narrow: nothing sticks out, axe finds nothing grave."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.axe import grave_findings
from tests.support.browser import NARROW, WIDE, Tab, tab

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Literal

    from playwright.sync_api import Browser

    from bot.cli.playing import Demo

pytestmark = pytest.mark.browser
GROUNDS = {"light": "rgb(255, 255, 255)", "dark": "rgb(26, 29, 28)"}


def screens(page: Tab) -> Iterator[str]:
    """Go from screen to screen; yield the name of each as it is shown."""
    shown = page.page
    page.go("launch")
    page.write("/expect @ren to check the price list by thursday")
    page.message("check the price list").wait_for()
    page.write("a `code`, *bold* and https://example.org/" + "long" * 40)
    yield "channel"
    page.box.press_sequentially("/")
    shown.get_by_role("option").first.wait_for()
    yield "completion"
    page.box.fill("")
    page.go("Maya Brooks")
    yield "empty direct message"
    page.act_as("Ren Sato")
    page.go("Winwin")
    asked = page.message("asks you")
    asked.get_by_role("button", name="More actions").last.click()
    yield "direct message with a menu"
    shown.keyboard.press("Escape")
    page.press(asked, "Suggest a change")
    page.dialog.get_by_label("What", exact=True).fill("")
    page.dialog.get_by_role("button", name="Suggest", exact=True).click()
    page.dialog.get_by_role("alert").first.wait_for()
    yield "modal with an error"
    shown.keyboard.press("Escape")
    page.dialog.wait_for(state="hidden")
    shown.get_by_role("button", name="Home", exact=True).click()
    shown.get_by_text("When I write").wait_for()
    yield "home"
    shown.get_by_role("button", name="Ask for something").click()
    page.dialog.get_by_role("button", name="More", exact=True).click()
    page.dialog.get_by_label("Done means").wait_for()
    yield "the long form"
    shown.keyboard.press("Escape")
    page.dialog.wait_for(state="hidden")
    shown.get_by_role("button", name="Playground", exact=True).click()
    yield "the playground's menu"
    shown.get_by_role("menuitem", name="Open the inspector").click()
    inspector = shown.get_by_role("complementary", name="Inspector")
    inspector.locator("summary").filter(has_text="/expect").first.click()
    inspector.get_by_text("x-slack-signature", exact=True).wait_for()
    yield "the inspector"
    inspector.get_by_role("searchbox", name="Filter").fill("no such thing")
    inspector.get_by_text("Nothing like that was sent yet.").wait_for()
    yield "the inspector without a find"
    inspector.get_by_role("button", name="Close the inspector").click()
    shown.get_by_role("button", name="Leave the tour").click()
    shown.get_by_role("region", name="Tour").wait_for(state="hidden")
    yield "without the tour"


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["1280", "390"])
def test_nothing_sticks_out_and_everybody_can_read_it(
    browser: Browser, demo: Demo, axe: str, theme: Literal["light", "dark"], size: tuple[int, int]
) -> None:
    wrong: list[str] = []
    with tab(browser, size=size, theme=theme) as page:
        page.visit(demo.url)
        for name in screens(page):
            if (wider := page.overflow()) > 0:
                wrong.append(f"{name}: {wider} px too wide")
            wrong += [f"{name}: {finding}" for finding in grave_findings(page.page, axe)]
        ground = page.page.get_by_role("main").locator("#conversation")
        assert ground.evaluate("(e) => getComputedStyle(e).backgroundColor") == GROUNDS[theme]
    assert wrong == []
