"""A channel's goals: set, shown, measured, closed and reopened."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal

from bot.domain.asides import Aside
from bot.domain.due import Due
from bot.domain.errors import (
    InvalidInputError,
    NotAllowedError,
    NotYoursError,
    UnknownIdError,
)
from bot.domain.expectation import Expectation, Visibility
from bot.domain.goal import Goal, GoalStatus, Measure, MeasureUpdate, review_key
from bot.domain.member import Member
from bot.domain.visibility import View, may_see
from bot.services import notify
from bot.services.actor import Actor
from bot.services.asides import refresh_asked
from bot.services.day_off import refuse_past
from bot.services.inbox import answered, remember
from bot.services.notify import NewId
from bot.services.people import Directory
from bot.services.places import default_visibility, note_channel, parties_under
from bot.services.ports import Store, UnitOfWork

PAGE = 10
TITLE_LENGTH = 300
REOPEN_WITHIN = timedelta(days=7)

_ITEMS = 500
_UPDATES = 5

_NO_EXPECTATION = 0
"""Refusals carry an expectation's number; a goal's would be taken for one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalDraft:
    """What a goal is to be."""

    title: str
    day: date
    why: str = ""
    gain: str = ""
    measure: Measure | None = None
    champion: str | None = None  # None: who sets it
    review_on: date | None = None
    visibility: Visibility | None = None  # None: channel in a channel, private elsewhere


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalShown:
    """A goal as its reader sees it."""

    goal: Goal
    reader: Member
    people: Mapping[str, Member]
    items: tuple[Expectation, ...]  # under it, those that the reader may see here
    may_close: bool
    may_update: bool
    reopen_until: datetime | None  # of a closed one that may still be reopened
    now: datetime
    updates: tuple[MeasureUpdate, ...] = ()  # the last of the measure, the latest first
    repeated: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalList:
    """One page of the goals that the reader may see here."""

    goals: tuple[Goal, ...]
    reader: Member
    people: Mapping[str, Member]
    page: int
    more: bool
    now: datetime


