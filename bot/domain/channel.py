"""A channel in which things are made, and its weekly summary."""

from dataclasses import dataclass
from datetime import date, datetime, time


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """When a channel's week is summed up, and who set it up."""

    weekday: int  # Monday = 0
    hour: time
    zone: str  # of who set it up
    by: str
    next_at: datetime
    last_on: date | None = None  # the nominal local date of the last one planned


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """A Slack conversation; `kind` is channel, private (channel), im or mpim."""

    channel: str
    name: str
    kind: str = "channel"
    summary: Summary | None = None
