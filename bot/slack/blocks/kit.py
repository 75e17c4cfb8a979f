"""Block Kit's parts as plain values, each kept within Slack's limits."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from bot.slack.ids import Press, action_id
from bot.slack.text import SECTION_LIMIT, plain, within

Block: TypeAlias = dict[str, object]

CHART = "data_visualization"
"""A chart; Slack takes it in messages only, and not everywhere."""
MESSAGE_BLOCKS = 50
VIEW_BLOCKS = 100
BUTTON_TEXT = 75
OPTION_TEXT = 75
BUTTON_VALUE = 2000
TITLE = 24
FIELD_LIMIT = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """A message ready to be sent: the text holds everything; blocks show it."""

    text: str
    blocks: tuple[Block, ...]
    shows: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Button:
    """A button's label, what it stands for and, where it asks first, the question."""

    label: str
    press: Press
    confirm: str = ""
    url: str = ""
    about: str = ""  # names the item where the same button stands several times
    nth: str = ""  # sets apart buttons of one verb in one row

    def block(self) -> Block:
        """Return the element."""
        element: Block = {
            "type": "button",
            "action_id": ".".join(filter(None, (action_id(self.press.verb), self.nth))),
            "text": plain_text(self.label, BUTTON_TEXT),
            "value": self.press.encode(),
        }
        if self.url:
            element["url"] = self.url
        if self.about:
            element["accessibility_label"] = plain(f"{self.label}: {self.about}", 75)
        if self.confirm:
            element["confirm"] = confirmation(self.label, self.confirm)
        return element


def confirmation(label: str, question: str) -> Block:
    """Return the dialog that asks before something is done."""
    return {
        "title": plain_text(label, 100),
        "text": plain_text(question, 300),
        "confirm": plain_text(label, 30),
        "deny": plain_text("Not now", 30),
    }


def plain_text(text: str, limit: int) -> Block:
    """Return a plain_text object."""
    return {"type": "plain_text", "text": plain(text, limit) or " ", "emoji": False}


def mrkdwn(text: str) -> Block:
    """Return a mrkdwn object that turns no name or address into a link by itself."""
    return {"type": "mrkdwn", "text": text, "verbatim": True}


def section(*lines: str, block_id: str = "", accessory: Block | None = None) -> Block:
    """Return a section of whole lines."""
    block: Block = {"type": "section", "text": mrkdwn(within(lines, SECTION_LIMIT))}
    if block_id:
        block["block_id"] = block_id
    if accessory is not None:
        block["accessory"] = accessory
    return block


def sections(lines: Iterable[str], most: int) -> list[Block]:
    """Return lines in as many sections as they need, `most` of them."""
    blocks: list[list[str]] = [[]]
    size = 0
    for line in lines:
        if size + len(line) + 4 > SECTION_LIMIT and blocks[-1]:
            blocks.append([])
            size = 0
        blocks[-1].append(line)
        size += len(line) + 1
    return [section(*each) for each in blocks[:most] if each]


def side_by_side(texts: Sequence[str]) -> list[Block]:
    """Return texts in two columns; none where there is nothing to put there."""
    fields = [mrkdwn(within([text], FIELD_LIMIT)) for text in texts[:10]]
    return [{"type": "section", "fields": fields}] if fields else []


def context(text: str) -> Block:
    """Return small print."""
    return {"type": "context", "elements": [mrkdwn(within([text], SECTION_LIMIT))]}


def actions(elements: Sequence[Block], block_id: str) -> list[Block]:
    """Return a row of buttons and menus; none where there is nothing to press."""
    if not elements:
        return []
    return [{"type": "actions", "block_id": block_id, "elements": list(elements[:25])}]


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One line of a menu, and what its choice leads to in a few words."""

    label: str
    value: str
    description: str = ""

    def block(self) -> Block:
        """Return the option."""
        option: Block = {"text": plain_text(self.label, OPTION_TEXT), "value": self.value}
        if self.description:
            option["description"] = plain_text(self.description, OPTION_TEXT)
        return option


def menu(action: str, placeholder: str, options: Sequence[Option]) -> Block:
    """Return a menu whose options each say what they do."""
    return {
        "type": "static_select",
        "action_id": action,
        "placeholder": plain_text(placeholder, 150),
        "options": [option.block() for option in options],
    }


def overflow(action: str, options: Sequence[Option]) -> Block:
    """Return the small menu beside a message's buttons: at most five options."""
    return {
        "type": "overflow",
        "action_id": action,
        "options": [option.block() for option in options[:5]],
    }
