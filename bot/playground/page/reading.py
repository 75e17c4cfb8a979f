"""What each person has read, shared by all tabs that act as them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.playground.records import Conversation
    from bot.playground.state import State


class Reading:
    """The newest ts that each person has seen of each conversation."""

    def __init__(self, state: State) -> None:
        self._state = state

    def mark(self, user: str, conversation: str) -> None:
        """Note that somebody has seen all of a conversation."""
        seen = self._state.seen(conversation, user)
        if seen:
            self._state.read[user, conversation] = seen[-1].ts

    def up_to(self, user: str, conversation: str) -> str:
        """Return the ts of the newest message that somebody has seen; empty before the first."""
        return self._state.read.get((user, conversation), "")

    def unread(self, user: str, conversation: str) -> int:
        """Return how many messages of others somebody has not seen."""
        after = self.up_to(user, conversation)
        count = 0
        for message in reversed(self._state.seen(conversation, user)):
            if message.ts <= after:
                break
            count += message.user != user
        return count

    def waiting(self, user: str) -> int:
        """Return how many messages wait in somebody's direct messages."""
        return sum(self.unread(user, each.id) for each in self._direct(user))

    def _direct(self, user: str) -> list[Conversation]:
        return [
            each
            for each in list(self._state.conversations.values())
            if user in each.members and each.kind in ("im", "mpim")
        ]
