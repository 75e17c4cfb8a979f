"""What stands in a view's inputs: initial values, and what a person types or picks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.playground.errors import DrivingError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bot.playground.records import Json

TEXT_INPUTS = ("plain_text_input", "email_text_input", "url_text_input", "number_input")
VALUE_KEYS = {
    **dict.fromkeys(TEXT_INPUTS, "value"),
    "rich_text_input": "rich_text_value",
    "datepicker": "selected_date",
    "timepicker": "selected_time",
    "datetimepicker": "selected_date_time",
    "radio_buttons": "selected_option",
    "checkboxes": "selected_options",
    "static_select": "selected_option",
    "external_select": "selected_option",
    "users_select": "selected_user",
    "channels_select": "selected_channel",
    "conversations_select": "selected_conversation",
    "multi_static_select": "selected_options",
    "multi_external_select": "selected_options",
    "multi_users_select": "selected_users",
    "multi_channels_select": "selected_channels",
    "multi_conversations_select": "selected_conversations",
}
"""The elements that keep a value, and the name it has in a payload."""
INITIAL_KEYS = {
    **dict.fromkeys(TEXT_INPUTS, "initial_value"),
    "rich_text_input": "initial_value",
    "datepicker": "initial_date",
    "timepicker": "initial_time",
    "datetimepicker": "initial_date_time",
    "radio_buttons": "initial_option",
    "checkboxes": "initial_options",
    "static_select": "initial_option",
    "external_select": "initial_option",
    "users_select": "initial_user",
    "channels_select": "initial_channel",
    "conversations_select": "initial_conversation",
    "multi_static_select": "initial_options",
    "multi_external_select": "initial_options",
    "multi_users_select": "initial_users",
    "multi_channels_select": "initial_channels",
    "multi_conversations_select": "initial_conversations",
}


def elements(block: Json) -> list[Json]:
    """Return a block's elements, wherever its type keeps them."""
    found = [block[key] for key in ("element", "accessory") if isinstance(block.get(key), dict)]
    if block.get("type") in ("actions", "context_actions"):
        found.extend(block.get("elements") or [])
    return found


def stateful(blocks: Iterable[Json]) -> Iterator[tuple[Json, Json]]:
    """Yield (block, element) for each element that keeps a value."""
    for block in blocks:
        for element in elements(block):
            if element.get("type") in VALUE_KEYS:
                yield block, element


def many(element: Json) -> bool:
    """Say whether the element holds several values."""
    return VALUE_KEYS[element["type"]].endswith("s")


def value_object(element: Json, value: object) -> Json:
    """Return what a payload's state says about an element that holds `value`."""
    return {"type": element["type"], VALUE_KEYS[element["type"]]: value}


def initial(element: Json) -> object:
    """Return the value that an element is shown with."""
    return element.get(INITIAL_KEYS[element["type"]], [] if many(element) else None)


def kept_values(blocks: Iterable[Json], before: Json) -> Json:
    """Return the state of a view's inputs: as typed before where ids are equal, else initial."""
    values: Json = {}
    for block, element in stateful(blocks):
        kind = element["type"]
        held = before.get(block["block_id"], {}).get(element["action_id"])
        if held is None or held["type"] != kind:
            held = value_object(element, initial(element))
        values.setdefault(block["block_id"], {})[element["action_id"]] = held
    return values


def options(element: Json) -> list[Json]:
    """Return the options an element lists, those in groups included."""
    listed = list(element.get("options") or [])
    for group in element.get("option_groups") or []:
        listed.extend(group["options"])
    return listed


def option(element: Json, wanted: str, offered: Iterable[Json] = ()) -> Json:
    """Return the option with this text or value; `offered` are those of an external source."""
    for each in [*options(element), *offered]:
        if wanted in (each["text"]["text"], each.get("value")):
            return dict(each)
    raise DrivingError(f"There is no option {wanted!r} in {element.get('action_id')!r}.")


def picked(element: Json, wanted: object, offered: Iterable[Json] = ()) -> object:
    """Return what an element holds after somebody picks or types `wanted`.

    Options are named by their text or value; dates are ISO, times HH:MM, people ids.
    """
    if wanted is None:
        return [] if many(element) else None
    kind = element["type"]
    if kind in TEXT_INPUTS:
        return str(wanted) or None
    if "option" not in VALUE_KEYS[kind]:
        return wanted
    offered = list(offered)
    if many(element):
        names = [wanted] if isinstance(wanted, str) else list(wanted)  # type: ignore[call-overload] # any iterable of names
        return [option(element, name, offered) for name in names]
    return option(element, str(wanted), offered)


def missing(view_blocks: Iterable[Json], values: Json) -> dict[str, str]:
    """Return what Slack's own client refuses to submit: {block_id: text}."""
    errors: dict[str, str] = {}
    for block, element in stateful(view_blocks):
        if block["type"] != "input":
            continue
        held = values[block["block_id"]][element["action_id"]][VALUE_KEYS[element["type"]]]
        if held in (None, "", []):
            if not block.get("optional"):
                errors[block["block_id"]] = "Please complete this required field."
            continue
        if element["type"] == "plain_text_input":
            shortest, longest = element.get("min_length", 0), element.get("max_length", 3000)
            if not shortest <= len(str(held)) <= longest:
                errors[block["block_id"]] = f"Use between {shortest} and {longest} characters."
    return errors
