"""Asides: small questions that ride in a list and belong to no step of an expectation."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from bot.domain.member import Member, Stoppable
from bot.domain.schedule.local import local_day


class Aside(StrEnum):
    """What is asked, the most pressing first."""

    CHARTER_REVIEW = "charter_review"
    GOAL_REVIEW = "goal_review"
    CONCENTRATION = "concentration"
    WORTH_IT = "worth_it"
    FAIRNESS = "fairness"
    PULSE = "pulse"


RARE = frozenset({Aside.WORTH_IT, Aside.FAIRNESS, Aside.PULSE})
"""At most one of these a week and member, and never reason enough for a list."""

STOPPED_BY: Mapping[Aside, Stoppable] = {
    Aside.CHARTER_REVIEW: Stoppable.CHARTER_REVIEW,
    Aside.GOAL_REVIEW: Stoppable.GOAL_REVIEW,
    Aside.CONCENTRATION: Stoppable.CONCENTRATION,
    Aside.WORTH_IT: Stoppable.WORTH_IT,
    Aside.FAIRNESS: Stoppable.FAIRNESS,
    Aside.PULSE: Stoppable.PULSE,
}
"""What a member switches off with it: one row a kind."""

_RAREST = {Aside.FAIRNESS: 0, Aside.PULSE: 1, Aside.WORTH_IT: 2}
"""Which comes first where none was asked ever: what is asked once a quarter, then monthly."""
_NEVER = datetime.min.replace(tzinfo=UTC)

IN_ONE_LIST = 3
_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedAside:
    """An aside that reached somebody: unique per user, kind and key."""

    user: str
    kind: Aside
    key: str  # what it was about: E-42, G-3/2026-12-01, U02BOB/2026-Q4, C01/2026-11…
    at: datetime
    message: str  # the id of the list that carried it


def wanted(reader: Member, last: Mapping[Aside, datetime], at: datetime) -> tuple[Aside, ...]:
    """Return what may be asked of a reader in a list now, the most pressing first.

    `last` says when each of the rare ones was asked last. Of these the one that was asked the
    longest ago comes first, so that none of them waits for ever behind another.
    """
    latest = max(last.values(), default=None)
    rested = latest is None or _days_since(reader, latest, at) >= _WEEK
    rare = sorted(RARE if rested else (), key=lambda kind: (last.get(kind, _NEVER), _RAREST[kind]))
    return (
        *pressing(reader),
        *(kind for kind in rare if STOPPED_BY[kind] not in reader.stopped),
    )


def pressing(reader: Member) -> tuple[Aside, ...]:
    """Return what a reader may be asked whenever it is due, and a list goes out for."""
    return tuple(
        kind for kind in Aside if kind not in RARE and STOPPED_BY[kind] not in reader.stopped
    )


def are_reason_enough(kinds: Iterable[Aside]) -> bool:
    """Tell whether a list goes out for these alone."""
    return any(kind not in RARE for kind in kinds)


def _days_since(reader: Member, last: datetime, at: datetime) -> timedelta:
    return local_day(at, reader.zone) - local_day(last, reader.zone)
