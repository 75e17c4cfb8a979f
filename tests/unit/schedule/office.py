"""A busy fortnight, played with the real rules of telling and asking: who gets how much."""

import heapq
import random
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from zoneinfo import ZoneInfo

from bot.domain.due import Due
from bot.domain.expectation import (
    Action,
    CheckIn,
    Event,
    Expectation,
    Outcome,
    Question,
    Report,
    Status,
)
from bot.domain.member import Member
from bot.domain.messages import Asked, Moment, Prompt
from bot.domain.schedule.listing import list_due, next_list_at
from bot.domain.schedule.notices import delivery, told
from bot.domain.schedule.prompts import Candidate, Item, due_prompts, layout
from bot.domain.schedule.quiet import is_quiet
from bot.domain.schedule.timed import (
    TimedWay,
    hour_before,
    timed_delivery,
    wants_hour_before,
)
from tests.unit.schedule.given import request

FIRST, LAST = date(2026, 11, 23), date(2026, 12, 4)
ZONES = ("Europe/Berlin", "America/New_York", "Asia/Kolkata", "America/Los_Angeles")
OWNED = 6


@dataclass(frozen=True, slots=True)
class Sent:
    """One message that reached somebody."""

    reader: Member
    at: datetime
    moment: Moment
    due_hour: bool  # an hour falls due before the next list


