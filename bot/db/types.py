"""How moments, dues and words are kept in columns, the same on both databases."""

from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import DateTime, Dialect, Enum, String, TypeDecorator
from sqlalchemy.types import TypeEngine

from bot.domain.due import Due

WORD_LENGTH = 24  # of the columns for words: longer than any word of the domain


class UtcTime(TypeDecorator[datetime]):
    """An instant: aware in, UTC out.

    SQLite has no type for it and drops zones silently, so there it is text of one width
    (2026-11-27T16:00:00.000000+00:00), which sorts as the instants do.
    """

    impl = DateTime(timezone=True)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Choose the database's type."""
        if dialect.name == "sqlite":
            return dialect.type_descriptor(String(32))
        return dialect.type_descriptor(DateTime(timezone=True))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> object:
        """Refuse an instant without its zone."""
        if value is None:
            return None
        if value.tzinfo is None:
            msg = "a naive time names no instant"
            raise ValueError(msg)
        moment = value.astimezone(UTC)
        return moment.isoformat(timespec="microseconds") if dialect.name == "sqlite" else moment

    def process_result_value(self, value: object, dialect: Dialect) -> datetime | None:
        """Give back an aware UTC moment."""
        del dialect
        if value is None:
            return None
        moment = value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
        return moment.astimezone(UTC)


def words(enum: type[StrEnum], name: str, *, checked: bool = True) -> Enum:
    """Return the column type of an enum's words, with the CHECK that refuses others.

    Not `checked` is one whose column has its own rule: SQLite adds no rule to a table later.
    """
    return Enum(
        enum,
        name=name,
        native_enum=False,
        create_constraint=checked,
        length=WORD_LENGTH,
        values_callable=lambda members: [member.value for member in members],
    )


def due_columns(due: Due | None) -> tuple[str | None, str | None]:
    """Return a due's wall time, with the offset it had when written, and its zone's name."""
    return (None, None) if due is None else (due.wall.isoformat(), due.zone)


def read_due(wall: str, zone: str | None) -> Due:
    """Read what `due_columns` wrote: the same wall time, also in a gap or a fold of its zone."""
    if "T" not in wall:
        return Due(date.fromisoformat(wall))
    written = datetime.fromisoformat(wall)
    if zone is None:
        return Due(written)
    first = written.replace(tzinfo=ZoneInfo(zone))
    second = first.replace(fold=1)
    in_fold = first.utcoffset() != written.utcoffset() == second.utcoffset()
    return Due(second if in_fold else first)
