"""Tables of the monthly pulse: counts without people, and for a month people without answers.

Nothing leads from the one to the other. The nine counts are one row that each answer writes anew,
so that neither an order of rows nor the transaction that wrote one tells which of them went up.
"""

from datetime import date

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.db.tables.base import Base, InParent, OfWorkspace, refers


class PulseRow(Base):
    """A channel's month: how often what was said; `closed` once it is complete and may be shown."""

    __tablename__ = "pulse"
    __table_args__ = (
        CheckConstraint(
            "clear_yes >= 0 AND clear_partly >= 0 AND clear_no >= 0"
            " AND share_yes >= 0 AND share_partly >= 0 AND share_no >= 0"
            " AND say_no_yes >= 0 AND say_no_partly >= 0 AND say_no_no >= 0",
            name="counts",
        ),
        CheckConstraint(
            "clear_yes + clear_partly + clear_no = share_yes + share_partly + share_no"
            " AND clear_yes + clear_partly + clear_no = say_no_yes + say_no_partly + say_no_no",
            name="together",
        ),
        CheckConstraint("NOT closed OR clear_yes + clear_partly + clear_no >= 5", name="floor"),
    )

    workspace: Mapped[OfWorkspace]
    channel: Mapped[str] = mapped_column(primary_key=True)
    month: Mapped[date] = mapped_column(primary_key=True)  # its first day
    clear_yes: Mapped[int]
    clear_partly: Mapped[int]
    clear_no: Mapped[int]
    share_yes: Mapped[int]
    share_partly: Mapped[int]
    share_no: Mapped[int]
    say_no_yes: Mapped[int]
    say_no_partly: Mapped[int]
    say_no_no: Mapped[int]
    closed: Mapped[bool]


class PulseAnsweredRow(Base):
    """Who has answered, while the month is open; sorted by name on SQLite, not by time."""

    __tablename__ = "pulse_answered"
    __table_args__ = (refers("pulse", "channel", "month"), {"sqlite_with_rowid": False})

    workspace: Mapped[InParent]
    channel: Mapped[str] = mapped_column(primary_key=True)
    month: Mapped[date] = mapped_column(primary_key=True)
    user: Mapped[str] = mapped_column(primary_key=True)
