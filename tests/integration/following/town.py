"""A house whose bot follows up: a clock that moves as the demo's does, and a Slack that records."""

import threading
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.domain.channel import Channel
from bot.domain.messages import Message, MessageState, Moment
from bot.domain.views import CardView, HomeView, ListView, MessageView, SummaryView
from bot.services.deliver import Deliver
from bot.services.line import Line
from bot.services.plan import Plan
from bot.services.ports import (
    Content,
    Posted,
    Profile,
    RefusedError,
    SendError,
    Store,
    UnknownError,
)
from bot.services.reconcile import Reconcile
from bot.services.send import Send
from bot.services.summarise import Summarise
from tests.integration.services.house import House

ROUNDS = 500


@dataclass(frozen=True)
class Post:
    """A message that Slack took."""

    at: datetime
    to: str
    id: str
    view: MessageView

    @property
    def card(self) -> CardView:
        assert isinstance(self.view, CardView)
        return self.view

    @property
    def list(self) -> ListView:
        assert isinstance(self.view, ListView)
        return self.view

    @property
    def summary(self) -> SummaryView:
        assert isinstance(self.view, SummaryView)
        return self.view

    @property
    def moment(self) -> Moment:
        if isinstance(self.view, CardView):
            return self.view.moment
        return Moment.LIST if isinstance(self.view, ListView) else Moment.SUMMARY


class Views:
    """A renderer that keeps what it was given; the text names it."""

    def __init__(self) -> None:
        self.kept: list[MessageView] = []
        self.breaks = False
        self._lock = threading.Lock()

    def message(self, view: MessageView) -> Content:
        if self.breaks:
            msg = "this view cannot be rendered"
            raise ValueError(msg)
        with self._lock:
            self.kept.append(view)
            place = len(self.kept) - 1
        shows: tuple[int, ...] = ()
        if isinstance(view, CardView):
            shows = (view.expectation.number,)
        elif isinstance(view, ListView):
            shows = tuple(item.card.expectation.number for item in view.items)
        return Content(text=str(place), blocks=(), shows=shows)

    def home(self, view: HomeView) -> Mapping[str, object]:
        return {"reader": view.reader.user}


@dataclass
class Recorder:
    """Slack as the sender sees it: records, and fails as often as it was told to."""

    town: "Town"
    posts: list[Post] = field(default_factory=list)
    updates: list[tuple[str, MessageView]] = field(default_factory=list)
    homes: list[str] = field(default_factory=list)
    looks: list[tuple[datetime, str]] = field(default_factory=list)
    deleted: list[str] = field(default_factory=list)
    hidden: set[str] = field(default_factory=set)  # messages that history does not show yet
    answers_lost: deque[SendError] = field(default_factory=deque)  # after taking the post
    unreadable: deque[SendError] = field(default_factory=deque)
    while_looking: Callable[[], None] = lambda: None
    fails: deque[SendError] = field(default_factory=deque)
    fails_for: dict[str, SendError] = field(default_factory=dict)

    def profile(self, user: str) -> Profile:
        return self.town.slack.profile(user)

    def channel(self, channel: str) -> Channel:
        raise NotImplementedError

    def post(self, to: str, content: Content, message_id: str) -> Posted:
        self._fail(to)
        view = self.town.views.kept[int(content.text)]
        self.posts.append(Post(self.town.now, to, message_id, view))
        if self.answers_lost:
            raise self.answers_lost.popleft()
        return Posted(channel=f"D-{to}", ts=message_id)

    def find(self, channel: str, message_id: str, since: datetime) -> tuple[Posted, ...]:
        self.looks.append((self.town.now, channel))
        self.while_looking()
        if self.unreadable:
            raise self.unreadable.popleft()
        found = [
            post
            for post in self.posts
            if (f"D-{post.to}", post.id) == (channel, message_id) and post.at >= since
        ]
        first = [message_id, *(f"{message_id}.{n}" for n in range(1, len(found)))]
        shown = [ts for ts in first[: len(found)] if ts not in {*self.deleted, *self.hidden}]
        return tuple(Posted(channel=channel, ts=ts) for ts in shown)

    def delete(self, posted: Posted) -> None:
        self.deleted.append(posted.ts)

    def update(self, channel: str, ts: str, content: Content) -> None:
        self._fail(channel)
        self.updates.append((ts, self.town.views.kept[int(content.text)]))

    def publish_home(self, user: str, view: Mapping[str, object]) -> None:
        self._fail(user)
        assert view["reader"] == user
        self.homes.append(user)

    def _fail(self, to: str) -> None:
        if to in self.fails_for:
            raise self.fails_for[to]
        if self.fails:
            raise self.fails.popleft()


