"""Queries of figures: who finished and agreed how much in a channel, and what it was shown."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import BindParameter, RowMapping, and_, bindparam, delete, func, or_, select

from bot.db.expectation_queries import BOTH_GAIN, IN_FORCE
from bot.db.repository import Repository
from bot.db.tables import AskedRow, BalanceNoteRow, ExpectationRow, ShownFigureRow, TermsRow
from bot.db.tables.base import rule
from bot.db.tables.expectations import AGREED, SHARED
from bot.db.upsert import upsert
from bot.domain.expectation import Kind, Outcome
from bot.domain.figures.balance import BalanceNote
from bot.domain.figures.shared import Shown, Source
from bot.domain.messages import Prompt

_E = ExpectationRow.__table__.c
_A = AskedRow.__table__.c
_S = ShownFigureRow.__table__.c
_N = BalanceNoteRow.__table__.c

_HERE = (
    _E.workspace == bindparam("workspace"),
    _E.channel == bindparam("channel"),
    _E.kind != Kind.COMMITMENT,
)
_SINCE: BindParameter[Any] = bindparam("since")
_UNTIL: BindParameter[Any] = bindparam("until")
_ENDED = (
    *_HERE,
    rule(SHARED),
    _E.closed_at.is_not(None),
    _E.closed_at >= _SINCE,
    _E.closed_at < _UNTIL,
    _E.outcome.is_not(None),
)
_CHANGED = _E.outcome == Outcome.KEPT_CHANGED
_KEPT = or_(_E.outcome == Outcome.KEPT, _CHANGED)
_ENDED_BY_OWNER = (
    select(
        _E.owner,
        func.count().label("ended"),
        func.count().filter(_KEPT).label("kept"),
        func.count().filter(_CHANGED).label("changed"),
    )
    .where(*_ENDED)
    .group_by(_E.owner)
)
_REMINDERS = (
    select(func.count())
    .select_from(ExpectationRow)
    .join(AskedRow, and_(_A.workspace == _E.workspace, _A.number == _E.number))
    .where(*_ENDED, _KEPT, _A.prompt.in_([Prompt.CHECK_IN, Prompt.OVERDUE]))
)
_AGREED = (
    *_HERE,
    rule(SHARED),
    _E.agreed_at.is_not(None),
    _E.agreed_at >= _SINCE,
    _E.agreed_at < _UNTIL,
)
_AGREED_BY_OWNER = (
    select(
        _E.owner,
        func.count().label("agreed"),
        func.count().filter(BOTH_GAIN).label("both_gain"),
    )
    .select_from(ExpectationRow)
    .join(TermsRow, IN_FORCE)
    .where(*_AGREED)
    .group_by(_E.owner)
)
_OPEN_BY_OWNER = (
    select(_E.owner, func.count().label("open")).where(*_HERE, rule(AGREED)).group_by(_E.owner)
)
_SHOWN = select(*_S).where(
    _S.workspace == bindparam("workspace"), _S.channel == bindparam("channel")
)
_NOTES = (
    select(*_N)
    .where(
        _N.workspace == bindparam("workspace"),
        _N.channel == bindparam("channel"),
        _N.until >= bindparam("on"),
    )
    .order_by(_N.user)
)
_DROP_NOTE = delete(BalanceNoteRow).where(
    _N.workspace == bindparam("of_workspace"),
    _N.channel == bindparam("of_channel"),
    _N.user == bindparam("of_user"),
)


@dataclass(frozen=True, slots=True)
class SqlFigures(Repository):
    """The port `FiguresBook`."""

    def ended(self, channel: str, since: datetime, until: datetime) -> dict[str, dict[str, int]]:
        """Return by owner what ended in a channel and counts: ended, kept, changed."""
        rows = self.rows(_ENDED_BY_OWNER, channel=channel, since=since, until=until)
        return _by_owner(rows, "ended", "kept", "changed")

    def reminders(self, channel: str, since: datetime, until: datetime) -> int:
        """Return how often somebody was reminded of what was kept in a channel."""
        values = self.of(channel=channel, since=since, until=until)
        return int(self.connection.execute(_REMINDERS, values).scalar_one())

    def agreed(self, channel: str, since: datetime, until: datetime) -> dict[str, dict[str, int]]:
        """Return by owner what was agreed in a channel: agreed, both_gain."""
        rows = self.rows(_AGREED_BY_OWNER, channel=channel, since=since, until=until)
        return _by_owner(rows, "agreed", "both_gain")

    def open_work(self, channel: str) -> dict[str, int]:
        """Return by owner how much of what was agreed in a channel is open."""
        return {row["owner"]: row["open"] for row in self.rows(_OPEN_BY_OWNER, channel=channel)}

    def shown(self, channel: str) -> dict[Source, Shown]:
        """Return what a channel was last shown."""
        rows = self.rows(_SHOWN, channel=channel)
        return {row["source"]: Shown(until=row["until"], counts=row["counts"]) for row in rows}

    def show(self, channel: str, source: Source, shown: Shown) -> None:
        """Note what a channel is shown."""
        self.put(
            upsert(self.connection, ShownFigureRow),
            channel=channel,
            source=source,
            until=shown.until,
            counts=dict(shown.counts),
        )

    def notes(self, channel: str, on: date) -> list[BalanceNote]:
        """Return the notes that are shown on a day."""
        rows = self.rows(_NOTES, channel=channel, on=on)
        return [_note(row) for row in rows]

    def save_note(self, note: BalanceNote) -> None:
        """Put somebody's note in the place of the one before."""
        self.put(
            upsert(self.connection, BalanceNoteRow),
            channel=note.channel,
            user=note.user,
            text=note.text,
            until=note.until,
        )

    def drop_note(self, channel: str, user: str) -> None:
        """Take somebody's note back."""
        self.change(_DROP_NOTE, of_channel=channel, of_user=user)


def _by_owner(rows: list[RowMapping], *names: str) -> dict[str, dict[str, int]]:
    return {row["owner"]: {name: row[name] for name in names} for row in rows}


def _note(row: RowMapping) -> BalanceNote:
    return BalanceNote(
        channel=row["channel"], user=row["user"], text=row["text"], until=row["until"]
    )
