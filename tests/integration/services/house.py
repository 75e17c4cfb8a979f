"""A house with people in it: the use cases on a real store, a clock to set, and who is who."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import TypedDict, Unpack

from bot.domain.channel import Channel
from bot.domain.due import Due
from bot.domain.expectation import Action, Event, Expectation, Kind, Visibility
from bot.domain.member import Member
from bot.domain.messages import Message
from bot.domain.terms import Wording
from bot.domain.views import CardView, HomeView, MessageView
from bot.services.actor import Actor
from bot.services.answer import Answer
from bot.services.between import Between
from bot.services.charters import Charters
from bot.services.configure import Configure
from bot.services.goal_answers import GoalAnswers
from bot.services.goals import Goals
from bot.services.learnt import Remember
from bot.services.look import Look
from bot.services.opinions import Opine
from bot.services.people import Directory
from bot.services.ports import (
    Content,
    Posted,
    Profile,
    RefusedError,
    SendError,
    Store,
    UnitOfWork,
    UnknownError,
)
from bot.services.propose import CreatedItem, Draft, Propose
from bot.services.pulse import PulseAnswers
from bot.services.thank import Thank

MONDAY = datetime(2026, 11, 23, 10, tzinfo=UTC)
"""11:00 in Berlin, 05:00 in New York, 19:00 in Tokyo."""

LENA, ANA, BOB, KEN = "U01LENA", "U02ANA", "U03BOB", "U04KEN"
BOT, GONE, STRANGER = "U05BOT", "U06GONE", "U07STRANGER"
LAUNCH, OTHER = "C01LAUNCH", "C02OTHER"


def profile(user: str, zone: str = "Europe/Berlin") -> Profile:
    """Return what Slack says of somebody ordinary."""
    return Profile(
        user=user,
        name=user[3:].title(),
        zone=zone,
        locale="en-US",
        active=True,
        is_bot=False,
        is_stranger=False,
    )


@dataclass
class Profiles:
    """Slack, as far as people go, and one post to a channel."""

    known: dict[str, Profile]
    asked: list[str] = field(default_factory=list)
    posted: list[tuple[str, str]] = field(default_factory=list)
    is_down: bool = False
    fails_for: dict[str, SendError] = field(default_factory=dict)
    while_reading: Callable[[], None] = lambda: None
    is_shut_out: bool = False

    def profile(self, user: str) -> Profile:
        self.asked.append(user)
        self.while_reading()
        if self.is_down:
            raise UnknownError("timeout")
        if user in self.fails_for:
            raise self.fails_for[user]
        if user not in self.known:
            raise RefusedError("user_not_found")
        return self.known[user]

    def channel(self, channel: str) -> Channel:
        raise NotImplementedError

    def post(self, to: str, content: Content, message_id: str) -> Posted:
        if self.is_shut_out:
            raise RefusedError("not_in_channel")
        assert content.shows
        self.posted.append((to, message_id))
        return Posted(channel=to, ts=f"{len(self.posted)}.0")

    def update(self, channel: str, ts: str, content: Content) -> None:
        raise NotImplementedError

    def find(self, channel: str, message_id: str, since: datetime) -> tuple[Posted, ...]:
        raise NotImplementedError

    def delete(self, posted: Posted) -> None:
        raise NotImplementedError

    def publish_home(self, user: str, view: object) -> None:
        raise NotImplementedError


class Plain:
    """Renders nothing but what is shown; what people read is tried elsewhere."""

    def message(self, view: MessageView) -> Content:
        shows = (view.expectation.number,) if isinstance(view, CardView) else ()
        return Content(text=type(view).__name__, blocks=(), shows=shows)

    def home(self, view: HomeView) -> dict[str, object]:
        raise NotImplementedError


class Asked(TypedDict, total=False):
    """What a request may have besides the usual."""

    wording: Wording
    due: Due
    channel: str | None
    rrule: str
    visibility: Visibility
    goal: int
    tell_channel: bool


class House:
    """Everything that one workspace needs."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.now = MONDAY
        self.woken = 0
        self.workspace = store.workspace("T01")
        people = [
            profile(LENA),
            profile(ANA),
            profile(BOB, "America/New_York"),
            profile(KEN, "Asia/Tokyo"),
            replace(profile(BOT), is_bot=True),
            replace(profile(GONE), active=False),
            replace(profile(STRANGER), is_stranger=True),
        ]
        self.slack = Profiles({one.user: one for one in people})
        ids, keys = count(1), count(1)
        self._keys = keys

        def new_id() -> str:
            return f"m{next(ids)}"

        self.directory = Directory(store, self.slack, self.clock, self.wake, new_id)
        needs = (store, self.directory, self.clock, self.wake, new_id)
        self.propose = Propose(*needs, Plain())
        self.answer = Answer(*needs)
        self.goals = Goals(*needs)
        self.goal_answers = GoalAnswers(*needs)
        self.thank = Thank(*needs)
        self.configure = Configure(*needs)
        self.between = Between(store, self.directory, self.clock)
        self.opine = Opine(store, self.clock, self.wake, new_id)
        self.remember = Remember(store, self.clock, self.wake, new_id)
        self.charters = Charters(store, self.directory, Plain(), self.clock, self.wake, new_id)
        self.pulse = PulseAnswers(store, self.directory, self.clock)
        self.look = Look(store, self.directory, self.clock)

    def clock(self) -> datetime:
        return self.now

    def wake(self) -> None:
        self.woken += 1

    def passes(self, **time: float) -> None:
        """Let time go by."""
        self.now += timedelta(**time)

    def actor(self, user: str, channel: str | None = LAUNCH, key: str | None = None) -> Actor:
        """Return somebody who acts in a channel, or with None in their direct messages."""
        return Actor(
            workspace=self.workspace,
            user=user,
            channel=channel,
            channel_kind="channel" if channel else "im",
            channel_name="launch" if channel == LAUNCH else "",
            key=key or f"key-{next(self._keys)}",
        )

    def ask(self, by: str = LENA, *owners: str, **more: Unpack[Asked]) -> CreatedItem:
        """Ask for something by Friday, in a channel; return the first that was made."""
        channel = more.pop("channel", LAUNCH)
        draft = Draft(
            kind=Kind.REQUEST,
            owners=owners or (ANA,),
            wording=more.get("wording", Wording(result="send the draft")),
            due=more.get("due", day(27)),
            rrule=more.get("rrule"),
            visibility=more.get("visibility"),
            goal=more.get("goal"),
            tell_channel=more.get("tell_channel", False),
        )
        return self.propose.create(self.actor(by, channel), draft).items[0]

    def agree(self, by: str = LENA, owner: str = ANA, **more: Unpack[Asked]) -> int:
        """Ask one person, let them accept, and return the number."""
        number = self.ask(by, owner, **more).expectation.number
        self.answer.act(self.actor(owner), number, Action.ACCEPT)
        return number

    @contextmanager
    def reading(self) -> Iterator[UnitOfWork]:
        """Look into the store."""
        with self.store.read(self.workspace) as uow:
            yield uow

    def stored(self, number: int) -> Expectation:
        with self.reading() as uow:
            found = uow.expectations.get(number)
        assert found is not None
        return found

    def finish(self, by: str = LENA, owner: str = ANA, **more: Unpack[Asked]) -> int:
        """Let one person keep what another asks of them, and return the number."""
        number = self.agree(by, owner, **more)
        self.answer.act(self.actor(owner), number, Action.DONE)
        self.answer.act(self.actor(by), number, Action.CONFIRM)
        return number

    def events(self, number: int) -> list[Event]:
        with self.reading() as uow:
            return uow.expectations.events(number)

    def member(self, user: str) -> Member:
        with self.reading() as uow:
            found = uow.members.get(user)
        assert found is not None
        return found

    def post_of(self, number: int, event: int, reader: str) -> Message | None:
        """Return the message that tells an event at once."""
        with self.reading() as uow:
            return uow.messages.by_slot(f"E-{number}/{event}/{reader}")

    def held_for(self, user: str) -> Sequence[tuple[int, str]]:
        """Return what waits for somebody's next list: numbers and moments."""
        with self.reading() as uow:
            return [(held.number, held.moment.value) for held in uow.messages.held_for(user)]


def request(*owners: str, result: str = "send the draft", due: Due | None = None) -> Draft:
    """Return a request; by Friday where no due is given."""
    return Draft(
        kind=Kind.REQUEST,
        owners=owners,
        wording=Wording(result=result),
        due=due or day(27),
    )


def day(number: int) -> Due:
    """Return a day of November 2026; the 27th is a Friday."""
    return Due(datetime(2026, 11, number, tzinfo=UTC).date())
