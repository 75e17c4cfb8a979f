"""One call of the Web API: its arguments, and how they are read."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.playground.errors import DrivingError, SlackRefusalError
from bot.playground.records import Conversation, Json, Kind, Person

if TYPE_CHECKING:
    from bot.playground.state import State


@dataclass(frozen=True, slots=True)
class Call:
    """A method's name and arguments, with the workspace that it is about."""

    state: State
    method: str
    args: Json
    base_url: str
    """Where this server answers, without a slash at its end."""

    def text(self, name: str, default: str = "") -> str:
        """Return a string argument."""
        value = self.args.get(name)
        return default if value is None else str(value)

    def flag(self, name: str) -> bool:
        """Return a boolean argument, which a form sends as text."""
        return str(self.args.get(name, "")).lower() in ("1", "true")

    def number(self, name: str, default: int) -> int:
        """Return an integer argument."""
        try:
            return int(self.args.get(name) or default)
        except (TypeError, ValueError):
            raise SlackRefusalError("invalid_arguments", f"`{name}` is no number") from None

    def decoded(self, name: str, error: str = "invalid_arguments") -> object:
        """Return an argument that is JSON, which a form sends as text."""
        value = self.args.get(name)
        if not isinstance(value, str):
            return value
        if not value.strip():
            return None
        try:
            decoded: object = json.loads(value)
        except ValueError:
            raise SlackRefusalError(error) from None
        return decoded

    def need_scope(self, *any_of: str) -> None:
        """Refuse unless the token was granted one of these scopes."""
        granted = self.state.app.scopes
        if not any(scope in granted for scope in any_of):
            raise SlackRefusalError(
                "missing_scope", needed=",".join(any_of), provided=",".join(granted)
            )

    def user(self, name: str = "user") -> Person:
        """Return the person that an argument names."""
        person = self.state.people.get(self.text(name))
        if person is None:
            raise SlackRefusalError("user_not_found")
        return person

    def readable(self, name: str = "channel") -> Conversation:
        """Return a conversation that the bot may know of."""
        conversation = self.state.conversations.get(self.text(name))
        if conversation is None or not (
            conversation.kind is Kind.CHANNEL or self.is_member(conversation)
        ):
            raise SlackRefusalError("channel_not_found")
        return conversation

    def postable(self, name: str = "channel", *, public: bool = True) -> Conversation:
        """Return the conversation to post in; a person's id opens the direct message."""
        where = self.text(name)
        person = self.state.people.get(where)
        if person is not None:
            if person.is_bot:
                raise SlackRefusalError("cannot_dm_bot")
            conversation = self.state.direct(person.id, self.state.app.bot_user_id)
        else:
            try:
                conversation = self.state.conversation(where)
            except DrivingError:
                raise SlackRefusalError("channel_not_found") from None
        if not self.is_member(conversation):
            if conversation.kind is not Kind.CHANNEL:
                raise SlackRefusalError("channel_not_found")
            if not (public and "chat:write.public" in self.state.app.scopes):
                raise SlackRefusalError("not_in_channel")
        if conversation.archived:
            raise SlackRefusalError("is_archived")
        if conversation.kind is Kind.DIRECT and not self.state.app.messages_tab:
            raise SlackRefusalError("messages_tab_disabled")
        return conversation

    def is_member(self, conversation: Conversation) -> bool:
        """Say whether the bot is in a conversation."""
        return self.state.app.bot_user_id in conversation.members


KIND_SCOPES = {
    Kind.CHANNEL: "channels",
    Kind.PRIVATE: "groups",
    Kind.DIRECT: "im",
    Kind.GROUP: "mpim",
}
"""The first half of the scopes that concern a kind of conversation."""


def page(call: Call, items: list[Json], default: int, most: int) -> tuple[list[Json], Json]:
    """Return one page of items and the metadata with the next page's cursor."""
    limit = min(call.number("limit", default), most)
    if limit < 1:
        raise SlackRefusalError("invalid_limit")
    cursor = call.text("cursor")
    if cursor and not cursor.removeprefix("at:").isdigit():
        raise SlackRefusalError("invalid_cursor")
    start = int(cursor.removeprefix("at:")) if cursor else 0
    end = start + limit
    return items[start:end], {"next_cursor": f"at:{end}" if end < len(items) else ""}
