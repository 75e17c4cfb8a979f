"""Where blocks are drawn: a message, a modal or Home, and what pressing something there does."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

from bot.playground.errors import DrivingError
from bot.playground.inputs import VALUE_KEYS, initial

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from bot.playground.page.mrkdwn import Reader
    from bot.playground.page.session import Session
    from bot.playground.records import Json, Message, View

GONE = "That is no longer there."


@dataclass(slots=True)
class Surface:
    """A message or view as one person sees it; `find` returns it as it is now."""

    session: Session
    reader: Reader
    key: str
    """Tells it from every other one, for ids in the page."""
    find: Callable[[], Message | View | None]
    values: Mapping[str, Json]
    """What stands in it: {block_id: {action_id: value object}}."""
    errors: Mapping[str, str] = field(default_factory=dict)
    focus_first: bool = False
    """Whether its first input takes the focus; the first that asks gets it."""

    def take_focus(self) -> bool:
        """Return whether this input is the one; every other is not."""
        first, self.focus_first = self.focus_first, False
        return first

    def held(self, block: Json, element: Json) -> object:
        """Return the value that an element is shown with."""
        held = self.values.get(block["block_id"], {}).get(element["action_id"])
        if held is None:
            return initial(element)
        return held.get(VALUE_KEYS[element["type"]])

    def name(self, block: Json, element: Json) -> str:
        """Return what the driving API finds an element by."""
        return f"{block['block_id']}/{element['action_id']}"

    def place(self) -> Message | View:
        """Return the message or view as it is now, or raise what a person is told."""
        where = self.find()
        if where is None:
            raise DrivingError(GONE)
        return where

    # -- what people do --------------------------------------------------------------------

    def note(self, block: Json, element: Json, value: object) -> None:
        """Keep what is typed or picked in an input that waits for the form to be sent."""
        where = self.find()
        if where is not None:
            self.session.slack.choose(
                self.session.person.id, where, self.name(block, element), value
            )

    async def pick(self, block: Json, element: Json, value: object) -> None:
        """Pick a value; the app hears of it unless the form is sent later."""
        waits = block["type"] == "input" and not block.get("dispatch_action")
        if waits and "external" not in element["type"]:  # those ask the app once more
            self.note(block, element, value)
            return
        session = self.session
        if not await session.confirming.ask(element.get("confirm"), session.refresh):
            return
        user = session.person.id
        name = self.name(block, element)
        await session.run(lambda: session.slack.choose(user, self.place(), name, value))

    async def press(self, block: Json, element: Json) -> None:
        """Press a button; one that leads to a person opens the direct message with them."""
        session = self.session
        if not await session.confirming.ask(element.get("confirm"), session.refresh):
            return
        user = session.person.id
        name = self.name(block, element)
        address = str(element.get("url") or "")
        await session.run(lambda: session.slack.press(user, self.place(), name))
        person = _person_of(address)
        if person in session.slack.state.people:
            session.open(person)

    async def suggest(self, block: Json, element: Json, query: str) -> list[Json]:
        """Return the options that the app offers for what is typed."""
        session = self.session
        user = session.person.id
        name = self.name(block, element)
        result = await session.run(lambda: session.slack.suggest(user, self.place(), name, query))
        return result.options if result is not None else []


def _person_of(address: str) -> str:
    """Return the person that a `slack://user?team=…&id=…` link opens, or nothing."""
    parts = urlsplit(address)
    if parts.scheme != "slack" or parts.netloc != "user":
        return ""
    return parse_qs(parts.query).get("id", [""])[0]
