"""The table of asides that were asked."""

from datetime import datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from bot.db.tables.base import Base, OfWorkspace
from bot.db.types import words
from bot.domain.asides import Aside


class AsideRow(Base):
    """An aside that reached somebody."""

    __tablename__ = "aside"
    __table_args__ = (
        Index("ix_aside_of_message", "workspace", "message"),
        Index("ix_aside_last", "workspace", "user", "at"),
    )

    workspace: Mapped[OfWorkspace]
    user: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[Aside] = mapped_column(words(Aside, "kind"), primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    message: Mapped[str]
