"""Give and take: what one person did for others and others for them, as counts and no verdict."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.schedule.local import local_day

PERIOD = timedelta(days=90)


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """One request or offer that its owner finished for its requester, on time or late.

    A commitment is for nobody in particular, and the dates of a series are none of these.
    """

    number: int
    by: str  # its owner
    to: str  # its requester
    at: datetime  # when it was closed


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Quarter:
    """A quarter of a calendar year."""

    year: int
    quarter: int  # 1 to 4

    @classmethod
    def of(cls, day: date) -> "Quarter":
        """Return the quarter that a day is in."""
        return cls(year=day.year, quarter=(day.month + 2) // 3)

    @property
    def key(self) -> str:
        """Its name: 2026-Q4."""
        return f"{self.year}-Q{self.quarter}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How many were given and taken."""

    given: int = 0
    taken: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveAndTake:
    """Counts of the last 90 days, and of each quarter that has any, the latest first."""

    lately: Counts
    quarters: tuple[tuple[Quarter, Counts], ...]

    @property
    def in_all(self) -> Counts:
        """The counts of all time."""
        return Counts(
            given=sum(counts.given for _, counts in self.quarters),
            taken=sum(counts.taken for _, counts in self.quarters),
        )


def give_and_take(
    reader: str, finished: Iterable[Given], zone: ZoneInfo, at: datetime
) -> GiveAndTake:
    """Count what a reader gave and took, by quarters of their own calendar.

    What is between others counts nothing; what came after `at` is not counted yet.
    """
    mine = [one for one in finished if reader in {one.by, one.to} and one.at <= at]
    given = Counter(_quarter(one, zone) for one in mine if one.by == reader)
    taken = Counter(_quarter(one, zone) for one in mine if one.to == reader)
    lately = [one for one in mine if one.at > at - PERIOD]
    return GiveAndTake(
        lately=Counts(
            given=sum(one.by == reader for one in lately),
            taken=sum(one.to == reader for one in lately),
        ),
        quarters=tuple(
            (quarter, Counts(given=given[quarter], taken=taken[quarter]))
            for quarter in sorted(given.keys() | taken.keys(), reverse=True)
        ),
    )


def _quarter(one: Given, zone: ZoneInfo) -> Quarter:
    return Quarter.of(local_day(one.at, zone))
