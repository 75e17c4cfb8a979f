"""What a list asks about goals: whether one is still right, and who carries most of one."""

from collections import Counter
from datetime import datetime

from bot.domain.asides import Aside
from bot.domain.expectation import Status
from bot.domain.give_and_take import Quarter
from bot.domain.goal import (
    Goal,
    GoalStatus,
    Load,
    carried_key,
    next_review,
    read_carried_key,
    read_review_key,
    review_key,
)
from bot.domain.member import Member
from bot.domain.schedule.local import local_day
from bot.domain.views import AsideView
from bot.services.places import UNDER_GOAL
from bot.services.ports import UnitOfWork

_REVIEWS = 20
_LOADS = 50


def goal_review_due(uow: UnitOfWork, reader: Member, at: datetime) -> str | None:
    """Return which goal its keeper is asked about now: each review day asks once."""
    goals = uow.goals.to_review(reader.user, local_day(at, reader.zone), _REVIEWS)
    keys = [review_key(goal) for goal in goals]
    asked = uow.asides.among(reader.user, Aside.GOAL_REVIEW, keys)
    return next((key for key in keys if key not in asked), None)


def goal_review_shown(uow: UnitOfWork, reader: Member, key: str, at: datetime) -> AsideView | None:
    """Show a review as it stands: open, or what became of the goal since."""
    number, day = read_review_key(key)
    goal = uow.goals.get(number)
    if goal is None:
        return None
    if goal.status is not GoalStatus.OPEN:
        answered = "closed"
    elif reviewer(uow, goal) != reader.user:
        answered = "handed_on"
    else:
        answered = "" if goal.review_on == day else "moved"
    following = next_review(goal, local_day(at, reader.zone)) if not answered else goal.review_on
    return AsideView(
        kind=Aside.GOAL_REVIEW,
        key=key,
        goal=goal,
        args={} if following is None else {"next": following.isoformat()},
        answered=answered,
    )


def concentration_due(uow: UnitOfWork, reader: Member, at: datetime) -> str | None:
    """Return of which goal a reader carries most: once a goal and quarter."""
    quarter = Quarter.of(local_day(at, reader.zone)).key
    loads = [load for load in uow.carried.loads(reader.user, _LOADS) if load.is_most]
    keys = [carried_key(load.goal, quarter) for load in loads]
    asked = uow.asides.among(reader.user, Aside.CONCENTRATION, keys)
    return next((key for key in keys if key not in asked), None)


def concentration_shown(
    uow: UnitOfWork, reader: Member, key: str, _at: datetime
) -> AsideView | None:
    """Tell who carries most of a goal, as it stands, and what they answered."""
    number, quarter = read_carried_key(key)
    goal = uow.goals.get(number)
    if goal is None or goal.status is not GoalStatus.OPEN:
        return None
    load = load_of(uow, number, reader.user)
    said = uow.carried.get(number, reader.user, quarter)
    answered = ""
    if said is not None:
        answered = "fine" if said.message is None else "raised"
    elif load is None or not load.is_most:
        answered = "over"
    who = keeper(uow, goal, reader.user)
    args = {} if load is None else {"mine": str(load.mine), "open": str(load.open_now)}
    return AsideView(
        kind=Aside.CONCENTRATION,
        key=key,
        goal=goal,
        who=None if who is None else who.user,
        people={} if who is None else {who.user: who},
        args=args,
        answered=answered,
    )


def load_of(uow: UnitOfWork, goal: int, user: str) -> Load | None:
    """Return how much somebody carries of a goal now; None where that is nothing."""
    return next((load for load in uow.carried.loads(user, _LOADS) if load.goal == goal), None)


def keeper(uow: UnitOfWork, goal: Goal, user: str) -> Member | None:
    """Return with whom somebody can raise how a goal is carried; None where nobody is there.

    Who keeps it alone raises it with who asked for most of what they carry.
    """
    mine = (it for it in uow.expectations.of_goal(goal.number, UNDER_GOAL) if it.owner == user)
    asked = Counter(it.requester for it in mine if it.status is Status.ACTIVE and it.requester)
    others = (*goal.other_keepers(user), *(requester for requester, _ in asked.most_common()))
    found = (uow.members.get(other) for other in others)
    return next((member for member in found if member is not None and member.active), None)


def reviewer(uow: UnitOfWork, goal: Goal) -> str:
    """Return who is asked on its review day: its champion, or its creator once that one left."""
    champion = uow.members.get(goal.champion)
    return goal.creator if champion is not None and not champion.active else goal.champion
