"""Posts that reached nobody, or cannot yet, counted by why, for `winwin doctor`."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, exists, func, or_, select

from bot.db.tables import LookRow, MessageRow
from bot.db.tables.base import rule
from bot.db.tables.messages import PUT_OFF, UNDELIVERED
from bot.db.types import UtcTime
from bot.domain.messages import MessageState

_M = MessageRow.__table__.c
_K = LookRow.__table__.c
_LOOKED_FOR = exists().where(_K.workspace == _M.workspace, _K.message == _M.id)
_SINCE = bindparam("since", type_=UtcTime())


@dataclass(frozen=True, slots=True, kw_only=True)
class Undelivered:
    """So many posts in one state for one reason, in Slack's word or ours."""

    state: MessageState
    error: str | None
    count: int


_COUNTED = (
    select(_M.state, _M.error, func.count().label("times"))
    .where(or_(rule(PUT_OFF), rule(UNDELIVERED)), _M.created_at >= _SINCE, ~_LOOKED_FOR)
    .group_by(_M.state, _M.error)
    .order_by(_M.state, _M.error)
)


def read_undelivered(connection: Connection, since: datetime) -> list[Undelivered]:
    """Count the posts made since a moment that are dead, of unknown fate, or put off."""
    rows = connection.execute(_COUNTED, {"since": since})
    return [Undelivered(state=row.state, error=row.error, count=row.times) for row in rows]
