"""Slack's documented limits, checked without the bot's own code: where each is broken."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

Json = Mapping[str, Any]

MOST_BLOCKS = {"message": 50, "modal": 100, "home": 100}
TEXTS = {  # (where it stands, key): the most characters
    ("section", "text"): 3000,
    ("header", "text"): 150,
    ("button", "text"): 75,
    ("option", "text"): 75,
    ("option", "description"): 75,
    ("group", "label"): 75,
    ("input", "label"): 2000,
    ("input", "hint"): 2000,
    ("confirm", "title"): 100,
    ("confirm", "text"): 300,
    ("confirm", "confirm"): 30,
    ("confirm", "deny"): 30,
    ("element", "placeholder"): 150,
    ("view", "title"): 24,
    ("view", "submit"): 24,
    ("view", "close"): 24,
}
STRINGS = {
    "value": 2000,
    "url": 3000,
    "accessibility_label": 75,
    "action_id": 255,
    "block_id": 255,
    "callback_id": 255,
    "private_metadata": 3000,
}
MOST_OPTIONS = {"static_select": 100, "overflow": 5, "checkboxes": 10, "radio_buttons": 10}
MOST_ELEMENTS = {"actions": 25, "context": 10}


def broken(blocks: Sequence[Json], surface: str, text: str | None = None) -> list[str]:
    """Return every limit that blocks, and a message's text, break on a surface."""
    found = []
    if len(blocks) > MOST_BLOCKS[surface]:
        found.append(f"{len(blocks)} blocks on {surface}")
    if text is not None and not 1 <= len(text) <= 4000:
        found.append(f"a text of {len(text)} characters")
    ids = Counter(block["block_id"] for block in blocks if "block_id" in block)
    found += [f"block_id {name} stands twice" for name, count in ids.items() if count > 1]
    for block in blocks:
        found += _block(block)
    return found


def broken_view(view: Json) -> list[str]:
    """Return every limit that a modal or Home breaks."""
    found = broken(view["blocks"], view["type"])
    found += [*_texts(view, "view"), *_strings(view)]
    has_input = any(block["type"] == "input" for block in view["blocks"])
    if has_input and "submit" not in view:
        found.append("inputs without submit")
    return found


def _block(block: Json) -> Iterator[str]:
    yield from _strings(block)
    kind = block["type"]
    yield from _texts(block, kind)
    elements = block.get("elements", [])
    if kind in MOST_ELEMENTS and not 1 <= len(elements) <= MOST_ELEMENTS[kind]:
        yield f"{len(elements)} elements in {kind}"
    actions = Counter(each["action_id"] for each in elements if "action_id" in each)
    yield from (f"action_id {name} stands twice" for name, count in actions.items() if count > 1)
    for element in [*elements, *(block[key] for key in ("accessory", "element") if key in block)]:
        yield from _element(element)


def _element(element: Json) -> Iterator[str]:
    kind = element["type"]
    if kind in {"mrkdwn", "plain_text"}:
        if not 1 <= len(element["text"]) <= 3000:
            yield f"a context text of {len(element['text'])}"
        return
    yield from _strings(element)
    yield from _texts(element, "button" if kind == "button" else "element")
    if "confirm" in element:
        yield from _texts(element["confirm"], "confirm")
    if "initial_value" in element and len(element["initial_value"]) > element["max_length"]:
        yield "an initial value over its limit"
    groups = element.get("option_groups", [])
    if len(groups) > 100:
        yield f"{len(groups)} groups"
    for group in groups:
        yield from _texts(group, "group")
        yield from _options(group["options"], 100)
    if "options" in element:
        yield from _options(element["options"], MOST_OPTIONS[kind])
    initial = element.get("initial_options", [])
    initial = [*initial, *([element["initial_option"]] if "initial_option" in element else [])]
    offered = [*element.get("options", []), *(o for group in groups for o in group["options"])]
    yield from ("an initial option that is not offered" for one in initial if one not in offered)


def _options(options: Sequence[Json], most: int) -> Iterator[str]:
    if not 1 <= len(options) <= most:
        yield f"{len(options)} options"
    for option in options:
        yield from _texts(option, "option")
        if len(option["value"]) > 150:
            yield f"an option's value of {len(option['value'])}"


def _texts(value: Json, where: str) -> Iterator[str]:
    for (place, key), most in TEXTS.items():
        if place != where or key not in value:
            continue
        if not 1 <= len(value[key]["text"]) <= most:
            yield f"{where}.{key} of {len(value[key]['text'])} characters"


def _strings(value: Json) -> Iterator[str]:
    for key, most in STRINGS.items():
        if len(value.get(key, "")) > most:
            yield f"{key} of {len(value[key])} characters"
