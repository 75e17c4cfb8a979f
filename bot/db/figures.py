"""Figures: who kept and agreed how much, the rows behind it, and what a channel was shown."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import RowMapping, Select

from bot.db import figure_queries as queries
from bot.db.repository import Repository
from bot.db.tables import BalanceNoteRow, ShownFigureRow
from bot.db.upsert import upsert
from bot.domain.figures.balance import BalanceNote
from bot.domain.figures.floor import Window
from bot.domain.figures.own import OwnCounts
from bot.domain.figures.shared import Look, Shown, Source


@dataclass(frozen=True, slots=True)
class SqlFigures(Repository):
    """The port `FiguresBook`."""

    def kept(self, channel: str, of: Window) -> dict[str, dict[str, int]]:
        """Return by owner what was kept in a channel: kept, changed."""
        rows = self.rows(queries.KEPT_BY_OWNER, channel=channel, since=of.since, until=of.until)
        return _by_owner(rows, "kept", "changed")

    def reminders(self, channel: str, of: Window) -> int:
        """Return how often owners were reminded of what was kept in a channel."""
        values = self.of(channel=channel, since=of.since, until=of.until)
        return int(self.connection.execute(queries.REMINDERS, values).scalar_one())

    def both_gain(self, channel: str, of: Window) -> dict[str, int]:
        """Return by owner how many of what was agreed in a channel name both gains."""
        rows = self.rows(
            queries.BOTH_GAIN_BY_OWNER, channel=channel, since=of.since, until=of.until
        )
        return {row["owner"]: row["both_gain"] for row in rows}

    def owners(self, channel: str, of: Window) -> set[str]:
        """Return who agreed to something in a channel."""
        rows = self.rows(queries.OWNERS, channel=channel, since=of.since, until=of.until)
        return {row["owner"] for row in rows}

    def open_work(self, channel: str) -> dict[str, int]:
        """Return by owner how much of what was agreed in a channel is open."""
        return {
            row["owner"]: row["open"] for row in self.rows(queries.OPEN_BY_OWNER, channel=channel)
        }

    def own(self, user: str, since: datetime) -> OwnCounts:
        """Return how what somebody owned ended since."""
        (row,) = self.rows(queries.OWN, user=user, since=since)
        return OwnCounts(finished=row["finished"], kept=row["kept"], changed=row["changed"])

    def rows_kept(self, channel: str, of: Window, offset: int, limit: int) -> list[int]:
        """Return a page of what was kept in a channel, the latest first."""
        values = {"channel": channel, "since": of.since, "until": of.until}
        return self._numbers(queries.ROWS_KEPT, offset=offset, limit=limit, **values)

    def rows_changed(
        self, channel: str, user: str, of: Window, offset: int, limit: int
    ) -> list[int]:
        """Return a page of what a party kept after an early change, the latest first."""
        values = {"channel": channel, "user": user, "since": of.since, "until": of.until}
        return self._numbers(queries.ROWS_CHANGED, offset=offset, limit=limit, **values)

    def rows_both_gain(
        self, channel: str, user: str, of: Window, offset: int, limit: int
    ) -> list[int]:
        """Return a page of a party's agreements that name both gains, the latest first."""
        values = {"channel": channel, "user": user, "since": of.since, "until": of.until}
        return self._numbers(queries.ROWS_BOTH_GAIN, offset=offset, limit=limit, **values)

    def rows_open(self, channel: str, user: str, offset: int, limit: int) -> list[int]:
        """Return a page of an owner's open work that a channel shares, by due."""
        return self._numbers(
            queries.ROWS_OPEN, channel=channel, user=user, offset=offset, limit=limit
        )

    def rows_own(self, user: str, since: datetime, offset: int, limit: int) -> list[int]:
        """Return a page of what somebody kept since, the latest first."""
        return self._numbers(queries.ROWS_OWN, user=user, since=since, offset=offset, limit=limit)

    def looks(self, channel: str) -> dict[Source, Look]:
        """Return what the last look found, of each source that was looked at."""
        return {row["source"]: _look(row) for row in self.rows(queries.SHOWN, channel=channel)}

    def note_look(self, channel: str, source: Source, look: Look) -> None:
        """Note what a look found, in the place of the one before."""
        self.put(
            upsert(self.connection, ShownFigureRow),
            channel=channel,
            source=source,
            until=look.shown.until if look.shown else look.week,
            looked=look.week,
            counts=dict(look.shown.counts) if look.shown else {},
        )

    def notes(self, channel: str, on: date) -> list[BalanceNote]:
        """Return the notes that are shown on a day."""
        rows = self.rows(queries.NOTES, channel=channel, on=on)
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
        self.change(queries.DROP_NOTE, of_channel=channel, of_user=user)

    def _numbers(self, statement: Select[tuple[int]], **values: object) -> list[int]:
        return [row["number"] for row in self.rows(statement, **values)]


def _by_owner(rows: list[RowMapping], *names: str) -> dict[str, dict[str, int]]:
    return {row["owner"]: {name: row[name] for name in names} for row in rows}


def _look(row: RowMapping) -> Look:
    counts = row["counts"]
    shown = Shown(until=row["until"], counts=counts) if counts else None
    return Look(week=row["looked"] or row["until"], shown=shown)


def _note(row: RowMapping) -> BalanceNote:
    return BalanceNote(
        channel=row["channel"], user=row["user"], text=row["text"], until=row["until"]
    )
