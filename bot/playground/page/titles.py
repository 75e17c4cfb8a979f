"""What a conversation is called by the person who looks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.playground.records import Conversation, Kind

if TYPE_CHECKING:
    from bot.playground.page.session import Session
    from bot.playground.records import Person


def title_of(session: Session, conversation: Conversation | None = None) -> str:
    """Return the title of a conversation, the open one where none is given."""
    conversation = conversation or session.conversation
    if conversation is None:
        return session.slack.state.app.name
    if conversation.kind in (Kind.CHANNEL, Kind.PRIVATE):
        return f"#{conversation.name}"
    return ", ".join(each.real_name for each in others(session, conversation)) or "you"


def others(session: Session, conversation: Conversation) -> list[Person]:
    """Return who else is in a conversation, the app last."""
    people = session.slack.state.people
    found = [
        people[each]
        for each in sorted(conversation.members)
        if each != session.person.id and each in people
    ]
    return sorted(found, key=lambda each: each.is_bot)
