"""Numbers without gaps: a counter's row, locked until the transaction that took them ends."""

from sqlalchemy import Connection, bindparam, update

from bot.db.tables import CounterRow

KINDS = ("expectation", "goal", "thanks")

_ROW = CounterRow.__table__.c
_TAKE = (
    update(CounterRow)
    .where(_ROW.workspace == bindparam("of_workspace"), _ROW.kind == bindparam("of_kind"))
    .values(next=_ROW.next + bindparam("count"))
    .returning(_ROW.next)
)


def take(connection: Connection, workspace: int, kind: str, count: int) -> int:
    """Take `count` numbers and return the first.

    Take them before any other row is locked: the other order deadlocks.
    """
    if count < 1:
        msg = "at least one number is taken"
        raise ValueError(msg)
    values = {"of_workspace": workspace, "of_kind": kind, "count": count}
    after: int = connection.execute(_TAKE, values).scalar_one()
    return after - count
