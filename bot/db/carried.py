"""Queries of how much of a goal's open work is one person's, and of what they answered."""

from dataclasses import dataclass

from sqlalchemy import RowMapping, and_, bindparam, case, distinct, func, or_, select

from bot.db.repository import Repository
from bot.db.tables import CarriedRow, ExpectationRow, GoalRow
from bot.db.upsert import insert_new
from bot.domain.expectation import Status, Visibility
from bot.domain.goal import Carried, GoalStatus, Load

_C = CarriedRow.__table__.c
_E = ExpectationRow.__table__.c
_G = GoalRow.__table__.c
_AGREED = (Status.ACTIVE, Status.DONE, Status.MET, Status.MISSED)
_IS_OPEN = _E.status == Status.ACTIVE
_IS_MINE = _E.owner == bindparam("user")
_IS_KNOWN = or_(_IS_MINE, _E.requester == bindparam("user"), _E.visibility == Visibility.CHANNEL)
"""What is private between two others is not counted: a number would tell that it exists."""
_MINE = select(_E.goal).where(
    _E.workspace == bindparam("workspace"),
    _IS_MINE,
    _IS_OPEN,
    _E.requester.is_not(None),
    _E.goal.is_not(None),
)
_LOADS = (
    select(
        _E.goal,
        func.sum(case((and_(_IS_OPEN, _IS_MINE), 1), else_=0)).label("mine"),
        func.sum(case((_IS_OPEN, 1), else_=0)).label("open_now"),
        func.count(distinct(_E.owner)).label("carriers"),
    )
    .join(GoalRow, and_(_G.workspace == _E.workspace, _G.number == _E.goal))
    .where(
        _E.workspace == bindparam("workspace"),
        _E.goal.in_(_MINE),
        _E.requester.is_not(None),
        _E.status.in_(_AGREED),
        _IS_KNOWN,
        _G.status == GoalStatus.OPEN,
    )
    .group_by(_E.goal)
    .order_by(_E.goal)
    .limit(bindparam("limit"))
)
_ONE = select(*_C).where(
    _C.workspace == bindparam("workspace"),
    _C.number == bindparam("number"),
    _C.user == bindparam("user"),
    _C.quarter == bindparam("quarter"),
)


@dataclass(frozen=True, slots=True)
class SqlCarried(Repository):
    """The port `CarriedBook`."""

    def loads(self, user: str, limit: int) -> list[Load]:
        """Return how much somebody carries of each open goal under which they have open work."""
        return [
            Load(
                goal=row["goal"],
                mine=row["mine"],
                open_now=row["open_now"],
                carriers=row["carriers"],
            )
            for row in self.rows(_LOADS, user=user, limit=limit)
        ]

    def add(self, answer: Carried) -> bool:
        """Note an answer unless one is noted; tell whether it was new."""
        return self.put(
            insert_new(self.connection, CarriedRow),
            number=answer.goal,
            user=answer.user,
            quarter=answer.quarter,
            at=answer.at,
            note=answer.note,
            message=answer.message,
        )

    def get(self, goal: int, user: str, quarter: str) -> Carried | None:
        """Return what somebody answered."""
        row = self.row(_ONE, number=goal, user=user, quarter=quarter)
        return None if row is None else _read(row)


def _read(row: RowMapping) -> Carried:
    return Carried(
        goal=row["number"],
        user=row["user"],
        quarter=row["quarter"],
        at=row["at"],
        note=row["note"],
        message=row["message"],
    )
