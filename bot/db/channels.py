"""Queries of channels and their summaries."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import RowMapping, bindparam, select

from bot.db.repository import Repository
from bot.db.tables import ChannelRow
from bot.db.upsert import upsert
from bot.domain.channel import Channel, Summary

_ROW = ChannelRow.__table__.c
_ALL = select(*_ROW).where(_ROW.workspace == bindparam("workspace"))
_ONE = _ALL.where(_ROW.channel == bindparam("channel"))
_LOCKED = _ONE.with_for_update(key_share=True)
_SUMMED_UP = (
    select(_ROW.channel)
    .where(_ROW.workspace == bindparam("workspace"), _ROW.summary_next_at.is_not(None))
    .order_by(_ROW.channel)
)
_DUE = (
    _ALL.where(_ROW.summary_next_at.is_not(None), _ROW.summary_next_at <= bindparam("at"))
    .order_by(_ROW.summary_next_at)
    .limit(bindparam("limit"))
)


@dataclass(frozen=True, slots=True)
class SqlChannels(Repository):
    """The port `Channels`."""

    def get(self, channel: str) -> Channel | None:
        """Return what has this Slack id."""
        row = self.row(_ONE, channel=channel)
        return None if row is None else read_channel(row)

    def get_for_update(self, channel: str) -> Channel | None:
        """Return the channel, which nobody else can change until the transaction ends."""
        row = self.row(_LOCKED, channel=channel)
        return None if row is None else read_channel(row)

    def save(self, channel: Channel) -> None:
        """Insert or update, with its summary."""
        summary = channel.summary
        values = {
            "channel": channel.channel,
            "name": channel.name,
            "kind": channel.kind,
            "summary_weekday": summary and summary.weekday,
            "summary_hour": summary and summary.hour,
            "summary_zone": summary and summary.zone,
            "summary_by": summary and summary.by,
            "summary_next_at": summary and summary.next_at,
            "summary_last_on": summary and summary.last_on,
        }
        self.put(upsert(self.connection, ChannelRow), **values)

    def summed_up(self) -> list[str]:
        """Return the channels that have a weekly summary."""
        return [row["channel"] for row in self.rows(_SUMMED_UP)]

    def due_for_summary(self, at: datetime, limit: int) -> list[Channel]:
        """Return those whose next summary is due, the longest due first."""
        rows = self.rows(_DUE, at=at, limit=limit)
        return [read_channel(row) for row in rows]


def read_channel(row: RowMapping) -> Channel:
    """Return a row's channel."""
    summary = None
    if row["summary_weekday"] is not None:
        summary = Summary(
            weekday=row["summary_weekday"],
            hour=row["summary_hour"],
            zone=row["summary_zone"],
            by=row["summary_by"],
            next_at=row["summary_next_at"],
            last_on=row["summary_last_on"],
        )
    return Channel(channel=row["channel"], name=row["name"], kind=row["kind"], summary=summary)
