"""Forgetting somebody: what is open is let go, then a tombstone takes their place everywhere."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.domain.conversation import apply
from bot.domain.expectation import CLOCK, Action
from bot.domain.forgetting import leaving, tombstone
from bot.services.actor import Actor
from bot.services.freshen import NewId, refresh_homes, update
from bot.services.inbox import refuse_late
from bot.services.people import lock_member
from bot.services.ports import Store, UnitOfWork
from bot.services.record import lock, parties, record


@dataclass(frozen=True, slots=True, kw_only=True)
class Forgotten:
    """What forgetting somebody did."""

    known: bool  # False: nothing was kept about them
    let_go: int = 0  # how many open ones were


@dataclass(frozen=True, slots=True)
class Forget:
    """Forgets people; nothing else ever changes what somebody wrote or did."""

    store: Store
    clock: Callable[[], datetime]
    wake: Callable[[], None]
    new_id: NewId

    def forget(self, actor: Actor) -> Forgotten:
        """Forget who acts, in one transaction, and keep no key of it: that would name them.

        A second delivery finds nobody, and changes nothing.
        """
        at = self.clock()
        with self.store.write(actor.workspace) as uow:
            forgotten = _forget(uow, actor.user, at, self.new_id)
            refuse_late(actor)
        self.wake()
        return forgotten


def _forget(uow: UnitOfWork, user: str, at: datetime, new_id: NewId) -> Forgotten:
    concerned = uow.forgetting.concerned(user)
    uow.expectations.lock(concerned)  # all, before any message: in their order
    member = lock_member(uow, user)
    if member is None and not concerned:
        return Forgotten(known=False)
    let_go = 0
    if member is not None:
        uow.members.save(leaving(member))
        let_go = _let_go(uow, user, at, new_id)
    uow.forgetting.silence(user, at)
    others, posts = uow.forgetting.others(user), uow.forgetting.posts(user)
    uow.forgetting.bury(user, member.name if member else "", tombstone(new_id()), at)
    for message_id in posts:
        post = uow.messages.get(message_id)
        if post is not None:
            uow.messages.add(update(post, at, new_id()))
    refresh_homes(uow, others, at, new_message_id=new_id)
    return Forgotten(known=True, let_go=let_go)


def _let_go(uow: UnitOfWork, user: str, at: datetime, new_id: NewId) -> int:
    """End what is open, as when somebody leaves: it counts nowhere, and the others are told."""
    done = 0
    for number in uow.expectations.of_party(user):
        expectation = lock(uow, number)
        if expectation is None or expectation.closed_at is not None:
            continue  # what it put right has ended it meanwhile
        people = parties(uow, expectation)
        last = uow.expectations.last_event(number)
        change = apply(expectation, Action.GONE, by=CLOCK, at=at, people=people, last_event=last)
        record(uow, change, people, at, new_message_id=new_id)
        done += 1
    return done
