"""Tables of what is to be said and was: messages, attempts, held notices, prompts, the inbox."""

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.db.tables.base import Base, InParent, OfWorkspace, Ordinal, refers
from bot.db.types import words
from bot.domain.messages import MessageKind, MessageState, Moment, Prompt

PENDING = "state = 'pending'"
SENDING = "state = 'sending'"
PUT_OFF = "kind = 'post' AND state = 'pending' AND error IS NOT NULL"
UNDELIVERED = "kind = 'post' AND state IN ('unknown', 'dead')"
WAITING = "carried_by IS NULL"


class MessageRow(Base):
    """One thing to send, and how far it came.

    A post has its slot for ever. An update and a Home have one row, made pending again by each
    occasion; `again` is an occasion that came while it was being sent, so that what was rendered
    before it never stays the last word.
    """

    __tablename__ = "message"
    __table_args__ = (
        UniqueConstraint("workspace", "slot"),
        refers("expectation", "number"),
        CheckConstraint("attempts >= 0 AND fence >= 0", name="fence"),
        CheckConstraint("(lease_until IS NOT NULL) = (state = 'sending')", name="lease_until"),
        CheckConstraint(
            "NOT again OR (kind IN ('update', 'home') AND state = 'sending')", name="again"
        ),
        Index(
            "ix_message_due",
            "workspace",
            "not_before",
            sqlite_where=text(PENDING),
            postgresql_where=text(PENDING),
        ),
        Index(
            "ix_message_leased",
            "workspace",
            "lease_until",
            sqlite_where=text(SENDING),
            postgresql_where=text(SENDING),
        ),
        Index(
            "ix_message_undelivered",
            "workspace",
            "to",
            "created_at",
            sqlite_where=text(UNDELIVERED),
            postgresql_where=text(UNDELIVERED),
        ),
        Index(
            "ix_message_put_off",
            "workspace",
            "to",
            "not_before",
            sqlite_where=text(PUT_OFF),
            postgresql_where=text(PUT_OFF),
        ),
    )

    workspace: Mapped[OfWorkspace]
    id: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[MessageKind] = mapped_column(words(MessageKind, "kind"))
    moment: Mapped[Moment] = mapped_column(words(Moment, "moment"))
    to: Mapped[str]
    slot: Mapped[str]
    not_before: Mapped[datetime]
    created_at: Mapped[datetime]
    number: Mapped[int | None]
    event: Mapped[int | None]
    args: Mapped[dict[str, str]] = mapped_column(JSON)
    state: Mapped[MessageState] = mapped_column(words(MessageState, "state"))
    again: Mapped[bool]
    attempts: Mapped[int]
    fence: Mapped[int]
    lease_until: Mapped[datetime | None]
    channel: Mapped[str | None]
    ts: Mapped[str | None]
    sent_at: Mapped[datetime | None]
    error: Mapped[str | None]


class LookRow(Base):
    """A post of unknown fate that is looked for, from when it became so to when that is over."""

    __tablename__ = "look"
    __table_args__ = (
        refers("message", "message", to=("id",)),
        CheckConstraint("misses >= 0", name="misses"),
        Index("ix_look_at", "workspace", "at"),
    )

    workspace: Mapped[InParent]
    message: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    misses: Mapped[int]


class MessageSubjectRow(Base):
    """An expectation that a sent post shows."""

    __tablename__ = "message_subject"
    __table_args__ = (
        refers("message", "message", to=("id",)),
        refers("expectation", "number"),
        Index("ix_message_subject_showing", "workspace", "number", "message"),
    )

    workspace: Mapped[InParent]
    message: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[InParent]
    position: Mapped[int]


class AttemptRow(Base):
    """One try to send a message, written before it is made; without a result it is under way."""

    __tablename__ = "attempt"
    __table_args__ = (
        refers("message", "message", to=("id",)),
        CheckConstraint("fence >= 1", name="fence"),
        CheckConstraint("ended_at IS NULL OR result IS NOT NULL", name="ended_at"),
    )

    workspace: Mapped[InParent]
    message: Mapped[str] = mapped_column(primary_key=True)
    fence: Mapped[Ordinal]
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    result: Mapped[MessageState | None] = mapped_column(words(MessageState, "result"))


class HeldRow(Base):
    """A notice that waits for a list; thanks for nothing in particular have number 0."""

    __tablename__ = "held"
    __table_args__ = (
        CheckConstraint("number >= 0 AND event >= 0", name="subject"),
        Index(
            "ix_held_waiting",
            "workspace",
            "user",
            "since",
            sqlite_where=text(WAITING),
            postgresql_where=text(WAITING),
        ),
    )

    workspace: Mapped[OfWorkspace]
    user: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[Ordinal]
    event: Mapped[Ordinal]
    moment: Mapped[Moment] = mapped_column(words(Moment, "moment"), primary_key=True)
    since: Mapped[datetime]
    carried_by: Mapped[str | None]
    timed: Mapped[bool]
    args: Mapped[dict[str, str]] = mapped_column(JSON)


class AskedRow(Base):
    """A prompt that reached somebody."""

    __tablename__ = "asked"
    __table_args__ = (
        refers("expectation", "number"),
        CheckConstraint("ordinal >= 1", name="ordinal"),
    )

    workspace: Mapped[InParent]
    user: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[InParent]
    prompt: Mapped[Prompt] = mapped_column(words(Prompt, "prompt"), primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    ordinal: Mapped[Ordinal]
    at: Mapped[datetime]
    message: Mapped[str]


class InboxRow(Base):
    """A key of what came in and changed something, and what was answered."""

    __tablename__ = "inbox"
    __table_args__ = (Index("ix_inbox_at", "workspace", "at"),)

    workspace: Mapped[OfWorkspace]
    key: Mapped[str] = mapped_column(primary_key=True)
    answer: Mapped[dict[str, str]] = mapped_column(JSON)
    at: Mapped[datetime]
