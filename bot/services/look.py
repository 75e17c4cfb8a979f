"""Reading: one item, lists, Home; nothing here changes anything."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.expectation import Expectation
from bot.domain.member import Member
from bot.domain.views import HomeView, ShowView
from bot.services.actor import Actor
from bot.services.people import Directory
from bot.services.ports import Store

PAGE = 10
"""Items on one page of a list."""


class Scope(StrEnum):
    """Which list."""

    MINE = "mine"  # everything open that the reader is a party to
    TEAM = "team"  # what was agreed in this channel and its members may see
    WHO = "who"  # what lies between the reader and one other


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """One page of a list; every item may be seen by the reader where it was typed."""

    scope: Scope
    items: tuple[Expectation, ...]
    reader: Member
    people: Mapping[str, Member]
    page: int  # from 0
    more: bool
    now: datetime
    who: str | None = None
    channel: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pages:
    """Which page of each part of Home is open, from 0."""

    needs: int = 0
    you: int = 0
    others: int = 0
    goals: int = 0


@dataclass(frozen=True, slots=True)
class Look:
    """Gathers what views show."""

    store: Store
    directory: Directory
    clock: Callable[[], datetime]

    def show(self, actor: Actor, number: int) -> ShowView:
        """Show one item; raise UnknownIdError where it is not there or not to be seen here."""
        raise NotImplementedError

    def listing(
        self, actor: Actor, scope: Scope = Scope.MINE, who: str | None = None, page: int = 0
    ) -> Listing:
        """Show a page of a list; raise InvalidInputError for a team list outside a channel."""
        raise NotImplementedError

    def home(self, workspace: int, user: str, pages: Pages | None = None) -> HomeView:
        """Show somebody's Home."""
        raise NotImplementedError
