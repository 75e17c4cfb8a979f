"""What stands in inputs: what is shown at first, what is picked and what is kept."""

from __future__ import annotations

from typing import Any

import pytest

from bot.playground.errors import DrivingError
from bot.playground.inputs import kept_values, missing, picked

Json = dict[str, Any]
ONE, TWO = ({"text": {"type": "plain_text", "text": t}, "value": t[0]} for t in ("One", "Two"))


def field(kind: str, optional: bool = False, **more: object) -> Json:  # noqa: FBT001, FBT002 - reads as the block does
    element = {"type": kind, "action_id": "a", **more}
    return {"type": "input", "block_id": "b", "element": element, "optional": optional}


@pytest.mark.parametrize(
    ("block", "held"),
    [
        (field("plain_text_input"), {"type": "plain_text_input", "value": None}),
        (
            field("plain_text_input", initial_value="x"),
            {"type": "plain_text_input", "value": "x"},
        ),
        (field("datepicker"), {"type": "datepicker", "selected_date": None}),
        (
            field("timepicker", initial_time="09:30"),
            {"type": "timepicker", "selected_time": "09:30"},
        ),
        (
            field("radio_buttons", options=[ONE], initial_option=ONE),
            {"type": "radio_buttons", "selected_option": ONE},
        ),
        (field("checkboxes", options=[ONE]), {"type": "checkboxes", "selected_options": []}),
        (field("multi_users_select"), {"type": "multi_users_select", "selected_users": []}),
    ],
    ids=lambda value: str(value.get("type")),
)
def test_initial_values(block: Json, held: Json) -> None:
    assert kept_values([block], {}) == {"b": {"a": held}}


def test_what_was_typed_is_kept_only_where_the_element_is_the_same() -> None:
    before = {"b": {"a": {"type": "plain_text_input", "value": "typed"}}}
    assert kept_values([field("plain_text_input", initial_value="x")], before) == before
    replaced = kept_values([field("datepicker")], before)
    assert replaced == {"b": {"a": {"type": "datepicker", "selected_date": None}}}


def test_picking_by_text_or_value() -> None:
    select = field("static_select", options=[ONE, TWO])["element"]
    assert picked(select, "Two") == TWO
    assert picked(select, "O") == ONE
    assert picked(select, None) is None
    boxes = field("checkboxes", options=[ONE, TWO])["element"]
    assert picked(boxes, ["One", "T"]) == [ONE, TWO]
    assert picked(boxes, "One") == [ONE]
    with pytest.raises(DrivingError, match="Three"):
        picked(select, "Three")


@pytest.mark.parametrize(
    ("block", "value", "refused"),
    [
        (field("plain_text_input"), None, True),
        (field("plain_text_input"), "x", False),
        (field("plain_text_input", optional=True), None, False),
        (field("plain_text_input", min_length=2), "x", True),
        (field("plain_text_input", max_length=2), "xxx", True),
        (field("plain_text_input"), "x" * 3001, True),
    ],
)
def test_what_slacks_client_does_not_submit(
    block: Json,
    value: str | None,
    refused: bool,  # noqa: FBT001 - a table's column
) -> None:
    values = {"b": {"a": {"type": "plain_text_input", "value": value}}}
    assert bool(missing([block], values)) is refused
