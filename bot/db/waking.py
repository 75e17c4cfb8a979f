"""When the earliest thing is due, over all workspaces: one look at each index per workspace."""

from sqlalchemy import ColumnElement, FromClause, bindparam, func, select, true

from bot.db.tables import ChannelRow, ExpectationRow, LookRow, MemberRow, MessageRow, WorkspaceRow
from bot.db.tables.base import rule
from bot.db.tables.messages import PENDING
from bot.db.types import UtcTime

_W = WorkspaceRow.__table__.c


def _earliest(
    table: FromClause, column: str, words: str, *, later: bool = False
) -> ColumnElement[object]:
    """Return the first of a stored time; each workspace's is at the head of its index."""
    time = table.c[column]
    of_workspace = (
        select(func.min(time))
        .where(
            table.c.workspace == _W.id,
            rule(words),
            time > bindparam("after", type_=UtcTime()) if later else true(),
        )
        .correlate(WorkspaceRow)
        .scalar_subquery()
    )
    each = select(of_workspace.label("at")).select_from(WorkspaceRow).subquery()
    return select(func.min(each.c.at, type_=UtcTime())).scalar_subquery()


NEXT_WAKE = select(
    _earliest(MemberRow.__table__, "next_list_at", "next_list_at IS NOT NULL"),
    _earliest(ExpectationRow.__table__, "next_clock_at", "next_clock_at IS NOT NULL"),
    _earliest(ChannelRow.__table__, "summary_next_at", "summary_next_at IS NOT NULL"),
    _earliest(MessageRow.__table__, "not_before", PENDING, later=True),
    _earliest(LookRow.__table__, "at", "at IS NOT NULL"),
)
