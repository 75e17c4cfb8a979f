"""What the services need from the world: a store of values, and Slack."""

from collections.abc import Collection, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from bot.domain.expectation import Event, Expectation, Outcome, Period
from bot.domain.figures.week import WeekCounts
from bot.domain.member import Member
from bot.domain.messages import Asked, Held, Lookup, Message, MessageState
from bot.domain.schedule.summary_time import SummaryPeriod
from bot.domain.terms import Terms
from bot.domain.views import HomeView, MessageView
from bot.services.books import (
    Asides,
    Channels,
    CharterBook,
    FiguresBook,
    Inbox,
    OwnWordsBook,
    PulseBook,
    ThanksBook,
    Times,
)
from bot.services.goal_books import CarriedBook, Goals
from bot.services.keeping import Archive, Forgetting
from bot.services.openings import Openings
from bot.services.pair_books import BetweenPeople, LearntBook, OpinionBook


class Members(Protocol):
    """The workspace's people."""

    def get(self, user: str) -> Member | None: ...
    def get_many(self, users: Collection[str]) -> dict[str, Member]: ...
    def read_ahead(self, users: Collection[str]) -> None:
        """Read these at once: who is asked for next, in this transaction, is among them."""
        ...

    def get_for_update(self, user: str) -> Member | None: ...
    def save(self, member: Member) -> None:
        """Insert or update; `next_list_at` is stored as given."""
        ...

    def note_conversation(self, user: str, conversation: str) -> None:
        """Note which conversation holds somebody's direct messages with the bot."""
        ...

    def due_for_list(self, at: datetime, limit: int) -> list[Member]: ...
    def users(self) -> list[str]: ...
    def marked_stale(self, checked_before: datetime, limit: int) -> list[Member]: ...


class Expectations(Protocol):
    """Expectations with their terms, events and periods; every list is ordered and bounded."""

    def take_numbers(self, count: int) -> int:
        """Take `count` numbers from the counter, before any row is locked; return the first."""
        ...

    def get(self, number: int) -> Expectation | None: ...
    def get_for_update(self, number: int) -> Expectation | None: ...
    def get_many(self, numbers: Collection[int]) -> dict[int, Expectation]: ...
    def read_ahead(self, numbers: Collection[int], events: Collection[int] = ()) -> None:
        """Read these at once, and their events with these seqs: what is read next is among them."""
        ...

    def lock(self, numbers: Collection[int]) -> None:
        """Lock them in the order of their numbers, so that nobody waits in a circle; read them."""
        ...

    def insert(self, expectation: Expectation) -> None:
        """Insert the row and its first terms."""
        ...

    def save(self, expectation: Expectation) -> None:
        """Update the row (also next_clock_at); pending terms it carries are upserted as terms."""
        ...

    def add_event(self, event: Event) -> None: ...
    def last_event(self, number: int) -> int: ...
    def events(self, number: int) -> list[Event]: ...
    def event(self, number: int, seq: int) -> Event | None: ...
    def terms(self, number: int) -> list[Terms]: ...
    def last_said(self, numbers: Collection[int], user: str) -> dict[int, datetime]:
        """Return each one's last check-in by the user."""
        ...

    def open_of(self, user: str, limit: int) -> list[Expectation]:
        """Return open ones that the user is a party to, by due."""
        ...

    def owned_by(self, user: str, offset: int, limit: int) -> list[Expectation]: ...
    def requested_by(self, user: str, offset: int, limit: int) -> list[Expectation]: ...
    def between(self, one: str, other: str, limit: int) -> list[Expectation]: ...
    def agreed_in(self, channel: str, limit: int) -> list[Expectation]:
        """Return active and done ones of the channel that its members may see, by due."""
        ...

    def due_next(
        self, channel: str, period: SummaryPeriod, zone: ZoneInfo, limit: int
    ) -> list[Expectation]:
        """Return agreed ones of the channel due in the week after a period, by due."""
        ...

    def help_wanted(self, channel: str, limit: int) -> list[Expectation]:
        """Return what somebody wants a channel's help with, by due."""
        ...

    def counts_in(self, channel: str, since: datetime, until: datetime) -> WeekCounts:
        """Count what happened in the channel from `since` to before `until`."""
        ...

    def last_between(self, one: str, other: str, limit: int) -> list[Outcome]:
        """Return how the last between two ended, either way, the latest first; settled ones not."""
        ...

    def due_for_clock(self, at: datetime, limit: int) -> list[int]: ...
    def of_goal(self, goal: int, limit: int) -> list[Expectation]: ...
    def of_party(self, user: str) -> list[int]:
        """Return the numbers of all open ones of a user (somebody left, or moved zone)."""
        ...

    def periods(self, number: int) -> list[Period]: ...
    def save_period(self, period: Period) -> None: ...


