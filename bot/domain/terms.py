"""A version of what is expected."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.due import Due


@dataclass(frozen=True, slots=True, kw_only=True)
class Gains:
    """What each side and the team gain, in people's own words; empty where not said."""

    requester: str = ""
    owner: str = ""
    team: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """What people write into terms besides the due; empty where not said."""

    result: str
    why: str = ""
    gains: Gains = Gains()
    done_means: str = ""
    needs: str = ""  # what the owner needs from the requester
    needs_by: str = ""  # and by when, as a day (2026-11-27) or empty
    guidelines: str = ""
    resources: str = ""
    accountability: str = ""
    consequences: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """One version, append-only, with its author; `rrule` makes it a series."""

    version: int
    author: str
    at: datetime
    wording: Wording
    due: Due  # a series: its first nominal slot
    rrule: str | None = None
    note: str = ""  # why the author suggests this version
    accepted_at: datetime | None = None
