"""Ports of the books of people's own lines: thanks, and words about what was agreed."""

from datetime import datetime
from typing import Protocol

from bot.domain.own_words import OwnWords
from bot.domain.thanks import Thanks


class ThanksBook(Protocol):
    """Thanks."""

    def add(self, thanks: Thanks) -> Thanks:
        """Insert with the next number of its own."""
        ...

    def get(self, number: int) -> Thanks | None: ...
    def save(self, thanks: Thanks) -> None: ...
    def in_channel(self, channel: str, since: datetime, until: datetime) -> list[Thanks]: ...


class OwnWordsBook(Protocol):
    """What parties added in their own words."""

    def add(self, words: OwnWords) -> None: ...
    def about(self, number: int) -> list[OwnWords]:
        """Return all about an expectation, the oldest first."""
        ...

    def note_read_back(self, words: OwnWords) -> None:
        """Fill in when they were read back, once."""
        ...
