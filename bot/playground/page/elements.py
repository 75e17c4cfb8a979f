"""Block Kit's elements: buttons, menus, pickers and inputs that work."""

from __future__ import annotations

import contextlib
import json
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from bot.playground.inputs import TEXT_INPUTS, many
from bot.playground.page import choosing
from bot.playground.page.tags import Attribute, html, put, say, tag
from bot.playground.page.widgets import Menu

if TYPE_CHECKING:
    from collections.abc import Callable

    from nicegui import ui
    from nicegui.events import GenericEventArguments

    from bot.playground.page.surface import Surface
    from bot.playground.records import Json

VALUE_OF = "(event) => emit(event.target.value)"
CHECKED_OF = "(event) => emit(event.target.checked)"
LONGEST = 3000


def draw(
    block: Json, element: Json, surface: Surface, *, described: str = "", invalid: bool = False
) -> ui.element:
    """Return one element; in an input block its label names it, elsewhere its own words do."""
    kind = str(element["type"])
    named = block["type"] == "input"
    common: dict[str, Attribute] = {
        "data_key": f"{surface.key}/{surface.name(block, element)}" if kind != "image" else None,
        "aria_describedby": described or None,
        "aria_invalid": "true" if invalid else None,
        "aria_label": None if named else _own_name(element),
        "autofocus": named and surface.take_focus(),
    }
    if kind in TEXT_INPUTS:
        return _text(block, element, surface, common)
    if kind in _PICKERS:
        return _picker(block, element, surface, common)
    if kind == "static_select" or (kind.endswith("_select") and not _searched(kind)):
        return choosing.select(block, element, surface, common)
    if kind.endswith("_select"):
        return choosing.search(block, element, surface, common)
    known = _DRAWN.get(kind)
    if known is None:
        return tag("span", "context", f"[{kind}]")
    return known(block, element, surface, common)


def _searched(kind: str) -> bool:
    return kind.startswith("multi_") or kind == "external_select"


def _own_name(element: Json) -> str:
    placeholder = element.get("placeholder") or {}
    action = str(element.get("action_id", "")).replace("_", " ")
    return str(element.get("accessibility_label") or placeholder.get("text") or action)


Common = dict[str, Attribute]


def _button(block: Json, element: Json, surface: Surface, common: Common) -> ui.element:
    label = element["text"]["text"]
    look = f"button {element.get('style', '')}"
    drawn = tag("button", look, label, type="button", data_key=common["data_key"])
    if element.get("accessibility_label"):
        put(drawn, aria_label=str(element["accessibility_label"]))
    drawn.on("click", lambda: surface.press(block, element), args=[])
    address = str(element.get("url") or "")
    if address.startswith(("http://", "https://")):
        opened = f"() => window.open({json.dumps(address)}, '_blank', 'noopener')"
        drawn.on("click", js_handler=opened)
    return drawn


def _overflow(block: Json, element: Json, surface: Surface, common: Common) -> ui.element:
    items = [
        {
            "value": str(option["value"]),
            "text": str(option["text"]["text"]),
            "about": str((option.get("description") or {}).get("text", "")),
        }
        for option in element["options"]
    ]
    return Menu(
        "⋯",
        items,
        lambda value: surface.pick(block, element, value),
        label=str(element.get("accessibility_label") or "More actions"),
        look="button overflow",
        focus=str(common["data_key"]),
    )