class Messages(Protocol):
    """The outbox: what is to be sent, what was, and what waits for a list."""

    def add(self, message: Message) -> bool:
        """Insert unless its slot is taken; tell whether it was new."""
        ...

    def begin(self, message: Message, at: datetime, lease_until: datetime) -> Message | None:
        """Insert one that is handed to Slack now, claimed; None where its slot is taken."""
        ...

    def withdraw(self, message: Message) -> bool:
        """Take out one that was begun and certainly not posted; tell whether it was there."""
        ...

    def claim(
        self, at: datetime, limit: int, lease_until: datetime, openings: Openings = ...
    ) -> list[Message]:
        """Take due pending ones: attempt row, fence + 1, sending, in one transaction."""
        ...

    def record(self, ended: Sequence[Message], at: datetime) -> set[str]:
        """Record what became of attempts, as `save_fenced` does, those that nobody else holds.

        Return their ids. The others' fence has moved on, or their row is held: waiting for it here
        could be waiting in a circle.
        """
        ...

    def save_fenced(
        self,
        message: Message,
        at: datetime | None = None,
        *,
        while_in: Collection[MessageState] = ...,
    ) -> bool:
        """Update if the stored fence is the message's, and its state one of these; tell whether.

        `at` is when its attempt ended; without it that is when it was sent, where it was.
        """
        ...

    def expire_leases(self, at: datetime, look_at: datetime) -> int:
        """Turn posts whose lease ran out to unknown, to be looked for; others to pending."""
        ...

    def look_for(self, message_id: str, at: datetime) -> bool:
        """Have a post of unknown fate looked for at a moment, unless it is looked for already."""
        ...

    def claim_looks(self, at: datetime, limit: int, until: datetime) -> list[Lookup]:
        """Take due looks, those at posts that are still unknown; the others are over."""
        ...

    def look_again(self, lookup: Lookup, at: datetime, misses: int) -> bool:
        """Record a look and when the next one is; False where another has taken it over."""
        ...

    def end_look(self, lookup: Lookup) -> bool:
        """Look for it no more; False where another has taken it over."""
        ...

    def get(self, message_id: str) -> Message | None: ...
    def by_slot(self, slot: str) -> Message | None: ...
    def homes_of(self, users: Collection[str]) -> list[str]:
        """Return who of these has opened Home; their rows are locked, all in one order."""
        ...

    def posts_showing(self, number: int, limit: int) -> list[Message]:
        """Return sent posts that show the expectation, newest first."""
        ...

    def undelivered(self, user: str, limit: int) -> list[Message]:
        """Return unknown and dead posts to the user that are not looked for any more.

        Home and the next list carry them.
        """
        ...

    def put_off(self, user: str, limit: int) -> list[Message]:
        """Return pending posts to the user that Slack, or what is before it, put off."""
        ...

    def hold(self, held: Held) -> bool: ...
    def hold_again(self, held: Held) -> None:
        """Keep it for the reader's next list, also where one has carried it before."""
        ...

    def held_for(self, user: str) -> list[Held]: ...
    def carried_by(self, user: str, message_id: str) -> list[Held]: ...
    def take_held(self, held: Held, carried_by: str) -> bool: ...
    def add_asked(self, asked: Asked) -> bool: ...
    def asked_of(self, user: str, numbers: Collection[int]) -> list[Asked]: ...


