"""How a message goes from pending to its end: states, what happens to them, and what follows."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.messages import MessageKind, MessageState

_S = MessageState


class Happening(StrEnum):
    """What happens to a message."""

    CLAIMED = "claimed"  # a dispatcher took it, for the length of a lease
    TAKEN = "taken"  # Slack took it and said so
    POSTPONED = "postponed"  # certainly not taken; it may be tried again
    REFUSED = "refused"  # Slack said no for good
    NOTHING_TO_SAY = "nothing_to_say"
    UNCLEAR = "unclear"  # nobody knows whether Slack took it
    LEASE_OVER = "lease_over"  # who claimed it never said what became of it
    GIVEN_UP = "given_up"  # tried too often
    FOUND = "found"  # the conversation, read back, has it
    NOT_THERE = "not_there"  # looked for twice, and not there
    UNREADABLE = "unreadable"  # the conversation cannot be read
    OCCASION = "occasion"  # something else that it has to show


@dataclass(frozen=True, slots=True)
class _Then:
    """The state that follows; None: this cannot happen to that kind."""

    post: MessageState | None
    other: MessageState | None  # an update or a Home, which may be repeated


NEXT: Mapping[tuple[MessageState, Happening], _Then] = {
    (_S.PENDING, Happening.CLAIMED): _Then(_S.SENDING, _S.SENDING),
    (_S.SENDING, Happening.TAKEN): _Then(_S.SENT, _S.SENT),
    (_S.SENDING, Happening.POSTPONED): _Then(_S.PENDING, _S.PENDING),
    (_S.SENDING, Happening.REFUSED): _Then(_S.DEAD, _S.DEAD),
    (_S.SENDING, Happening.NOTHING_TO_SAY): _Then(_S.CANCELLED, _S.CANCELLED),
    (_S.SENDING, Happening.UNCLEAR): _Then(_S.UNKNOWN, _S.PENDING),
    (_S.SENDING, Happening.LEASE_OVER): _Then(_S.UNKNOWN, _S.PENDING),
    (_S.SENDING, Happening.GIVEN_UP): _Then(_S.DEAD, _S.DEAD),
    (_S.UNKNOWN, Happening.FOUND): _Then(_S.SENT, None),
    (_S.UNKNOWN, Happening.NOT_THERE): _Then(_S.PENDING, None),
    (_S.UNKNOWN, Happening.UNREADABLE): _Then(_S.UNKNOWN, None),
    (_S.UNKNOWN, Happening.GIVEN_UP): _Then(_S.DEAD, None),
    (_S.SENT, Happening.OCCASION): _Then(None, _S.PENDING),
    (_S.DEAD, Happening.OCCASION): _Then(None, _S.PENDING),
    (_S.CANCELLED, Happening.OCCASION): _Then(None, _S.PENDING),
}
"""What is not here cannot happen."""


class ImpossibleError(Exception):
    """What happened cannot happen to a message in that state."""


def then(kind: MessageKind, state: MessageState, happening: Happening) -> MessageState:
    """Return the state that follows. Raise ImpossibleError where nothing may."""
    row = NEXT.get((state, happening))
    following = None if row is None else row.post if kind is MessageKind.POST else row.other
    if following is None:
        msg = f"{happening} cannot happen to a {kind} that is {state}"
        raise ImpossibleError(msg)
    return following
