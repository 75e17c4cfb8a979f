"""The simulated Slack's limits, stated here by hand from Slack's documentation."""

from __future__ import annotations

import pytest

from bot.playground.errors import SlackRefusalError
from bot.playground.limits import check_message, check_options, check_view
from tests.unit.playground.shapes import (
    Json,
    actions,
    button,
    chart,
    confirm,
    data_table,
    field,
    home,
    modal,
    mrkdwn,
    numbered,
    option,
    options,
    plain,
    section,
    select,
    table,
    text_input,
)

GOOD_MESSAGES = {
    "nothing but a divider": [{"type": "divider"}],
    "50 blocks": [{"type": "divider"}] * 50,
    "header of 150": [{"type": "header", "text": plain("h" * 150)}],
    "section of 3000": [section("s" * 3000)],
    "10 fields of 2000": [{"type": "section", "fields": [mrkdwn("f" * 2000)] * 10}],
    "25 buttons": [actions(*numbered(button(), 25))],
    "10 context elements": [{"type": "context", "elements": [mrkdwn("c")] * 10}],
    "button at its limits": [
        actions(
            button(
                "t" * 75,
                value="v" * 2000,
                url="https://x.y/" + "u" * 2988,
                accessibility_label="l" * 75,
                style="primary",
                confirm=confirm(100, 300, 30, 30),
            )
        )
    ],
    "100 options at their limits": [
        section(
            accessory=select(
                options=[option("t" * 75, "v" * 150, description=plain("d" * 75))] * 100,
                placeholder=plain("p" * 150),
            )
        )
    ],
    "overflow of 5": [
        section(accessory={"type": "overflow", "action_id": "o", "options": options(5)})
    ],
    "10 checkboxes": [actions(select("checkboxes", options=options(10)))],
    "an input in a message": [field()],
    "markdown of 12000 in two": [
        {"type": "markdown", "text": "m" * 6000},
        {"type": "markdown", "text": "m" * 6000},
    ],
    "a table of 100 by 20": [table(100, 20)],
    "a data_table of 101 rows": [data_table(101, 20)],
    "two charts at their limits": [chart(6, 20, 20, 50), chart()],
    "the same action_id in two blocks": [actions(button()), actions(button())],
    "ids of 255": [actions(button(action_id="a" * 255), block_id="b" * 255)],
}

