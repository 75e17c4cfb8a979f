"""One line of thanks from one person to another."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Thanks:
    """Thanks, carried by the channel's summary unless kept between the two."""

    number: int  # per workspace
    by: str
    to: str
    text: str
    at: datetime
    channel: str | None = None
    expectation: int | None = None
    kept_between: bool = False
