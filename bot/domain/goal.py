"""A channel's shared goal, the days on which it is looked at again, and who carries it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum

ENOUGH_OPEN = 3
"""Of fewer open ones, one more or less decides who carries most."""
ENOUGH_PEOPLE = 2
"""Where nobody else ever carried anything, there is nobody to share with."""

_WEEK, _MONTH = timedelta(days=7), timedelta(days=30)


class GoalStatus(StrEnum):
    """Where a goal stands."""

    OPEN = "open"
    MET = "met"
    MISSED = "missed"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """A number that shows how far a goal has come."""

    start: Decimal
    now: Decimal
    target: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """A goal; closed and reopened by its champion or creator."""

    number: int  # shown as G-3; per workspace, gapless
    channel: str
    title: str
    creator: str
    champion: str
    day: date
    created_at: datetime
    visibility: str = "channel"
    why: str = ""
    gain: str = ""  # the team's
    measure: Measure | None = None
    review_on: date | None = None
    status: GoalStatus = GoalStatus.OPEN
    note: str = ""  # the closing note
    learnt: str = ""  # what was learnt from it, said with the note
    closed_at: datetime | None = None

    @property
    def id(self) -> str:
        """The name that people read and type."""
        return f"G-{self.number}"

    def other_keepers(self, user: str) -> tuple[str, ...]:
        """Return who else looks after it: the champion, then who stands in, its creator."""
        return tuple(
            dict.fromkeys(keeper for keeper in (self.champion, self.creator) if keeper != user)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureUpdate:
    """A value that somebody gave to a goal's measure."""

    by: str
    at: datetime
    value: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """How much of a goal's open work, agreed between two, is one person's."""

    goal: int
    mine: int
    open_now: int  # everybody's
    carriers: int  # who carries, or carried, what was agreed under it

    @property
    def is_most(self) -> bool:
        """Tell whether over half of it is theirs, where somebody else could carry some."""
        enough = self.open_now >= ENOUGH_OPEN and self.carriers >= ENOUGH_PEOPLE
        return enough and 2 * self.mine > self.open_now


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """What somebody answered who carries most of a goal: raised with a line, or fine so."""

    goal: int
    user: str
    quarter: str  # 2026-Q4
    at: datetime
    note: str = ""
    message: str | None = None  # the id of the one that raised it; None: it is fine as it is


def next_review(goal: Goal, today: date) -> date | None:
    """Return when a goal that is still right is looked at again; None once its day has come.

    A third of the way to its day, but after a week at the earliest and thirty days at the latest.
    """
    left = goal.day - today
    if left <= timedelta():
        return None
    step = min(max(timedelta(days=left.days // 3), _WEEK), _MONTH)
    return min(today + step, goal.day)


def review_key(goal: Goal) -> str:
    """Return under which key its champion is asked on its review day."""
    return f"{goal.id}/{goal.review_on}"


def read_review_key(key: str) -> tuple[int, date]:
    """Return the goal's number and the review day; raise ValueError where it is no such key."""
    number, _, day = key.removeprefix("G-").partition("/")
    return int(number), date.fromisoformat(day)


def carried_key(goal: int, quarter: str) -> str:
    """Return under which key somebody is told that they carry most of a goal."""
    return f"G-{goal}/{quarter}"


def read_carried_key(key: str) -> tuple[int, str]:
    """Return the goal's number and the quarter; raise ValueError where it is no such key."""
    number, _, quarter = key.removeprefix("G-").partition("/")
    if not quarter:
        raise ValueError(key)
    return int(number), quarter