BAD_MESSAGES: dict[str, tuple[list[Json], str]] = {
    "51 blocks": ([{"type": "divider"}] * 51, "/blocks"),
    "unknown block": ([{"type": "hologram"}], "/blocks/0/type"),
    "unknown property": ([{"type": "divider", "colour": 1}], "/blocks/0"),
    "header of 151": ([{"type": "header", "text": plain("h" * 151)}], "/blocks/0/text/text"),
    "header in mrkdwn": ([{"type": "header", "text": mrkdwn("h")}], "/blocks/0/text/type"),
    "section of 3001": ([section("s" * 3001)], "/blocks/0/text/text"),
    "empty section text": ([section("")], "/blocks/0/text/text"),
    "section without text": ([{"type": "section"}], "/blocks/0"),
    "11 fields": ([{"type": "section", "fields": [mrkdwn("f")] * 11}], "/blocks/0/fields"),
    "field of 2001": (
        [{"type": "section", "fields": [mrkdwn("f" * 2001)]}],
        "/blocks/0/fields/0/text",
    ),
    "26 buttons": ([actions(*numbered(button(), 26))], "/blocks/0/elements"),
    "actions without elements": ([actions()], "/blocks/0/elements"),
    "11 context elements": (
        [{"type": "context", "elements": [mrkdwn("c")] * 11}],
        "/blocks/0/elements",
    ),
    "a button in a context": (
        [{"type": "context", "elements": [button()]}],
        "/blocks/0/elements/0/type",
    ),
    "button text of 76": ([actions(button("t" * 76))], "/blocks/0/elements/0/text/text"),
    "button text in mrkdwn": (
        [actions({**button(), "text": mrkdwn("x")})],
        "/blocks/0/elements/0/text/type",
    ),
    "button without text": (
        [actions({"type": "button", "action_id": "a"})],
        "/blocks/0/elements/0",
    ),
    "button value of 2001": ([actions(button(value="v" * 2001))], "/blocks/0/elements/0/value"),
    "button url of 3001": ([actions(button(url="u" * 3001))], "/blocks/0/elements/0/url"),
    "accessibility label of 76": (
        [actions(button(accessibility_label="l" * 76))],
        "/blocks/0/elements/0/accessibility_label",
    ),
    "button style": ([actions(button(style="green"))], "/blocks/0/elements/0/style"),
    "confirm title of 101": (
        [actions(button(confirm=confirm(title=101)))],
        "/blocks/0/elements/0/confirm/title/text",
    ),
    "confirm text of 301": (
        [actions(button(confirm=confirm(text=301)))],
        "/blocks/0/elements/0/confirm/text/text",
    ),
    "confirm yes of 31": (
        [actions(button(confirm=confirm(yes=31)))],
        "/blocks/0/elements/0/confirm/confirm/text",
    ),
    "confirm no of 31": (
        [actions(button(confirm=confirm(no=31)))],
        "/blocks/0/elements/0/confirm/deny/text",
    ),
    "action_id of 256": (
        [actions(button(action_id="a" * 256))],
        "/blocks/0/elements/0/action_id",
    ),
    "block_id of 256": ([actions(button(), block_id="b" * 256)], "/blocks/0/block_id"),
    "the same action_id twice in a block": (
        [actions(button(), button())],
        "/blocks/0/elements/1/action_id",
    ),
    "the same block_id twice": (
        [actions(button(), block_id="b"), section(block_id="b")],
        "/blocks/1/block_id",
    ),
    "no options": ([actions(select(options=[]))], "/blocks/0/elements/0/options"),
    "neither options nor groups": ([actions(select())], "/blocks/0/elements/0"),
    "101 options": ([actions(select(options=options(101)))], "/blocks/0/elements/0/options"),
    "option text of 76": (
        [actions(select(options=[option("t" * 76)]))],
        "/blocks/0/elements/0/options/0/text/text",
    ),
    "option value of 151": (
        [actions(select(options=[option(value="v" * 151)]))],
        "/blocks/0/elements/0/options/0/value",
    ),
    "option description of 76": (
        [actions(select(options=[option(description=plain("d" * 76))]))],
        "/blocks/0/elements/0/options/0/description/text",
    ),
    "initial option of none": (
        [actions(select(options=options(2), initial_option=option("Else", "9")))],
        "/blocks/0/elements/0/initial_option",
    ),
    "no initial options": (
        [actions(select("checkboxes", options=options(2), initial_options=[]))],
        "/blocks/0/elements/0/initial_options",
    ),
    "placeholder of 151": (
        [actions(select(options=options(1), placeholder=plain("p" * 151)))],
        "/blocks/0/elements/0/placeholder/text",
    ),
    "overflow of 6": (
        [section(accessory={"type": "overflow", "action_id": "o", "options": options(6)})],
        "/blocks/0/accessory/options",
    ),
    "11 checkboxes": (
        [actions(select("checkboxes", options=options(11)))],
        "/blocks/0/elements/0/options",
    ),
    "11 radios": (
        [actions(select("radio_buttons", options=options(11)))],
        "/blocks/0/elements/0/options",
    ),
    "a date in another format": (
        [actions({"type": "datepicker", "action_id": "d", "initial_date": "3.12.2026"})],
        "/blocks/0/elements/0/initial_date",
    ),
    "an hour past 23": (
        [actions({"type": "timepicker", "action_id": "d", "initial_time": "24:00"})],
        "/blocks/0/elements/0/initial_time",
    ),
    "an instant in milliseconds": (
        [actions({"type": "datetimepicker", "action_id": "d", "initial_date_time": 10**12})],
        "/blocks/0/elements/0/initial_date_time",
    ),
    "a datetimepicker beside a section": (
        [section(accessory={"type": "datetimepicker", "action_id": "d"})],
        "/blocks/0/accessory/type",
    ),
    "a text input among actions": ([actions(text_input())], "/blocks/0/elements/0/type"),
    "a button in an input": ([field(button())], "/blocks/0/element/type"),
    "an alert": ([{"type": "alert", "text": plain("a")}], "/blocks/0/type"),
    "markdown of 12001": ([{"type": "markdown", "text": "m" * 12001}], "/blocks/0/text"),
    "markdown of 12001 in two": (
        [{"type": "markdown", "text": "m" * 6001}, {"type": "markdown", "text": "m" * 6000}],
        "/blocks/1",
    ),
    "a table of 101 rows": ([table(101, 1)], "/blocks/0/rows"),
    "a table of 21 columns": ([table(1, 21)], "/blocks/0/rows"),
    "two tables": ([table(1, 1), table(1, 1)], "/blocks/1"),
    "a data_table of 1 row": ([data_table(1)], "/blocks/0/rows"),
    "a data_table of 102 rows": ([data_table(102)], "/blocks/0/rows"),
    "a data_table of 21 columns": ([data_table(2, 21)], "/blocks/0/rows"),
    "a data_table without caption": ([data_table(2, caption=None)], "/blocks/0"),
    "a data_table of 10001 characters": (
        [data_table(2, 1) | {"rows": [[{"type": "raw_text", "text": "x" * 5001}]] * 2}],
        "/blocks/0/rows",
    ),
    "three charts": ([chart(), chart(), chart()], "/blocks/2"),
    "chart title of 51": ([chart(title=51)], "/blocks/0/title"),
    "7 series": ([chart(series=7)], "/blocks/0/chart/series"),
    "21 points": ([chart(points=21)], "/blocks/0/chart/series/0/data"),
    "chart label of 21": ([chart(label=21)], "/blocks/0/chart/series/0/data/0/label"),
    "6 context actions": (
        [
            {
                "type": "context_actions",
                "elements": [
                    {
                        "type": "icon_button",
                        "action_id": str(n),
                        "icon": "trash",
                        "text": plain("x"),
                    }
                    for n in range(6)
                ],
            }
        ],
        "/blocks/0/elements",
    ),
    "image without alt_text": ([{"type": "image", "image_url": "https://x.y/z"}], "/blocks/0"),
}


