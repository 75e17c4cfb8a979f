"""A channel's monthly pulse: three statements, counted without the person."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

FLOOR = 5
"""So many people have to be in it to be asked, and so many answers there have to be to be shown."""

LOOKS_BACK = timedelta(days=90)
"""Who took part in the channel's shared agreements since then is in it."""

ASKED_FROM = 15
"""The day of the month from which it is asked: it is to speak of the month."""


class Statement(StrEnum):
    """What is asked, in its order."""

    CLEAR = "clear"  # it is clear to me what is expected of me
    SHARE = "share"  # I carry a fair share
    SAY_NO = "say_no"  # I can say no


class Said(StrEnum):
    """What is answered to a statement."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"


Answers = Mapping[Statement, Said]
"""One person's answers, to all three; they are added to the counts and forgotten."""

Counts = Mapping[Statement, Mapping[Said, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pulse:
    """A month's answers of a channel, which may be shown."""

    channel: str
    month: date  # its first day
    counts: Counts

    @property
    def answers(self) -> int:
        """How many answered."""
        return sum(self.counts[Statement.CLEAR].values())


def month_of(day: date) -> date:
    """Return the first day of a day's month, which names it."""
    return day.replace(day=1)


def ends_at(month: date) -> datetime:
    """Return when a month's answers are complete: it is over in every zone by then."""
    following = (month.replace(day=1) + timedelta(days=31)).replace(day=1)
    return datetime(following.year, following.month, following.day, 12, tzinfo=UTC)


def pulse_key(channel: str, month: date) -> str:
    """Name a channel's pulse of a month."""
    return f"{channel}/{month:%Y-%m}"


def read_pulse_key(key: str) -> tuple[str, date]:
    """Read what `pulse_key` wrote.

    Raises:
        ValueError: it is anything else.

    """
    channel, _, month = key.partition("/")
    if not channel:
        msg = "a pulse's key is none of ours"
        raise ValueError(msg)
    return channel, datetime.strptime(month, "%Y-%m").replace(tzinfo=UTC).date()