@dataclass(frozen=True, slots=True)
class Goals:
    """Everything one does with goals."""

    store: Store
    directory: Directory
    clock: Callable[[], datetime]
    wake: Callable[[], None]
    new_id: NewId

    def create(self, actor: Actor, draft: GoalDraft) -> GoalShown:
        """Set a goal.

        Raise InvalidInputError (keys what, when, measure), PersonError or PastDueError.
        """
        champion = draft.champion or actor.user
        others = () if champion == actor.user else (champion,)
        members = self.directory.askable(actor.workspace, others, actor.user)
        me, at = members[actor.user], self.clock()
        _check(actor, draft)
        with self.store.write(actor.workspace) as uow:
            before = answered(uow, actor)
            if before is not None:
                goal = _present(uow, actor, int(before["goal"]))
                return replace(_shown(uow, actor, goal, me, at), repeated=True)
            refuse_past(Due(draft.day), me, (me,), at)
            goal = Goal(
                number=uow.goals.take_number(),
                channel=actor.channel or actor.user,
                title=draft.title.strip(),
                creator=actor.user,
                champion=champion,
                day=draft.day,
                created_at=at,
                visibility=draft.visibility or default_visibility(actor),
                why=draft.why,
                gain=draft.gain,
                measure=draft.measure,
                review_on=draft.review_on,
            )
            note_channel(uow, actor)
            uow.goals.insert(goal)
            if goal.measure is not None:
                uow.goals.add_update(goal.number, actor.user, at, str(goal.measure.now))
            shown = self._changed(uow, actor, goal, me, at)
        self.wake()
        return shown

    def edit(self, actor: Actor, number: int, draft: GoalDraft) -> GoalShown:
        """Say anew what an open goal is to be; by champion or creator.

        A champion who is not named stays. Raise as `create` does, and NotYoursError.
        """
        named = () if draft.champion in {None, actor.user} else (draft.champion or "",)
        members = self.directory.askable(actor.workspace, named, actor.user)
        _check(actor, draft)

        def edited(uow: UnitOfWork, goal: Goal, at: datetime) -> Goal:
            _keepers_only(goal, actor.user, "goal_edit")
            if goal.status is not GoalStatus.OPEN:
                raise NotAllowedError(_NO_EXPECTATION, "goal_edit")
            if draft.day != goal.day:
                me = members[actor.user]
                refuse_past(Due(draft.day), me, (me,), at)
            now = draft.measure.now if draft.measure else None
            if now is not None and (goal.measure is None or goal.measure.now != now):
                uow.goals.add_update(number, actor.user, at, str(now))
            return replace(
                goal,
                title=draft.title.strip(),
                day=draft.day,
                why=draft.why,
                gain=draft.gain,
                measure=draft.measure,
                champion=draft.champion or goal.champion,
                review_on=draft.review_on,
            )

        return self._change(actor, number, edited)

    def show(self, actor: Actor, number: int) -> GoalShown:
        """Show one; raise UnknownIdError where it is not there or not to be seen here."""
        me = self.directory.member(actor.workspace, actor.user)
        with self.store.read(actor.workspace) as uow:
            return _shown(uow, actor, _present(uow, actor, number), me, self.clock())

    def listing(self, actor: Actor, page: int = 0) -> GoalList:
        """List the channel's goals, or in direct messages one's own; open ones first."""
        me = self.directory.member(actor.workspace, actor.user)
        first, last = page * PAGE, (page + 1) * PAGE
        with self.store.read(actor.workspace) as uow:
            if actor.in_channel and actor.channel is not None:
                seen = [
                    goal
                    for goal in uow.goals.in_channel(actor.channel, _ITEMS)
                    if _may_see(uow, actor, goal)
                ][first : last + 1]
            else:
                seen = uow.goals.of_user(actor.user, first, PAGE + 1)
            people = uow.members.get_many({goal.champion for goal in seen})
        return GoalList(
            goals=tuple(seen[:PAGE]),
            reader=me,
            people=people,
            page=page,
            more=len(seen) > PAGE,
            now=self.clock(),
        )

    def update(self, actor: Actor, number: int, value: Decimal) -> GoalShown:
        """Say where the measure stands.

        Whoever has a part in it may: champion, creator, and the parties of what is under it;
        others read in NotYoursError whom to ask. Raise InvalidInputError (measure) without one.
        """

        def move(uow: UnitOfWork, goal: Goal, at: datetime) -> Goal:
            if not _has_part(uow, goal, actor.user):
                raise NotYoursError(_NO_EXPECTATION, "goal_update", _keepers(goal))
            if goal.measure is None:
                raise InvalidInputError({"measure": "This goal has no measure."})
            if not value.is_finite():
                raise InvalidInputError({"measure": "Name a number."})
            if goal.status is not GoalStatus.OPEN:
                raise NotAllowedError(_NO_EXPECTATION, "goal_update")
            uow.goals.add_update(number, actor.user, at, str(value))
            return replace(goal, measure=replace(goal.measure, now=value))

        return self._change(actor, number, move)

    def close(
        self, actor: Actor, number: int, status: GoalStatus, note: str, learnt: str = ""
    ) -> GoalShown:
        """Close it as met, missed or dropped, with a note and what was learnt; by its keepers.

        Raise InvalidInputError (key note) without one.
        """

        def end(_: UnitOfWork, goal: Goal, at: datetime) -> Goal:
            _keepers_only(goal, actor.user, "goal_close")
            if goal.status is not GoalStatus.OPEN or status is GoalStatus.OPEN:
                raise NotAllowedError(_NO_EXPECTATION, "goal_close")
            if not note.strip():
                raise InvalidInputError({"note": "Say in a line how it ended."})
            return replace(
                goal, status=status, note=note.strip(), learnt=learnt.strip(), closed_at=at
            )

        return self._change(actor, number, end)

    def reopen(self, actor: Actor, number: int) -> GoalShown:
        """Open it again within seven days; by champion or creator."""

        def open_again(_: UnitOfWork, goal: Goal, at: datetime) -> Goal:
            _keepers_only(goal, actor.user, "goal_reopen")
            until = _reopen_until(goal, at)
            if until is None:
                reason = "too_late" if goal.closed_at else "is_open"
                raise NotAllowedError(_NO_EXPECTATION, "goal_reopen", reason)
            return replace(goal, status=GoalStatus.OPEN, closed_at=None)

        return self._change(actor, number, open_again)

    def _change(
        self, actor: Actor, number: int, change: Callable[[UnitOfWork, Goal, datetime], Goal]
    ) -> GoalShown:
        """Change a goal that the actor may see, in one transaction."""
        me, at = self.directory.member(actor.workspace, actor.user), self.clock()
        with self.store.write(actor.workspace) as uow:
            again = answered(uow, actor) is not None
            goal = _present(uow, actor, number, locked=True)
            if again:
                return replace(_shown(uow, actor, goal, me, at), repeated=True)
            after = change(uow, goal, at)
            uow.goals.save(after)
            if goal.review_on is not None:  # the list that asked about it says what became of it
                asked = (goal.champion, Aside.GOAL_REVIEW, review_key(goal))
                refresh_asked(uow, *asked, at, new_message_id=self.new_id)
            shown = self._changed(uow, actor, after, me, at)
        self.wake()
        return shown

    def _changed(
        self, uow: UnitOfWork, actor: Actor, goal: Goal, me: Member, at: datetime
    ) -> GoalShown:
        """Bring the Homes of its keepers up to date, and answer."""
        notify.refresh_homes(uow, set(_keepers(goal)), at, new_message_id=self.new_id)
        remember(uow, actor, {"goal": str(goal.number)}, at)
        return _shown(uow, actor, goal, me, at)


