"""Queries of the asides that were asked."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import RowMapping, bindparam, func, select

from bot.db.repository import Repository
from bot.db.tables import AsideRow
from bot.db.upsert import insert_new
from bot.domain.asides import Aside, AskedAside

_ROW = AsideRow.__table__.c
_ALL = select(*_ROW).where(_ROW.workspace == bindparam("workspace"))
_ONE = _ALL.where(
    _ROW.user == bindparam("user"), _ROW.kind == bindparam("kind"), _ROW.key == bindparam("key")
)
_AMONG = select(_ROW.key).where(
    _ROW.workspace == bindparam("workspace"),
    _ROW.user == bindparam("user"),
    _ROW.kind == bindparam("kind"),
    _ROW.key.in_(bindparam("keys", expanding=True)),
)
_LATEST = (
    select(_ROW.key)
    .where(
        _ROW.workspace == bindparam("workspace"),
        _ROW.user == bindparam("user"),
        _ROW.kind == bindparam("kind"),
    )
    .order_by(_ROW.at.desc(), _ROW.key)
    .limit(bindparam("limit"))
)
_OF_MESSAGE = _ALL.where(_ROW.message == bindparam("message")).order_by(_ROW.kind, _ROW.key)
_LAST = (
    select(_ROW.kind, func.max(_ROW.at).label("at"))
    .where(
        _ROW.workspace == bindparam("workspace"),
        _ROW.user == bindparam("user"),
        _ROW.kind.in_(bindparam("kinds", expanding=True)),
    )
    .group_by(_ROW.kind)
)


@dataclass(frozen=True, slots=True)
class SqlAsides(Repository):
    """The port `Asides`."""

    def add(self, asked: AskedAside) -> bool:
        """Note one that was asked, unless it is noted; tell whether it was new."""
        return self.put(
            insert_new(self.connection, AsideRow),
            user=asked.user,
            kind=asked.kind,
            key=asked.key,
            at=asked.at,
            message=asked.message,
        )

    def get(self, user: str, kind: Aside, key: str) -> AskedAside | None:
        """Return one that was asked."""
        row = self.row(_ONE, user=user, kind=kind, key=key)
        return None if row is None else _read(row)

    def among(self, user: str, kind: Aside, keys: Collection[str]) -> set[str]:
        """Return those of the keys that somebody was asked."""
        if not keys:
            return set()
        rows = self.rows(_AMONG, user=user, kind=kind, keys=sorted(keys))
        return {row["key"] for row in rows}

    def latest(self, user: str, kind: Aside, limit: int) -> list[str]:
        """Return the keys of a kind that somebody was asked, the latest first."""
        return [row["key"] for row in self.rows(_LATEST, user=user, kind=kind, limit=limit)]

    def of_message(self, message: str) -> list[AskedAside]:
        """Return those that a list carried."""
        return [_read(row) for row in self.rows(_OF_MESSAGE, message=message)]

    def last(self, user: str, kinds: Collection[Aside]) -> dict[Aside, datetime]:
        """Return when somebody was last asked each of these kinds, where they ever were."""
        rows = self.rows(_LAST, user=user, kinds=list(kinds))
        return {row["kind"]: row["at"] for row in rows}


def _read(row: RowMapping) -> AskedAside:
    return AskedAside(
        user=row["user"], kind=row["kind"], key=row["key"], at=row["at"], message=row["message"]
    )
