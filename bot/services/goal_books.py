"""What the services need from the store of goals, and of who carries them."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Protocol

from bot.domain.goal import Carried, Goal, Load, MeasureUpdate


class Goals(Protocol):
    """Goals and the updates of their measure."""

    def take_number(self) -> int: ...
    def get(self, number: int) -> Goal | None: ...
    def get_for_update(self, number: int) -> Goal | None: ...
    def insert(self, goal: Goal) -> None: ...
    def save(self, goal: Goal) -> None: ...
    def in_channel(self, channel: str, limit: int) -> list[Goal]: ...
    def closed_in(self, channel: str, since: datetime, until: datetime, limit: int) -> list[Goal]:
        """Return the shared ones that closed in a period, the latest first."""
        ...

    def open_in(self, channel: str, limit: int) -> list[Goal]:
        """Return the shared ones that are open, by day."""
        ...

    def of_user(self, user: str, offset: int, limit: int) -> list[Goal]: ...
    def add_update(self, number: int, by: str, at: datetime, value: str) -> None: ...
    def updates(self, number: int, limit: int) -> list[MeasureUpdate]:
        """Return the last values that the measure was given, the latest first."""
        ...

    def to_review(self, user: str, today: date, limit: int) -> list[Goal]:
        """Return the open goals that are somebody's to look at by now, the earliest first.

        They are its champion's, and once that one left, its creator's.
        """
        ...

    def values_at(self, numbers: Collection[int], at: datetime) -> dict[int, str]:
        """Return where the measures of goals stood at a moment, of those that had a value."""
        ...


class CarriedBook(Protocol):
    """How much of a goal's open work is one person's, and what only they answered to that."""

    def loads(self, user: str, limit: int) -> list[Load]:
        """Return how much somebody carries of each open goal under which they have open work."""
        ...

    def add(self, answer: Carried) -> bool:
        """Note an answer unless one is noted; tell whether it was new."""
        ...

    def get(self, goal: int, user: str, quarter: str) -> Carried | None: ...
