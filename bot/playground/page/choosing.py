"""The selects: native ones for one of a list, searchable ones for several or looked up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.playground.inputs import many
from bot.playground.page.tags import Attribute, tag
from bot.playground.page.widgets import Choice
from bot.playground.records import Kind

if TYPE_CHECKING:
    from nicegui import ui

    from bot.playground.page.surface import Surface
    from bot.playground.page.widgets import Choices
    from bot.playground.records import Json

VALUE_OF = "(event) => emit(event.target.value)"
Common = dict[str, Attribute]


def select(block: Json, element: Json, surface: Surface, common: Common) -> ui.element:
    """Return a menu of which one is chosen, with its groups."""
    held = _value(surface.held(block, element))
    placeholder = str((element.get("placeholder") or {}).get("text", "")) or "Choose"
    with tag("select", "field select", **common) as drawn:
        tag("option", "", placeholder, value="", selected=not held)
        for label, choices in _groups(element, surface):
            if label:
                with tag("optgroup", label=label):
                    _options(choices, held)
            else:
                _options(choices, held)
    drawn.on(
        "change", lambda event: surface.pick(block, element, event.args or None),
        js_handler=VALUE_OF,
    )  # fmt: skip
    return drawn


def search(block: Json, element: Json, surface: Surface, common: Common) -> ui.element:
    """Return a searchable choice, of several or of what the app looks up."""
    several = many(element)
    remote = "external" in element["type"]
    held: Any = surface.held(block, element) or []
    local = [each for _, choices in _groups(element, surface) for each in choices]
    names = {each["value"]: each["text"] for each in local}
    chosen = [
        {"value": _value(each), "text": _text(each, names)}
        for each in (held if several else [held])
    ]

    def picked(values: list[str]) -> object:
        if remote:  # the app finds again what it offered by the words that were typed
            values = [names.get(each, each) for each in values]
        if several:
            return surface.pick(block, element, values)
        return surface.pick(block, element, values[0] if values else None)

    async def query(typed: str) -> None:
        found = await surface.suggest(block, element, typed)
        offered = [{"value": _value(each), "text": str(each["text"]["text"])} for each in found]
        names.update({each["value"]: each["text"] for each in offered})
        drawn.offer(offered)

    drawn = Choice(
        picked,
        query if remote else None,
        many=several,
        remote=remote,
        least=int(element.get("min_query_length", 3)) if remote else 0,
        options=local,
        initial=chosen if held else [],
        label=common["aria_label"],
        placeholder=str((element.get("placeholder") or {}).get("text", "")) or "Search",
        focus=common["data_key"],
        described=common["aria_describedby"],
        invalid=bool(common["aria_invalid"]),
        first=bool(common["autofocus"]),
    )
    drawn.props["field"] = f"{drawn.html_id}-text"
    return drawn


def _options(choices: Choices, held: str) -> None:
    for each in choices:
        tag("option", "", each["text"], value=each["value"], selected=each["value"] == held)


def _groups(element: Json, surface: Surface) -> list[tuple[str, Choices]]:
    kind = str(element["type"])
    state = surface.session.slack.state
    if "users" in kind:
        people = [
            {"value": each.id, "text": each.real_name}
            for each in state.people.values()
            if not (each.is_bot or each.deleted)
        ]
        return [("", people)]
    if "channels" in kind or "conversations" in kind:
        channels = [
            {"value": each.id, "text": f"#{each.name}"}
            for each in list(state.conversations.values())
            if each.kind is Kind.CHANNEL and not each.archived
        ]
        return [("", channels)]
    if "option_groups" in element:
        return [(str(group["label"]["text"]), _listed(group)) for group in element["option_groups"]]
    return [("", _listed(element))]


def _listed(holder: Json) -> Choices:
    return [
        {"value": str(each["value"]), "text": str(each["text"]["text"])}
        for each in holder.get("options", [])
    ]


def _value(held: object) -> str:
    if isinstance(held, dict):
        return str(held.get("value", ""))
    return "" if held is None else str(held)


def _text(held: object, names: dict[str, str]) -> str:
    if isinstance(held, dict):
        return str(held["text"]["text"])
    return names.get(str(held), str(held))