class Town(House):
    """A house with the bot that plans and sends."""

    def __init__(self, store: Store) -> None:
        super().__init__(store)
        self.views = Views()
        self.sent = Recorder(self)
        ids = iter(range(1, 1_000_000))

        def new_id() -> str:
            return f"t{next(ids)}"

        self.new_id = new_id
        self.plan = Plan(store, self.directory, self.clock, self.wake, new_id)
        self.send = self.sender()
        self.reconcile = self.seeker()
        self.summarise = Summarise(
            store, self.directory, self.sent, self.views, self.clock, self.wake, new_id
        )

    def sender(self) -> Send:
        """Return a dispatcher of its own."""
        line = Line(
            workspace=self.workspace, slack=self.sent, renderer=self.views, reconcile=self.seeker()
        )
        deliver = Deliver(self.store, self.look.home, self.clock, self.new_id)
        return Send(lambda: (line,), deliver)

    def seeker(self) -> Reconcile:
        """Return somebody who looks for what may have been posted."""
        return Reconcile(self.store, self.sent, self.views, self.clock, self.new_id)

    def rest(self) -> int:
        """Plan and send what is due until nothing is; then nothing due lies in the past."""
        done = 0
        for _ in range(ROUNDS):
            count = self._round()
            if not count:
                wake = self.next_wake()
                assert wake is None or wake > self.now
                return done
            done += count
        msg = "it did not come to rest"
        raise AssertionError(msg)

    def _round(self) -> int:
        return self.plan.tick(self.workspace) + self.send.settle()

    def next_wake(self) -> datetime | None:
        """Return when something is due or may go."""
        moments = (self.store.next_wake(self.now), self.send.next_at(self.now))
        return min((moment for moment in moments if moment is not None), default=None)

    def until(self, target: datetime) -> list[Post]:
        """Let time pass as the demo does, each due moment in turn; return what was posted."""
        self.rest()
        first = len(self.sent.posts)
        for _ in range(ROUNDS):
            wake = self.next_wake()
            self.now = target if wake is None else min(target, wake)
            self.rest()
            if self.now == target:
                return self.sent.posts[first:]
        msg = "the clock does not move"
        raise AssertionError(msg)

    def asleep_until(self, target: datetime) -> list[Post]:
        """Let the bot stand still until a moment, and start then; return what it posted."""
        first = len(self.sent.posts)
        self.now = target
        self.rest()
        return self.sent.posts[first:]

    def to(self, user: str, posts: list[Post] | None = None) -> list[Post]:
        """Return what somebody got."""
        found = self.sent.posts if posts is None else posts
        return [post for post in found if post.to == user]

    def moments(self, user: str, posts: list[Post] | None = None) -> list[Moment]:
        """Return why somebody was written to, in order."""
        found = self.sent.posts if posts is None else posts
        return [post.moment for post in found if post.to == user]

    def message(self, message_id: str) -> Message:
        with self.reading() as uow:
            found = uow.messages.get(message_id)
        assert found is not None
        return found

    def states(self, user: str) -> list[MessageState]:
        """Return where the posts of notices to somebody stand that did not arrive."""
        with self.reading() as uow:
            return [one.state for one in uow.messages.undelivered(user, 50)]


LOST = UnknownError("timeout")
GONE_CHANNEL = RefusedError("channel_not_found")
