"""Which prompts are due in a member's list, and how a list is laid out."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from bot.domain.expectation import Period, PeriodOutcome, Status
from bot.domain.member import Member
from bot.domain.messages import Prompt
from bot.domain.schedule.agreed_work import ask_how_it_goes, ask_what_happened, ask_what_now
from bot.domain.schedule.answers import ask_about_done, ask_to_answer, ask_who_waits
from bot.domain.schedule.asked_periods import ask_about_series, slot_day
from bot.domain.schedule.candidates import Candidate, Case, Item, Urgency
from bot.domain.schedule.periods import awaits_settling
from bot.domain.schedule.resting import is_late

__all__ = [
    "Candidate",
    "Item",
    "ListPlan",
    "Urgency",
    "date_to_answer",
    "due_prompts",
    "layout",
    "needs_you",
]

LIST_ITEMS = 5
"""So many are asked in one list; Home has the rest."""

_RULES = (
    ask_to_answer,
    ask_what_happened,
    ask_about_series,
    ask_how_it_goes,
    ask_about_done,
    ask_what_now,
    ask_who_waits,
)
"""In this order: of one expectation a list asks one thing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPlan:
    """What a list says: held notices a line each, then what it asks."""

    held: int
    items: tuple[Item, ...]  # these, and no others, count as asked
    rest: int  # how many more Home has

    @property
    def is_empty(self) -> bool:
        """Tell whether there is nothing to send."""
        return not self.held and not self.items


def due_prompts(member: Member, candidates: Iterable[Candidate], at: datetime) -> tuple[Item, ...]:
    """Return what the member's list at `at` would ask, most urgent first.

    What an earlier list left out comes before everything else.
    """
    cases = (Case(member=member, candidate=one, at=at) for one in candidates)
    found = [item for case in cases if (item := _first(case)) is not None]
    return tuple(sorted(found, key=lambda item: _order(member, item, at)))


def layout(items: tuple[Item, ...], held: int) -> ListPlan:
    """Lay out a list: one item in full, or up to five and how many more Home has."""
    shown = items[:LIST_ITEMS]
    return ListPlan(held=held, items=shown, rest=len(items) - len(shown))


def needs_you(member: Member, candidate: Candidate, at: datetime) -> Prompt | None:
    """Return what waits for the member now, whether or not a list would ask it today."""
    case = Case(member=member, candidate=candidate, at=at)
    expectation = case.expectation
    owed = _owed(case)
    if owed is not None:
        return owed
    if is_late(expectation, at):
        return _about_late(case)
    if expectation.status is Status.DONE and case.is_requester:
        return Prompt.DONE
    if expectation.is_series and expectation.status is Status.ACTIVE:
        return _about_series(case)
    return None


def date_to_answer(member: Member, candidate: Candidate, at: datetime) -> Period | None:
    """Return the date of a series that the member may answer now: the earliest that waits."""
    case = Case(member=member, candidate=candidate, at=at)
    if not case.expectation.is_series or case.expectation.status is not Status.ACTIVE:
        return None
    return next((one for one in candidate.periods if _date_waits(case, one) is not None), None)


def _owed(case: Case) -> Prompt | None:
    """Return the answer that the member owes."""
    pending = case.expectation.pending
    if pending is not None and pending.author != case.member.user:
        return Prompt.LET_GO if pending.terms is None else Prompt.CHANGE
    if case.owed_question is not None:
        return Prompt.QUESTION
    return Prompt.PROPOSAL if case.expectation.awaited == case.member.user else None


def _first(case: Case) -> Item | None:
    return next((item for rule in _RULES if (item := rule(case)) is not None), None)


def _order(member: Member, item: Item, at: datetime) -> tuple[bool, Urgency, datetime, int]:
    today = at.astimezone(member.zone).date()
    return (item.since >= today, item.urgency, item.due_at, item.number)


def _about_late(case: Case) -> Prompt | None:
    if case.is_owner:
        return Prompt.OVERDUE
    return Prompt.OVERDUE_TO_ASKER if case.expectation.asked else None


def _about_series(case: Case) -> Prompt | None:
    waiting = (_date_waits(case, period) for period in case.candidate.periods)
    return next((prompt for prompt in waiting if prompt is not None), None)


def _date_waits(case: Case, period: Period) -> Prompt | None:
    if case.is_requester and awaits_settling(period):
        return Prompt.PERIOD_DONE
    is_open = period.outcome is PeriodOutcome.OPEN
    if case.is_owner and is_open and slot_day(case, period) <= case.today:
        return Prompt.PERIOD
    return None
