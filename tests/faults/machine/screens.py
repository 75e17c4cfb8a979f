"""What people see and can press or fill in, as Slack shows it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.playground import Message, View
from bot.playground.inputs import elements, options

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from bot.playground import Slack
    from bot.playground.records import Json, Result

CHANNEL = "launch"


@dataclass(frozen=True, slots=True)
class Button:
    """A button or an option of a menu, with the place that it stands in."""

    user: str  # who sees it
    where: Message | View
    place: str  # block and action id
    label: str
    value: Json  # what it carries
    option: bool = False

    def __str__(self) -> str:
        """Return it as a person would name it."""
        about = f"E-{self.value['n']}" if "n" in self.value else ""
        kind = "message" if isinstance(self.where, Message) else self.where.type
        return f"{self.label!r} {about} in a {kind}"

    @property
    def verb(self) -> str:
        """What it says is to be done; empty where it only changes what is shown."""
        return str(self.value.get("v", ""))

    def press(self, slack: Slack) -> Result:
        """Press it."""
        if self.option:
            return slack.choose(self.user, self.where, self.place, self.label)
        return slack.press(self.user, self.where, self.place)


def buttons(user: str, where: Message | View) -> Iterator[Button]:
    """Yield everything that can be pressed there."""
    for block in where.blocks:
        for element in elements(block):
            place = f"{block.get('block_id')}/{element.get('action_id')}"
            if element["type"] == "button" and "url" not in element:
                label = str(element["text"]["text"])
                yield Button(user, where, place, label, _value(element))
            elif element["type"] == "overflow" or _is_menu(element):
                for option in options(element):
                    label = str(option["text"]["text"])
                    yield Button(user, where, place, label, _value(option), option=True)


def _is_menu(element: Json) -> bool:
    return element["type"] == "static_select" and str(element["action_id"]).startswith("menu.")


def _value(element: Json) -> Json:
    try:
        found = json.loads(element.get("value") or "{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def form_press(view: View) -> Json:
    """Return what a form was opened for: the value of the button behind it."""
    origin = json.loads(view.private_metadata or "{}")
    found = json.loads(origin.get("b", "{}"))
    return found if isinstance(found, dict) else {}


def fill(slack: Slack, user: str, view: View, pick: int, at: datetime) -> None:
    """Fill in what is asked and, where `pick` is odd, what is not."""
    soon = (at + timedelta(days=2 + pick % 5)).date().isoformat()
    values = {
        "plain_text_input": "7",
        "datepicker": soon,
        "timepicker": "15:00",
        "users_select": "maya",
        "multi_users_select": ["asha"],
        "channels_select": CHANNEL,
    }
    for block in view.blocks:
        if block["type"] != "input" or (block.get("optional") and pick % 2 == 0):
            continue
        element = block["element"]
        if element["type"] in values:
            slack.fill(user, {block["block_id"]: values[element["type"]]})
        elif options(element):
            chosen = options(element)[pick % len(options(element))]["text"]["text"]
            many = element["type"] == "checkboxes"
            slack.fill(user, {block["block_id"]: [chosen] if many else chosen})
