"""The tour in Chromium: to its end by hand and on one click, left midway, taken up again."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from typing import TYPE_CHECKING, Literal

import pytest
from playwright.sync_api import Locator, expect

from bot.playground.trail import Stop
from tests.support.browser import NARROW, WIDE, Tab, tab

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from playwright.sync_api import Browser

    from bot.cli.playing import Demo

pytestmark = pytest.mark.browser
ITEM = "test the checkout"
COPIED = """async () => {
  for (;;) {
    const text = await navigator.clipboard.readText();
    if (text.includes("blocks")) return text;
    await new Promise((wait) => setTimeout(wait, 50));
  }
}"""
"""What *Copy* has copied, once the page has done so: it says so a little before."""


class Visitor:
    """Somebody who takes the tour."""

    def __init__(self, page: Tab, demo: Demo) -> None:
        self.page = page
        self.demo = demo
        self.tour: Locator = page.page.get_by_role("region", name="Tour")

    def click(self, name: str) -> None:
        self.tour.get_by_role("button", name=name, exact=True).click()

    def go_there(self) -> None:
        """Go where the tour says, unless one is there already."""
        there = self.tour.get_by_role("button", name="Go there", exact=True)
        if there.is_visible():
            there.click()
            there.wait_for(state="hidden")

    def press(self, said: str, name: str) -> None:
        self.go_there()
        self.page.press(self.page.message(said, ITEM), name)

    def pick(self, menu: str) -> None:
        self.page.page.get_by_role("button", name="Playground", exact=True).click()
        self.page.page.get_by_role("menuitem", name=menu).click()

    # -- each stop by hand -----------------------------------------------------------------

    def ask(self) -> None:
        self.click("Put it in the box")
        expect(self.page.box).to_have_value(re.compile(f"^/expect @asha to {ITEM} by "))
        self.page.box.press("Enter")

    def change(self) -> None:
        self.press("asks you", "Suggest a change")
        later = self.demo.now().date() + timedelta(days=2)
        self.page.dialog.get_by_label("By when").fill(later.isoformat())
        self.page.dialog.get_by_role("button", name="Suggest", exact=True).click()

    def accept(self) -> None:
        self.press("suggests", "Accept")

    def wait(self) -> None:
        self.go_there()
        self.page.move_clock("Next list")

    def answer(self) -> None:
        self.press("how is it going?", "On track")

    def finish(self) -> None:
        self.press("agreed with", "Done")
        # It is 05:00 where Lena is: she is told in the morning, in a list of two things.
        expect(self.tour).to_contain_text("As Lena, move the clock to your next list")
        self.go_there()
        self.page.move_clock("Next list")
        self.go_there()
        told = self.page.message("Does it fit?", ITEM)
        told.get_by_role("combobox", name="Answer").last.select_option("Yes, it fits")

    def week(self) -> None:
        self.click("Put it in the box")
        expect(self.page.box).to_have_value("/expect summary here weekly fri 16:00")
        self.page.box.press("Enter")
        expect(self.tour).to_contain_text("move the clock to Friday 16:00")
        self.page.move_clock("Friday 16:00")


BY_HAND: dict[Stop, Callable[[Visitor], None]] = {
    Stop.ASK: Visitor.ask,
    Stop.CHANGE: Visitor.change,
    Stop.ACCEPT: Visitor.accept,
    Stop.WAIT: Visitor.wait,
    Stop.ANSWER: Visitor.answer,
    Stop.FINISH: Visitor.finish,
    Stop.WEEK: Visitor.week,
}


@pytest.mark.parametrize(
    ("size", "theme", "by_hand"),
    [
        (WIDE, "light", list(Stop)),
        (WIDE, "dark", []),
        (NARROW, "light", [Stop.CHANGE, Stop.WAIT, Stop.FINISH]),
        (NARROW, "dark", [Stop.ASK, Stop.ACCEPT, Stop.ANSWER, Stop.WEEK]),
    ],
    ids=["wide-light", "wide-dark", "narrow-light", "narrow-dark"],
)
def test_the_tour_to_its_end(
    browser: Browser,
    demo: Demo,
    size: tuple[int, int],
    theme: Literal["light", "dark"],
    by_hand: Collection[Stop],
) -> None:
    with tab(browser, size=size, theme=theme) as page:
        page.visit(demo.url)
        visitor = Visitor(page, demo)
        for stop in Stop:
            expect(visitor.tour).to_contain_text(f"{stop + 1} of 7")
            expect(page.box).to_be_in_viewport()
            assert page.overflow() <= 0
            if stop in by_hand:
                BY_HAND[stop](visitor)
            else:
                visitor.click("Do it for me")
        expect(visitor.tour).to_contain_text("The end")
        expect(visitor.tour.get_by_role("listitem")).to_have_count(7)
        expect(visitor.tour.get_by_label(re.compile(", done$"))).to_have_count(7)
        page.go("launch")
        week = page.message("Set up by")
        expect(week).to_contain_text("1 kept")
        expect(week).to_be_in_viewport()


def test_it_is_left_midway_and_taken_up_again(page: Tab, demo: Demo) -> None:
    visitor = Visitor(page, demo)
    visitor.click("Do it for me")
    expect(visitor.tour).to_contain_text("2 of 7")
    visitor.click("Leave the tour")
    expect(visitor.tour).to_be_hidden()
    expect(page.page.get_by_role("button", name="Playground", exact=True)).to_be_focused()
    page.page.reload()
    page.message(ITEM).wait_for()
    expect(visitor.tour).to_be_hidden()
    page.act_as("Asha Rao")
    page.go("Winwin")
    page.press(page.message("asks you", ITEM), "Accept")
    page.message("agreed", ITEM).wait_for()
    visitor.pick("Take the tour")
    expect(visitor.tour).to_contain_text("4 of 7")  # it knows what was done without it
    visitor.pick("Leave the tour")
    expect(visitor.tour).to_be_hidden()


def test_it_can_be_taken_once_more(page: Tab, demo: Demo) -> None:
    visitor = Visitor(page, demo)
    for _ in range(2):
        for stop in Stop:
            expect(visitor.tour).to_contain_text(f"{stop + 1} of 7")
            visitor.click("Do it for me")
        visitor.click("Once more")
    expect(visitor.tour).to_contain_text("1 of 7")


def test_start_over_asks_first_and_then_empties(page: Tab, demo: Demo) -> None:
    visitor = Visitor(page, demo)
    visitor.click("Do it for me")
    page.message(ITEM).wait_for()
    visitor.pick("Start over")
    page.dialog.get_by_role("button", name="Keep them").click()
    page.message(ITEM).wait_for()
    visitor.pick("Start over")
    page.dialog.get_by_role("button", name="Start over").click()
    page.page.get_by_text("Everything is as at the first start.").wait_for()
    expect(page.messages.filter(has_text=ITEM)).to_have_count(0)
    expect(visitor.tour).to_contain_text("1 of 7")
    visitor.click("Do it for me")
    expect(visitor.tour).to_contain_text("2 of 7")


def test_the_inspector_shows_signature_payload_and_time(page: Tab, demo: Demo) -> None:
    page.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    inspector = page.page.get_by_role("complementary", name="Inspector")
    expect(inspector).to_be_hidden()
    visitor = Visitor(page, demo)
    visitor.pick("Open the inspector")
    expect(inspector.get_by_role("searchbox", name="Filter")).to_be_focused()
    rows = inspector.get_by_role("listitem")
    page.write("/expect I will water the plants by friday")
    command = rows.filter(has_text="water the plants")
    command.first.click()
    expect(command).to_contain_text("x-slack-signature")
    expect(command).to_contain_text(re.compile(r"v0=[0-9a-f]{64}"))
    expect(command).to_contain_text(re.compile(r"\d+\.\d ms"))
    inspector.get_by_role("searchbox", name="Filter").fill("no such thing")
    inspector.get_by_text("Nothing like that was sent yet.").wait_for()
    inspector.get_by_role("searchbox", name="Filter").fill("response_url")
    inspector.get_by_role("combobox", name="Direction").select_option("Slack to the app")
    expect(rows.filter(has_text="App → Slack")).to_have_count(0)
    inspector.get_by_role("searchbox", name="Filter").fill("blocks")
    inspector.get_by_role("combobox", name="Direction").select_option("App to Slack")
    posted = rows.filter(has_text="chat.postMessage").first
    posted.click()
    posted.get_by_role("button", name="Copy Block Kit JSON").click()
    page.page.get_by_text("Block Kit copied.").wait_for()
    copied = json.loads(page.page.evaluate(COPIED))
    assert copied["blocks"][0]["type"] == "section"
    page.page.keyboard.press("Escape")
    expect(inspector).to_be_hidden()
    expect(page.page.get_by_role("button", name="Playground", exact=True)).to_be_focused()
