"""Queries of thanks."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import RowMapping, bindparam, insert, select, update

from bot.db import counters
from bot.db.repository import Repository
from bot.db.tables import ThanksRow
from bot.domain.thanks import Thanks

_ROW = ThanksRow.__table__.c
_ALL = select(*_ROW).where(_ROW.workspace == bindparam("workspace"))
_ONE = _ALL.where(_ROW.number == bindparam("number"))
_IN_CHANNEL = _ALL.where(
    _ROW.channel == bindparam("channel"),
    _ROW.at >= bindparam("since"),
    _ROW.at < bindparam("until"),
    ~_ROW.kept_between,
).order_by(_ROW.at, _ROW.number)
_SAVE = update(ThanksRow).where(
    _ROW.workspace == bindparam("of_workspace"), _ROW.number == bindparam("of_number")
)


@dataclass(frozen=True, slots=True)
class SqlThanks(Repository):
    """The port `ThanksBook`."""

    def add(self, thanks: Thanks) -> Thanks:
        """Insert with the next number of its own, which it returns in it."""
        number = counters.take(self.connection, self.workspace, "thanks", 1)
        self.put(insert(ThanksRow), number=number, **_values(thanks))
        return replace(thanks, number=number)

    def get(self, number: int) -> Thanks | None:
        """Return the thanks with this number."""
        row = self.row(_ONE, number=number)
        return None if row is None else read_thanks(row)

    def save(self, thanks: Thanks) -> None:
        """Update the row."""
        self.change(_SAVE, of_number=thanks.number, **_values(thanks))

    def in_channel(self, channel: str, since: datetime, until: datetime) -> list[Thanks]:
        """Return what a channel's summary carries: from `since` to before `until`, shared."""
        rows = self.rows(_IN_CHANNEL, channel=channel, since=since, until=until)
        return [read_thanks(row) for row in rows]


def _values(thanks: Thanks) -> dict[str, object]:
    return {
        "by": thanks.by,
        "to": thanks.to,
        "text": thanks.text,
        "at": thanks.at,
        "channel": thanks.channel,
        "expectation": thanks.expectation,
        "kept_between": thanks.kept_between,
    }


def read_thanks(row: RowMapping) -> Thanks:
    """Return a row's thanks."""
    return Thanks(
        number=row["number"],
        by=row["by"],
        to=row["to"],
        text=row["text"],
        at=row["at"],
        channel=row["channel"],
        expectation=row["expectation"],
        kept_between=row["kept_between"],
    )
