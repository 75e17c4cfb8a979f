"""Which page of each part of Home is open, as its private_metadata keeps it."""

import json
from collections.abc import Mapping

from bot.slack.ids import count

HOME_PARTS = ("needs", "you", "others", "goals")
"""The paged parts of Home; a page's press names its part as its scope."""


def encode_pages(pages: Mapping[str, int]) -> str:
    """Write which page of each part is open as Home's private_metadata."""
    return json.dumps({part: pages[part] for part in HOME_PARTS if pages.get(part)})


def decode_pages(value: str) -> dict[str, int]:
    """Read what `encode_pages` wrote; anything else is the first page of each."""
    try:
        raw = json.loads(value or "{}")
        return {part: count(raw.get(part, 0)) for part in HOME_PARTS}
    except (ValueError, TypeError, AttributeError):
        return dict.fromkeys(HOME_PARTS, 0)
