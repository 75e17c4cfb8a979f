"""Ports of the books beside expectations: thanks, own words, charters, the monthly pulse."""

from datetime import date, datetime
from typing import Protocol

from bot.domain.charter import Charter, CharterVersion
from bot.domain.own_words import OwnWords
from bot.domain.pulse import Answers, Pulse
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


class CharterBook(Protocol):
    """Channels' charters, their versions, and who agreed."""

    def get(self, channel: str) -> Charter | None: ...
    def get_for_update(self, channel: str) -> Charter | None: ...
    def version(self, channel: str, version: int) -> CharterVersion | None: ...
    def add_version(self, channel: str, words: CharterVersion) -> None: ...
    def save(self, charter: Charter) -> None:
        """Insert or update all but the words, which `add_version` has stored."""
        ...

    def agree(self, channel: str, version: int, user: str, at: datetime) -> bool: ...
    def take_back(self, channel: str, version: int, user: str) -> bool: ...
    def agreed(self, channel: str, version: int) -> list[str]:
        """Return who agreed to a version, the first one first."""
        ...

    def to_review(self, author: str, day: date, limit: int) -> list[Charter]:
        """Return those whose present words somebody wrote and whose review day has come."""
        ...


class PulseBook(Protocol):
    """The monthly pulse: counts, and while a month is open who has answered."""

    def answer(self, channel: str, month: date, user: str, answers: Answers) -> bool:
        """Add answers to the counts; tell whether they were: not twice, nor to a closed month."""
        ...

    def has_answered(self, channel: str, month: date, user: str) -> bool: ...
    def close(self, at: datetime) -> int:
        """End the months that are over: forget who answered, and counts of too few."""
        ...

    def released(self, channel: str, since: datetime, until: datetime) -> list[Pulse]:
        """Return what may be shown of the months that ended from `since` to before `until`."""
        ...

    def in_it(self, channel: str, since: datetime) -> set[str]:
        """Return the parties of the channel's shared agreements that were open since then."""
        ...