@pytest.mark.parametrize("blocks", GOOD_MESSAGES.values(), ids=GOOD_MESSAGES)
def test_takes_what_slack_takes(blocks: list[Json]) -> None:
    assert len(check_message(blocks)) == len(blocks)


@pytest.mark.parametrize(("blocks", "pointer"), BAD_MESSAGES.values(), ids=BAD_MESSAGES)
def test_refuses_a_message_and_names_the_place(blocks: list[Json], pointer: str) -> None:
    with pytest.raises(SlackRefusalError) as refused:
        check_message(blocks)
    assert refused.value.code == "invalid_blocks"
    assert any(f"[json-pointer:{pointer}]" in text for text in refused.value.messages)
    assert refused.value.payload()["response_metadata"]["messages"][0].startswith("[ERROR] ")


def test_refuses_blocks_that_are_no_list() -> None:
    with pytest.raises(SlackRefusalError, match="invalid_blocks_format"):
        check_message({"type": "divider"})


GOOD_VIEWS = {
    "modal": modal(field()),
    "modal of 100 blocks": modal(*[{"type": "divider"}] * 100),
    "modal without submit or inputs": modal(section(), submit=None),
    "modal at its limits": modal(
        field(
            text_input(initial_value="v" * 3000, max_length=3000, placeholder=plain("p" * 150)),
            label="l" * 2000,
            hint=plain("h" * 2000),
        ),
        title=plain("t" * 24),
        submit=plain("s" * 24),
        close=plain("c" * 24),
        private_metadata="m" * 3000,
        callback_id="c" * 255,
    ),
    "an alert in a modal": modal({"type": "alert", "text": plain("a"), "level": "warning"}),
    "home of 100 blocks": home(*[{"type": "divider"}] * 100),
    "home with pickers and an input": home(
        actions({"type": "datepicker", "action_id": "d"}), field(dispatch_action=True)
    ),
}

