"""Queries of the monthly pulse."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import reduce
from operator import add

from sqlalchemy import (
    ColumnElement,
    RowMapping,
    Select,
    TextClause,
    and_,
    bindparam,
    delete,
    select,
    union,
    update,
)

from bot.db.repository import Repository
from bot.db.tables import ExpectationRow, MemberRow, PulseAnsweredRow, PulseRow
from bot.db.tables.base import rule
from bot.db.tables.expectations import AGREED, SHARED
from bot.db.upsert import insert_new
from bot.domain.pulse import FLOOR, Answers, Pulse, Said, Statement, ends_at

_ROW = PulseRow.__table__.c
_WHO = PulseAnsweredRow.__table__.c
_E = ExpectationRow.__table__.c
_M = MemberRow.__table__.c

_COUNTS = {
    (statement, said): _ROW[f"{statement}_{said}"] for statement in Statement for said in Said
}
_ANSWERS = reduce(add, (_COUNTS[Statement.CLEAR, said] for said in Said))
_MONTHS_KEPT_IN_VIEW = 24
_LOOKED_AT = 200
"""So many agreements tell who is in it; where as many are among too few, nobody is asked."""

_OF_MONTH = and_(
    _ROW.workspace == bindparam("workspace"),
    _ROW.channel == bindparam("channel"),
    _ROW.month == bindparam("month"),
)
_LOCKED = select(_ROW.closed).where(_OF_MONTH).with_for_update(key_share=True)
_ADD = (
    update(PulseRow)
    .where(
        _ROW.workspace == bindparam("of_workspace"),
        _ROW.channel == bindparam("of_channel"),
        _ROW.month == bindparam("of_month"),
    )
    .values({column: column + bindparam(f"add_{column.name}") for column in _COUNTS.values()})
)
_HAS_ANSWERED = select(_WHO.user).where(
    _WHO.workspace == bindparam("workspace"),
    _WHO.channel == bindparam("channel"),
    _WHO.month == bindparam("month"),
    _WHO.user == bindparam("user"),
)
_CLOSED = (
    select(*_ROW)
    .where(
        _ROW.workspace == bindparam("workspace"), _ROW.channel == bindparam("channel"), _ROW.closed
    )
    .order_by(_ROW.month.desc())
    .limit(_MONTHS_KEPT_IN_VIEW)
)
_OPEN = (
    select(_ROW.channel, _ROW.month)
    .where(_ROW.workspace == bindparam("workspace"), ~_ROW.closed)
    .order_by(_ROW.channel, _ROW.month)
)
_FORGET_WHO = delete(PulseAnsweredRow).where(
    _WHO.workspace == bindparam("of_workspace"),
    _WHO.channel == bindparam("of_channel"),
    _WHO.month == bindparam("of_month"),
)
_ENDED = and_(
    _ROW.workspace == bindparam("of_workspace"),
    _ROW.channel == bindparam("of_channel"),
    _ROW.month == bindparam("of_month"),
)
_DROP_FEW = delete(PulseRow).where(_ENDED, _ANSWERS < FLOOR)
_CLOSE = update(PulseRow).where(_ENDED).values(closed=True)
_OPEN_HERE = (rule(AGREED),)
_CLOSED_HERE = (
    rule(SHARED),
    _E.closed_at.is_not(None),
    _E.closed_at >= bindparam("since"),
    _E.agreed_at.is_not(None),
)


def _last(
    role: ColumnElement[str] | ColumnElement[str | None],
    *conditions: ColumnElement[bool] | TextClause,
    by: ColumnElement[datetime] | ColumnElement[datetime | None],
) -> Select[str | None]:
    """Return who has a role in the last agreements of a channel, by the order of an index."""
    last = (
        select(role.label("user"))
        .where(
            _E.workspace == bindparam("workspace"), _E.channel == bindparam("channel"), *conditions
        )
        .order_by(by.desc())
        .limit(_LOOKED_AT)
    )
    return select(last.subquery().c.user)


IN_IT = (
    select(_M.user)
    .where(
        _M.workspace == bindparam("workspace"),
        _M.user.in_(
            union(
                _last(_E.owner, *_OPEN_HERE, by=_E.due_at),
                _last(_E.requester, *_OPEN_HERE, by=_E.due_at),
                _last(_E.owner, *_CLOSED_HERE, by=_E.closed_at),
                _last(_E.requester, *_CLOSED_HERE, by=_E.closed_at),
            )
        ),
        _M.active,
        ~_M.is_bot,
        ~_M.is_stranger,
    )
    .order_by(_M.user)
    .limit(bindparam("limit"))
)


@dataclass(frozen=True, slots=True)
class SqlPulse(Repository):
    """The port `PulseBook`."""

    def answer(self, channel: str, month: date, user: str, answers: Answers) -> bool:
        """Add one person's answers to the counts, and note that they have answered.

        Tell whether they were added: not twice, and not to a month that is closed.
        """
        self.put(insert_new(self.connection, PulseRow), channel=channel, month=month, **_nothing())
        row = self.row(_LOCKED, channel=channel, month=month)
        if row is None or row["closed"]:
            return False
        noted = insert_new(self.connection, PulseAnsweredRow)
        if not self.put(noted, channel=channel, month=month, user=user):
            return False
        added = {
            f"add_{column.name}": int(answers[statement] is said)
            for (statement, said), column in _COUNTS.items()
        }
        return self.change(_ADD, of_channel=channel, of_month=month, **added) > 0

    def has_answered(self, channel: str, month: date, user: str) -> bool:
        """Tell whether somebody has answered in a month that is open."""
        return self.row(_HAS_ANSWERED, channel=channel, month=month, user=user) is not None

    def close(self, at: datetime) -> int:
        """End the months that are over: forget who answered, and counts of too few.

        Return how many months ended.
        """
        over = [row for row in self.rows(_OPEN) if ends_at(row["month"]) <= at]
        for row in over:
            self.row(_LOCKED, channel=row["channel"], month=row["month"])
            of = {"of_channel": row["channel"], "of_month": row["month"]}
            self.change(_FORGET_WHO, **of)
            self.change(_DROP_FEW, **of)
            self.change(_CLOSE, **of)
        return len(over)

    def released(self, channel: str, since: datetime, until: datetime) -> list[Pulse]:
        """Return the months that ended from `since` to before `until`, the earliest first."""
        closed = [read_pulse(row) for row in self.rows(_CLOSED, channel=channel)]
        return [pulse for pulse in reversed(closed) if since <= ends_at(pulse.month) < until]

    def in_it(self, channel: str, since: datetime, limit: int) -> set[str]:
        """Return parties, still here, of the channel's shared agreements that were open since."""
        rows = self.rows(IN_IT, channel=channel, since=since, limit=limit)
        return {row["user"] for row in rows}


def _nothing() -> dict[str, object]:
    return {"closed": False, **{column.name: 0 for column in _COUNTS.values()}}


def read_pulse(row: RowMapping) -> Pulse:
    """Return a row's counts."""
    counts = {
        statement: {said: int(row[f"{statement}_{said}"]) for said in Said}
        for statement in Statement
    }
    return Pulse(channel=row["channel"], month=row["month"], counts=counts)