class UnitOfWork(Protocol):
    """One transaction in one workspace; it commits when left without an exception."""

    @property
    def workspace(self) -> int: ...
    @property
    def members(self) -> Members: ...
    @property
    def expectations(self) -> Expectations: ...
    @property
    def goals(self) -> Goals: ...
    @property
    def carried(self) -> CarriedBook: ...
    @property
    def channels(self) -> Channels: ...
    @property
    def messages(self) -> Messages: ...
    @property
    def inbox(self) -> Inbox: ...
    @property
    def thanks(self) -> ThanksBook: ...
    @property
    def asides(self) -> Asides: ...
    @property
    def own_words(self) -> OwnWordsBook: ...
    @property
    def between(self) -> BetweenPeople: ...
    @property
    def learnt(self) -> LearntBook: ...
    @property
    def opinions(self) -> OpinionBook: ...
    @property
    def charters(self) -> CharterBook: ...
    @property
    def pulse(self) -> PulseBook: ...
    @property
    def figures(self) -> FiguresBook: ...
    @property
    def times(self) -> Times: ...
    @property
    def forgetting(self) -> Forgetting: ...
    @property
    def export(self) -> Archive: ...


class Store(Protocol):
    """The database."""

    def workspace(self, team_id: str, enterprise_id: str | None = None) -> int:
        """Return the workspace's id; make its rows where they are missing."""
        ...

    def write(self, workspace: int) -> AbstractContextManager[UnitOfWork]: ...
    def read(self, workspace: int) -> AbstractContextManager[UnitOfWork]: ...
    def next_wake(self, after: datetime | None = None) -> datetime | None:
        """Return the earliest stored time at which a list, clock, summary or message is due.

        Messages that are due at `after` are left out: when they go is for the sender to say.
        """
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What Slack says of a person."""

    user: str
    name: str
    zone: str  # an IANA name; empty where Slack says none, as of who left
    locale: str  # empty where Slack says none
    active: bool
    is_bot: bool
    is_stranger: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Posted:
    """Where Slack put a message."""

    channel: str
    ts: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """A rendered message: the text holds everything; blocks are Block Kit as plain values."""

    text: str
    blocks: Sequence[Mapping[str, object]]
    shows: tuple[int, ...] = ()


class Renderer(Protocol):
    """How values become what Slack shows; the Slack layer has the words."""

    def message(self, view: MessageView) -> Content: ...
    def home(self, view: HomeView) -> Mapping[str, object]: ...


class Slack(Protocol):
    """Slack as the services use it; a call that fails raises a SendError."""

    def profile(self, user: str) -> Profile: ...
    def post(self, to: str, content: Content, message_id: str) -> Posted: ...
    def update(self, channel: str, ts: str, content: Content) -> None: ...
    def find(self, channel: str, message_id: str, since: datetime) -> tuple[Posted, ...]:
        """Read a conversation back; return each post that carries the id, the first one first."""
        ...

    def delete(self, posted: Posted) -> None: ...
    def publish_home(self, user: str, view: Mapping[str, object]) -> None: ...


class SendError(Exception):
    """A call to Slack that did not succeed; its kind says what may be done next."""


class RefusedError(SendError):
    """Slack said no for good; `code` is its word."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class LaterError(SendError):
    """Slack did not take it and says when to come back (429, and definite failures).

    `holds_back` says that it would be the same for every message of the kind.
    """

    def __init__(self, code: str, seconds: float, *, holds_back: bool = True) -> None:
        super().__init__(code)
        self.code = code
        self.seconds = seconds
        self.holds_back = holds_back


class UnknownError(SendError):
    """Nobody knows whether Slack took it: time-out, reset, 5xx, fatal_error, internal_error."""