def _check(actor: Actor, draft: GoalDraft) -> None:
    errors = {}
    if not draft.title.strip():
        errors["what"] = "Say what the goal is, in a line."
    elif len(draft.title.strip()) > TITLE_LENGTH:
        errors["what"] = f"At most {TITLE_LENGTH} characters; the rest can say why it matters."
    if draft.review_on is not None and draft.review_on > draft.day:
        errors["review"] = "Review it on the day or before."
    if draft.visibility is Visibility.CHANNEL and not actor.in_channel:
        errors["visibility"] = "Set it in the channel that may see it."
    if errors:
        raise InvalidInputError(errors)


def _present(uow: UnitOfWork, actor: Actor, number: int, *, locked: bool = False) -> Goal:
    """Return a goal that the actor may see here; raise UnknownIdError otherwise."""
    goal = uow.goals.get_for_update(number) if locked else uow.goals.get(number)
    if goal is None or not _may_see(uow, actor, goal):
        raise UnknownIdError(f"G-{number}")
    return goal


def _may_see(uow: UnitOfWork, actor: Actor, goal: Goal) -> bool:
    if may_see(actor.user, goal, actor.channel) is not View.NONE:
        return True
    under = parties_under(uow, goal.number)
    return may_see(actor.user, goal, actor.channel, under) is not View.NONE


def _keepers(goal: Goal) -> tuple[str, ...]:
    """Return who closes and reopens a goal: its champion first."""
    return tuple(dict.fromkeys((goal.champion, goal.creator)))


def _keepers_only(goal: Goal, user: str, action: str) -> None:
    if user not in _keepers(goal):
        raise NotYoursError(_NO_EXPECTATION, action, _keepers(goal))


def _has_part(uow: UnitOfWork, goal: Goal, user: str) -> bool:
    return user in _keepers(goal) or user in parties_under(uow, goal.number)


def _reopen_until(goal: Goal, at: datetime) -> datetime | None:
    if goal.closed_at is None or at > goal.closed_at + REOPEN_WITHIN:
        return None
    return goal.closed_at + REOPEN_WITHIN


def _shown(uow: UnitOfWork, actor: Actor, goal: Goal, me: Member, at: datetime) -> GoalShown:
    under = uow.expectations.of_goal(goal.number, _ITEMS)
    items = tuple(
        item for item in under if may_see(actor.user, item, actor.channel) is not View.NONE
    )
    updates = uow.goals.updates(goal.number, _UPDATES) if goal.measure is not None else []
    named = {user for item in items for user in item.parties} | set(_keepers(goal))
    named |= {one.by for one in updates}
    keeps, is_open = actor.user in _keepers(goal), goal.status is GoalStatus.OPEN
    has_part = keeps or any(actor.user in item.parties for item in under)
    return GoalShown(
        goal=goal,
        reader=me,
        people=uow.members.get_many(named),
        items=items,
        may_close=keeps and is_open,
        may_update=has_part and is_open and goal.measure is not None,
        reopen_until=_reopen_until(goal, at) if keeps else None,
        now=at,
        updates=tuple(updates),
    )
