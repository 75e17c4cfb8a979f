"""Tables of what two people say of what lies between them, and of who wants to show it."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.db.tables.base import Base, InParent, OfWorkspace, refers
from bot.db.types import words
from bot.domain.opinions import FITTING, Opinion, Topic

_OF_FAIRNESS = ", ".join(f"'{one.value}'" for one in FITTING[Topic.FAIRNESS])
SHOWN = "shared_at IS NOT NULL"


class LearntRow(Base):
    """A line worth remembering, and who wants the channel to read it."""

    __tablename__ = "learnt"
    __table_args__ = (
        refers("expectation", "number"),
        CheckConstraint("text <> ''", name="text"),
        CheckConstraint('other <> "by"', name="parties"),
        CheckConstraint("NOT other_shares OR other IS NOT NULL", name="other_shares"),
        CheckConstraint(
            "(shared_at IS NOT NULL) = (by_shares AND (other_shares OR other IS NULL))",
            name="shared_at",
        ),
        Index("ix_learnt_of_other", "workspace", "other", "number"),
        Index(
            "ix_learnt_shared",
            "workspace",
            "shared_at",
            sqlite_where=text(SHOWN),
            postgresql_where=text(SHOWN),
        ),
    )

    workspace: Mapped[InParent]
    number: Mapped[InParent]
    by: Mapped[str] = mapped_column(primary_key=True)
    other: Mapped[str | None]
    text: Mapped[str]
    at: Mapped[datetime]
    by_shares: Mapped[bool]
    other_shares: Mapped[bool]
    shared_at: Mapped[datetime | None]


class OpinionRow(Base):
    """One of two people's answer to what is asked of both."""

    __tablename__ = "opinion"
    __table_args__ = (
        CheckConstraint('other <> "by"', name="parties"),
        CheckConstraint(
            f"(topic = 'fairness') = (opinion IN ({_OF_FAIRNESS}))", name="opinion_fits"
        ),
        CheckConstraint("shown_at IS NULL OR shares", name="shown_at"),
    )

    workspace: Mapped[OfWorkspace]
    topic: Mapped[Topic] = mapped_column(words(Topic, "topic"), primary_key=True)
    by: Mapped[str] = mapped_column(primary_key=True)
    other: Mapped[str] = mapped_column(primary_key=True)
    about: Mapped[str] = mapped_column(primary_key=True)
    opinion: Mapped[Opinion] = mapped_column(words(Opinion, "opinion"))
    at: Mapped[datetime]
    shares: Mapped[bool]
    shown_at: Mapped[datetime | None]
