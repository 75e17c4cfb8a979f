"""Queries of what was learnt."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import RowMapping, and_, bindparam, or_, select

from bot.db.repository import Repository
from bot.db.tables import ExpectationRow, LearntRow
from bot.db.tables.base import rule
from bot.db.tables.pairs import SHOWN
from bot.db.upsert import upsert
from bot.domain.expectation import Visibility
from bot.domain.learnt import Learnt
from bot.domain.sharing import Sharing

_ROW = LearntRow.__table__.c
_E = ExpectationRow.__table__.c
_ALL = select(*_ROW).where(_ROW.workspace == bindparam("workspace"))
_ONE = _ALL.where(_ROW.number == bindparam("number"), _ROW.by == bindparam("by"))
_OF_MANY = _ALL.where(_ROW.number.in_(bindparam("numbers", expanding=True))).order_by(
    _ROW.number, _ROW.at, _ROW.by
)
_BETWEEN = (
    _ALL.where(
        or_(
            and_(_ROW.by == bindparam("one"), _ROW.other == bindparam("two")),
            and_(_ROW.by == bindparam("two"), _ROW.other == bindparam("one")),
        )
    )
    .order_by(_ROW.at.desc(), _ROW.number.desc(), _ROW.by)
    .limit(bindparam("limit"))
)
_IN_CHANNEL = (
    _ALL.join_from(
        LearntRow,
        ExpectationRow,
        and_(_E.workspace == _ROW.workspace, _E.number == _ROW.number),
    )
    .where(
        rule(f"learnt.{SHOWN}"),
        _ROW.shared_at >= bindparam("since"),
        _ROW.shared_at < bindparam("until"),
        _E.channel == bindparam("channel"),
        _E.visibility == Visibility.CHANNEL,
    )
    .order_by(_ROW.shared_at, _ROW.number, _ROW.by)
)


@dataclass(frozen=True, slots=True)
class SqlLearnt(Repository):
    """The port `LearntBook`."""

    def save(self, learnt: Learnt) -> None:
        """Insert or overwrite the line of one person about one expectation."""
        sharing, other = learnt.sharing, learnt.other
        self.put(
            upsert(self.connection, LearntRow),
            number=learnt.number,
            by=learnt.by,
            other=other,
            text=learnt.text,
            at=learnt.at,
            by_shares=sharing.wants(learnt.by),
            other_shares=other is not None and sharing.wants(other),
            shared_at=sharing.since,
        )

    def get(self, number: int, by: str) -> Learnt | None:
        """Return somebody's line about an expectation."""
        row = self.row(_ONE, number=number, by=by)
        return None if row is None else read_learnt(row)

    def of_many(self, numbers: Collection[int]) -> list[Learnt]:
        """Return the lines about expectations, by number and then as they were written."""
        if not numbers:
            return []
        return [read_learnt(row) for row in self.rows(_OF_MANY, numbers=sorted(numbers))]

    def between(self, one: str, two: str, limit: int) -> list[Learnt]:
        """Return the lines of two people about what was between them, the latest first."""
        return [read_learnt(row) for row in self.rows(_BETWEEN, one=one, two=two, limit=limit)]

    def in_channel(self, channel: str, since: datetime, until: datetime) -> list[Learnt]:
        """Return the lines that both shared from `since` to before `until`, as they did."""
        rows = self.rows(_IN_CHANNEL, channel=channel, since=since, until=until)
        return [read_learnt(row) for row in rows]


def read_learnt(row: RowMapping) -> Learnt:
    """Return a row's line."""
    among = {row["by"]: row["by_shares"]}
    if row["other"] is not None:
        among[row["other"]] = row["other_shares"]
    return Learnt(
        number=row["number"],
        by=row["by"],
        other=row["other"],
        text=row["text"],
        at=row["at"],
        sharing=Sharing(
            among=frozenset(among),
            wanted_by=frozenset(user for user, wants in among.items() if wants),
            since=row["shared_at"],
        ),
    )
