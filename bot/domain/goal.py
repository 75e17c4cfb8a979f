"""A channel's shared goal."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum


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
    closed_at: datetime | None = None

    @property
    def id(self) -> str:
        """The name that people read and type."""
        return f"G-{self.number}"
