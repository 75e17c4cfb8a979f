"""The page in Chromium with an app that is not ours: what a person does there reaches the app."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from bot.playground import Message, Slack, workspace
from tests.scenario.playground.other_app import OtherApp, over_http
from tests.support.browser import Tab, tab

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser


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
def page(browser: Browser, moved: Slack) -> Iterator[Tab]:
    with tab(browser) as opened:
        opened.visit(moved.url)
        yield opened


def test_a_form_with_errors_keeps_what_was_typed(page: Tab, moved: Slack, other: OtherApp) -> None:
    page.write("/expect form")
    dialog = page.dialog
    dialog.get_by_label("Name").fill("wrong")
    dialog.get_by_role("button", name="Order it").click()
    dialog.get_by_text("Please complete this required field.").wait_for()
    dialog.get_by_label("Size").select_option("Large")
    dialog.get_by_label("Day").fill("2026-12-04")
    dialog.get_by_role("button", name="Order it").click()
    expect(dialog.get_by_label("Name")).to_have_accessible_description("Not that one.")
    dialog.get_by_role("button", name="More", exact=True).click()
    moved.wait_until(lambda: other.seen[-1].get("type") == "block_actions")
    expect(dialog.get_by_label("Name")).to_have_value("wrong")
    dialog.get_by_role("combobox", name="Topping").fill("On")
    dialog.get_by_role("option", name="Onions").click()
    dialog.get_by_label("Name").fill("Lena")
    dialog.get_by_role("button", name="Order it").click()
    dialog.wait_for(state="hidden")
    values = other.seen[-1]["view"]["state"]["values"]
    assert values["name"]["text"]["value"] == "Lena"
    assert values["day"]["date"]["selected_date"] == "2026-12-04"
    assert values["size"]["size"]["selected_option"]["value"] == "l"
    assert values["topping"]["topping"]["selected_option"]["value"] == "onions"


def test_a_form_on_a_form_is_left_one_at_a_time(page: Tab, moved: Slack, other: OtherApp) -> None:
    page.write("/expect form")
    page.dialog.get_by_label("Name").fill("push")
    page.dialog.get_by_label("Size").select_option("Small")
    page.dialog.get_by_role("button", name="Order it").click()
    page.dialog.get_by_role("button", name="Back").wait_for()
    expect(page.dialog.get_by_label("Name")).to_have_value("")
    page.page.keyboard.press("Escape")
    expect(page.dialog.get_by_label("Name")).to_have_value("push")
    page.page.keyboard.press("Escape")
    page.dialog.wait_for(state="hidden")
    assert other.seen[-1]["type"] == "view_closed"
    assert moved.refusals == []


def test_buttons_menus_and_shortcuts(page: Tab, moved: Slack, other: OtherApp) -> None:
    shown = page.page
    page.write("/expect post")
    page.messages.get_by_label("Cook").select_option("Maya Brooks")
    moved.wait_until(lambda: other.seen[-1].get("type") == "block_actions")
    assert other.seen[-1]["actions"][0]["selected_user"] == "U03MAYA"
    page.messages.get_by_role("button", name="More actions").click()
    shown.get_by_role("menuitem", name="Later").click()
    shown.get_by_text("later", exact=True).wait_for()
    page.messages.first.hover()
    page.messages.get_by_role("button", name="Message menu").first.click()
    shown.get_by_role("menuitem", name="Turn into an expectation").click()
    page.dialog.wait_for()
    shown.keyboard.press("Escape")
    page.dialog.wait_for(state="hidden")
    shown.get_by_role("button", name="Shortcuts").click()
    shown.get_by_role("menuitem", name="Ask for something").click()
    page.dialog.get_by_role("button", name="Cancel").click()
    page.press(page.messages.first, "Accept")
    shown.get_by_text("Accepted 42").wait_for()
    shown.get_by_text("(edited)").wait_for()
    assert moved.refusals == []


def test_home_direct_messages_and_the_clock(page: Tab, moved: Slack, other: OtherApp) -> None:
    shown = page.page
    page.act_as("Ren Sato")
    page.go("Winwin")
    shown.get_by_role("button", name="Home", exact=True).click()
    shown.get_by_text("Welcome home").wait_for()
    shown.get_by_role("button", name="Messages", exact=True).click()
    page.write("hello")
    shown.get_by_text("Heard: hello").wait_for()
    assert other.seen[-1]["event"]["user"] == "U02REN"
    page.move_clock("+1 hour")
    shown.get_by_text("Wed 25 Nov, 19:00").wait_for()
    shown.get_by_role("button", name=re.compile("Ren Sato 19:00 Tokyo quiet hours")).wait_for()
    page.move_clock("Friday 16:00")
    shown.get_by_text("Fri 27 Nov, 16:00").wait_for()
    assert moved.refusals == []


def test_dates_are_shown_in_the_readers_zone_and_nothing_is_read_as_html(
    page: Tab, other: OtherApp
) -> None:
    text = "*Due* <!date^1795795200^{date_short_pretty} {time}|soon> <@U02REN> &lt;b&gt;x&lt;/b&gt;"
    other.client.chat_postMessage(channel="C01LAUNCH", text=text)
    page.page.get_by_text("Due Fri, 27 Nov 2026 17:00 @Ren Sato <b>x</b>").wait_for()
    page.act_as("Maya Brooks")
    page.page.get_by_text("Due Fri, 27 Nov 2026 11:00 @Ren Sato <b>x</b>").wait_for()


def test_what_waits_for_each_person_is_counted_for_them(page: Tab, other: OtherApp) -> None:
    shown = page.page
    for text in ("one", "two"):
        other.client.chat_postMessage(channel="U04ASHA", text=text)
    shown.get_by_role("button", name=re.compile("^Act as Asha Rao.* 2 unread$")).wait_for()
    page.act_as("Asha Rao")
    shown.get_by_role("button", name="Winwin 2 unread").wait_for()
    page.go("Winwin")
    shown.get_by_text("New", exact=True).wait_for(state="hidden")
    page.act_as("Lena Vogt")
    expect(shown.get_by_role("button", name=re.compile("^Act as Asha Rao"))).not_to_contain_text(
        "unread"
    )


def test_two_thousand_messages_are_shown_a_hundred_at_a_time(page: Tab, moved: Slack) -> None:
    for number in range(1, 2001):
        moved.state.post(_line(number))
    page.page.get_by_text("line 2000", exact=True).wait_for()
    assert 100 <= page.messages.count() <= 200
    page.page.get_by_role("button", name="Show earlier messages").click()
    page.page.get_by_text("line 1800", exact=True).wait_for()
    page.write("and on")
    page.page.get_by_text("and on", exact=True).wait_for()


def _line(number: int) -> Message:
    return Message("C01LAUNCH", "", "U02REN", f"line {number}")
