"""What a requester expects of an owner, and the words for its states."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from bot.domain.due import Due
from bot.domain.terms import Terms

CLOCK = "clock"
"""The actor of what happens because time passed."""


class Status(StrEnum):
    """Where an expectation stands."""

    PROPOSED = "proposed"
    ACTIVE = "active"
    DONE = "done"
    MET = "met"
    MISSED = "missed"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"
    RELEASED = "released"
    HANDED_BACK = "handed_back"
    UNSETTLED = "unsettled"


OPEN = frozenset({Status.PROPOSED, Status.ACTIVE, Status.DONE})


class Action(StrEnum):
    """What a person or the clock does; also the verb of its event."""

    REQUEST = "request"
    OFFER = "offer"
    COMMIT = "commit"
    ACCEPT = "accept"
    CHANGE = "change"
    DECLINE = "decline"
    DROP = "drop"
    LAPSE = "lapse"
    ASK = "ask"
    ANSWER = "answer"
    LET_GO = "let_go"
    KEEP = "keep"
    CANNOT = "cannot"
    DONE = "done"
    MISSED = "missed"
    CONFIRM = "confirm"
    RETURN = "return"
    UNDO = "undo"
    SETTLE = "settle"
    DIFFER = "differ"
    REMEDY = "remedy"
    FORGIVE = "forgive"
    GONE = "gone"


class CheckIn(StrEnum):
    """How somebody says it is going: an event of an active expectation, no transition."""

    ON_TRACK = "on_track"
    AT_RISK = "at_risk"
    NEED_HELP = "need_help"
    OFFER_HELP = "offer_help"
    LATER = "later"


class Kind(StrEnum):
    """How it came about; who was the first to speak."""

    REQUEST = "request"
    OFFER = "offer"
    COMMITMENT = "commitment"


class Visibility(StrEnum):
    """Who may see what was agreed."""

    CHANNEL = "channel"
    PRIVATE = "private"


class Outcome(StrEnum):
    """How a met or missed expectation counts."""

    KEPT = "kept"
    KEPT_CHANGED = "kept_changed"
    LATE = "late"
    MISSED = "missed"
    REPAIRED = "repaired"
    FORGIVEN = "forgiven"


class Side(StrEnum):
    """One of the two, by what they are to it."""

    OWNER = "owner"
    REQUESTER = "requester"


class PendingKind(StrEnum):
    """What waits for the other's answer while an expectation is active."""

    TERMS = "terms"
    LET_GO = "let_go"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pending:
    """One waiting change of an active expectation; it awaits who is not its author."""

    ordinal: int  # counts the pendings of this expectation from 1; a button carries it
    kind: PendingKind
    author: str
    at: datetime  # when it, or the one it counters, was proposed
    asked_at: datetime  # when this one itself was proposed: its own clock runs from here
    terms: Terms | None = None  # the new version; None for a let-go
    note: str = ""
    reached_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """An owner's word that it is done."""

    ordinal: int  # counts reports from 1; a button carries it
    at: datetime
    finished_on: Due  # a day, or an hour where the due has one
    outcome: Outcome  # how it counts if this is the first report that stands
    link: str = ""
    thanks_to: str | None = None  # a user id
    reached_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question that waits for its answer; it stops the clock of who asked."""

    by: str
    at: datetime
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What somebody had read when they pressed: only an answer to a pending checks `pending`.

    `proposed` says whether it was not agreed yet, for what means another thing afterwards; None
    says nothing.
    """

    version: int
    pending: int = 0
    report: int = 0
    proposed: bool | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Expectation:
    """An expectation with the facts from which the table and the clocks decide.

    `terms` are those in force: the latest while proposed, the agreed ones after. `due` is the
    due in force, which a return or a rest may have moved; `due_at` is its UTC end.
    """

    number: int  # shown as E-42; per workspace, gapless
    kind: Kind
    requester: str | None
    owner: str
    channel: str | None
    visibility: Visibility
    status: Status
    terms: Terms
    last_version: int
    due: Due
    due_at: datetime
    created_at: datetime
    pending: Pending | None = None
    pendings: int = 0  # how many there have been
    reached_at: datetime | None = None  # when the latest proposal reached the one awaited
    owner_word_at: datetime | None = None  # their last event, or the answer that they heard
    requester_word_at: datetime | None = None  # the same
    question: Question | None = None
    rested: bool = False  # a rest has moved the due of the present agreement once
    asked: tuple[datetime, ...] = ()  # when "what happened?" reached the owner, for this due;
    # of a series: the first slot that passed since the last word
    reports: int = 0
    returns: int = 0
    first_report: Report | None = None  # the first one not undone
    last_report: Report | None = None
    moved_in_time: bool = False  # an accepted change moved the due later, proposed in time
    moved_late: bool = False  # the same, proposed after the due that it replaced
    outcome: Outcome | None = None
    unconfirmed: bool = False
    self_confirmed: bool = False
    closed_at: datetime | None = None
    unheard: Side | None = None  # of one seen differently: whose statement may still come
    remedy_of: int | None = None
    open_remedy: int | None = None  # of a missed one: the linked offer that is still open
    owed: int | None = None  # the latest one that came of what its owner needs from its requester
    owed_for: int | None = None  # of that one: the one that needs it
    group: int | None = None  # the first number of those asked in one command
    goal: int | None = None
    link: str = ""  # the message that it was made from
    tell_channel: bool = False
    outside: str = ""  # of a commitment: whom it is for, who is not in Slack
    help_wanted: str = ""  # what its owner wants the channel's summary to ask for
    next_clock_at: datetime | None = None  # when the clock looks at it again

    @property
    def id(self) -> str:
        """The name that people read and type."""
        return f"E-{self.number}"

    @property
    def is_series(self) -> bool:
        """Tell whether it recurs."""
        return self.terms.rrule is not None

    @property
    def is_commitment(self) -> bool:
        """Tell whether it has no requester."""
        return self.requester is None

    @property
    def awaited(self) -> str | None:
        """The party who did not write the latest terms; only while proposed."""
        if self.status is not Status.PROPOSED:
            return None
        return self.other(self.terms.author)

    @property
    def parties(self) -> tuple[str, ...]:
        """The owner and, unless it is a commitment, the requester."""
        return (self.owner,) if self.requester is None else (self.owner, self.requester)

    def side(self, side: Side) -> str | None:
        """Return who is on a side."""
        return self.owner if side is Side.OWNER else self.requester

    def other(self, user: str) -> str | None:
        """Return the other party; None for a commitment's owner."""
        return self.requester if user == self.owner else self.owner

    @property
    def seen(self) -> Seen:
        """What a message that shows it now lets people act on."""
        return Seen(
            version=self.terms.version,
            pending=self.pending.ordinal if self.pending else 0,
            report=self.reports,
            proposed=self.status is Status.PROPOSED,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Who did what to which expectation, when; append-only."""

    number: int  # the expectation's
    seq: int  # per expectation, from 1
    at: datetime
    actor: str  # a user id, or CLOCK
    verb: Action | CheckIn
    note: str = ""  # people's own words
    version: int = 0  # the terms' version that it concerns


class PeriodOutcome(StrEnum):
    """How one date of a series went."""

    OPEN = "open"
    KEPT = "kept"
    NOT_THIS_TIME = "not_this_time"
    UNANSWERED = "unanswered"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """One nominal date of a series."""

    number: int  # the expectation's
    date: date
    slot_at: datetime  # the UTC instant at which it is due, after any move to a workday
    outcome: PeriodOutcome = PeriodOutcome.OPEN
    reported_at: datetime | None = None
    settled_at: datetime | None = None
    note: str = ""
