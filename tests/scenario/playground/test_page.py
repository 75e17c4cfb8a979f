"""The plain page in Chromium: what a person can press, pick and type there reaches the app."""

from __future__ import annotations

import os
import shutil
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import sync_playwright

from bot.playground import Slack, workspace
from tests.scenario.playground.other_app import OtherApp, over_http

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

pytestmark = pytest.mark.browser
CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")


class PageTime:
    def __init__(self) -> None:
        self.at = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)

    def now(self) -> datetime:
        return self.at

    def advance(self, to: datetime) -> None:
        self.at = to

    def next_list(self, _user: str) -> datetime | None:
        return self.at + timedelta(hours=5)


@pytest.fixture
def moved() -> Iterator[Slack]:
    time = PageTime()
    with Slack(workspace(clock=time.now), time=time) as served:
        yield served


@pytest.fixture
def other(moved: Slack) -> Iterator[OtherApp]:
    with over_http(moved) as app:
        yield app


@pytest.fixture
def page(moved: Slack) -> Iterator[Page]:
    if CHROMIUM is None:
        if os.environ.get("CI"):
            pytest.fail("Chromium is missing: apt-get install chromium")
        pytest.skip("NO BROWSER TEST RAN. Get Chromium: apt-get install chromium")
    problems: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        shown = browser.new_page()
        shown.set_default_timeout(10_000)
        shown.on("pageerror", lambda error: problems.append(str(error)))
        shown.on(
            "console",
            lambda line: problems.append(line.text) if line.type == "error" else None,
        )
        shown.goto(moved.url)
        shown.get_by_role("button", name="#launch").wait_for()
        yield shown
        browser.close()
    assert problems == []


def write(page: Page, text: str) -> None:
    box = page.get_by_label("Message", exact=True)
    box.fill(text)
    box.press("Enter")


def test_a_form_with_errors_keeps_what_was_typed(page: Page, moved: Slack, other: OtherApp) -> None:
    write(page, "/expect form")
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Name").fill("wrong")
    dialog.get_by_role("button", name="Order it").click()
    dialog.get_by_text("Please complete this required field.").wait_for()
    dialog.get_by_label("Size").select_option("Large")
    dialog.get_by_label("Day").fill("2026-12-04")
    dialog.get_by_role("button", name="Order it").click()
    dialog.get_by_text("Not that one.").wait_for()
    dialog.get_by_role("button", name="More", exact=True).click()
    moved.wait_until(lambda: other.seen[-1].get("type") == "block_actions")
    dialog.get_by_label("Name").fill("Lena")
    dialog.get_by_role("button", name="Order it").click()
    dialog.wait_for(state="hidden")
    values = other.seen[-1]["view"]["state"]["values"]
    assert values["name"]["text"]["value"] == "Lena"
    assert values["day"]["date"]["selected_date"] == "2026-12-04"
    assert values["size"]["size"]["selected_option"]["value"] == "l"


def test_buttons_menus_and_shortcuts(page: Page, moved: Slack, other: OtherApp) -> None:
    write(page, "/expect post")
    page.get_by_label("Cook").select_option("Maya Brooks")
    moved.wait_until(lambda: other.seen[-1].get("type") == "block_actions")
    assert other.seen[-1]["actions"][0]["selected_user"] == "U03MAYA"
    page.get_by_label("More actions").click()
    page.get_by_role("button", name="Later").click()
    page.get_by_text("later", exact=True).wait_for()
    page.get_by_label("Message menu").first.click()
    page.get_by_role("button", name="Turn into an expectation").click()
    page.get_by_role("dialog").wait_for()
    page.keyboard.press("Escape")
    page.get_by_role("dialog").wait_for(state="hidden")
    page.get_by_label("Shortcuts").click()
    page.get_by_role("button", name="Ask for something").click()
    page.get_by_role("dialog").get_by_role("button", name="Cancel").click()
    page.get_by_role("button", name="Accept").click()
    page.get_by_text("Accepted 42").wait_for()
    assert moved.refusals == []


def test_home_direct_messages_and_the_clock(page: Page, moved: Slack, other: OtherApp) -> None:
    page.get_by_label("Act as").select_option("U02REN")
    page.get_by_role("button", name="Winwin: Home").click()
    page.get_by_text("Welcome home").wait_for()
    page.get_by_role("button", name="Winwin: Messages").click()
    write(page, "hello")
    page.get_by_text("Heard: hello").wait_for()
    assert other.seen[-1]["event"]["user"] == "U02REN"
    page.get_by_role("button", name="+1 hour").click()
    page.get_by_text("Wed 25 Nov, 19:00 Asia/Tokyo").wait_for()
    page.get_by_role("button", name="Friday 16:00").click()
    page.get_by_text("Fri 27 Nov, 16:00 Asia/Tokyo").wait_for()
    assert moved.refusals == []


def test_dates_are_shown_in_the_readers_zone_and_nothing_is_read_as_html(
    page: Page, other: OtherApp
) -> None:
    text = "*Due* <!date^1795795200^{date_short_pretty} {time}|soon> <@U02REN> &lt;b&gt;x&lt;/b&gt;"
    other.client.chat_postMessage(channel="C01LAUNCH", text=text)
    page.get_by_text("Due Fri, 27 Nov 2026 17:00 @Ren Sato <b>x</b>").wait_for()
    page.get_by_label("Act as").select_option("U03MAYA")
    page.get_by_text("Due Fri, 27 Nov 2026 11:00 @Ren Sato <b>x</b>").wait_for()
