"""What Slack sends, parsed once at the edge into values."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from bot.services.actor import Actor
from bot.slack.ids import Origin, Press
from bot.slack.text import storable

Body = Mapping[str, Any]
State = Mapping[str, Any]
"""A view's or message's `state.values`: block id, action id, what is chosen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where something was typed or pressed."""

    channel: str | None = None
    kind: str = "im"  # channel, private, im or mpim
    name: str = ""
    thread: str | None = None  # the ts of the message that its thread is under


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """What every request of Slack's has; `key` tells a second delivery of the same thing."""

    user: str
    key: str
    trigger: str | None = None
    place: Place = field(default_factory=Place)
    team: str = ""  # the Slack workspace that the person is of; empty where Slack does not say
    in_modal: bool = False  # what it opens is laid upon the modal that is open
    arrived: float = field(default_factory=time.monotonic)

    def actor(self, workspace: int, answer_within: timedelta) -> Actor:
        """Return who acts, for the services; Slack waits for three seconds in all."""
        end = self.arrived + answer_within.total_seconds()
        return Actor(
            workspace=workspace,
            user=self.user,
            channel=self.place.channel,
            channel_kind=self.place.kind,
            channel_name=self.place.name,
            key=self.key,
            expired=lambda: time.monotonic() > end,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed(Incoming):
    """A line: after /expect, in a direct message to the bot, or after its mention."""

    text: str
    slash: bool = False  # after /expect: its acknowledgement is the answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Pressed(Incoming):
    """A button or menu option, in a message, in Home or in a modal."""

    action: str  # the action id
    press: Press | None  # None: an input that only keeps its state
    state: State
    value: str = ""  # what it stands for, where that is no press
    message: str | None = None  # the ts of the message that it stands in
    ephemeral: bool = False
    view: Body | None = None  # the modal or Home that it stands in

    @property
    def met_in(self) -> str | None:
        """Return the person's direct messages with the bot, where it stands in them.

        What only one person sees can stand in those of two people, where a command was typed.
        """
        posted = self.place.kind == "im" and self.message is not None and not self.ephemeral
        return self.place.channel if posted else None

    @property
    def in_home(self) -> bool:
        """Tell whether it stands in Home."""
        return self.view is not None and self.view.get("type") == "home"


@dataclass(frozen=True, slots=True, kw_only=True)
class Submitted(Incoming):
    """A modal that was sent."""

    callback: str
    origin: Origin
    state: State
    view: Body


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortcut(Incoming):
    """A global shortcut, or one on a message."""

    callback: str
    text: str = ""  # the message's, as Slack escapes it
    author: str | None = None  # who wrote it
    ts: str | None = None
    thread: str | None = None


def key_of(body: Body) -> str:
    """Return what a second delivery of the same thing has in common with the first."""
    if "event_id" in body:
        return f"e:{body['event_id']}"
    if body.get("type") == "view_submission":
        return f"v:{body['view']['id']}"
    if body.get("type") == "block_actions":
        action = body["actions"][0]
        where = body["view"]["id"] if body.get("view") else _message_ts(body)
        return f"a:{body['user']['id']}:{where}:{action['action_id']}:{action.get('action_ts')}"
    return f"t:{body['trigger_id']}"


def command(body: Body) -> Typed:
    """Parse a slash command."""
    return Typed(
        user=body["user_id"],
        key=key_of(body),
        trigger=body["trigger_id"],
        place=place(body["channel_id"], body.get("channel_name", "")),
        text=storable(body.get("text", "")),
        slash=True,
    )


def message_to_bot(body: Body) -> Typed:
    """Parse a direct message to the bot."""
    event = body["event"]
    return Typed(
        user=event["user"],
        key=key_of(body),
        place=Place(channel=event["channel"], kind=event.get("channel_type", "im")),
        text=storable(event.get("text", "")),
    )


def mention(body: Body, bot_user: str) -> Typed:
    """Parse a mention of the bot; the line is what follows it, else the whole without it."""
    event = body["event"]
    before, _, after = storable(event.get("text", "")).partition(f"<@{bot_user}>")
    return Typed(
        user=event["user"],
        key=key_of(body),
        place=place(event["channel"], "", event.get("thread_ts")),
        text=after.lstrip(" ,:") if after.strip() else before.strip(),
    )


def pressed(body: Body) -> Pressed:
    """Parse a press. Raise MalformedValueError where its value is none of ours."""
    action = body["actions"][0]
    container = body.get("container", {})
    view = body.get("view")
    message = _message_ts(body)
    value = (action.get("selected_option") or action).get("value")
    family = action["action_id"].partition(".")[0]
    return Pressed(
        user=body["user"]["id"],
        key=key_of(body),
        trigger=body.get("trigger_id"),
        place=pressed_in(body),
        team=body["user"].get("team_id") or "",
        in_modal=in_modal(body),
        action=action["action_id"],
        press=Press.decode(value) if family in _PRESSES and value is not None else None,
        state=_storable(((view or body).get("state") or {}).get("values", {})),
        value=str(value or ""),
        message=message,
        ephemeral=bool(container.get("is_ephemeral")),
        view=view,
    )


def _message_ts(body: Body) -> str | None:
    """Return the ts of the message that something was pressed in; None in a view."""
    in_container = body.get("container", {}).get("message_ts")
    return in_container or (body.get("message") or {}).get("ts")


def _storable(state: State) -> State:
    """Return what a form holds, with what was typed as it can be stored."""
    return {
        block: {
            action: chosen | {"value": storable(chosen["value"])} if chosen.get("value") else chosen
            for action, chosen in actions.items()
        }
        for block, actions in state.items()
    }


_PRESSES = frozenset({"do", "open", "menu", "page"})


def pressed_in(body: Body) -> Place:
    """Tell where a button, menu or shortcut stands; nowhere, in Home and in modals."""
    channel = body.get("channel")
    if not channel:
        return Place()
    thread = body.get("container", {}).get("thread_ts")
    return place(channel["id"], channel.get("name", ""), thread)


def in_modal(body: Body) -> bool:
    """Tell whether a button stands in a modal."""
    return (body.get("view") or {}).get("type") == "modal"


def submitted(body: Body) -> Submitted:
    """Parse a submission. Raise MalformedValueError where its metadata is none of ours."""
    view = body["view"]
    origin = Origin.decode(view["private_metadata"])
    return Submitted(
        user=body["user"]["id"],
        key=key_of(body),
        trigger=body.get("trigger_id"),
        place=Place(channel=origin.channel, kind=origin.channel_kind),
        callback=view["callback_id"],
        origin=origin,
        state=_storable(view["state"]["values"]),
        view=view,
    )


def shortcut(body: Body) -> Shortcut:
    """Parse a shortcut."""
    message = body.get("message") or {}
    return Shortcut(
        user=body["user"]["id"],
        key=key_of(body),
        trigger=body["trigger_id"],
        place=pressed_in(body),
        callback=body["callback_id"],
        text=storable(message.get("text", "")),
        author=message.get("user"),
        ts=message.get("ts") or body.get("message_ts"),
        thread=message.get("thread_ts"),
    )


def place(channel: str, name: str, thread: str | None = None) -> Place:
    """Tell what kind of conversation a channel is from its id and the name Slack gives it."""
    kind = "channel"
    if channel.startswith("D") or name == "directmessage":
        kind = "im"
    elif name.startswith("mpdm-"):
        kind = "mpim"
    elif name == "privategroup" or channel.startswith("G"):
        kind = "private"
    return Place(channel=channel, kind=kind, name=name if kind == "channel" else "", thread=thread)
