"""The tables of figures: what a channel was last shown, and what the numbers miss."""

from datetime import date, datetime

from sqlalchemy import JSON, CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.db.tables.base import Base, OfWorkspace
from bot.db.types import words
from bot.domain.figures.shared import Source


class ShownFigureRow(Base):
    """What a channel was last shown of the figures that are counted from one source.

    Without counts there was not enough to say.
    """

    __tablename__ = "shown_figure"

    workspace: Mapped[OfWorkspace]
    channel: Mapped[str] = mapped_column(primary_key=True)
    source: Mapped[Source] = mapped_column(words(Source, "source"), primary_key=True)
    until: Mapped[datetime]
    counts: Mapped[dict[str, int]] = mapped_column(JSON)
    looked: Mapped[datetime | None]  # the week of the last look that counted anew


class BalanceNoteRow(Base):
    """What somebody who is counted adds to a channel's balance."""

    __tablename__ = "balance_note"
    __table_args__ = (CheckConstraint("text <> ''", name="text"),)

    workspace: Mapped[OfWorkspace]
    channel: Mapped[str] = mapped_column(primary_key=True)
    user: Mapped[str] = mapped_column(primary_key=True)
    text: Mapped[str]
    until: Mapped[date]  # the last day on which it is shown
