"""What of all that is due may be claimed now."""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from bot.domain.messages import Message, MessageKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Openings:
    """What of all that is due may be claimed now."""

    kinds: Collection[MessageKind]
    busy: Collection[str] = ()  # readers to whom nothing goes now
    resting: Collection[str] = ()  # readers to whom no post goes now
    take: Callable[[Message], bool]  # the last word on each, in order


ALL_OPEN = Openings(kinds=tuple(MessageKind), take=lambda _: True)
