"""Answering, changing and finishing: every move after the first word."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from bot.domain.conversation.people import Details
from bot.domain.due import Due
from bot.domain.expectation import (
    Action,
    CheckIn,
    Event,
    Expectation,
    Period,
    PeriodOutcome,
    Seen,
)
from bot.domain.member import Member
from bot.domain.terms import Terms, Wording
from bot.services.actor import Actor
from bot.services.notify import Told
from bot.services.people import Directory
from bot.services.ports import Store
from bot.services.propose import OffDay


class Later(StrEnum):
    """When somebody wants to be asked again."""

    HOUR = "1h"
    TOMORROW = "tomorrow"
    NEXT_WEEK = "next_week"


@dataclass(frozen=True, slots=True, kw_only=True)
class Acted:
    """What a move did; on a second delivery the present state with the first one's event."""

    expectation: Expectation
    event: Event
    me: Member
    people: Mapping[str, Member]
    told: tuple[Told, ...]  # when the other reads it
    moves: frozenset[Action]  # those open to the actor now
    before: Expectation | None = None  # None on a second delivery
    previous: Terms | None = None  # the version that a change replaces
    off_day: OffDay | None = None  # of a day that the actor named
    remedy: Expectation | None = None
    ask_again_at: datetime | None = None  # of ask me later
    period: Period | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """Does what a party does; anybody else is refused as the domain says."""

    store: Store
    directory: Directory
    clock: Callable[[], datetime]
    wake: Callable[[], None]
    new_id: Callable[[], str]

    def act(
        self,
        actor: Actor,
        number: int,
        action: Action,
        details: Details | None = None,
        *,
        seen: Seen | None = None,
        keep_private: bool = False,
        untell: bool = False,
    ) -> Acted:
        """Make a move of the table; `seen` None acts on the present terms (a typed verb)."""
        raise NotImplementedError

    def check_in(
        self, actor: Actor, number: int, kind: CheckIn, note: str = "", *, seen: Seen | None = None
    ) -> Acted:
        """Say how it is going: on track, at risk, need help, offer help."""
        raise NotImplementedError

    def all_on_track(self, actor: Actor, numbers: tuple[int, ...]) -> tuple[int, ...]:
        """Say on track for each that still takes it; return those that did."""
        raise NotImplementedError

    def later(self, actor: Actor, number: int, choice: Later) -> Acted:
        """Ask me later: the other never sees it."""
        raise NotImplementedError

    def period(
        self, actor: Actor, number: int, day: date, outcome: PeriodOutcome, note: str = ""
    ) -> Acted:
        """Say how one date of a series went: kept, not this time, or open (something is missing)."""
        raise NotImplementedError

    def send_now(self, actor: Actor, number: int, event: int) -> Acted:
        """Send at once what would wait for the other's list; not to who is away."""
        raise NotImplementedError

    def remedy(
        self, actor: Actor, number: int, wording: Wording, due: Due, *, seen: Seen | None = None
    ) -> Acted:
        """Offer a way to put a missed one right: a linked offer."""
        raise NotImplementedError
