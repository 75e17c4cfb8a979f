"""What a person's own export has besides expectations, goals and thanks: a row a list."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, bindparam, select

from bot.db.tables import Base

_TABLES = Base.metadata.tables


@dataclass(frozen=True, slots=True, kw_only=True)
class Personal:
    """A list of the export: the rows of a table that are one person's own."""

    name: str
    table: str
    shown: tuple[str, ...]  # `number` is the expectation's, or of goals' tables the goal's
    own: str  # the column with the person's id


PERSONAL: tuple[Personal, ...] = (
    Personal(name="said", table="event", shown=("number", "at", "verb", "note"), own="actor"),
    Personal(name="measures", table="goal_update", shown=("number", "at", "value"), own="by"),
    Personal(
        name="carried", table="carried", shown=("number", "quarter", "at", "note"), own="user"
    ),
    Personal(name="summaries", table="channel", shown=("channel", "name"), own="summary_by"),
    Personal(name="asked", table="asked", shown=("number", "prompt", "ordinal", "at"), own="user"),
    Personal(name="asides", table="aside", shown=("kind", "key", "at"), own="user"),
    Personal(
        name="charters",
        table="charter_version",
        shown=("channel", "version", "at", "lines"),
        own="author",
    ),
    Personal(
        name="balance_notes", table="balance_note", shown=("channel", "text", "until"), own="user"
    ),
    Personal(name="agreed", table="charter_yes", shown=("channel", "version", "at"), own="user"),
    Personal(name="pulses", table="pulse_answered", shown=("channel", "month"), own="user"),
    Personal(name="learnt", table="learnt", shown=("number", "text", "at", "by_shares"), own="by"),
    Personal(
        name="opinions",
        table="opinion",
        shown=("topic", "other", "about", "opinion", "at", "shares"),
        own="by",
    ),
    Personal(name="waiting", table="held", shown=("number", "moment", "since"), own="user"),
    Personal(
        name="messages", table="message", shown=("moment", "number", "state", "sent_at"), own="to"
    ),
)
"""Of others it holds nothing: each row is about the person whose id stands in `own`."""


def select_personal(each: Personal) -> Select[Any]:
    """Return the query for a list; the person is bound as `user`."""
    table = _TABLES[each.table]
    return (
        select(*(table.c[name] for name in each.shown))
        .where(table.c.workspace == bindparam("workspace"), table.c[each.own] == bindparam("user"))
        .order_by(*(column for column in table.primary_key if column.name != "workspace"))
    )
