"""Several workspaces share one sender: each has its turn, and none in trouble delays another."""

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import pytest

from bot.db.engine import SqlStore
from bot.domain.messages import Message, MessageKind, MessageState, Moment
from bot.domain.views import HomeView, MessageView
from bot.services.deliver import Deliver, Ready
from bot.services.line import Line
from bot.services.pace import Pace
from bot.services.ports import Content, LaterError, Posted, Profile, SendError
from bot.services.reconcile import Reconcile
from bot.services.send import Send
from bot.services.timing import Rate, Timing
from tests.support.values import NOON, message

FREE = Rate(per_second=1e6, at_once=1e6)
TIMING = Timing(per_channel=FREE, per_workspace=FREE, in_flight=8)
LONG = 60.0


class Blank:
    """A renderer of nothing."""

    def message(self, view: MessageView) -> Content:
        del view
        return Content(text="hello", blocks=())

    def home(self, view: HomeView) -> Mapping[str, object]:
        raise NotImplementedError


@dataclass
class Office:
    """One workspace's Slack: it hangs, fails or answers at once."""

    name: str
    posted: list[tuple[str, str]]  # by whom and to whom, in order, over all
    let_go: threading.Event = field(default_factory=threading.Event)
    hangs_for: frozenset[str] = frozenset()
    fails: SendError | None = None
    tried: list[str] = field(default_factory=list)
    looked: list[str] = field(default_factory=list)

    def post(self, to: str, content: Content, message_id: str) -> Posted:
        del content
        self.tried.append(to)
        if to in self.hangs_for or "*" in self.hangs_for:
            self.let_go.wait(LONG)
        if self.fails is not None:
            raise self.fails
        self.posted.append((self.name, to))
        return Posted(channel=f"D-{to}", ts=message_id)

    def profile(self, user: str) -> Profile:
        raise NotImplementedError

    def update(self, *_: object) -> None:
        raise NotImplementedError

    def find(self, channel: str, message_id: str, since: datetime) -> tuple[Posted, ...]:
        del channel, since
        self.looked.append(message_id)
        self.let_go.wait(LONG)
        return ()

    def delete(self, posted: Posted) -> None:
        raise NotImplementedError

    def publish_home(self, *_: object) -> None:
        raise NotImplementedError


class Street:
    """Two workspaces behind one sender, on a clock that stands."""

    def __init__(self, store: SqlStore, timing: Timing = TIMING) -> None:
        self.store = store
        self.now = NOON
        self.posted: list[tuple[str, str]] = []
        self.one, self.other = Office("one", self.posted), Office("other", self.posted)
        self.ids = [store.workspace("T1"), store.workspace("T2")]
        self.ended = threading.Event()
        pace = Pace(timing)
        deliver = Deliver(store, self._no_home, lambda: self.now, self._no_id, timing, pace)
        offices = zip(self.ids, (self.one, self.other), strict=True)
        lines = tuple(self._line(id_, office, timing) for id_, office in offices)
        self.send = Send(lambda: lines, deliver, self.ended.set)

    def _line(self, workspace: int, office: Office, timing: Timing) -> Line:
        reconcile = Reconcile(self.store, office, Blank(), lambda: self.now, self._no_id, timing)
        return Line(workspace=workspace, slack=office, renderer=Blank(), reconcile=reconcile)

    def add(self, place: int, *readers: str) -> None:
        with self.store.write(self.ids[place]) as uow:
            for number, reader in enumerate(readers):
                uow.messages.add(hello(f"{reader}-{number}", reader))

    def states(self, place: int) -> list[MessageState]:
        with self.store.read(self.ids[place]) as uow:
            found = [uow.messages.get(f"U{number}-{number}") for number in range(40)]
        return [each.state for each in found if each is not None]

    def until(self, true: Callable[[], bool]) -> None:
        """Take turns, as the dispatcher does, until it is true."""
        for _ in range(2_000):
            while self.send.step():
                pass
            if true():
                return
            self.ended.wait(0.05)
            self.ended.clear()
        raise AssertionError("it did not come to that")

    def _no_home(self, workspace: int, user: str) -> HomeView:
        raise NotImplementedError

    def _no_id(self) -> str:
        raise NotImplementedError


def hello(id_: str, reader: str) -> Message:
    """Return a post that is made from nothing but its reader."""
    return message(id_, moment=Moment.INSTALLED, to=reader, slot=id_)


def some(count: int) -> tuple[str, ...]:
    return tuple(f"U{number}" for number in range(count))


@contextmanager
def released(street: Street) -> Iterator[None]:
    """Let what hangs go in the end, so that no thread stays."""
    try:
        yield
    finally:
        for office in (street.one, street.other):
            office.let_go.set()
        street.send.stop(timedelta(seconds=LONG))


@pytest.fixture
def street(store: SqlStore) -> Iterator[Street]:
    made = Street(store)
    with released(made):
        yield made


def test_many_that_are_due_delay_anothers_first_by_no_more_than_one_turn(street: Street) -> None:
    street.add(0, *some(200))
    street.send.step()
    street.add(1, "UBOB")
    street.until(lambda: len(street.posted) == 201)
    before = street.posted.index(("other", "UBOB"))
    assert before <= 2 * TIMING.in_flight  # what was in flight already, and one turn
    assert len(set(street.posted)) == 201


