"""What people answer about goals in their lists: still right, raise it, it is fine as it is."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.domain.asides import Aside
from bot.domain.errors import NotAllowedError, NotYoursError, UnknownIdError
from bot.domain.goal import (
    Carried,
    Goal,
    GoalStatus,
    next_review,
    read_carried_key,
    read_review_key,
    review_key,
)
from bot.domain.member import Member
from bot.domain.messages import Moment
from bot.domain.schedule import notices
from bot.domain.schedule.local import local_day
from bot.domain.schedule.notices import Delivery
from bot.services.actor import Actor
from bot.services.asides import refresh_asked
from bot.services.goal_asides import keeper, reviewer
from bot.services.inbox import answered, remember
from bot.services.notify import NewId
from bot.services.people import Directory
from bot.services.ports import Store, UnitOfWork
from bot.services.raised import raised

NOTE_LENGTH = 300

_NO_EXPECTATION = 0
"""Refusals carry an expectation's number; there is none here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Raised:
    """What somebody answered who carries most of a goal."""

    goal: Goal
    said: Carried
    keeper: Member | None
    way: Delivery | None = None  # when the keeper reads it; None: nothing is sent


@dataclass(frozen=True, slots=True)
class GoalAnswers:
    """Takes the answers; what somebody carries is between them and whom they raise it with."""

    store: Store
    directory: Directory
    clock: Callable[[], datetime]
    wake: Callable[[], None]
    new_id: NewId

    def still_right(self, actor: Actor, key: str) -> date:
        """Have a goal looked at again later; by its reviewer. Return that day.

        Raise UnknownIdError, NotYoursError, or NotAllowedError (goal_moved, goal_day).
        """
        me, at = self.directory.member(actor.workspace, actor.user), self.clock()
        number, day = read_review_key(key)
        with self.store.write(actor.workspace) as uow:
            again = answered(uow, actor) is not None
            goal = uow.goals.get_for_update(number)
            asked = uow.asides.get(actor.user, Aside.GOAL_REVIEW, key)
            if goal is None or asked is None:
                raise UnknownIdError(f"G-{number}")
            if again and goal.review_on is not None:
                return goal.review_on
            asks = reviewer(uow, goal)
            if actor.user != asks:
                raise NotYoursError(_NO_EXPECTATION, "goal_still", (asks,))
            if goal.status is not GoalStatus.OPEN or goal.review_on != day:
                raise NotAllowedError(_NO_EXPECTATION, "goal_still", "goal_moved")
            following = next_review(goal, local_day(at, me.zone))
            if following is None:
                raise NotAllowedError(_NO_EXPECTATION, "goal_still", "goal_day")
            uow.goals.save(replace(goal, review_on=following))
            refresh_asked(
                uow,
                actor.user,
                Aside.GOAL_REVIEW,
                review_key(goal),
                at,
                new_message_id=self.new_id,
            )
            remember(uow, actor, {"goal": str(number)}, at)
        self.wake()
        return following

    def asked(self, actor: Actor, key: str) -> tuple[Goal, Member]:
        """Return what somebody was told, and with whom they can raise it.

        Raise UnknownIdError where they were not, or nobody is there; NotAllowedError once it is
        answered or the goal is closed.
        """
        with self.store.read(actor.workspace) as uow:
            goal, who, said = _told(uow, actor, key)
            if said is not None or goal.status is not GoalStatus.OPEN:
                raise NotAllowedError(_NO_EXPECTATION, "raise")
            if who is None:
                raise UnknownIdError(goal.id)
            return goal, who

    def raise_it(self, actor: Actor, key: str, note: str) -> Raised:
        """Tell the goal's champion, and nobody else, that most of it is with the actor.

        To the champion, and once that one left, it is the goal's creator. Raise as `asked` does.
        """
        return self._answer(actor, key, " ".join(note.split())[:NOTE_LENGTH], tell=True)

    def leave_it(self, actor: Actor, key: str) -> Raised:
        """Note that it is fine as it is; nobody is told. Raise as `asked` does."""
        return self._answer(actor, key, "", tell=False)

    def _answer(self, actor: Actor, key: str, note: str, *, tell: bool) -> Raised:
        at = self.clock()
        number, quarter = read_carried_key(key)
        with self.store.write(actor.workspace) as uow:
            again = answered(uow, actor) is not None
            uow.goals.get_for_update(number)
            goal, who, said = _told(uow, actor, key)
            if said is not None and again:
                return Raised(goal=goal, said=said, keeper=who)
            if said is not None or goal.status is not GoalStatus.OPEN:
                raise NotAllowedError(_NO_EXPECTATION, "raise")
            carried = Carried(goal=number, user=actor.user, quarter=quarter, at=at)
            way = None
            if tell:
                if who is None:
                    raise UnknownIdError(goal.id)
                way = notices.delivery(Moment.NEED_HELP, who, None, at)
                message = raised(carried, who, way, at, self.new_id())
                uow.messages.add(message)
                carried = replace(carried, note=note, message=message.id)
            uow.carried.add(carried)
            refresh_asked(uow, actor.user, Aside.CONCENTRATION, key, at, new_message_id=self.new_id)
            remember(uow, actor, {"goal": str(number)}, at)
        self.wake()
        return Raised(goal=goal, said=carried, keeper=who, way=way)


def _told(uow: UnitOfWork, actor: Actor, key: str) -> tuple[Goal, Member | None, Carried | None]:
    """Return what the actor was told; to others there is no such thing."""
    number, quarter = read_carried_key(key)
    goal = uow.goals.get(number)
    asked = uow.asides.get(actor.user, Aside.CONCENTRATION, key)
    if goal is None or asked is None:
        raise UnknownIdError(f"G-{number}")
    return goal, keeper(uow, goal, actor.user), uow.carried.get(number, actor.user, quarter)
