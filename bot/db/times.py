"""Stored times that hold only while the clock goes forward."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import BindParameter, bindparam, case, or_, select, update

from bot.db.repository import Repository
from bot.db.tables import AskedRow, HeldRow, InboxRow, LookRow, MessageRow, WorkspaceRow
from bot.db.tables.base import rule
from bot.db.tables.messages import PENDING, SENDING, WAITING
from bot.db.types import UtcTime
from bot.domain.messages import PLANNED, Moment

_W = WorkspaceRow.__table__.c
_M = MessageRow.__table__.c
_K = LookRow.__table__.c
_A = AskedRow.__table__.c
_H = HeldRow.__table__.c
_I = InboxRow.__table__.c

_LATER = timedelta(days=31)
"""Nobody asks to be asked again later than that."""

_PLANNED_AT = select(_W.planned_at).where(_W.id == bindparam("workspace"))
_NOTE = (
    update(WorkspaceRow)
    .where(_W.id == bindparam("of_workspace"))
    .values(planned_at=bindparam("new_at"))
)
_OF_AT: BindParameter[Any] = bindparam("of_at", type_=UtcTime())
_OF_LATEST: BindParameter[Any] = bindparam("of_latest", type_=UtcTime())
_OF_WORKSPACE: BindParameter[Any] = bindparam("of_workspace")
_WAITING = (
    update(MessageRow)
    .where(
        _M.workspace == _OF_WORKSPACE,
        or_(rule(PENDING), rule(SENDING)),
        _M.not_before > _OF_AT,
        _M.moment.not_in(PLANNED),
    )
    .values(not_before=bindparam("new_at"))
)
_PUT_OFF = (
    update(MessageRow)
    .where(
        _M.workspace == _OF_WORKSPACE,
        rule(PENDING),
        _M.moment == Moment.ASK_LATER,
        _M.not_before > _OF_LATEST,
    )
    .values(not_before=bindparam("new_at"))
)
_HELD = (
    update(HeldRow)
    .where(
        _H.workspace == _OF_WORKSPACE,
        rule(WAITING),
        _H.since > case((_H.timed, _OF_LATEST), else_=_OF_AT),
    )
    .values(since=bindparam("new_at"))
)
_LEASED = (
    update(MessageRow)
    .where(_M.workspace == _OF_WORKSPACE, rule(SENDING), _M.lease_until > _OF_AT)
    .values(lease_until=bindparam("new_at"))
)
_LOOKED_FOR = (
    update(LookRow)
    .where(_K.workspace == _OF_WORKSPACE, _K.at > _OF_AT)
    .values(at=bindparam("new_at"))
)
_ASKED = (
    update(AskedRow)
    .where(_A.workspace == _OF_WORKSPACE, _A.at > _OF_AT)
    .values(at=bindparam("new_at"))
)
_CAME_IN = (
    update(InboxRow)
    .where(_I.workspace == _OF_WORKSPACE, _I.at > _OF_AT)
    .values(at=bindparam("new_at"))
)


@dataclass(frozen=True, slots=True)
class SqlTimes(Repository):
    """The port `Times`."""

    def planned_at(self) -> datetime | None:
        """Return when planning was last noted; None where it never was."""
        row = self.row(_PLANNED_AT)
        return None if row is None else row["planned_at"]

    def note(self, at: datetime) -> None:
        """Note that planning has come this far."""
        self.change(_NOTE, new_at=at)

    def pull_back(self, at: datetime, leased_until: datetime) -> None:
        """Let nothing wait for a moment that only a clock which ran ahead has known.

        What has a moment of its own, as a list has its day, keeps it.
        """
        latest = at + _LATER
        for statement in (_WAITING, _ASKED, _CAME_IN):
            self.change(statement, of_at=at, new_at=at)
        self.change(_PUT_OFF, of_latest=latest, new_at=at)
        self.change(_HELD, of_at=at, of_latest=latest, new_at=at)
        for statement in (_LEASED, _LOOKED_FOR):
            self.change(statement, of_at=leased_until, new_at=leased_until)
