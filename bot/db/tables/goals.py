"""Tables of goals, the updates of their measures, and thanks."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from bot.db.tables.base import Base, InParent, OfWorkspace, Ordinal, refers, together
from bot.db.types import words
from bot.domain.expectation import Visibility
from bot.domain.goal import GoalStatus


class GoalRow(Base):
    """A channel's shared goal; the measure's numbers are decimal text, exact on both databases."""

    __tablename__ = "goal"
    __table_args__ = (
        CheckConstraint("number >= 1", name="number"),
        together("measure", "measure_start", "measure_now", "measure_target"),
        CheckConstraint("(closed_at IS NULL) = (status = 'open')", name="closed_at"),
        Index("ix_goal_in_channel", "workspace", "channel", "number"),
        Index("ix_goal_of_champion", "workspace", "champion", "number"),
        Index("ix_goal_of_creator", "workspace", "creator", "number"),
    )

    workspace: Mapped[OfWorkspace]
    number: Mapped[Ordinal]
    channel: Mapped[str]
    title: Mapped[str]
    creator: Mapped[str]
    champion: Mapped[str]
    day: Mapped[date]
    created_at: Mapped[datetime]
    visibility: Mapped[Visibility] = mapped_column(words(Visibility, "visibility"))
    why: Mapped[str]
    gain: Mapped[str]
    measure_start: Mapped[str | None]
    measure_now: Mapped[str | None]
    measure_target: Mapped[str | None]
    review_on: Mapped[date | None]
    status: Mapped[GoalStatus] = mapped_column(words(GoalStatus, "status"))
    note: Mapped[str]
    learnt: Mapped[str] = mapped_column(server_default="")
    closed_at: Mapped[datetime | None]


class GoalUpdateRow(Base):
    """A value that a goal's measure had from a moment on."""

    __tablename__ = "goal_update"
    __table_args__ = (
        refers("goal", "number"),
        CheckConstraint("seq >= 1", name="seq"),
    )

    workspace: Mapped[InParent]
    number: Mapped[InParent]
    seq: Mapped[Ordinal]
    by: Mapped[str]
    at: Mapped[datetime]
    value: Mapped[str]


class CarriedRow(Base):
    """What somebody who carries most of a goal answered, for one quarter; only they see it."""

    __tablename__ = "carried"
    __table_args__ = (
        refers("goal", "number"),
        CheckConstraint("message IS NOT NULL OR note = ''", name="note"),
    )

    workspace: Mapped[InParent]
    number: Mapped[InParent]
    user: Mapped[str] = mapped_column(primary_key=True)
    quarter: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    note: Mapped[str]
    message: Mapped[str | None]


class ThanksRow(Base):
    """One line of thanks."""

    __tablename__ = "thanks"
    __table_args__ = (
        refers("expectation", "expectation", to=("number",)),
        CheckConstraint("number >= 1", name="number"),
        Index("ix_thanks_in_channel", "workspace", "channel", "at"),
        Index("ix_thanks_to", "workspace", "to", "at"),
    )

    workspace: Mapped[OfWorkspace]
    number: Mapped[Ordinal]
    by: Mapped[str]
    to: Mapped[str]
    text: Mapped[str]
    at: Mapped[datetime]
    channel: Mapped[str | None]
    expectation: Mapped[int | None]
    kept_between: Mapped[bool]
