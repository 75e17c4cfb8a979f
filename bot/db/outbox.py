"""How the outbox stands, over all workspaces: a look at each one's partial indexes."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, bindparam, exists, func, select

from bot.db.tables import LookRow, MessageRow, WorkspaceRow
from bot.db.tables.base import rule
from bot.db.tables.messages import PENDING, UNDELIVERED
from bot.db.types import UtcTime
from bot.domain.messages import MessageState

_M = MessageRow.__table__.c
_K = LookRow.__table__.c
_W = WorkspaceRow.__table__.c
_OVERDUE = _M.not_before <= bindparam("at", type_=UtcTime())


@dataclass(frozen=True, slots=True, kw_only=True)
class Outbox:
    """What waits to be sent now, and the posts that did not certainly arrive."""

    due: int
    oldest_due_at: datetime | None
    unknown: int
    dead: int


def _over_workspaces(*statements: Select[Any]) -> Select[Any]:
    """Return a row a workspace: an index led by it would not be used without it."""
    each = [
        one.where(_M.workspace == _W.id).correlate(WorkspaceRow).scalar_subquery()
        for one in statements
    ]
    return select(*each).select_from(WorkspaceRow)


_FIGURES = _over_workspaces(
    select(func.count()).where(rule(PENDING), _OVERDUE),
    select(func.min(_M.not_before)).where(rule(PENDING), _OVERDUE),
    select(func.count()).where(
        rule(UNDELIVERED),
        _M.state == MessageState.UNKNOWN,
        ~exists().where(_K.workspace == _M.workspace, _K.message == _M.id),
    ),
    select(func.count()).where(rule(UNDELIVERED), _M.state == MessageState.DEAD),
)


def read_outbox(connection: Connection, at: datetime) -> Outbox:
    """Count what is due, unknown and dead."""
    rows = connection.execute(_FIGURES, {"at": at}).all()
    return Outbox(
        due=sum(row[0] for row in rows),
        oldest_due_at=min((row[1] for row in rows if row[1] is not None), default=None),
        unknown=sum(row[2] for row in rows),
        dead=sum(row[3] for row in rows),
    )
