"""Block Kit in the page: everything is drawn, can be used, and says the same to a screen reader."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from bot.playground import Slack, workspace
from tests.scenario.playground.other_app import OtherApp, over_http, plain
from tests.support.axe import grave_findings
from tests.support.browser import NARROW, WIDE, tab

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Literal

    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser
Json = dict[str, Any]


def options(*names: str) -> list[Json]:
    return [{"text": plain(name), "value": name.lower()} for name in names]


def act(kind: str, name: str, **more: object) -> Json:
    return {"type": kind, "action_id": f"kit_{name}", **more}


CONFIRM = {
    "title": plain("Sure?"),
    "text": plain("It cannot be undone."),
    "confirm": plain("Yes"),
    "deny": plain("No"),
}
GROUPS = [
    {"label": plain("Warm"), "options": options("Tea", "Soup")},
    {"label": plain("Cold"), "options": options("Juice")},
]
CHART = {
    "type": "data_visualization",
    "title": "Kept by week",
    "chart": {
        "type": "bar",
        "series": [
            {
                "name": "Kept",
                "data": [{"label": "W47", "value": 7}, {"label": "W48", "value": 9}],
            },
            {
                "name": "Changed",
                "data": [{"label": "W47", "value": 2}, {"label": "W48", "value": 1}],
            },
        ],
    },
}
PIE = {
    "type": "data_visualization",
    "title": "Shares",
    "chart": {
        "type": "pie",
        "segments": [{"label": "Done", "value": 3}, {"label": "Open", "value": 1}],
    },
}
BLOCKS: list[Json] = [
    {"type": "header", "text": plain("All of it")},
    {
        "type": "section",
        "text": {"type": "mrkdwn", "text": "> quoted\nand *not*"},
        "fields": [plain("Left field"), plain("Right field")],
    },
    {
        "type": "context",
        "elements": [
            {"type": "image", "image_url": "https://example.org/a.png", "alt_text": "A green tree"},
            plain("in the small print"),
        ],
    },
    {"type": "divider"},
    {
        "type": "actions",
        "block_id": "first",
        "elements": [
            act("button", "delete", text=plain("Delete"), style="danger", confirm=CONFIRM),
            act("static_select", "drink", placeholder=plain("Drink"), option_groups=GROUPS),
            act("datepicker", "day", placeholder=plain("Day")),
            act("timepicker", "hour", placeholder=plain("Hour")),
            act("datetimepicker", "moment"),
        ],
    },
    {
        "type": "actions",
        "block_id": "second",
        "elements": [
            act("checkboxes", "boxes", options=options("One", "Two")),
            act("radio_buttons", "radios", options=options("Left", "Right")),
            act("channels_select", "channel", placeholder=plain("Channel")),
        ],
    },
    {
        "type": "section",
        "block_id": "third",
        "text": plain("Who comes along?"),
        "accessory": act("multi_users_select", "people", placeholder=plain("People")),
    },
    {
        "type": "section",
        "block_id": "fourth",
        "text": plain("And more"),
        "accessory": act("overflow", "menu", options=options("Later", "Never")),
    },
    CHART,
    PIE,
]


@pytest.fixture
def slack() -> Iterator[Slack]:
    with Slack(workspace()) as served:
        yield served


@pytest.fixture
def other(slack: Slack) -> Iterator[OtherApp]:
    with over_http(slack) as app:
        app.bolt.action(re.compile("^kit_"))(lambda ack: ack())
        app.client.chat_postMessage(channel="C01LAUNCH", text="All of it", blocks=BLOCKS)
        yield app


def heard(slack: Slack, other: OtherApp, name: str) -> Json:
    """Return the action that the app was told of by this name."""

    def found() -> list[Json]:
        actions = [each["actions"][0] for each in list(other.seen) if "actions" in each]
        return [each for each in actions if each["action_id"] == f"kit_{name}"]

    slack.wait_until(found)
    return found()[-1]


def test_every_element_reaches_the_app(browser: Browser, slack: Slack, other: OtherApp) -> None:
    with tab(browser) as page:
        page.visit(slack.url)
        shown = page.messages.last
        page.press(shown, "Delete")
        page.dialog.get_by_role("button", name="No").click()
        page.dialog.wait_for(state="hidden")
        assert not any("actions" in each for each in other.seen)
        page.press(shown, "Delete")
        expect(page.dialog.get_by_role("heading", name="Sure?")).to_be_visible()
        page.dialog.get_by_role("button", name="Yes").click()
        assert heard(slack, other, "delete")["type"] == "button"

        drink = shown.get_by_role("combobox", name="Drink")
        assert drink.locator("optgroup").evaluate_all("all => all.map(each => each.label)") == [
            "Warm",
            "Cold",
        ]
        drink.select_option("Juice")
        assert heard(slack, other, "drink")["selected_option"]["value"] == "juice"
        shown.get_by_label("Day").fill("2026-12-24")
        assert heard(slack, other, "day")["selected_date"] == "2026-12-24"
        shown.get_by_label("Hour").fill("17:30")
        assert heard(slack, other, "hour")["selected_time"] == "17:30"
        # 12:00 in Berlin, where Lena is.
        shown.get_by_label("kit moment").fill("2026-12-24T12:00")
        assert heard(slack, other, "moment")["selected_date_time"] == 1798110000
        shown.get_by_role("checkbox", name="Two").check()
        assert [each["value"] for each in heard(slack, other, "boxes")["selected_options"]] == [
            "two"
        ]
        shown.get_by_role("radio", name="Left").check()
        assert heard(slack, other, "radios")["selected_option"]["value"] == "left"
        shown.get_by_role("combobox", name="Channel").select_option("#support")
        assert heard(slack, other, "channel")["selected_channel"] == "C02SUPPORT"
        people = shown.get_by_role("combobox", name="People")
        people.fill("ash")
        shown.get_by_role("option", name="Asha Rao").click()
        assert heard(slack, other, "people")["selected_users"] == ["U04ASHA"]
        shown.get_by_role("button", name="Remove Asha Rao").click()
        slack.wait_until(lambda: heard(slack, other, "people")["selected_users"] == [])
        shown.get_by_role("button", name="More actions").click()
        page.page.get_by_role("menuitem", name="Never").click()
        assert heard(slack, other, "menu")["selected_option"]["value"] == "never"
    assert slack.refusals == []


@pytest.mark.usefixtures("other")
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["1280", "390"])
def test_every_block_is_drawn_for_everybody(
    browser: Browser,
    slack: Slack,
    axe: str,
    theme: Literal["light", "dark"],
    size: tuple[int, int],
) -> None:
    with tab(browser, theme=theme, size=size) as page:
        page.visit(slack.url)
        shown = page.messages.last
        shown.get_by_role("heading", name="All of it").wait_for()
        expect(shown.get_by_role("img", name="A green tree")).to_be_visible()
        expect(shown.get_by_text("Right field")).to_be_visible()
        expect(shown.get_by_role("blockquote")).to_have_text("quoted")
        expect(
            shown.get_by_role("img", name="Kept by week. Kept: W47 7, W48 9. Changed: W47 2, W48 1")
        ).to_be_visible()
        expect(shown.get_by_role("img", name="Shares. Done: 3; Open: 1")).to_be_visible()
        assert page.overflow() == 0
        assert grave_findings(page.page, axe) == []


def test_a_link_leads_to_its_message(browser: Browser, slack: Slack, other: OtherApp) -> None:
    for number in range(300):
        slack.say("ren", "launch", f"line {number}")
    ts = slack.messages("launch")[20].ts
    link = other.client.chat_getPermalink(channel="C01LAUNCH", message_ts=ts)["permalink"]
    with tab(browser) as page:
        page.visit(link)
        found = page.page.get_by_role("article").filter(has_text=re.compile(r"line 19\b"))
        expect(found).to_be_focused()
        expect(found).to_be_in_viewport()


def test_buttons_that_lead_somewhere(browser: Browser, slack: Slack, other: OtherApp) -> None:
    team = slack.state.team.id
    to_ren = f"slack://user?team={team}&id=U02REN"
    buttons = [
        act("button", "page", text=plain("Read more"), url=f"{slack.url}/?as=ren"),
        act("button", "talk", text=plain("Talk it over"), url=to_ren),
    ]
    blocks = [{"type": "actions", "block_id": "links", "elements": buttons}]
    other.client.chat_postMessage(channel="C01LAUNCH", text="Links", blocks=blocks)
    with tab(browser) as page:
        page.visit(slack.url)
        with page.page.expect_popup() as opened:
            page.press(page.messages.last, "Read more")
        opened.value.get_by_role("button", name="Act as Ren Sato", pressed=True).wait_for()
        opened.value.close()
        page.press(page.messages.last, "Talk it over")
        page.page.get_by_role("heading", level=1, name="Ren Sato").wait_for()
    assert heard(slack, other, "page")["type"] == "button"
    assert heard(slack, other, "talk")["type"] == "button"
