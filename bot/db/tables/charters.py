"""Tables of channels' charters: their versions, and who agreed to which."""

from datetime import date, datetime

from sqlalchemy import JSON, CheckConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from bot.db.tables.base import Base, InParent, OfWorkspace, Ordinal, refers


class CharterRow(Base):
    """A channel's charter; `version` names its present words."""

    __tablename__ = "charter"
    __table_args__ = (
        refers("charter_version", "channel", "version"),
        Index("ix_charter_review_on", "workspace", "review_on"),
    )

    workspace: Mapped[OfWorkspace]
    channel: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[int]
    review_on: Mapped[date]
    heads_form: Mapped[bool]


class CharterVersionRow(Base):
    """The words of one version; append-only, as terms are."""

    __tablename__ = "charter_version"
    __table_args__ = (CheckConstraint("version >= 1", name="version"),)

    workspace: Mapped[OfWorkspace]
    channel: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[Ordinal]
    author: Mapped[str]
    at: Mapped[datetime]
    lines: Mapped[list[list[str]]] = mapped_column(JSON)  # a title, or "", and a text each


class CharterYesRow(Base):
    """Somebody's yes to a version; there is none of who did not give it, or took it back."""

    __tablename__ = "charter_yes"
    __table_args__ = (refers("charter_version", "channel", "version"),)

    workspace: Mapped[InParent]
    channel: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[InParent]
    user: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime]
