"""Asking, offering and committing: the first word of an expectation."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.due import Due
from bot.domain.expectation import Action, Expectation, Kind, Visibility
from bot.domain.member import Member
from bot.domain.terms import Wording
from bot.services.actor import Actor
from bot.services.notify import Told
from bot.services.people import Directory
from bot.services.ports import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What somebody asks, offers or commits to, as read and as the form says."""

    kind: Kind
    wording: Wording
    due: Due  # a series: its first nominal slot
    owners: tuple[str, ...] = ()  # a request's; one expectation each
    for_whom: str | None = None  # an offer's
    rrule: str | None = None
    visibility: Visibility | None = None  # None: channel in a channel, private elsewhere
    goal: int | None = None
    link: str = ""  # the message that it was made from
    tell_channel: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class OffDay:
    """The day is none of the owner's workdays, or they are away."""

    day: date  # where the owner is
    away: bool
    before: Due | None  # the last one before on which they work; None where that is past


@dataclass(frozen=True, slots=True, kw_only=True)
class CreatedItem:
    """One expectation that was made."""

    expectation: Expectation
    owner: Member
    other: Member | None  # None: a commitment
    told: tuple[Told, ...]  # when the other reads it
    moves: frozenset[Action]  # the author's own
    off_day: OffDay | None = None
    asked_too: tuple[str, ...] = ()  # who else was asked in the same command


@dataclass(frozen=True, slots=True, kw_only=True)
class Created:
    """What one command made; `repeated` where it was delivered again."""

    items: tuple[CreatedItem, ...]
    me: Member
    people: Mapping[str, Member]
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class Propose:
    """Makes requests, offers and commitments."""

    store: Store
    directory: Directory
    clock: Callable[[], datetime]
    wake: Callable[[], None]
    new_id: Callable[[], str]

    def create(self, actor: Actor, draft: Draft) -> Created:
        """Make what the draft says, one for each owner.

        Raise InvalidInputError (keys who, what, when, goal, tell), PersonError or PastDueError.
        """
        raise NotImplementedError

    def tell_channel(self, actor: Actor, number: int, *, tell: bool = True) -> CreatedItem:
        """Let the channel be told once it is agreed; at once where it is."""
        raise NotImplementedError
