"""What is kept of people: ports that gather it for them, and that take it out for good."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from bot.domain.expectation import Event, Expectation, Period
from bot.domain.goal import Goal
from bot.domain.messages import Asked
from bot.domain.own_words import OwnWords
from bot.domain.terms import Terms
from bot.domain.thanks import Thanks


@dataclass(frozen=True, slots=True, kw_only=True)
class WholeExpectation:
    """An expectation with all that belongs to it."""

    expectation: Expectation
    terms: tuple[Terms, ...]
    events: tuple[Event, ...]
    periods: tuple[Period, ...]
    words: tuple[OwnWords, ...]
    asked: tuple[Asked, ...]


class Archive(Protocol):
    """All that is kept, of everybody or of one person."""

    def whole(self, numbers: Collection[int]) -> Iterator[WholeExpectation]:
        """Yield these, by number."""
        ...

    def goals_of(self, user: str) -> list[Goal]:
        """Return those that somebody set or keeps, by number."""
        ...

    def thanks_of(self, user: str) -> list[Thanks]:
        """Return what somebody was thanked for and thanked others for, by number."""
        ...

    def personal(self, user: str) -> dict[str, list[Mapping[str, Any]]]:
        """Return what else is kept of somebody, a list each, in the order of its keys."""
        ...


class Forgetting(Protocol):
    """What takes somebody and their words out of all that is kept."""

    def concerned(self, user: str) -> list[int]:
        """Return the numbers of what somebody has a part in, or said something about."""
        ...

    def others(self, user: str) -> set[str]:
        """Return who else is a party to these."""
        ...

    def posts(self, user: str) -> list[str]:
        """Return the ids of sent posts to others that show somebody or their words."""
        ...

    def silence(self, user: str, at: datetime) -> None:
        """Cancel all that waits to be sent to somebody; what is being sent is not recorded."""
        ...

    def bury(self, user: str, name: str, stone: str, at: datetime) -> bool:
        """Put a tombstone in the place of somebody and of their words; tell whether one stays."""
        ...
