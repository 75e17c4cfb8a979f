"""Finding what a person sees by its label, as a person would."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.playground.errors import DrivingError
from bot.playground.inputs import elements, options

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.playground.records import Json, Message, View


def labels(block: Json, element: Json) -> Iterator[str]:
    """Yield everything that an element may be called by, the plainest first."""
    yield str(element.get("action_id", ""))
    yield f"{block.get('block_id')}/{element.get('action_id')}"
    for holder, key in ((element, "text"), (block, "label"), (element, "placeholder")):
        if isinstance(holder.get(key), dict):
            yield str(holder[key].get("text", ""))
    yield str(element.get("accessibility_label", ""))
    yield str(block.get("block_id", ""))


def find(where: Message | View, wanted: str, nth: int = 0) -> tuple[Json, Json]:
    """Return the (block, element) with this label, action id or block id; the nth of several."""
    placed = [(block, element) for block in where.blocks for element in elements(block)]
    found = [pair for pair in placed if wanted in labels(*pair)]
    if not found:
        found = [pair for pair in placed if wanted in option_labels(pair[1])]
    if len(found) <= nth:
        raise DrivingError(f"There is no {wanted!r} here, only: {', '.join(shown(where))}.")
    return found[nth]


def option_labels(element: Json) -> list[str]:
    """Return the texts of an element's options."""
    return [str(option["text"]["text"]) for option in options(element)]


def shown(where: Message | View) -> list[str]:
    """Return the labels of everything that can be pressed, picked or filled in."""
    found: list[str] = []
    for block in where.blocks:
        for element in elements(block):
            if element["type"] == "image":
                continue
            if element["type"] == "overflow":
                found.extend(option_labels(element))
                continue
            names = [name for name in labels(block, element) if name and "/" not in name]
            found.append(names[1] if len(names) > 1 else names[0])
    return found
