"""A team in which each has one role, and what each of them sees of one expectation."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.playground import Conversation, Message, Person, payloads
from bot.playground.delivery import Envelope

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.playground.records import Json
    from tests.support.stage import Stage

ROLES = ("requester", "owner", "champion", "setter", "member", "guest", "other")
OTHERS = ROLES[2:]
"""All but the two parties."""
NAMES = {
    "requester": "lena",
    "owner": "asha",
    "champion": "ren",
    "setter": "maya",
    "member": "nils",
    "guest": "gus",
    "other": "omar",
    "stranger": "eva",
}
LAUNCH, SUPPORT, BOT = "launch", "support", "@winwin"

RESULT = "polish the brochure"
WHY = "the fair opens early"
NOTE = "the printer is booked"
"""What is said between the two: nobody else ever reads WHY or NOTE, whatever is shared."""

HIDDEN = "There is no E-1 that you can see."


def cast(stage: Stage) -> None:
    """Let all but the other be in #launch, and all but the guest in #support."""
    slack = stage.slack
    slack.join(Person("U05NILS", "nils", "Nils Berg", "Europe/Oslo"), LAUNCH, SUPPORT)
    slack.join(Person("U07GUS", "gus", "Gus Holm", "Europe/Oslo", is_guest=True), LAUNCH)
    slack.join(Person("U06OMAR", "omar", "Omar Aziz", "Europe/Berlin"), SUPPORT)
    eva = Person("U09EVA", "eva", "Eva Lind", "Europe/Oslo", team_id="T09OTHER")
    slack.join(eva, LAUNCH, SUPPORT)
    stage.expect("ren", "we will open the stand by 15 Dec")  # G-1
    stage.expect("maya", "summary here weekly fri 16:00")


def ask(stage: Stage, origin: str, owner: str = "asha") -> None:
    """Let the requester ask by the form: from the channel under its goal, or directly."""
    where = BOT if origin == "direct" else LAUNCH
    assert stage.slack.command("lena", where, "/expect", "").acknowledged
    values: dict[str, object] = {
        "Who": [owner],
        "What": RESULT,
        "By when": "2026-11-27",
        "Why it matters": WHY,
    }
    view = stage.slack.modal("lena")
    assert view is not None
    if origin != "direct":
        assert stage.slack.press("lena", view, "More").acknowledged
        values["Goal"] = "open the stand"
    assert stage.submit("lena", values) == {}


def answer(stage: Stage, origin: str, state: str) -> None:
    """Bring what was asked to a state; `between`: the one asked keeps it between the two."""
    if state == "proposed":
        return
    if state == "declined":
        stage.expect("asha", f"decline E-1 {NOTE}")
        return
    proposal = stage.last("asha", about=RESULT)
    if origin == "between":
        assert stage.slack.press("asha", proposal, "Keep it between us").acknowledged
        assert stage.submit("asha", {}) == {}
    else:
        stage.press("asha", proposal, "Accept")
    if state == "handed_back":
        stage.expect("asha", f"cannot E-1 {NOTE}")
    if state == "asked":
        stage.expect("lena", f"ask E-1 {NOTE}")
    if state == "changing":
        stage.expect("asha", f"change E-1 {RESULT} by 3 Dec")
    if state in {"done", "kept"}:
        stage.expect("asha", "done E-1")
    if state == "kept":
        stage.expect("lena", "confirm E-1")


def live(stage: Stage, origin: str, state: str) -> None:
    """Make the one expectation that a table is about: E-1."""
    cast(stage)
    ask(stage, origin)
    answer(stage, origin, state)


def seen(text: str) -> str:
    """Tell what a reply shows of E-1: F all of it, A what was agreed, - nothing."""
    if RESULT not in text:
        assert text == HIDDEN, text
        return "-"
    return "F" if WHY in text else "A"


def may_type(role: str, where: str) -> bool:
    return (role, where) not in {("other", LAUNCH), ("guest", SUPPORT)}


def elsewhere(role: str) -> str:
    """Return a place that is not #launch and where somebody can type."""
    return SUPPORT if may_type(role, SUPPORT) else BOT


def all_that_is_seen(stage: Stage, role: str) -> Iterator[str]:
    """Yield all that stands on somebody's screens: messages, files, Home and modals."""
    user = stage.slack.state.person(NAMES[role]).id
    for conversation in list(stage.slack.state.conversations.values()):
        if user in conversation.members:
            for message in stage.slack.visible(user, conversation):
                if message.by_app:
                    yield f"{message.text} {message.blocks} {message.files}"
    for view in (stage.slack.home(user), stage.slack.modal(user)):
        if view is not None:
            yield str(view.blocks)


@dataclass(frozen=True)
class Button:
    """Something to press in a message that somebody got."""

    message: Message
    block_id: str
    element: Json
    value: str

    @property
    def name(self) -> str:
        return str(self.element["action_id"])


def buttons(message: Message) -> Iterator[Button]:
    """Yield each button and menu entry of a message."""
    for block in message.blocks:
        elements = [*block.get("elements", []), block.get("accessory") or {}]
        for element in elements:
            values = [element["value"]] if "value" in element else []
            values += [option["value"] for option in element.get("options", [])]
            for value in values:
                yield Button(message, block["block_id"], element, value)


def press_as(stage: Stage, role: str, button: Button, where: Conversation) -> str:
    """Press somebody else's button, as a forged or a stale one would be; return the answer."""
    state = stage.slack.state
    person = state.person(NAMES[role])
    element = button.element
    action: Json = {
        "type": element["type"],
        "action_id": element["action_id"],
        "block_id": button.block_id,
        "action_ts": state.next_ts(),
    }
    if element["type"] == "button":
        action |= {"text": element["text"], "value": button.value}
    else:
        action["selected_option"] = {"value": button.value}
    placed = replace(button.message, channel=where.id)
    payload = payloads.actions_payload(state, person, placed, action, stage.slack.url)
    before = {id(message) for some in state.messages.values() for message in some}
    modal = stage.slack.modal(person.id)
    assert stage.slack.delivery.send(Envelope.INTERACTIVE, payload).status == 200
    stage.settle()
    said = [
        message.text
        for some in state.messages.values()
        for message in some
        if id(message) not in before and message.to == person.id
    ]
    opened = stage.slack.modal(person.id)
    if opened is not None and opened is not modal:
        said.append(" ".join(_texts(opened.blocks)))
        stage.slack.close_modal(person.id, all_of_them=True)
    return "\n".join(said)


def _texts(blocks: list[Json]) -> Iterator[str]:
    for block in blocks:
        text = block.get("text") or {}
        if "text" in text:
            yield str(text["text"])


def place_of(stage: Stage, where: str, role: str) -> Conversation:
    """Return a conversation by its name, the direct messages of somebody with the bot too."""
    person = stage.slack.state.person(NAMES[role])
    return stage.slack.state.conversation(where, seen_by=person.id)
