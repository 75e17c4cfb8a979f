"""What Slack refuses in block elements: buttons, menus, pickers and inputs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.playground.problems import Place

ID_LIMIT = 255
SELECTS = ("static", "external", "users", "channels", "conversations")
_EVERYWHERE = ("section", "actions", "input")
PLACES = {
    "button": ("section", "actions"),
    "overflow": ("section", "actions"),
    "workflow_button": ("section", "actions"),
    "image": ("section", "context"),
    "checkboxes": _EVERYWHERE,
    "radio_buttons": _EVERYWHERE,
    "datepicker": _EVERYWHERE,
    "timepicker": _EVERYWHERE,
    "datetimepicker": ("actions", "input"),
    **{f"{each}_select": _EVERYWHERE for each in SELECTS},
    **{f"multi_{each}_select": ("section", "input") for each in SELECTS},
    "plain_text_input": ("input",),
    "email_text_input": ("input",),
    "url_text_input": ("input",),
    "number_input": ("input",),
    "rich_text_input": ("input",),
    "file_input": ("input",),
    "feedback_buttons": ("context_actions",),
    "icon_button": ("context_actions",),
}
"""The blocks that each element may stand in."""

_COMMON = {"type", "action_id"}
_INPUT = _COMMON | {"placeholder", "focus_on_load", "dispatch_action_config"}
_PICKED = _COMMON | {"confirm", "focus_on_load"}
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
_UNIX_DIGITS = 10


def check_element(place: Place, block: str, surface: str) -> None:
    """Check one element of a block."""
    kind = place.value.get("type")
    if not isinstance(kind, str) or kind not in PLACES:
        place.wrong(f"unsupported type: {kind}", "type")
        return
    if block not in PLACES[kind]:
        place.wrong(f"unsupported element in {block}: {kind}", "type")
        return
    if kind == "file_input" and surface != "modal":
        place.wrong(f"unsupported on this surface: {kind}", "type")
    place.string("action_id", ID_LIMIT)
    _check_confirm(place)
    if "placeholder" in place.value:
        place.text("placeholder", 150, plain=True)
    check = _CHECKS.get(kind)
    if check is not None:
        check(place)


def check_option(place: Place, *, text: int = 75, mrkdwn: bool = False, url: bool = False) -> None:
    """Check one option of a menu or group."""
    place.allow(("text", "value", "description", *(("url",) if url else ())))
    place.text("text", text, plain=not mrkdwn, required=True)
    place.string("value", 150, required=True, least=0)
    place.text("description", 75, plain=not mrkdwn)
    place.string("url", 3000)


def check_option_groups(place: Place) -> None:
    """Check a menu's groups of options."""
    for group in place.listed("option_groups", 1, 100):
        group.allow(("label", "options"))
        group.text("label", 75, plain=True, required=True)
        for option in group.listed("options", 1, 100):
            check_option(option)


def _check_confirm(place: Place) -> None:
    confirm = place.under("confirm")
    if confirm is None:
        return
    confirm.allow(("title", "text", "confirm", "deny", "style"))
    confirm.text("title", 100, plain=True, required=True)
    confirm.text("text", 300, required=True)
    confirm.text("confirm", 30, plain=True, required=True)
    confirm.text("deny", 30, plain=True, required=True)
    confirm.one_of("style", ("primary", "danger"))


def _button(place: Place) -> None:
    place.allow(
        _COMMON | {"text", "value", "url", "style", "confirm", "accessibility_label"},
    )
    place.text("text", 75, plain=True, required=True)
    place.string("value", 2000, least=0)
    place.string("url", 3000)
    place.string("accessibility_label", 75)
    place.one_of("style", ("primary", "danger"))


def _image(place: Place) -> None:
    place.allow(("type", "image_url", "alt_text", "slack_file"))
    place.string("image_url", 3000, required="slack_file" not in place.value)
    place.string("alt_text", 2000, required=True)


def _overflow(place: Place) -> None:
    place.allow(_COMMON | {"options", "confirm"})
    for option in place.listed("options", 1, 5):
        check_option(option, url=True)


def _boxes(place: Place) -> None:
    radio = place.value["type"] == "radio_buttons"
    initial = "initial_option" if radio else "initial_options"
    place.allow(_PICKED | {"options", initial})
    options = place.listed("options", 1, 10)
    for option in options:
        check_option(option, mrkdwn=True)
    _check_initial(place, initial, [option.value for option in options])


