"""Learnt: one line worth remembering, of one of two who agreed something."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.sharing import Sharing

LINE_LENGTH = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Learnt:
    """A line that the two read; the channel's summary carries it where both want that.

    Each writes one at most about one expectation; of a commitment its owner alone decides.
    """

    number: int  # the expectation's
    by: str
    other: str | None  # the other party; None: it was a commitment
    text: str
    at: datetime
    sharing: Sharing

    def rewritten(self, text: str, at: datetime) -> "Learnt":
        """Return it with another line, to which nobody has agreed yet; what is shown stays."""
        if self.sharing.is_shown or text == self.text:
            return self
        return write(self.number, self.by, self.other, text, at)


def write(number: int, by: str, other: str | None, text: str, at: datetime) -> Learnt:
    """Return a new line, which nobody shares yet."""
    among = frozenset({by} if other is None else {by, other})
    return Learnt(number=number, by=by, other=other, text=text, at=at, sharing=Sharing(among=among))
