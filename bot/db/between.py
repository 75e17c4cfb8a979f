"""Queries of what was finished between people, and of what lies between two of them."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import BindParameter, ColumnElement, Select, and_, bindparam, or_, select, union_all

from bot.db.expectation_queries import LIMIT, SINCE, USER, WORKSPACE, E
from bot.db.repository import Repository
from bot.db.tables import ThanksRow
from bot.db.tables.base import rule
from bot.db.tables.expectations import FINISHED
from bot.db.thanks import read_thanks
from bot.domain.expectation import Outcome, Status
from bot.domain.give_and_take import Given
from bot.domain.thanks import Thanks

_T = ThanksRow.__table__.c
_ONE: BindParameter[str] = bindparam("one")
_TWO: BindParameter[str] = bindparam("two")
_GIVEN = (E.number, E.owner, E.requester, E.closed_at)
_MET = (E.workspace == WORKSPACE, rule(FINISHED), E.status == Status.MET)
_LATEST = (E.closed_at.desc(), E.number.desc())


def _given(owner: ColumnElement[str], requester: ColumnElement[str]) -> Select[tuple[object, ...]]:
    return select(*_GIVEN).where(*_MET, E.owner == owner, E.requester == requester)


def _latest(*conditions: ColumnElement[bool]) -> Select[tuple[object, ...]]:
    first = (
        select(*_GIVEN)
        .where(*_MET, E.requester.is_not(None), *conditions)
        .order_by(*_LATEST)
        .limit(LIMIT)
    )
    return select(*first.subquery().c)


_BOTH_WAYS = union_all(_given(_ONE, _TWO), _given(_TWO, _ONE)).subquery()
_FINISHED_BETWEEN = (
    select(*_BOTH_WAYS.c)
    .order_by(_BOTH_WAYS.c.closed_at.desc(), _BOTH_WAYS.c.number.desc())
    .limit(LIMIT)
)
_EITHER_ROLE = union_all(
    _latest(E.owner == USER, E.closed_at >= SINCE),
    _latest(E.requester == USER, E.closed_at >= SINCE),
).subquery()
_FINISHED_OF = (
    select(*_EITHER_ROLE.c)
    .order_by(_EITHER_ROLE.c.closed_at.desc(), _EITHER_ROLE.c.number.desc())
    .limit(LIMIT)
)
_PUT_RIGHT = (
    select(E.number)
    .where(
        E.workspace == WORKSPACE,
        rule(FINISHED),
        E.outcome.in_([Outcome.REPAIRED, Outcome.FORGIVEN]),
        or_(
            and_(E.owner == _ONE, E.requester == _TWO),
            and_(E.owner == _TWO, E.requester == _ONE),
        ),
    )
    .order_by(*_LATEST)
    .limit(LIMIT)
)
_THANKS = (
    select(*_T)
    .where(
        _T.workspace == WORKSPACE,
        or_(and_(_T.by == _ONE, _T.to == _TWO), and_(_T.by == _TWO, _T.to == _ONE)),
    )
    .order_by(_T.at.desc(), _T.number.desc())
    .limit(LIMIT)
)


@dataclass(frozen=True, slots=True)
class SqlBetween(Repository):
    """The port `BetweenPeople`."""

    def finished(self, one: str, two: str, limit: int) -> list[Given]:
        """Return what two people finished for each other, the latest first."""
        return self._read(_FINISHED_BETWEEN, one=one, two=two, limit=limit)

    def finished_of(self, user: str, since: datetime, limit: int) -> list[Given]:
        """Return what somebody finished, or had finished for them, since; the latest first."""
        return self._read(_FINISHED_OF, user=user, since=since, limit=limit)

    def put_right(self, one: str, two: str, limit: int) -> list[int]:
        """Return what was repaired or forgiven between two, the latest first, by number."""
        return [row["number"] for row in self.rows(_PUT_RIGHT, one=one, two=two, limit=limit)]

    def thanks(self, one: str, two: str, limit: int) -> list[Thanks]:
        """Return the thanks of two people to each other, the latest first."""
        return [read_thanks(row) for row in self.rows(_THANKS, one=one, two=two, limit=limit)]

    def _read(self, statement: Select[tuple[object, ...]], **values: object) -> list[Given]:
        return [
            Given(number=row["number"], by=row["owner"], to=row["requester"], at=row["closed_at"])
            for row in self.rows(statement, **values)
        ]