BAD_VIEWS: dict[str, tuple[Json, str]] = {
    "modal of 101 blocks": (modal(*[{"type": "divider"}] * 101), "/view/blocks"),
    "modal without title": (modal(section(), title=None), "/view"),
    "title of 25": (modal(section(), title=plain("t" * 25)), "/view/title/text"),
    "submit of 25": (modal(section(), submit=plain("t" * 25)), "/view/submit/text"),
    "close of 25": (modal(section(), close=plain("t" * 25)), "/view/close/text"),
    "title in mrkdwn": (modal(section(), title=mrkdwn("t")), "/view/title/type"),
    "inputs without submit": (modal(field(), submit=None), "/view"),
    "private_metadata of 3001": (
        modal(section(), private_metadata="m" * 3001),
        "/view/private_metadata",
    ),
    "callback_id of 256": (modal(section(), callback_id="c" * 256), "/view/callback_id"),
    "label of 2001": (modal(field(label="l" * 2001)), "/view/blocks/0/label/text"),
    "hint of 2001": (modal(field(hint=plain("h" * 2001))), "/view/blocks/0/hint/text"),
    "initial value of 3001": (
        modal(field(text_input(initial_value="v" * 3001))),
        "/view/blocks/0/element/initial_value",
    ),
    "max_length of 3001": (
        modal(field(text_input(max_length=3001))),
        "/view/blocks/0/element/max_length",
    ),
    "markdown": (modal({"type": "markdown", "text": "m"}), "/view/blocks/0/type"),
    "table": (modal(table(1, 1)), "/view/blocks/0/type"),
    "data_table": (modal(data_table(2)), "/view/blocks/0/type"),
    "chart": (modal(chart()), "/view/blocks/0/type"),
    "two focused inputs": (
        modal(field(text_input(focus_on_load=True)), field(text_input(focus_on_load=True))),
        "/view/blocks/1",
    ),
    "home given to views.open": (home(section()), "/view/type"),
    "unknown key": (modal(section(), colour="red"), "/view"),
}


@pytest.mark.parametrize("view", GOOD_VIEWS.values(), ids=GOOD_VIEWS)
def test_takes_views_that_slack_takes(view: Json) -> None:
    assert check_view(view, view["type"])["blocks"]


@pytest.mark.parametrize(("view", "pointer"), BAD_VIEWS.values(), ids=BAD_VIEWS)
def test_refuses_a_view_and_names_the_place(view: Json, pointer: str) -> None:
    with pytest.raises(SlackRefusalError) as refused:
        check_view(view, "modal")
    assert refused.value.code == "invalid_arguments"
    assert any(f"[json-pointer:{pointer}]" in text for text in refused.value.messages)


@pytest.mark.parametrize(
    "view",
    [
        home(*[{"type": "divider"}] * 101),
        home(section(), title=plain("Home")),
        home({"type": "alert", "text": plain("a")}),
        home({"type": "markdown", "text": "m"}),
    ],
    ids=["101 blocks", "a title", "an alert", "markdown"],
)
def test_refuses_a_home_tab(view: Json) -> None:
    with pytest.raises(SlackRefusalError, match="invalid_arguments"):
        check_view(view, "home")


def test_refuses_a_view_over_250_kilobytes() -> None:
    view = modal(*[section("s" * 2900) for _ in range(90)])
    with pytest.raises(SlackRefusalError, match="view_too_large"):
        check_view(view, "modal")


def test_takes_offered_options_and_groups() -> None:
    assert check_options({"options": options(100)}) == options(100)
    groups = [{"label": plain("Group"), "options": options(2)}]
    assert check_options({"option_groups": groups}) == options(2)


@pytest.mark.parametrize(
    "body", ["", {"options": options(101)}, {"options": [option("t" * 76)]}, {"text": "hello"}]
)
def test_refuses_offered_options(body: object) -> None:
    with pytest.raises(SlackRefusalError, match="invalid_options"):
        check_options(body)


def test_fills_in_missing_ids_without_touching_the_given_blocks() -> None:
    given = [actions({"type": "button", "text": plain("Go")})]
    checked = check_message(given)
    assert checked[0]["block_id"]
    assert checked[0]["elements"][0]["action_id"]
    assert "block_id" not in given[0]
