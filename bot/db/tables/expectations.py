"""Tables of expectations, their terms, reports, events and periods."""

from datetime import date, datetime
from typing import Annotated

from sqlalchemy import JSON, CheckConstraint, Enum, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.db.tables.base import Base, InParent, OfWorkspace, Ordinal, refers, together
from bot.db.types import WORD_LENGTH, words
from bot.domain.expectation import (
    Action,
    CheckIn,
    Kind,
    Outcome,
    PendingKind,
    PeriodOutcome,
    Side,
    Status,
    Visibility,
)

OPEN = "status IN ('proposed', 'active', 'done')"
"""As an index has it; a query repeats it word for word, or SQLite does not use the index."""

SHARED = "visibility = 'channel'"
AGREED = f"status IN ('active', 'done') AND {SHARED}"
FINISHED = "outcome IS NOT NULL"

NominalDate = Annotated[date, mapped_column(primary_key=True)]


def where(name: str, *columns: str, rule: str) -> Index:
    """Return an index over the rows that a rule picks, on both databases."""
    return Index(
        f"ix_expectation_{name}",
        "workspace",
        *columns,
        sqlite_where=text(rule),
        postgresql_where=text(rule),
    )


class ExpectationRow(Base):
    """An expectation as it stands; `version` names the terms in force."""

    __tablename__ = "expectation"
    __table_args__ = (
        refers("goal", "goal", to=("number",)),
        refers("expectation", "remedy_of", to=("number",)),
        refers("expectation", "open_remedy", to=("number",)),
        refers("expectation", "owed", to=("number",)),
        refers("expectation", "owed_for", to=("number",)),
        refers("expectation", "group", to=("number",)),
        CheckConstraint("number >= 1", name="number"),
        CheckConstraint("version >= 1 AND last_version >= version", name="version"),
        CheckConstraint("(requester IS NULL) = (kind = 'commitment')", name="requester"),
        CheckConstraint("requester <> owner", name="parties"),
        together(
            "pending",
            "pending_ordinal",
            "pending_kind",
            "pending_author",
            "pending_at",
            "pending_asked_at",
            "pending_note",
        ),
        CheckConstraint(
            "(pending_version IS NOT NULL) = (pending_kind IS NOT NULL AND pending_kind = 'terms')",
            name="pending_version",
        ),
        CheckConstraint(
            "pending_ordinal IS NULL"
            " OR (status = 'active' AND pending_ordinal BETWEEN 1 AND pendings)",
            name="pending_active",
        ),
        CheckConstraint(
            "pending_reached_at IS NULL OR pending_ordinal IS NOT NULL", name="pending_reached_at"
        ),
        together("question", "question_by", "question_at", "question_text"),
        CheckConstraint(
            "outcome IS NULL"
            " OR (status = 'met' AND outcome IN ('kept', 'kept_changed', 'late'))"
            " OR (status = 'missed' AND outcome IN ('missed', 'repaired', 'forgiven'))",
            name="outcome_fits",
        ),
        CheckConstraint(f"(closed_at IS NULL) = ({OPEN})", name="closed_at"),
        CheckConstraint(
            "status = 'met' OR NOT (unconfirmed OR self_confirmed)", name="confirmed_when_met"
        ),
        CheckConstraint("open_remedy IS NULL OR status = 'missed'", name="open_remedy"),
        CheckConstraint(
            "unheard IS NULL OR status = 'unsettled' AND unheard IN ('owner', 'requester')",
            name="unheard",
        ),
        CheckConstraint("owed > number AND owed_for < number", name="owed_later"),
        CheckConstraint("reports >= 0 AND returns >= 0 AND pendings >= 0", name="counts"),
        CheckConstraint(
            "first_report BETWEEN 1 AND reports AND last_report BETWEEN first_report AND reports",
            name="reports",
        ),
        where("open_owned", "owner", "due_at", "number", rule=OPEN),
        where("open_requested", "requester", "due_at", "number", rule=OPEN),
        where("agreed", "channel", "due_at", "number", rule=AGREED),
        where("closed", "channel", "closed_at", rule=f"closed_at IS NOT NULL AND {SHARED}"),
        where("accepted", "channel", "agreed_at", rule=f"agreed_at IS NOT NULL AND {SHARED}"),
        where("ended_between", "owner", "requester", "closed_at", rule=FINISHED),
        where("finished_by", "owner", "closed_at", rule=FINISHED),
        where("finished_for", "requester", "closed_at", rule=FINISHED),
        where("clock", "next_clock_at", rule="next_clock_at IS NOT NULL"),
        where("goal", "goal", "due_at", rule="goal IS NOT NULL"),
        where("remedy", "remedy_of", rule="remedy_of IS NOT NULL"),
    )

    workspace: Mapped[OfWorkspace]
    number: Mapped[Ordinal]
    kind: Mapped[Kind] = mapped_column(words(Kind, "kind"))
    requester: Mapped[str | None]
    owner: Mapped[str]
    channel: Mapped[str | None]
    visibility: Mapped[Visibility] = mapped_column(words(Visibility, "visibility"))
    status: Mapped[Status] = mapped_column(words(Status, "status"))
    version: Mapped[int]
    last_version: Mapped[int]
    due: Mapped[str]
    due_zone: Mapped[str | None]
    due_at: Mapped[datetime]
    created_at: Mapped[datetime]
    agreed_at: Mapped[datetime | None]  # when terms were accepted for the first time
    pending_ordinal: Mapped[int | None]
    pending_kind: Mapped[PendingKind | None] = mapped_column(words(PendingKind, "pending_kind"))
    pending_author: Mapped[str | None]
    pending_at: Mapped[datetime | None]
    pending_asked_at: Mapped[datetime | None]
    pending_version: Mapped[int | None]
    pending_note: Mapped[str | None]
    pending_reached_at: Mapped[datetime | None]
    pendings: Mapped[int]
    reached_at: Mapped[datetime | None]
    owner_word_at: Mapped[datetime | None]
    requester_word_at: Mapped[datetime | None]
    question_by: Mapped[str | None]
    question_at: Mapped[datetime | None]
    question_text: Mapped[str | None]
    rested: Mapped[bool]
    asked: Mapped[list[str]] = mapped_column(JSON)  # ISO moments in UTC
    reports: Mapped[int]
    returns: Mapped[int]
    first_report: Mapped[int | None]
    last_report: Mapped[int | None]
    moved_in_time: Mapped[bool]
    moved_late: Mapped[bool]
    outcome: Mapped[Outcome | None] = mapped_column(words(Outcome, "outcome"))
    unconfirmed: Mapped[bool]
    self_confirmed: Mapped[bool]
    closed_at: Mapped[datetime | None]
    unheard: Mapped[Side | None] = mapped_column(words(Side, "unheard", checked=False))
    remedy_of: Mapped[int | None]
    open_remedy: Mapped[int | None]
    group: Mapped[int | None]
    goal: Mapped[int | None]
    link: Mapped[str]
    tell_channel: Mapped[bool]
    help_wanted: Mapped[str] = mapped_column(server_default="")
    outside: Mapped[str] = mapped_column(server_default="")
    owed: Mapped[int | None]
    owed_for: Mapped[int | None]
    next_clock_at: Mapped[datetime | None]


