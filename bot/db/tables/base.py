"""What all tables share: names of constraints by one convention, and the columns of keys."""

from datetime import datetime
from typing import Annotated, ClassVar

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Integer,
    MetaData,
    TextClause,
    text,
)
from sqlalchemy.orm import DeclarativeBase, mapped_column

from bot.db.types import UtcTime


class Base(DeclarativeBase):
    """The tables' common ground; rows are read and written by Core statements."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar = {datetime: UtcTime()}


OfWorkspace = Annotated[
    int, mapped_column(Integer, ForeignKey("workspace.id"), primary_key=True, autoincrement=False)
]
"""The workspace of a row that stands by itself; it leads every key."""

InParent = Annotated[int, mapped_column(Integer, primary_key=True, autoincrement=False)]
"""A column of the key which a composite foreign key binds, the workspace among them."""

Ordinal = Annotated[int, mapped_column(Integer, primary_key=True, autoincrement=False)]
"""A number within the workspace or within the parent."""


def refers(table: str, *columns: str, to: tuple[str, ...] | None = None) -> ForeignKeyConstraint:
    """Return a foreign key that carries the workspace and is checked when the transaction ends."""
    there = columns if to is None else to
    return ForeignKeyConstraint(
        ["workspace", *columns],
        [f"{table}.workspace", *(f"{table}.{column}" for column in there)],
        deferrable=True,
        initially="DEFERRED",
    )


def together(name: str, *columns: str) -> CheckConstraint:
    """Return the rule that these columns are all there or all missing."""
    first, *rest = columns
    rule = " AND ".join(f"({first} IS NULL) = ({column} IS NULL)" for column in rest)
    return CheckConstraint(rule, name=name)


def rule(words: str) -> TextClause:
    """Return a condition in the very words of a partial index, or SQLite would not use it."""
    return text(words)