def _static_select(place: Place) -> None:
    many = _check_many(place, {"options", "option_groups"}, "initial_option")
    if ("options" in place.value) == ("option_groups" in place.value):
        place.wrong("must define either options or option_groups")
        return
    offered: list[object] = []
    if "options" in place.value:
        options = place.listed("options", 1, 100)
        for option in options:
            check_option(option)
        offered = [option.value for option in options]
    else:
        check_option_groups(place)
        for group in place.listed("option_groups", 1, 100):
            offered += [option.value for option in group.listed("options", 1, 100)]
    _check_initial(place, "initial_options" if many else "initial_option", offered)


def _external_select(place: Place) -> None:
    many = _check_many(place, {"min_query_length"}, "initial_option")
    if many:
        for option in place.listed("initial_options", 1, 100, required=False):
            check_option(option)
    else:
        initial = place.under("initial_option")
        if initial is not None:
            check_option(initial)


def _users_select(place: Place) -> None:
    _check_many(place, set(), "initial_user")


def _channels_select(place: Place) -> None:
    _check_many(place, {"response_url_enabled"}, "initial_channel")


def _conversations_select(place: Place) -> None:
    _check_many(
        place,
        {"response_url_enabled", "default_to_current_conversation", "filter"},
        "initial_conversation",
    )


def _check_many(place: Place, keys: set[str], initial: str) -> bool:
    many = str(place.value["type"]).startswith("multi_")
    keys = keys | _PICKED | {"placeholder"}
    if many:
        place.allow(keys | {f"{initial}s", "max_selected_items"})
        least = place.value.get("max_selected_items")
        if least is not None and (not isinstance(least, int) or least < 1):
            place.wrong("must be at least 1", "max_selected_items")
    else:
        place.allow(keys | {initial})
    return many


def _check_initial(place: Place, key: str, offered: list[object]) -> None:
    initial = place.value.get(key)
    if initial is None:
        return
    chosen = initial if isinstance(initial, list) else [initial]
    if not chosen:
        place.wrong("no fewer than 1 items allowed", key)
    if any(option not in offered for option in chosen):
        place.wrong(f"{key} must match one of the options", key)


def _datepicker(place: Place) -> None:
    place.allow(_PICKED | {"placeholder", "initial_date"})
    _check_pattern(place, "initial_date", _DATE)


def _timepicker(place: Place) -> None:
    place.allow(_PICKED | {"placeholder", "initial_time", "timezone"})
    _check_pattern(place, "initial_time", _TIME)


def _datetimepicker(place: Place) -> None:
    place.allow(_PICKED | {"initial_date_time"})
    initial = place.value.get("initial_date_time")
    if initial is None:
        return
    if not isinstance(initial, int) or len(str(initial)) != _UNIX_DIGITS:
        place.wrong("must be Unix seconds of ten digits", "initial_date_time")


def _check_pattern(place: Place, key: str, pattern: re.Pattern[str]) -> None:
    value = place.value.get(key)
    if value is not None and not (isinstance(value, str) and pattern.fullmatch(value)):
        place.wrong("has the wrong format", key)


def _plain_text_input(place: Place) -> None:
    place.allow(_INPUT | {"initial_value", "multiline", "min_length", "max_length"})
    place.string("initial_value", 3000, least=0)
    _check_between(place, "min_length", 0, 3000)
    _check_between(place, "max_length", 1, 3000)


def _check_between(place: Place, key: str, least: int, most: int) -> None:
    value = place.value.get(key)
    if value is not None and not (isinstance(value, int) and least <= value <= most):
        place.wrong(f"must be between {least} and {most}", key)


def _line_input(place: Place) -> None:
    place.allow(_INPUT | {"initial_value"})
    place.string("initial_value", 3000, least=0)


def _number_input(place: Place) -> None:
    place.allow(_INPUT | {"initial_value", "is_decimal_allowed", "min_value", "max_value"})
    if not isinstance(place.value.get("is_decimal_allowed"), bool):
        place.wrong("missing required field: is_decimal_allowed")


_CHECKS: dict[str, Callable[[Place], None]] = {
    "button": _button,
    "image": _image,
    "overflow": _overflow,
    "checkboxes": _boxes,
    "radio_buttons": _boxes,
    "static_select": _static_select,
    "multi_static_select": _static_select,
    "external_select": _external_select,
    "multi_external_select": _external_select,
    "users_select": _users_select,
    "multi_users_select": _users_select,
    "channels_select": _channels_select,
    "multi_channels_select": _channels_select,
    "conversations_select": _conversations_select,
    "multi_conversations_select": _conversations_select,
    "datepicker": _datepicker,
    "timepicker": _timepicker,
    "datetimepicker": _datetimepicker,
    "plain_text_input": _plain_text_input,
    "email_text_input": _line_input,
    "url_text_input": _line_input,
    "number_input": _number_input,
}