def _boxes(block: Json, element: Json, surface: Surface, common: Common) -> ui.element:
    several = many(element)
    held: Any = surface.held(block, element) or []
    chosen = [each["value"] for each in (held if several else [held] if held else [])]
    group = f"{surface.key}-{surface.name(block, element)}"
    # In an input block the fieldset around has the name; elsewhere this group has its own.
    own: Common = {}
    if block["type"] != "input":
        own = {"role": "group", "aria_label": common["aria_label"]}

    def changed(value: str, event: GenericEventArguments) -> object:
        if not several:
            chosen[:] = [value]
            return surface.pick(block, element, value)
        if event.args and value not in chosen:
            chosen.append(value)
        elif not event.args and value in chosen:
            chosen.remove(value)
        order = [str(option["value"]) for option in element["options"]]
        return surface.pick(block, element, [each for each in order if each in chosen])

    with tag("div", "boxes", **own) as drawn:
        for option in element["options"]:
            value = str(option["value"])
            with tag("label", "box-line"):
                box = tag(
                    "input",
                    type="checkbox" if several else "radio",
                    name=group,
                    defaultChecked=value in chosen,
                    data_key=f"{common['data_key']}/{value}",
                    autofocus=common["autofocus"] and option is element["options"][0],
                )
                box.on("change", partial(changed, value), js_handler=CHECKED_OF)
                with tag("span"):
                    html(surface.reader.object(option["text"]), name="span")
                    if option.get("description"):
                        html(surface.reader.object(option["description"]), "hint")
    return drawn


def _image(_block: Json, element: Json, _surface: Surface, _common: Common) -> ui.element:
    alt = str(element.get("alt_text", ""))
    return tag("span", "picture", alt, role="img", aria_label=alt)


def _text(block: Json, element: Json, surface: Surface, common: Common) -> ui.element:
    held = surface.held(block, element)
    value = "" if held is None else str(held)
    longest = int(element.get("max_length") or LONGEST)
    limits: Common = {
        "placeholder": str((element.get("placeholder") or {}).get("text", "")) or None,
        "maxlength": longest,
        "minlength": element.get("min_length"),
    }
    if element.get("multiline"):
        drawn = tag("textarea", "field", rows=3, defaultValue=value, **limits, **common)
    else:
        kind = {
            "number_input": "number",
            "email_text_input": "email",
            "url_text_input": "url",
        }.get(element["type"], "text")
        drawn = tag("input", "field", type=kind, defaultValue=value, **limits, **common)
    left = None
    if longest < LONGEST:
        left = tag("span", "left", _left(value, longest), aria_hidden="true")

    def typed(event: GenericEventArguments) -> None:
        surface.note(block, element, event.args or None)
        if left is not None:
            say(left, _left(str(event.args), longest))

    drawn.on("input", typed, js_handler=VALUE_OF)
    if block.get("dispatch_action"):
        drawn.on(
            "change", lambda event: surface.pick(block, element, event.args or None),
            js_handler=VALUE_OF,
        )  # fmt: skip
    return drawn


def _left(value: str, longest: int) -> str:
    return str(longest - len(value))


def _picker(block: Json, element: Json, surface: Surface, common: Common) -> ui.element:
    kind, to_field, from_field = _PICKERS[element["type"]]
    held: Any = surface.held(block, element)
    drawn = tag(
        "input", "field", type=kind, defaultValue=to_field(held, surface) if held else "", **common
    )

    def changed(event: GenericEventArguments) -> object:
        value: object = None
        with contextlib.suppress(ValueError):
            value = from_field(event.args, surface) if event.args else None
        return surface.pick(block, element, value)

    drawn.on("change", changed, js_handler=VALUE_OF)
    return drawn


def _wall(seconds: int, surface: Surface) -> str:
    local = datetime.fromtimestamp(int(seconds), UTC).astimezone(surface.reader.zone)
    return f"{local:%Y-%m-%dT%H:%M}"


def _instant(wall: str, surface: Surface) -> int:
    local = datetime.fromisoformat(wall).replace(tzinfo=surface.reader.zone)
    return int(local.timestamp())


_PICKERS: dict[str, tuple[str, Callable[[Any, Surface], str], Callable[[str, Surface], object]]] = {
    "datepicker": ("date", lambda held, _: str(held), lambda typed, _: typed),
    "timepicker": ("time", lambda held, _: str(held), lambda typed, _: typed[:5]),
    "datetimepicker": ("datetime-local", _wall, _instant),
}

_DRAWN: dict[str, Callable[[Json, Json, Surface, Common], ui.element]] = {
    "button": _button,
    "workflow_button": _button,
    "overflow": _overflow,
    "checkboxes": _boxes,
    "radio_buttons": _boxes,
    "image": _image,
}
