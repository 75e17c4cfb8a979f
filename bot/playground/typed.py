"""Turning what a person types in the box into what Slack sends to the app."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.playground.state import State

_MARKUP = re.compile(
    r"(?P<url>https?://[^\s<>|]+[^\s<>|.,;:!?)\"'”])"
    r"|(?P<mail>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)"
    r"|(?<![\w@])@(?P<who>[\w.-]*\w)"
    r"|(?<![\w#])#(?P<where>[\w-]+)"
)
_EVERYBODY = ("here", "channel", "everyone")


def escape(text: str) -> str:
    """Escape the three characters that Slack's markup uses."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def encoded(state: State, text: str, *, names: bool = True) -> str:
    """Return typed text as it is delivered: mentions, channels and links in angle brackets.

    `names` puts the handle after the id, as commands with should_escape have it; messages do not.
    """

    def mark(match: re.Match[str]) -> str:
        if match["url"]:
            return f"<{match[0]}>"
        if match["mail"]:
            return f"<mailto:{match[0]}|{match[0]}>"
        if match["who"] is not None:
            return _person(state, match["who"], names=names) or match[0]
        for conversation in state.conversations.values():
            if conversation.name and conversation.name == match["where"]:
                return f"<#{conversation.id}|{conversation.name}>"
        return match[0]

    return _MARKUP.sub(mark, escape(text))


def _person(state: State, typed: str, *, names: bool) -> str | None:
    handle = typed.casefold()
    if handle in _EVERYBODY:
        return f"<!{handle}>"
    if handle in state.user_groups:
        return f"<!subteam^{state.user_groups[handle]}|@{handle}>"
    for person in state.people.values():
        if handle in (person.name.casefold(), person.id.casefold()):
            return f"<@{person.id}|{person.name}>" if names else f"<@{person.id}>"
    return None