class TermsRow(Base):
    """A version of what is expected; after it is written only `accepted_at` is filled in."""

    __tablename__ = "terms"
    __table_args__ = (
        refers("expectation", "number"),
        CheckConstraint("version >= 1", name="version"),
        CheckConstraint("result <> ''", name="result"),
    )

    workspace: Mapped[InParent]
    number: Mapped[InParent]
    version: Mapped[Ordinal]
    author: Mapped[str]
    at: Mapped[datetime]
    result: Mapped[str]
    why: Mapped[str]
    gain_requester: Mapped[str]
    gain_owner: Mapped[str]
    gain_team: Mapped[str]
    done_means: Mapped[str]
    needs: Mapped[str]
    needs_by: Mapped[str]
    guidelines: Mapped[str]
    resources: Mapped[str]
    accountability: Mapped[str]
    consequences: Mapped[str]
    due: Mapped[str]
    due_zone: Mapped[str | None]
    rrule: Mapped[str | None]
    note: Mapped[str]
    accepted_at: Mapped[datetime | None]


class OwnWordsRow(Base):
    """What a party added in their own words; later only `read_back_at` is filled in."""

    __tablename__ = "own_words"
    __table_args__ = (
        refers("expectation", "number"),
        CheckConstraint("ordinal >= 1", name="ordinal"),
        CheckConstraint("version >= 1", name="version"),
    )

    workspace: Mapped[InParent]
    number: Mapped[InParent]
    ordinal: Mapped[Ordinal]
    author: Mapped[str]
    at: Mapped[datetime]
    version: Mapped[int]
    understood: Mapped[str]
    gain: Mapped[str]
    need: Mapped[str]
    read_back_at: Mapped[datetime | None]


class ReportRow(Base):
    """An owner's word that it is done."""

    __tablename__ = "report"
    __table_args__ = (
        refers("expectation", "number"),
        CheckConstraint("ordinal >= 1", name="ordinal"),
    )

    workspace: Mapped[InParent]
    number: Mapped[InParent]
    ordinal: Mapped[Ordinal]
    at: Mapped[datetime]
    finished_on: Mapped[str]
    finished_on_zone: Mapped[str | None]
    outcome: Mapped[Outcome] = mapped_column(words(Outcome, "outcome"))
    link: Mapped[str]
    thanks_to: Mapped[str | None]
    reached_at: Mapped[datetime | None]


class EventRow(Base):
    """Who did what, when; append-only. A check-in is an event too."""

    __tablename__ = "event"
    __table_args__ = (
        refers("expectation", "number"),
        CheckConstraint("seq >= 1", name="seq"),
        CheckConstraint("version >= 0", name="version"),
    )

    workspace: Mapped[InParent]
    number: Mapped[InParent]
    seq: Mapped[Ordinal]
    at: Mapped[datetime]
    actor: Mapped[str]
    verb: Mapped[str] = mapped_column(
        Enum(
            *(word.value for word in (*Action, *CheckIn)),
            name="verb",
            native_enum=False,
            create_constraint=True,
            length=WORD_LENGTH,
        )
    )
    note: Mapped[str]
    version: Mapped[int]


class PeriodRow(Base):
    """One nominal date of a series."""

    __tablename__ = "period"
    __table_args__ = (refers("expectation", "number"),)

    workspace: Mapped[InParent]
    number: Mapped[InParent]
    date: Mapped[NominalDate]
    slot_at: Mapped[datetime]
    outcome: Mapped[PeriodOutcome] = mapped_column(words(PeriodOutcome, "outcome"))
    reported_at: Mapped[datetime | None]
    settled_at: Mapped[datetime | None]
    note: Mapped[str]
