"""A channel's goals: set, shown, measured, closed and reopened."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from bot.domain.expectation import Expectation, Visibility
from bot.domain.goal import Goal, GoalStatus, Measure
from bot.domain.member import Member
from bot.services.actor import Actor
from bot.services.people import Directory
from bot.services.ports import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalDraft:
    """What a goal is to be."""

    title: str
    day: date
    why: str = ""
    gain: str = ""
    measure: Measure | None = None
    champion: str | None = None  # None: who sets it
    review_on: date | None = None
    visibility: Visibility | None = None  # None: channel in a channel, private elsewhere


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalShown:
    """A goal as its reader sees it."""

    goal: Goal
    reader: Member
    people: Mapping[str, Member]
    items: tuple[Expectation, ...]  # under it, those that the reader may see here
    may_close: bool
    may_update: bool
    reopen_until: datetime | None  # of a closed one that may still be reopened
    now: datetime
    repeated: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalList:
    """One page of the goals that the reader may see here."""

    goals: tuple[Goal, ...]
    reader: Member
    people: Mapping[str, Member]
    page: int
    more: bool
    now: datetime


@dataclass(frozen=True, slots=True)
class Goals:
    """Everything one does with goals."""

    store: Store
    directory: Directory
    clock: Callable[[], datetime]
    wake: Callable[[], None]
    new_id: Callable[[], str]

    def create(self, actor: Actor, draft: GoalDraft) -> GoalShown:
        """Set a goal; raise InvalidInputError (keys what, when, measure), PersonError, PastDue."""
        raise NotImplementedError

    def show(self, actor: Actor, number: int) -> GoalShown:
        """Show one; raise UnknownIdError where it is not there or not to be seen here."""
        raise NotImplementedError

    def listing(self, actor: Actor, page: int = 0) -> GoalList:
        """List the channel's goals, or in direct messages one's own."""
        raise NotImplementedError

    def update(self, actor: Actor, number: int, value: Decimal) -> GoalShown:
        """Say where the measure stands: who has a part in it; others are told whom to ask."""
        raise NotImplementedError

    def close(self, actor: Actor, number: int, status: GoalStatus, note: str) -> GoalShown:
        """Close it as met, missed or dropped, with a note; by champion or creator."""
        raise NotImplementedError

    def reopen(self, actor: Actor, number: int) -> GoalShown:
        """Open it again within seven days; by champion or creator."""
        raise NotImplementedError
