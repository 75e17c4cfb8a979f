"""Posts and Homes that reached nobody, or cannot yet, counted by why, for `winwin doctor`."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, and_, bindparam, exists, func, or_, select

from bot.db.tables import LookRow, MessageRow
from bot.db.tables.base import rule
from bot.db.tables.messages import PUT_OFF, UNDELIVERED
from bot.db.types import UtcTime
from bot.domain.messages import MessageKind, MessageState

_M = MessageRow.__table__.c
_K = LookRow.__table__.c
_LOOKED_FOR = exists().where(_K.workspace == _M.workspace, _K.message == _M.id)
_SINCE = bindparam("since", type_=UtcTime())


@dataclass(frozen=True, slots=True, kw_only=True)
class Undelivered:
    """So many posts, or Homes, in one state for one reason, in Slack's word or ours."""

    kind: MessageKind
    state: MessageState
    error: str | None
    count: int


_POST = and_(or_(rule(PUT_OFF), rule(UNDELIVERED)), _M.created_at >= _SINCE, ~_LOOKED_FOR)
_HOME = and_(  # its one row is as old as the first occasion; its last one is when it was due
    _M.kind == MessageKind.HOME, _M.state == MessageState.DEAD, _M.not_before >= _SINCE
)
_COUNTED = (
    select(_M.kind, _M.state, _M.error, func.count().label("times"))
    .where(or_(_POST, _HOME))
    .group_by(_M.kind, _M.state, _M.error)
    .order_by(_M.kind.desc(), _M.state, _M.error)
)


def read_undelivered(connection: Connection, since: datetime) -> list[Undelivered]:
    """Count posts made since a moment that are dead, of unknown fate or put off, and dead Homes."""
    rows = connection.execute(_COUNTED, {"since": since})
    return [
        Undelivered(kind=row.kind, state=row.state, error=row.error, count=row.times)
        for row in rows
    ]
