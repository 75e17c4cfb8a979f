"""Answers to what both of two are asked: worth it, and whether give and take feels fair."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.domain.asides import Aside
from bot.domain.errors import NotAllowedError, UnknownIdError
from bot.domain.opinions import FITTING, Exchange, Opinion, Said, Topic
from bot.services.actor import Actor
from bot.services.asides import refresh_asked
from bot.services.inbox import answered, remember
from bot.services.notify import NewId
from bot.services.pair_asides import Question, question_of
from bot.services.ports import Store, UnitOfWork

ASIDE_OF = {Topic.WORTH_IT: Aside.WORTH_IT, Topic.FAIRNESS: Aside.FAIRNESS}

_NO_EXPECTATION = 0
"""Refusals carry an expectation's number; fairness is about none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchanged:
    """What somebody did with their answer, and what they read of both now."""

    question: Question
    mine: Said
    theirs: Said | None  # None until both share


@dataclass(frozen=True, slots=True)
class Opine:
    """Takes answers, and shows them to the other where both want that.

    Every method raises UnknownIdError where the actor was not asked that: until both share,
    nobody can find out what the other was asked or said.
    """

    store: Store
    clock: Callable[[], datetime]
    wake: Callable[[], None]
    new_id: NewId

    def say(self, actor: Actor, topic: Topic, key: str, opinion: Opinion) -> Exchanged:
        """Answer what a list asked; another answer counts until both share."""
        if opinion not in FITTING[topic]:
            raise NotAllowedError(_NO_EXPECTATION, "opine")

        def add(exchange: Exchange, question: Question, at: datetime) -> Exchange:
            said = Said(
                topic=topic,
                about=question.about,
                by=actor.user,
                other=question.other,
                opinion=opinion,
                at=at,
            )
            return exchange.say(said)

        return self._do(actor, topic, key, add)

    def share(self, actor: Actor, topic: Topic, key: str) -> Exchanged:
        """Show one's answer if the other shows theirs."""
        return self._do(actor, topic, key, lambda exchange, _, at: exchange.share(actor.user, at))

    def unshare(self, actor: Actor, topic: Topic, key: str) -> Exchanged:
        """Take that back; raise AlreadySharedError once both did."""
        return self._do(actor, topic, key, lambda exchange, _, __: exchange.unshare(actor.user))

    def _do(
        self,
        actor: Actor,
        topic: Topic,
        key: str,
        change: Callable[[Exchange, Question, datetime], Exchange],
    ) -> Exchanged:
        at = self.clock()
        with self.store.write(actor.workspace) as uow:
            again = answered(uow, actor) is not None
            question = _asked(uow, actor, topic, key)
            for user in question.between:  # both may press at the same moment
                uow.members.get_for_update(user)
            before = uow.opinions.exchange(topic, question.about, *question.between)
            after = before if again else change(before, question, at)
            if actor.user not in after.said:
                raise UnknownIdError(key)
            if after != before:
                _save(uow, before, after)
                self._refresh(uow, question, before, after, at)
                remember(uow, actor, {"key": key}, at)
        self.wake()
        seen = after.seen_by(actor.user)
        return Exchanged(question=question, mine=seen[actor.user], theirs=seen.get(question.other))

    def _refresh(
        self, uow: UnitOfWork, question: Question, before: Exchange, after: Exchange, at: datetime
    ) -> None:
        """Bring the lists up to date that asked it: the other's only once it is shown there."""
        for user in question.between:
            if after.seen_by(user) != before.seen_by(user):
                refresh_asked(
                    uow,
                    user,
                    ASIDE_OF[question.topic],
                    question.key_of(user),
                    at,
                    new_message_id=self.new_id,
                )


def _asked(uow: UnitOfWork, actor: Actor, topic: Topic, key: str) -> Question:
    """Return what the actor was asked."""
    asked = uow.asides.get(actor.user, ASIDE_OF[topic], key)
    question = None if asked is None else question_of(uow, topic, actor.user, key)
    if question is None:
        raise UnknownIdError(key)
    return question


def _save(uow: UnitOfWork, before: Exchange, after: Exchange) -> None:
    for user, said in after.said.items():
        if before.said.get(user) != said:
            uow.opinions.save(said)
