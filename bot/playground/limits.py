"""What Slack refuses in messages and views."""

from __future__ import annotations
import secrets
from copy import deepcopy
from bot.playground.inputs import elements
from bot.playground.records import Json


def with_ids(blocks: list[Json]) -> list[Json]:
    blocks = deepcopy(blocks)
    for block in blocks:
        block.setdefault("block_id", secrets.token_urlsafe(4))
        for element in elements(block):
            if element.get("type") != "image":
                element.setdefault("action_id", secrets.token_urlsafe(4))
    return blocks


def check_message(blocks: object) -> list[Json]:
    return with_ids(blocks)  # type: ignore


def check_view(given: Json, kind: str) -> Json:
    return {**given, "blocks": with_ids(given["blocks"])}


def check_options(body: object) -> list[Json]:
    return body["options"]  # type: ignore
