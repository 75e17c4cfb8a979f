"""What the numbers of a channel's balance miss, in the words of those who are counted."""

from dataclasses import dataclass
from datetime import date

NOTE_LENGTH = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class BalanceNote:
    """A line that somebody adds; only they change it or take it back."""

    channel: str
    user: str
    text: str
    until: date  # the last day on which it is shown
