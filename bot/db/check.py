"""Looking for what is broken: all workspaces, piece by piece, in one reading transaction."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy import (
    Connection,
    ForeignKeyConstraint,
    FromClause,
    Select,
    Table,
    and_,
    exists,
    func,
    literal,
    not_,
    select,
    text,
)

from bot.db.counters import KINDS
from bot.db.invariants import INVARIANTS
from bot.db.tables import (
    Base,
    CounterRow,
    ExpectationRow,
    GoalRow,
    MemberRow,
    ThanksRow,
    WorkspaceRow,
)
from bot.db.tables.base import rule
from bot.db.tables.expectations import OPEN
from bot.db.types import read_due

_PIECE = 1000

_E = ExpectationRow.__table__.c
_P = MemberRow.__table__.c
_N = CounterRow.__table__.c
_W = WorkspaceRow.__table__.c
_NUMBERED: dict[str, tuple[str, FromClause]] = {
    "expectation": ("E-", ExpectationRow.__table__),
    "goal": ("G-", GoalRow.__table__),
    "thanks": ("thanks ", ThanksRow.__table__),
}
_OPEN_DUES = (
    select(_E.workspace, _E.number, _E.due, _E.due_zone, _E.due_at, _P.zone)
    .outerjoin_from(
        ExpectationRow, MemberRow, and_(_P.workspace == _E.workspace, _P.user == _E.owner)
    )
    .where(rule(OPEN))
    .order_by(_E.workspace, _E.number)
)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is broken; it names ids only."""

    workspace: int | None  # None: the whole file
    what: str
    said: str

    def __str__(self) -> str:
        """Return the finding as one line."""
        where = "database" if self.workspace is None else f"workspace {self.workspace}"
        return f"{where}: {self.what} {self.said}"


def examine(connection: Connection) -> Iterator[Finding]:
    """Yield what is broken; the memory needed does not grow with what is stored."""
    yield from _damage(connection)
    for invariant in INVARIANTS:
        for workspace, id_ in _read(connection, invariant.broken):
            yield Finding(workspace, f"{invariant.what}{id_}", invariant.said)
    yield from _numbers(connection)
    yield from _dues(connection)
    yield from _loose_ends(connection)


def _damage(connection: Connection) -> Iterator[Finding]:
    """Let SQLite read its file: what a broken disk left is no rule of ours."""
    if connection.dialect.name == "sqlite":
        for (said,) in connection.execute(text("PRAGMA quick_check")):
            if said != "ok":
                yield Finding(None, "file:", said)


def _numbers(connection: Connection) -> Iterator[Finding]:
    """Compare numbers with their counter: gapless from 1 to just before the next."""
    for kind in KINDS:
        prefix, table = _NUMBERED[kind]
        for workspace, before, number in _read(connection, _jumps(table)):
            yield Finding(workspace, _range(prefix, before + 1, number - 1), "missing")
        for workspace, following, highest in _read(connection, _ends(kind, table)):
            if following is None:
                yield Finding(workspace, f"counter of {kind}", "missing")
            elif highest >= following:
                yield Finding(
                    workspace, f"counter of {kind}", f"stands at {following}, behind {highest}"
                )
            elif highest + 1 < following:
                yield Finding(workspace, _range(prefix, highest + 1, following - 1), "missing")


def _range(prefix: str, first: int, last: int) -> str:
    return f"{prefix}{first}" if first == last else f"{prefix}{first} to {prefix}{last}"


def _jumps(table: FromClause) -> Select[Any]:
    """Return where a number does not follow the one before it."""
    of, number = table.c.workspace, table.c.number
    before = func.coalesce(func.lag(number).over(partition_by=of, order_by=number), 0)
    each = select(of.label("workspace"), before.label("before"), number.label("number")).subquery()
    return select(each).where(each.c.number != each.c.before + 1).order_by(*each.c)


def _ends(kind: str, table: FromClause) -> Select[Any]:
    """Return each workspace's next number and its highest one, 0 where there is none."""
    highest = select(func.coalesce(func.max(table.c.number), 0)).where(table.c.workspace == _W.id)
    return (
        select(_W.id, _N.next, highest.correlate(WorkspaceRow).scalar_subquery())
        .outerjoin_from(WorkspaceRow, CounterRow, and_(_N.workspace == _W.id, _N.kind == kind))
        .order_by(_W.id)
    )


def _dues(connection: Connection) -> Iterator[Finding]:
    """Compare where each open due ends with its wall time, where its owner is."""
    for row in _read(connection, _OPEN_DUES):
        workspace, number, due, due_zone, due_at, zone = row
        if zone is None:
            yield Finding(workspace, f"E-{number}", "has an owner who is no member")
            continue
        try:
            ends_at = read_due(due, due_zone).ends_at(ZoneInfo(zone))
        except (ValueError, ZoneInfoNotFoundError):
            yield Finding(workspace, f"E-{number}", "has a due or a zone that cannot be read")
            continue
        if ends_at != due_at:
            yield Finding(workspace, f"E-{number}", "has a due that ends at another instant")


def _loose_ends(connection: Connection) -> Iterator[Finding]:
    """Follow every foreign key: goals, groups, remedies, and all that belongs to something."""
    for name, pointer, statement in _pointers():
        for workspace, *ids in _read(connection, statement):
            yield Finding(workspace, _named(name, ids), f"points nowhere with its {pointer}")


@cache
def _pointers() -> tuple[tuple[str, str, Select[Any]], ...]:
    """Return a table, a column that points out of it, and what finds loose ends, for each."""
    return tuple(
        (table.name, key.column_keys[-1], _pointing_nowhere(table, key))
        for table in Base.metadata.sorted_tables
        for key in sorted(table.foreign_key_constraints, key=lambda key: str(key.name))
    )


def _named(table: str, ids: list[object]) -> str:
    if table in _NUMBERED:
        return f"{_NUMBERED[table][0]}{ids[0]}"
    return " ".join((table, "/".join(map(str, ids))))


def _pointing_nowhere(table: Table, key: ForeignKeyConstraint) -> Select[Any]:
    names = [one.name for one in table.primary_key.columns if one.name != "workspace"]
    there = key.referred_table.alias("there")
    pairs = [(one.parent, there.c[one.column.name]) for one in key.elements]
    target = exists(
        select(literal(1)).select_from(there).where(*(mine == its for mine, its in pairs))
    )
    pointing = [mine.is_not(None) for mine, _ in pairs]
    ids = [table.c[name] for name in names]
    return select(pairs[0][0], *ids).where(*pointing, not_(target)).order_by(pairs[0][0], *ids)


def _read(connection: Connection, statement: Select[Any]) -> Iterator[Any]:
    """Yield rows as they come, from a cursor of the database's own."""
    piecewise = {"yield_per": _PIECE}
    with connection.execute(statement, execution_options=piecewise) as rows:
        yield from rows
