"""Modals' frame and inputs as plain values."""

from collections.abc import Sequence
from datetime import date, time

from bot.slack.blocks.kit import TITLE, VIEW_BLOCKS, Block, Option, plain_text
from bot.slack.fields import Field
from bot.slack.ids import Callback, Origin
from bot.slack.text import plain

INPUT_LIMIT = 3000


def modal(
    callback: Callback, title: str, submit: str, origin: Origin, blocks: Sequence[Block]
) -> Block:
    """Return a modal that is sent with its submit button."""
    return {
        "type": "modal",
        "callback_id": callback.value,
        "private_metadata": origin.encode(),
        "title": plain_text(title, TITLE),
        "submit": plain_text(submit, TITLE),
        "close": plain_text("Cancel", TITLE),
        "blocks": list(blocks[:VIEW_BLOCKS]),
    }


def info_modal(title: str, blocks: Sequence[Block]) -> Block:
    """Return a modal that only shows something."""
    return {
        "type": "modal",
        "callback_id": Callback.INFO.value,
        "title": plain_text(title, TITLE),
        "close": plain_text("Close", TITLE),
        "blocks": list(blocks[:VIEW_BLOCKS]),
    }


def field(
    name: Field, label: str, element: Block, *, optional: bool = False, hint: str = ""
) -> Block:
    """Return an input; its block id and action id are its name."""
    block: Block = {
        "type": "input",
        "block_id": name.value,
        "label": plain_text(label, 2000),
        "element": {**element, "action_id": name.value},
        "optional": optional,
    }
    if hint:
        block["hint"] = plain_text(hint, 2000)
    return block


def text_input(initial: str = "", *, lines: bool = False, limit: int = INPUT_LIMIT) -> Block:
    """Return a text field."""
    element: Block = {"type": "plain_text_input", "max_length": limit, "multiline": lines}
    if initial:
        element["initial_value"] = plain(initial, limit)
    return element


def day_input(initial: date | None = None) -> Block:
    """Return a datepicker."""
    picker: Block = {"type": "datepicker"}
    return picker if initial is None else {**picker, "initial_date": initial.isoformat()}


def hour_input(initial: time | None = None) -> Block:
    """Return a timepicker."""
    picker: Block = {"type": "timepicker"}
    return picker if initial is None else {**picker, "initial_time": f"{initial:%H:%M}"}


def choice(options: Sequence[Option], chosen: str = "", *, buttons: bool = True) -> Block:
    """Return radio buttons, or a menu, with one of the options chosen."""
    offered = [option.block() for option in options]
    element: Block = {"type": "radio_buttons" if buttons else "static_select", "options": offered}
    for option in offered:
        if option["value"] == chosen:
            element["initial_option"] = option
    return element


def ticks(options: Sequence[Option], ticked: Sequence[str]) -> Block:
    """Return checkboxes, some of them ticked."""
    offered = [option.block() for option in options]
    element: Block = {"type": "checkboxes", "options": offered}
    initial = [option for option in offered if option["value"] in ticked]
    return {**element, "initial_options": initial} if initial else element


def person(initial: str | None = None) -> Block:
    """Return a menu of people, for one."""
    element: Block = {"type": "users_select"}
    return {**element, "initial_user": initial} if initial else element


def persons(initial: Sequence[str] = ()) -> Block:
    """Return a menu of people, for several."""
    element: Block = {"type": "multi_users_select", "max_selected_items": 20}
    return {**element, "initial_users": list(initial)} if initial else element
