"""Queries of what two people think of what lies between them."""

from dataclasses import dataclass

from sqlalchemy import RowMapping, and_, bindparam, func, or_, select

from bot.db.repository import Repository
from bot.db.tables import OpinionRow
from bot.db.upsert import upsert
from bot.domain.opinions import Exchange, Said, Topic

_ROW = OpinionRow.__table__.c
_ALL = select(*_ROW).where(_ROW.workspace == bindparam("workspace"))
_OF_BOTH = or_(
    and_(_ROW.by == bindparam("one"), _ROW.other == bindparam("two")),
    and_(_ROW.by == bindparam("two"), _ROW.other == bindparam("one")),
)
_ABOUT = _ALL.where(_ROW.topic == bindparam("topic"), _OF_BOTH, _ROW.about == bindparam("about"))
_SEEN = (
    _ALL.where(
        _ROW.topic == bindparam("topic"),
        _OF_BOTH,
        or_(_ROW.by == bindparam("one"), _ROW.shown_at.is_not(None)),
    )
    .order_by(func.coalesce(_ROW.shown_at, _ROW.at).desc(), _ROW.about.desc(), _ROW.by)
    .limit(bindparam("limit"))
)


@dataclass(frozen=True, slots=True)
class SqlOpinions(Repository):
    """The port `Opinions`."""

    def save(self, said: Said) -> None:
        """Insert or overwrite somebody's answer."""
        self.put(
            upsert(self.connection, OpinionRow),
            topic=said.topic,
            by=said.by,
            other=said.other,
            about=said.about,
            opinion=said.opinion,
            at=said.at,
            shares=said.shares,
            shown_at=said.shown_at,
        )

    def exchange(self, topic: Topic, about: str, one: str, two: str) -> Exchange:
        """Return what two people answered to the same question."""
        rows = self.rows(_ABOUT, topic=topic, about=about, one=one, two=two)
        return Exchange(
            between=frozenset({one, two}), said={row["by"]: read_said(row) for row in rows}
        )

    def seen_between(self, topic: Topic, reader: str, other: str, limit: int) -> list[Said]:
        """Return what a reader may read of the last answers between two, the latest first."""
        rows = self.rows(_SEEN, topic=topic, one=reader, two=other, limit=limit)
        return [read_said(row) for row in rows]


def read_said(row: RowMapping) -> Said:
    """Return a row's answer."""
    return Said(
        topic=row["topic"],
        about=row["about"],
        by=row["by"],
        other=row["other"],
        opinion=row["opinion"],
        at=row["at"],
        shares=row["shares"],
        shown_at=row["shown_at"],
    )
