"""Dates as one reader sees them: Slack's `<!date>`, and the page's own."""

from __future__ import annotations

import re
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from zoneinfo import ZoneInfo

_TOKEN = re.compile(r"\{(\w+)\}")
_NEAR = {0: "today", 1: "tomorrow", -1: "yesterday"}
_EVENING, _MORNING = time(19), time(8)
_SATURDAY = 5


def moment(ts: str) -> datetime:
    """Return the instant of a message's ts."""
    return datetime.fromtimestamp(float(ts), UTC)


def dated(target: str, fallback: str, zone: ZoneInfo, now: datetime) -> str:
    """Return what `date^SECONDS^FORMAT` says to a reader in a zone."""
    parts = target.split("^")
    try:
        at = datetime.fromtimestamp(int(parts[1]), UTC).astimezone(zone)
        form = parts[2]
    except (IndexError, ValueError, OverflowError, OSError):
        return fallback
    near = _NEAR.get((at.date() - now.astimezone(zone).date()).days)
    known: dict[str, Callable[[], str]] = {
        "date": lambda: f"{at.day} {at:%B %Y}",
        "date_num": lambda: f"{at:%Y-%m-%d}",
        "date_slash": lambda: f"{at:%d/%m/%Y}",
        "date_short": lambda: f"{at:%a}, {at.day} {at:%b %Y}",
        "date_long": lambda: f"{at:%A}, {at.day} {at:%B %Y}",
        "date_pretty": lambda: near or f"{at.day} {at:%B %Y}",
        "date_short_pretty": lambda: near or f"{at:%a}, {at.day} {at:%b %Y}",
        "date_long_pretty": lambda: near or f"{at:%A}, {at.day} {at:%B %Y}",
        "day_divider_pretty": lambda: near or f"{at:%A}, {at.day} {at:%B}",
        "time": lambda: f"{at:%H:%M}",
        "time_secs": lambda: f"{at:%H:%M:%S}",
        "ago": lambda: f"{at:%a}, {at.day} {at:%b %Y}",
    }
    return _TOKEN.sub(lambda match: known[match[1]]() if match[1] in known else match[0], form)


def divider(day: date, today: date) -> str:
    """Return the heading above a day's messages."""
    if day == today:
        return "Today"
    if day == today - timedelta(days=1):
        return "Yesterday"
    year = "" if day.year == today.year else f" {day.year}"
    return f"{day:%A}, {day.day} {day:%B}{year}"


def is_quiet(local: datetime) -> bool:
    """Say whether most people there are off: 19:00 to 08:00, and weekends."""
    return local.weekday() >= _SATURDAY or not _MORNING <= local.time() < _EVENING


def city(zone: str) -> str:
    """Return the place that a zone is named after."""
    return zone.rsplit("/", 1)[-1].replace("_", " ")
