"""A person in a workspace, and when they may be written to."""

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from zoneinfo import ZoneInfo


class Cadence(StrEnum):
    """How often an owner wants to be asked about agreed work."""

    NORMAL = "normal"
    DAILY = "daily"
    WEEKLY = "weekly"


class Stoppable(StrEnum):
    """What a member can ask the bot to leave out."""

    WORTH_IT = "worth_it"
    FAIRNESS = "fairness"
    PULSE = "pulse"
    CONCENTRATION = "concentration"
    CHARTER_REVIEW = "charter_review"
    GOAL_REVIEW = "goal_review"
    GAIN_HINT = "gain_hint"
    FEWER_WITH_TRUST = "fewer_with_trust"


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A person; workdays count from Monday = 0 and are never empty."""

    user: str
    name: str
    zone: ZoneInfo
    locale: str = "en-US"
    check_in: time = time(9, 30)
    workdays: frozenset[int] = frozenset(range(5))
    quiet_from: time = time(19)
    quiet_until: time = time(8)
    away_from: date | None = None
    away_until: date | None = None  # the day of return: the first one not away
    cadence: Cadence = Cadence.NORMAL
    stopped: frozenset[Stoppable] = frozenset()  # what is left out at their wish
    country: str | None = None  # whose public holidays are days off; None: none
    holidays: frozenset[date] = frozenset()  # the country's, as values
    active: bool = True  # False once they left or were deactivated
    is_bot: bool = False
    is_stranger: bool = False  # of another organisation
    conversation: str | None = None  # their direct messages with the bot, once Slack named them
    welcomed_at: datetime | None = None  # when the two lines of a first meeting were sent
    checked_at: datetime | None = None  # when zone, locale and state were last read from Slack
    last_list_on: date | None = None  # the nominal local date of the last list planned
    next_list_at: datetime | None = None
    worth: str | None = None  # what makes work worth it for them, in a line of their own