@pytest.mark.parametrize("hangs", [0, 1])
def test_a_workspace_that_hangs_delays_no_other(street: Street, hangs: int) -> None:
    offices = (street.one, street.other)
    offices[hangs].hangs_for = frozenset("*")
    street.add(hangs, *some(40))
    street.until(lambda: bool(offices[hangs].tried))
    street.add(1 - hangs, *some(40))
    street.until(lambda: len(street.posted) == 40)
    assert {name for name, _ in street.posted} == {offices[1 - hangs].name}
    assert len(offices[hangs].tried) <= TIMING.in_flight // 2  # the other slots are for others
    assert street.states(1 - hangs) == [MessageState.SENT] * 40


def test_a_reader_whose_post_hangs_delays_no_other_reader_and_keeps_their_order(
    street: Street,
) -> None:
    street.one.hangs_for = frozenset({"U3"})
    street.add(0, "U3", "U3", "U3", *(reader for reader in some(20) if reader != "U3"))
    street.until(lambda: len(street.posted) == 19)
    assert street.one.tried.count("U3") == 1
    street.one.let_go.set()
    street.until(lambda: len(street.posted) == 22)
    assert street.posted[19:] == [("one", "U3")] * 3


def test_a_look_that_hangs_blocks_no_sending(street: Street) -> None:
    with street.store.write(street.ids[0]) as uow:
        sent = replace(hello("known", "U0"), state=MessageState.SENT, channel="D-U0", ts="1.1")
        uow.messages.add(sent)
        uow.messages.add(replace(hello("lost", "U0"), state=MessageState.UNKNOWN))
        uow.messages.look_for("lost", NOON)
    street.add(0, *some(20))
    street.add(1, *some(20))
    street.until(lambda: len(street.posted) == 40)
    assert street.one.looked == ["lost"]


def test_what_is_held_back_is_not_claimed_and_its_moment_is_told(street: Street) -> None:
    until = NOON + timedelta(seconds=30)
    street.one.fails = LaterError("ratelimited", 30)
    street.add(0, *some(40))
    street.add(1, *some(40))
    street.send.settle()
    tried = len(street.one.tried)
    assert tried <= TIMING.in_flight
    assert len(street.posted) == 40
    assert street.send.settle() == 0  # it comes to rest, with much that is due
    with street.store.read(street.ids[0]) as uow:
        untouched = [each for each in (uow.messages.get(f"U{n}-{n}") for n in range(40)) if each]
    assert sum(each.fence == 0 for each in untouched) >= 40 - TIMING.in_flight
    assert street.send.next_at(NOON) == until
    street.one.fails = None
    street.now = until - timedelta(seconds=1)
    assert street.send.settle() == 0
    street.now = until
    street.send.settle()
    assert len(street.posted) == 80


def test_who_stood_still_does_not_post_late(street: Street) -> None:
    street.add(0, "UBOB")
    with street.store.write(street.ids[0]) as uow:
        (claimed,) = uow.messages.claim(NOON, 1, NOON + TIMING.lease)
    deliver, line = street.send._deliver, street.send._lines()[0]  # noqa: SLF001  # between two steps
    (ready,) = deliver.prepare(line, [claimed])
    assert isinstance(ready, Ready)
    street.now = NOON + TIMING.lease - TIMING.send_timeout
    ended = deliver.send(line, ready)
    assert (ended.message.state, ended.message.attempts) == (MessageState.PENDING, 0)
    assert street.posted == []
    deliver.record(line.workspace, [ended])
    street.send.settle()
    assert street.posted == [("one", "UBOB")]


def test_a_stop_records_what_ended_and_leaves_the_rest_to_its_lease(street: Street) -> None:
    street.one.hangs_for = frozenset({"U1"})
    street.add(0, *some(3))
    street.until(lambda: len(street.posted) == 2)
    street.add(0, "U5", "U6")
    assert not street.send.stop(timedelta(seconds=0.1))
    states = dict(zip(("U0", "U1", "U2"), street.states(0), strict=True))
    assert states == {
        "U0": MessageState.SENT,
        "U1": MessageState.SENDING,
        "U2": MessageState.SENT,
    }
    assert street.send.step() == 0
    assert len(street.posted) == 2


def test_a_stop_waits_for_no_database(street: Street) -> None:
    street.one.hangs_for = frozenset({"U0"})
    street.add(0, "U0")
    street.until(lambda: street.one.tried == ["U0"])
    with street.store.write(street.ids[0]) as uow:
        assert uow.messages.save_fenced(message("other")) is False  # SQLite has one writer: this
        street.one.let_go.set()
        street.send.stop(timedelta(seconds=0.2))  # it would never end


def test_one_that_spoils_a_batch_spoils_only_itself(street: Street) -> None:
    street.add(0, *some(10))
    with street.store.write(street.ids[0]) as uow:
        nothing = message("bad", kind=MessageKind.UPDATE, to="UBAD", slot="bad")  # of no post
        uow.messages.add(nothing)
        uow.messages.add(message("home", kind=MessageKind.HOME, moment=Moment.HOME, slot="home"))
    street.send.settle()
    assert len(street.posted) == 10
    with street.store.read(street.ids[0]) as uow:
        ends = [uow.messages.get(id_) for id_ in ("bad", "home")]
    assert [(one.state, one.error) for one in ends if one] == [
        (MessageState.PENDING, "not_made")
    ] * 2
