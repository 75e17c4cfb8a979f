"""The use cases on a store, a clock to set, and a Slack that answers at once."""

import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import count

from bench.commands import CHANNEL, MONDAY
from bench.slack import TEAM, ZONE
from bot.db.engine import SqlStore, open_store
from bot.domain.conversation import Details
from bot.domain.due import Due
from bot.domain.expectation import Action, Kind
from bot.domain.terms import Wording
from bot.services.actor import Actor
from bot.services.answer import Answer
from bot.services.look import Look
from bot.services.people import Directory
from bot.services.plan import Plan
from bot.services.ports import Content, Posted, Profile, Slack
from bot.services.propose import Draft, Propose
from bot.services.summarise import Summarise
from bot.slack.renderer import BlockRenderer

FRIDAY = Due(date(2026, 11, 27))


@dataclass
class AtOnce:
    """Slack, as fast as can be."""

    posts: Iterator[int] = field(default_factory=lambda: count(1))

    def profile(self, user: str) -> Profile:
        """Know everybody."""
        return Profile(
            user=user,
            name=user.title(),
            zone=ZONE,
            locale="en-US",
            active=True,
            is_bot=False,
            is_stranger=False,
        )

    def post(self, to: str, content: Content, message_id: str) -> Posted:
        """Take a post."""
        del content, message_id
        return Posted(channel=f"D{to[1:]}", ts=f"1795420800.{next(self.posts):06}")

    def update(self, channel: str, ts: str, content: Content) -> None:
        """Take an update."""

    def find(self, channel: str, message_id: str, since: datetime) -> tuple[Posted, ...]:
        """Find nothing: nothing is lost here."""
        del channel, message_id, since
        return ()

    def delete(self, posted: Posted) -> None:
        """Take a message back."""

    def publish_home(self, user: str, view: Mapping[str, object]) -> None:
        """Take a Home."""


class UseCases:
    """What one workspace needs; the clock stands until it is set."""

    def __init__(self, store: SqlStore, slack: Slack | None = None) -> None:
        self.store = store
        self.now = MONDAY
        self.workspace = store.workspace(TEAM)
        self.slack = slack or AtOnce()
        self.renderer = BlockRenderer(TEAM)
        self.directory = Directory(store, self.slack, self.clock, _nobody_waits, new_id)
        needs = (store, self.directory, self.clock, _nobody_waits, new_id)
        self.propose = Propose(*needs, self.renderer)
        self.answer = Answer(*needs)
        self.plan = Plan(*needs)
        self.look = Look(store, self.directory, self.clock)
        self.summarise = Summarise(
            store, self.directory, self.slack, self.renderer, self.clock, _nobody_waits, new_id
        )

    def clock(self) -> datetime:
        """Return the time that was set."""
        return self.now

    def actor(self, user: str, channel: str = CHANNEL) -> Actor:
        """Return somebody who types in a channel."""
        return Actor(
            workspace=self.workspace,
            user=user,
            channel=channel,
            channel_kind="channel",
            channel_name="launch",
            key=new_id(),
        )

    def ask(self, by: str, owner: str, due: Due = FRIDAY) -> int:
        """Ask somebody for something; return its number."""
        wording = Wording(result="send the draft of the launch plan", why="the team waits for it")
        draft = Draft(kind=Kind.REQUEST, owners=(owner,), wording=wording, due=due)
        made = self.propose.create(self.actor(by), draft)
        return made.items[0].expectation.number

    def act(self, user: str, number: int, action: Action, details: Details | None = None) -> None:
        """Make a move."""
        self.answer.act(self.actor(user), number, action, details)

    def passes(self, time: timedelta) -> None:
        """Let time go by."""
        self.now += time


@contextmanager
def use_cases(url: str, slack: Slack | None = None) -> Iterator[UseCases]:
    """Open a store for the use cases."""
    store = open_store(url)
    try:
        yield UseCases(store, slack)
    finally:
        store.close()


def new_id() -> str:
    """Return an id as the bot makes them."""
    return uuid.uuid4().hex


def _nobody_waits() -> None:
    """Wake nobody: each measurement sends when it wants to."""
