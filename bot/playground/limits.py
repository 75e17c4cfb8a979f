"""What Slack refuses in messages, views and offered options, with Slack's codes.

The limits are Slack's documented ones. Messages are refused with `invalid_blocks`, views with
`invalid_arguments`; both name the places in `response_metadata.messages`.
"""

from __future__ import annotations

import json
import secrets
from copy import deepcopy
from typing import TYPE_CHECKING

from bot.playground.block_limits import check_blocks
from bot.playground.element_limits import ID_LIMIT, check_option, check_option_groups
from bot.playground.errors import SlackRefusalError
from bot.playground.inputs import elements
from bot.playground.problems import Place, Problems

if TYPE_CHECKING:
    from bot.playground.records import Json

MESSAGE_BLOCKS = 50
VIEW_BLOCKS = 100
VIEW_BYTES = 250_000
TITLE_LIMIT = 24
METADATA_LIMIT = 3000
_SHARED_KEYS = ("type", "blocks", "private_metadata", "callback_id", "external_id")
_MODAL_KEYS = (
    *_SHARED_KEYS,
    "title",
    "submit",
    "close",
    "clear_on_close",
    "notify_on_close",
    "submit_disabled",
)


def check_message(blocks: object) -> list[Json]:
    """Return a message's blocks with all ids filled in, or refuse them."""
    if not isinstance(blocks, list):
        raise SlackRefusalError("invalid_blocks_format")
    problems = Problems()
    place = Place({"blocks": blocks}, "", problems)
    check_blocks(place.listed("blocks", 0, MESSAGE_BLOCKS), "message")
    if problems.found:
        raise SlackRefusalError("invalid_blocks", *problems.found)
    return with_ids(blocks)


def check_view(given: Json, kind: str) -> Json:
    """Return a view (`modal` or `home`) with all ids filled in, or refuse it."""
    if len(json.dumps(given).encode()) > VIEW_BYTES:
        raise SlackRefusalError("view_too_large")
    problems = Problems()
    place = Place(given, "/view", problems)
    if given.get("type") != kind:
        place.wrong(f"must be {kind}", "type")
    place.allow(_MODAL_KEYS if kind == "modal" else _SHARED_KEYS)
    place.string("private_metadata", METADATA_LIMIT, least=0)
    place.string("callback_id", ID_LIMIT, least=0)
    place.string("external_id", ID_LIMIT, least=0)
    if kind == "modal":
        _check_modal(place)
    check_blocks(place.listed("blocks", 0 if kind == "home" else 1, VIEW_BLOCKS), kind)
    if problems.found:
        raise SlackRefusalError("invalid_arguments", *problems.found)
    return {**given, "blocks": with_ids(given["blocks"])}


def _check_modal(place: Place) -> None:
    place.text("title", TITLE_LIMIT, plain=True, required=True)
    place.text("submit", TITLE_LIMIT, plain=True)
    place.text("close", TITLE_LIMIT, plain=True)
    blocks = place.value.get("blocks")
    has_input = isinstance(blocks, list) and any(
        isinstance(block, dict) and block.get("type") == "input" for block in blocks
    )
    if has_input and place.value.get("submit") is None:
        place.wrong("missing required field: submit")


def check_options(body: object) -> list[Json]:
    """Return the options that answer a block_suggestion, groups flattened, or refuse them."""
    if not isinstance(body, dict):
        raise SlackRefusalError("invalid_options", "missing required field: options")
    problems = Problems()
    place = Place(body, "", problems)
    if "option_groups" in body:
        check_option_groups(place)
    else:
        for option in place.listed("options", 0, 100):
            check_option(option)
    if problems.found:
        raise SlackRefusalError("invalid_options", *problems.found)
    groups = body.get("option_groups")
    if groups is None:
        return list(body["options"])
    return [option for group in groups for option in group["options"]]


def with_ids(blocks: list[Json]) -> list[Json]:
    """Return a copy of blocks in which each has a block_id and each element an action_id."""
    blocks = deepcopy(blocks)
    for block in blocks:
        block.setdefault("block_id", secrets.token_urlsafe(4))
        for element in elements(block):
            if element["type"] != "image":
                element.setdefault("action_id", secrets.token_urlsafe(4))
    return blocks