@dataclass
class Office:
    """Twelve people in four zones; each owns six and is owed six, and what is met is followed."""

    seed: int
    sent: list[Sent] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.pick = random.Random(self.seed)  # noqa: S311 - a seed, so that a run can be repeated
        self.people = {
            f"U{n:02}": Member(user=f"U{n:02}", name=f"P{n}", zone=ZoneInfo(ZONES[n % len(ZONES)]))
            for n in range(12)
        }
        self.open: dict[int, Expectation] = {}
        self.asked: defaultdict[tuple[str, int], list[Asked]] = defaultdict(list)
        self.said: dict[int, datetime] = {}
        self.held: Counter[str] = Counter()
        self.waiting: defaultdict[str, list[Callable[[datetime], None]]] = defaultdict(list)
        self.queue: list[tuple[datetime, int, Callable[[datetime], None]]] = []
        self.order = count()
        self.numbers = count(1)

    def play(self) -> None:
        users = list(self.people)
        for n, owner in enumerate(users):
            for k in range(OWNED):
                day = FIRST + timedelta(days=self.pick.choice((0, 0, 0, 1, 1, 2, 3)))
                self._plan_request(users[(n + k + 1) % len(users)], owner, day)
        start = datetime.combine(FIRST, time(), UTC)
        for user in users:
            self._plan_list(user, start)
        end = datetime.combine(LAST + timedelta(days=1), time(8), UTC)
        while self.queue and self.queue[0][0] < end:
            at, _, what = heapq.heappop(self.queue)
            what(at)

    def _later(self, at: datetime, what: Callable[[datetime], None]) -> None:
        heapq.heappush(self.queue, (at, next(self.order), what))

    def _at_work(self, user: str, after: datetime, hours: float) -> datetime:
        """Return a moment at which somebody may act: within their own working hours."""
        at = after + timedelta(hours=self.pick.uniform(0.1, hours))
        while is_quiet(self.people[user], at):
            at += timedelta(minutes=self.pick.randint(10, 50))
        return at

    # what people do

    def _plan_request(self, requester: str, owner: str, day: date) -> None:
        number = next(self.numbers)
        zone = self.people[requester].zone
        made = self._at_work(requester, datetime.combine(day, time(8), zone), 8)
        due_on = day + timedelta(days=self.pick.randint(1, 9))
        is_hour = self.pick.random() < 0.25
        due = datetime.combine(due_on, time(17), zone) if is_hour else due_on

        def ask(at: datetime) -> None:
            base = request(due, made=at, owner=self.people[owner], number=number)
            terms = replace(base.terms, author=requester)
            asked = replace(base, requester=requester, terms=terms, reached_at=None)
            self._happen(None, asked, Action.REQUEST, requester, at)

        self._later(made, ask)

    def _reply(self, number: int, at: datetime) -> None:
        """Let the one awaited answer: most accept, some ask back or suggest another day."""
        before = self.open[number]
        user = before.awaited
        if user is None:
            return
        chance = self.pick.random()
        if chance < 0.1 and before.question is None and before.terms.version == 1:
            question = Question(by=user, at=at, text="Which region?")
            self._happen(before, replace(before, question=question), Action.ASK, user, at)
        elif chance < 0.25 and before.terms.version == 1:
            due = Due(before.due.day + timedelta(days=2))
            terms = replace(before.terms, version=2, author=user, at=at, due=due)
            ends = due.ends_at(self.people[before.owner].zone)
            after = replace(before, terms=terms, due=due, due_at=ends, question=None)
            self._happen(before, after, Action.CHANGE, user, at)
        elif at < before.due_at:
            terms = replace(before.terms, accepted_at=at)
            after = replace(before, status=Status.ACTIVE, terms=terms, question=None)
            self._happen(before, after, Action.ACCEPT, user, at)
            self._plan_work(number, after, at)

    def _plan_work(self, number: int, agreed: Expectation, at: datetime) -> None:
        moment = hour_before(agreed, self.people[agreed.owner], at)
        if moment is not None:
            self._later(moment, lambda now: self._an_hour_before(number, now))
        late = timedelta(hours=self.pick.choice((-30, -20, -10, -6, -4, -3, 20, 44)))
        ready = max(at, agreed.due_at + late - timedelta(hours=8))
        self._later(self._at_work(agreed.owner, ready, 6), lambda now: self._done(number, now))

    def _done(self, number: int, at: datetime) -> None:
        before = self.open[number]
        if before.status is not Status.ACTIVE:
            return
        report = Report(ordinal=1, at=at, finished_on=before.due, outcome=Outcome.KEPT)
        after = replace(before, status=Status.DONE, last_report=report, reports=1)
        self._happen(before, after, Action.DONE, before.owner, at)

    def _confirm(self, number: int, at: datetime) -> None:
        before = self.open[number]
        if before.status is Status.DONE and before.requester is not None:
            after = replace(before, status=Status.MET, outcome=Outcome.KEPT)
            self._happen(before, after, Action.CONFIRM, before.requester, at)
            self._plan_request(before.requester, before.owner, at.date() + timedelta(days=1))

    def _answer(self, number: int, at: datetime) -> None:
        before = self.open[number]
        if before.question is None:
            return
        answerer = before.other(before.question.by)
        if answerer is not None:
            after = replace(before, question=None)
            self._happen(before, after, Action.ANSWER, answerer, at)

    # what the bot does

    def _happen(
        self,
        before: Expectation | None,
        after: Expectation,
        verb: Action | CheckIn,
        actor: str,
        at: datetime,
    ) -> None:
        number = after.number
        self.open[number] = after
        event = Event(number=number, seq=1, at=at, actor=actor, verb=verb)
        for one in told(before, after, event):
            reader = self.people[one.reader]
            react = self._reaction(number, one.reader, one.moment)
            way = delivery(one.moment, reader, after, at)
            if way.at_once:
                self._send(reader, at, one.moment, after)
                react(at)
            else:
                self.held[reader.user] += 1
                self.waiting[reader.user].append(react)

    def _reaction(self, number: int, reader: str, moment: Moment) -> Callable[[datetime], None]:
        """Return what reading something leads to: an answer the same day, or none at all."""
        acts = {
            Moment.PROPOSAL: self._reply,
            Moment.SUGGESTED_CHANGE: self._reply,
            Moment.ANSWER: self._reply,
            Moment.QUESTION: self._answer,
            Moment.DONE: self._confirm,
        }
        act = acts.get(moment)

        def read(at: datetime) -> None:
            now = self.open[number]
            if moment is Moment.PROPOSAL:
                self.open[number] = replace(now, reached_at=at)
            if act is not None and self.pick.random() < 0.8:
                self._later(self._at_work(reader, at, 5), lambda then: act(number, then))

        return read

    def _send(
        self, reader: Member, at: datetime, moment: Moment, about: Expectation | None = None
    ) -> None:
        urgent = about is not None and about.due.is_hour
        hour = urgent and about is not None and at < about.due_at <= next_list_at(reader, at)
        self.sent.append(Sent(reader, at, moment, hour))

    def _an_hour_before(self, number: int, at: datetime) -> None:
        agreed = self.open[number]
        owner = self.people[agreed.owner]
        if not wants_hour_before(agreed, owner, self.said.get(number), at):
            return
        if timed_delivery(owner, at, agreed.due_at).way is TimedWay.SEND:
            self._send(owner, at, Moment.HOUR_BEFORE, agreed)
            self._check_in(number, at)

    def _plan_list(self, user: str, after: datetime) -> None:
        self._later(next_list_at(self.people[user], after), lambda at: self._list(user, at))

    def _list(self, user: str, at: datetime) -> None:
        member = self.people[user]
        day = list_due(member, at)
        assert day is not None, (user, at)
        self.people[user] = member = replace(member, last_list_on=day)
        self._plan_list(user, at)
        plan = layout(due_prompts(member, self._candidates(user), at), self.held[user])
        if plan.is_empty:
            return
        self._send(member, at, Moment.LIST)
        self.held[user] = 0
        for react in self.waiting.pop(user, []):
            react(at)
        for item in plan.items:
            self._was_asked(user, item, at)

    def _candidates(self, user: str) -> list[Candidate]:
        mine = (one for one in self.open.values() if user in one.parties)
        return [
            Candidate(
                expectation=one,
                other=self.people[one.other(user) or user],
                asked=tuple(self.asked[user, one.number]),
                last_said=self.said.get(one.number) if one.owner == user else None,
            )
            for one in mine
        ]

    def _was_asked(self, user: str, item: Item, at: datetime) -> None:
        carried = Asked(
            user=user,
            number=item.number,
            prompt=item.prompt,
            key=item.key,
            ordinal=item.ordinal,
            at=at,
            message="m",
        )
        names = {(one.prompt, one.key, one.ordinal) for one in self.asked[user, item.number]}
        assert (item.prompt, item.key, item.ordinal) not in names
        self.asked[user, item.number].append(carried)
        now = self.open[item.number]
        if item.prompt is Prompt.OVERDUE:
            self.open[item.number] = replace(now, asked=(*now.asked, at))
        if item.prompt is Prompt.CHECK_IN:
            self._later(self._at_work(user, at, 3), lambda then: self._check_in(now.number, then))

    def _check_in(self, number: int, at: datetime) -> None:
        now = self.open[number]
        if now.status is not Status.ACTIVE:
            return
        self.said[number] = at
        verb = CheckIn.AT_RISK if self.pick.random() < 0.2 else CheckIn.ON_TRACK
        self._happen(now, now, verb, now.owner, at)
