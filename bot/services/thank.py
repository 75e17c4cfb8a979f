"""Thanks: one line, carried by the channel's summary unless kept between the two."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.member import Member
from bot.domain.thanks import Thanks
from bot.services.actor import Actor
from bot.services.people import Directory
from bot.services.ports import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Thanked:
    """Thanks that were given, and where they will be read."""

    thanks: Thanks
    me: Member
    other: Member  # who is thanked; or, to who keeps it between, who gave it
    channel_name: str | None  # None: no channel carries it
    summary_on: date | None  # where the channel has a summary, in the actor's zone


@dataclass(frozen=True, slots=True)
class Thank:
    """Gives thanks."""

    store: Store
    directory: Directory
    clock: Callable[[], datetime]
    wake: Callable[[], None]
    new_id: Callable[[], str]

    def give(
        self, actor: Actor, to: str, text: str, *, number: int | None = None, private: bool = False
    ) -> Thanked:
        """Thank somebody; raise InvalidInputError (key for) or PersonError."""
        raise NotImplementedError

    def keep_between(self, actor: Actor, number: int) -> Thanked:
        """Keep thanks out of the summary; by either of the two."""
        raise NotImplementedError
