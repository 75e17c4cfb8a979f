"""What a line was read as: intents, dues, doubts and the reading that carries them."""

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.due import Due


class Intent(StrEnum):
    """What the person who typed wants."""

    REQUEST = "request"
    OFFER = "offer"
    GOAL = "goal"
    COMMAND = "command"
    FORM = "form"
    UNKNOWN = "unknown"


class Question(StrEnum):
    """What the form still has to ask."""

    WHO = "who"
    WHAT = "what"
    WHEN = "when"


class Doubt(StrEnum):
    """Why a date was asked instead of taken."""

    MISSING = "missing"
    VAGUE = "vague"
    AMBIGUOUS = "ambiguous"
    UNMARKED = "unmarked"
    TWO_DATES = "two_dates"
    DAY_OFF = "day_off"
    PAST = "past"
    FAR = "far"
    IMPOSSIBLE = "impossible"
    GAP = "gap"
    FOLD = "fold"
    BEFORE = "before"
    FIRST = "first"
    GOAL_HOUR = "goal_hour"
    GOAL_SERIES = "goal_series"


@dataclass(frozen=True, slots=True)
class When:
    """What one date expression means.

    Certain: `due` is set and `doubt` is None. Asked: `due` is None, `doubt` says why and
    `readings` are offered. A series' `rrule` may be certain while its first slot is asked.
    """

    due: Due | None = None
    rrule: str | None = None
    readings: tuple[Due, ...] = ()
    doubt: Doubt | None = None
    off_day: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """A typed line, read.

    `rest` is what came after the first 300 characters of `result`; `typed_date` the tail that
    was read or doubted as the date; `mentions` the user ids in the text after the owners;
    `links` the addresses in it.
    """

    intent: Intent
    command: str | None = None
    owners: tuple[str, ...] = ()
    for_whom: str | None = None
    result: str = ""
    due: Due | None = None
    rrule: str | None = None
    questions: tuple[Question, ...] = ()
    readings: tuple[Due, ...] = ()
    rest: str = ""
    typed_date: str = ""
    reason: Doubt | None = None
    everyone: bool = False
    off_day: bool = False
    mentions: tuple[str, ...] = ()
    links: tuple[str, ...] = ()

    @property
    def full_result(self) -> str:
        """Return the result uncut, as typed."""
        return self.result + self.rest

    def as_json(self) -> dict[str, object]:
        """Return the public shape of a reading, ready for JSON."""
        return {
            "intent": self.intent.value,
            "command": self.command,
            "owners": list(self.owners),
            "for": self.for_whom,
            "result": self.result,
            "due": None if self.due is None else self.due.iso(),
            "rrule": self.rrule,
            "questions": [question.value for question in self.questions],
            "readings": [due.iso() for due in self.readings],
        }
