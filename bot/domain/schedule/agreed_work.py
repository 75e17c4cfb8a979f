"""What a list asks about agreed work: how it is going, and what happened."""

from collections.abc import Iterator
from datetime import date, timedelta

from bot.domain.expectation import Status
from bot.domain.member import Cadence
from bot.domain.messages import Prompt
from bot.domain.schedule.candidates import Case, Item, Urgency
from bot.domain.schedule.listing import list_at
from bot.domain.schedule.local import local_day
from bot.domain.schedule.resting import is_late, is_resting
from bot.domain.schedule.workdays import (
    is_workday,
    next_working,
    nth_workday,
    working_before,
    working_on_or_after,
)

LONG_WORKDAYS = 10
"""Half-way is asked only when the due is further off than this."""

OVERDUE_ASKS = 2
OVERDUE_AGAIN_WORKDAYS = 2
_WEEK = 7


def ask_how_it_goes(case: Case) -> Item | None:
    """Ask the owner how agreed work goes, since the first of its days that nothing was said."""
    expectation = case.expectation
    if expectation.status is not Status.ACTIVE or expectation.is_series or not case.is_owner:
        return None
    if is_resting(expectation) or case.at >= expectation.due_at:
        return None
    earlier = case.asked(Prompt.CHECK_IN, due_key(case))
    spoken = [case.day_of(one.at) for one in earlier]
    if case.candidate.last_said is not None:
        spoken.append(case.day_of(case.candidate.last_said))
    came = (day for day in _days(case) if day <= case.today)
    missed = [day for day in came if all(one < day for one in spoken)]
    if not missed:
        return None
    return case.item(
        Prompt.CHECK_IN,
        due_key(case),
        len(earlier) + 1,
        min(missed),
        urgency=_urgency(case),
    )


def ask_what_happened(case: Case) -> Item | None:
    """Ask the owner on the next workday what happened, and once more 2 workdays later."""
    expectation = case.expectation
    if not is_late(expectation, case.at) or not case.is_owner or case.is_spared:
        return None
    pending = expectation.pending
    if pending is not None and pending.author == case.member.user:
        return None
    earlier = case.asked(Prompt.OVERDUE, due_key(case))
    if not earlier:
        day = next_working(case.member, due_day(case))
        again_on = nth_workday(case.member, case.at, OVERDUE_AGAIN_WORKDAYS)
        return case.item(
            Prompt.OVERDUE, due_key(case), 1, day, urgency=Urgency.OVERDUE, again_on=again_on
        )
    if len(earlier) >= OVERDUE_ASKS:
        return None
    day = nth_workday(case.member, earlier[0].at, OVERDUE_AGAIN_WORKDAYS)
    return case.item(Prompt.OVERDUE, due_key(case), 2, day, urgency=Urgency.OVERDUE)


def ask_what_now(case: Case) -> Item | None:
    """Let the requester choose, once, after the owner was asked twice."""
    expectation = case.expectation
    if not is_late(expectation, case.at) or not case.is_requester:
        return None
    if len(expectation.asked) < OVERDUE_ASKS or expectation.pending is not None or case.is_spared:
        return None
    key = due_key(case)
    if case.asked(Prompt.OVERDUE_TO_ASKER, key):
        return None
    day = nth_workday(case.member, expectation.asked[OVERDUE_ASKS - 1], 1)
    return case.item(Prompt.OVERDUE_TO_ASKER, key, 1, day, urgency=Urgency.TO_CHOOSE)


def due_key(case: Case) -> str:
    """Return the key of what is asked about the due in force, which may move within a version."""
    expectation = case.expectation
    return f"v{expectation.terms.version}/{expectation.due.iso()}"


def due_day(case: Case) -> date:
    """Return the day on which it is due: an hour's where its owner is."""
    due, owner = case.expectation.due, case.member
    return local_day(case.expectation.due_at, owner.zone) if due.is_hour else due.day


def _urgency(case: Case) -> Urgency:
    due = due_day(case)
    if case.today >= due:
        return Urgency.DUE_TODAY
    if case.today >= working_before(case.member, due):
        return Urgency.DUE_SOON
    return Urgency.UNDER_WAY


def _agreed_day(case: Case) -> date:
    terms = case.expectation.terms
    return case.day_of(terms.accepted_at or terms.at)


def _days(case: Case) -> Iterator[date]:
    """Yield the days on which to ask: the day, the workday before, and those half-way.

    With trust it is the last of these alone.
    """
    owner, due, agreed = case.member, due_day(case), _agreed_day(case)
    moment = list_at(owner, due)
    if moment is not None and moment < case.expectation.due_at:
        yield due
        if case.candidate.trusted:
            return
    before = working_before(owner, due)
    if before > agreed:
        yield before
    if case.candidate.trusted:
        return
    half_way = _half_way(case, agreed, due)
    if half_way is not None and half_way < before:
        yield half_way


def _half_way(case: Case, agreed: date, due: date) -> date | None:
    owner = case.member
    if owner.cadence is Cadence.DAILY:
        return next_working(owner, max([agreed, *_spoken_days(case)]))
    if owner.cadence is Cadence.WEEKLY:
        weeks = (case.today - agreed).days // _WEEK
        return working_on_or_after(owner, agreed + timedelta(weeks=weeks)) if weeks > 0 else None
    span = (agreed + timedelta(days=n) for n in range(1, (due - agreed).days + 1))
    workdays = [day for day in span if is_workday(owner, day)]
    if len(workdays) <= LONG_WORKDAYS:
        return None
    return workdays[len(workdays) // 2 - 1]


def _spoken_days(case: Case) -> list[date]:
    """Return the days on which the owner was asked how it goes, or said it."""
    days = [case.day_of(one.at) for one in case.asked(Prompt.CHECK_IN, due_key(case))]
    if case.candidate.last_said is not None:
        days.append(case.day_of(case.candidate.last_said))
    return days
