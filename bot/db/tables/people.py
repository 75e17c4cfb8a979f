"""Tables of the workspace, its counters, its people and its channels."""

from datetime import date, datetime, time

from sqlalchemy import JSON, CheckConstraint, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.db.tables.base import Base, OfWorkspace, together
from bot.db.types import words
from bot.domain.member import Cadence


class WorkspaceRow(Base):
    """A Slack workspace; its id of ours leads every key of the other tables."""

    __tablename__ = "workspace"

    id: Mapped[int] = mapped_column(primary_key=True)
    team_id: Mapped[str] = mapped_column(unique=True)
    enterprise_id: Mapped[str | None]
    planned_at: Mapped[datetime | None]  # how far planning has come, to the hour


class CounterRow(Base):
    """The next number of a kind; taken in the transaction that uses it, so there are no gaps."""

    __tablename__ = "counter"
    __table_args__ = (
        CheckConstraint("kind IN ('expectation', 'goal', 'thanks')", name="kind"),
        CheckConstraint("next >= 1", name="next"),
    )

    workspace: Mapped[OfWorkspace]
    kind: Mapped[str] = mapped_column(primary_key=True)
    next: Mapped[int]


class MemberRow(Base):
    """A person, and when they may be written to."""

    __tablename__ = "member"
    __table_args__ = (
        CheckConstraint("workdays <> ''", name="workdays"),
        Index(
            "ix_member_due_for_list",
            "workspace",
            "next_list_at",
            sqlite_where=text("next_list_at IS NOT NULL"),
            postgresql_where=text("next_list_at IS NOT NULL"),
        ),
        Index("ix_member_stale", "workspace", "checked_at"),
    )

    workspace: Mapped[OfWorkspace]
    user: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    zone: Mapped[str]
    locale: Mapped[str]
    check_in: Mapped[time]
    workdays: Mapped[str]  # digits, Monday = 0, ascending
    quiet_from: Mapped[time]
    quiet_until: Mapped[time]
    away_from: Mapped[date | None]
    away_until: Mapped[date | None]
    cadence: Mapped[Cadence] = mapped_column(words(Cadence, "cadence"))
    stopped: Mapped[list[str]] = mapped_column(  # what is left out, in alphabetical order
        JSON, server_default=text("'[]'")
    )
    country: Mapped[str | None]
    holidays: Mapped[list[str]] = mapped_column(JSON)  # ISO dates, ascending
    active: Mapped[bool]
    is_bot: Mapped[bool]
    is_stranger: Mapped[bool]
    conversation: Mapped[str | None]  # the D… id of the direct messages with the bot
    welcomed_at: Mapped[datetime | None]
    checked_at: Mapped[datetime | None]
    last_list_on: Mapped[date | None]
    next_list_at: Mapped[datetime | None]
    worth: Mapped[str | None]  # what makes work worth it for them


class ChannelRow(Base):
    """A conversation in Slack, and its weekly summary where one is set up."""

    __tablename__ = "channel"
    __table_args__ = (
        CheckConstraint("kind IN ('channel', 'private', 'im', 'mpim')", name="kind"),
        CheckConstraint("summary_weekday BETWEEN 0 AND 6", name="summary_weekday"),
        together(
            "summary",
            "summary_weekday",
            "summary_hour",
            "summary_zone",
            "summary_by",
            "summary_next_at",
        ),
        CheckConstraint(
            "summary_last_on IS NULL OR summary_weekday IS NOT NULL", name="summary_last_on"
        ),
        Index(
            "ix_channel_due_for_summary",
            "workspace",
            "summary_next_at",
            sqlite_where=text("summary_next_at IS NOT NULL"),
            postgresql_where=text("summary_next_at IS NOT NULL"),
        ),
    )

    workspace: Mapped[OfWorkspace]
    channel: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    kind: Mapped[str]
    summary_weekday: Mapped[int | None]
    summary_hour: Mapped[time | None]
    summary_zone: Mapped[str | None]
    summary_by: Mapped[str | None]
    summary_next_at: Mapped[datetime | None]
    summary_last_on: Mapped[date | None]
