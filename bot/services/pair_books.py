"""Ports of what two people say of what lies between them."""

from collections.abc import Collection
from datetime import datetime
from typing import Protocol

from bot.domain.give_and_take import Given
from bot.domain.learnt import Learnt
from bot.domain.opinions import Exchange, Said, Topic
from bot.domain.thanks import Thanks


class LearntBook(Protocol):
    """Lines worth remembering; the channel reads those that both share."""

    def save(self, learnt: Learnt) -> None: ...
    def get(self, number: int, by: str) -> Learnt | None: ...
    def of_many(self, numbers: Collection[int]) -> list[Learnt]:
        """Return the lines about expectations, by number and then as they were written."""
        ...

    def between(self, one: str, two: str, limit: int) -> list[Learnt]:
        """Return the lines of two people about what was between them, the latest first."""
        ...

    def in_channel(self, channel: str, since: datetime, until: datetime) -> list[Learnt]:
        """Return the lines that both shared from `since` to before `until`, as they did."""
        ...


class OpinionBook(Protocol):
    """Answers to what both of two are asked; each reads the other's where both share."""

    def save(self, said: Said) -> None: ...
    def exchange(self, topic: Topic, about: str, one: str, two: str) -> Exchange: ...
    def seen_between(self, topic: Topic, reader: str, other: str, limit: int) -> list[Said]:
        """Return what a reader may read of the last answers between two, the latest first."""
        ...


class BetweenPeople(Protocol):
    """What was finished between people, and what lies between two; every list is bounded."""

    def finished(self, one: str, two: str, limit: int) -> list[Given]:
        """Return what two people finished for each other, the latest first."""
        ...

    def finished_of(self, user: str, since: datetime, limit: int) -> list[Given]:
        """Return what somebody finished, or had finished for them, since; the latest first."""
        ...

    def put_right(self, one: str, two: str, limit: int) -> list[int]:
        """Return what was repaired or forgiven between two, the latest first, by number."""
        ...

    def thanks(self, one: str, two: str, limit: int) -> list[Thanks]: ...
