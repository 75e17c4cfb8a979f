"""What a list asks about two people: whether it was worth it, and whether it feels fair."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.asides import Aside
from bot.domain.expectation import Expectation
from bot.domain.give_and_take import PERIOD, Given, Quarter
from bot.domain.member import Member
from bot.domain.opinions import Topic
from bot.domain.schedule.local import local_day
from bot.domain.views import AsideView
from bot.services.ports import UnitOfWork

ENOUGH = 3
"""Fewer finished between two in 90 days say nothing about give and take."""

_FRESH = timedelta(days=14)
"""Nobody is asked whether it was worth it when they have long forgotten."""

_LATEST = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What one of two is asked."""

    topic: Topic
    about: str  # E-42, or a quarter: 2026-Q4
    reader: str
    other: str
    expectation: Expectation | None = None

    @property
    def between(self) -> tuple[str, str]:
        """Both, in one order."""
        one, two = sorted((self.reader, self.other))
        return (one, two)

    def key_of(self, user: str) -> str:
        """Return under which key a list asks one of them this."""
        if self.topic is Topic.WORTH_IT:
            return self.about
        return fairness_key(self.other if user == self.reader else self.reader, self.about)


def fairness_key(other: str, quarter: str) -> str:
    """Return under which key somebody is asked about the other in a quarter."""
    return f"{other}/{quarter}"


def question_of(uow: UnitOfWork, topic: Topic, reader: str, key: str) -> Question | None:
    """Return what a key stands for; None where it is between others, or gone."""
    if topic is Topic.FAIRNESS:
        who, _, quarter = key.partition("/")
        return Question(topic=topic, about=quarter, reader=reader, other=who)
    found = uow.expectations.get(int(key.removeprefix("E-")))
    other = found.other(reader) if found is not None and reader in found.parties else None
    if found is None or other is None:
        return None
    return Question(topic=topic, about=key, reader=reader, other=other, expectation=found)


def worth_it_due(uow: UnitOfWork, reader: Member, at: datetime) -> str | None:
    """Return the latest that was met, and that a reader was not asked about yet."""
    finished = uow.between.finished_of(reader.user, at - _FRESH, _LATEST)
    people = uow.members.get_many({_other(one, reader.user) for one in finished})
    keys = [f"E-{one.number}" for one in finished if _is_here(people, _other(one, reader.user))]
    asked = uow.asides.among(reader.user, Aside.WORTH_IT, keys)
    return next((key for key in keys if key not in asked), None)


def fairness_due(uow: UnitOfWork, reader: Member, at: datetime) -> str | None:
    """Return with whom a reader finished most lately, and was not asked about this quarter."""
    finished = uow.between.finished_of(reader.user, at - PERIOD, _LATEST)
    quarter = Quarter.of(local_day(at, reader.zone)).key
    counts = Counter(_other(one, reader.user) for one in finished)
    often = sorted((-count, other) for other, count in counts.items() if count >= ENOUGH)
    people = uow.members.get_many([other for _, other in often])
    keys = [fairness_key(other, quarter) for _, other in often if _is_here(people, other)]
    asked = uow.asides.among(reader.user, Aside.FAIRNESS, keys)
    return next((key for key in keys if key not in asked), None)


def _other(one: Given, reader: str) -> str:
    return one.to if one.by == reader else one.by


def _is_here(people: Mapping[str, Member], user: str) -> bool:
    """Tell whether somebody neither left nor was forgotten."""
    return user in people and people[user].active


def worth_it_shown(uow: UnitOfWork, reader: Member, key: str, _at: datetime) -> AsideView | None:
    """Return the question about something met, with what the reader may see of the answers."""
    return _shown(uow, reader, Aside.WORTH_IT, question_of(uow, Topic.WORTH_IT, reader.user, key))


def fairness_shown(uow: UnitOfWork, reader: Member, key: str, _at: datetime) -> AsideView | None:
    """Return the question about give and take, with what the reader may see of the answers."""
    return _shown(uow, reader, Aside.FAIRNESS, question_of(uow, Topic.FAIRNESS, reader.user, key))


def _shown(
    uow: UnitOfWork, reader: Member, kind: Aside, question: Question | None
) -> AsideView | None:
    if question is None:
        return None
    exchange = uow.opinions.exchange(question.topic, question.about, *question.between)
    seen = exchange.seen_by(reader.user)
    mine, theirs = seen.get(reader.user), seen.get(question.other)
    args = {}
    if mine is not None and mine.shares:
        args["shares"] = "1"
    if theirs is not None:
        args["theirs"] = theirs.opinion.value
    return AsideView(
        kind=kind,
        key=question.key_of(reader.user),
        expectation=question.expectation,
        who=question.other,
        people=uow.members.get_many(question.between),
        args=args,
        answered="" if mine is None else mine.opinion.value,
    )
