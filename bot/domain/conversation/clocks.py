"""What happens because time passed: from when the clock may do what."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from bot.domain.conversation.facts import (
    last_instant,
    question_stops_until,
    word_of,
)
from bot.domain.conversation.people import People
from bot.domain.conversation.table import From
from bot.domain.expectation import OPEN, Action, Expectation, Pending, Report, Status
from bot.domain.schedule.resting import is_resting
from bot.domain.schedule.series import last_day
from bot.domain.schedule.workdays import AWAY_WORKDAYS_FORGIVEN, end_of_day, end_of_workday

PROPOSAL_WORKDAYS = 10
PAST_PROPOSAL_WORKDAYS = 1
PENDING_WORKDAYS = 5
SETTLE_WORKDAYS = 5
SILENT_WORKDAYS = 20


def deadlines(expectation: Expectation, people: People) -> Mapping[tuple[From, Action], datetime]:
    """Return the instants from which the clock may take each of its rows."""
    if expectation.status not in OPEN:
        return {}
    if not all(member.active for member in people.all):
        return {(From(expectation.status.value), Action.GONE): expectation.created_at}
    found: dict[tuple[From, Action], datetime | None] = {}
    if expectation.status is Status.PROPOSED:
        found[From.PROPOSED, Action.LAPSE] = _proposal_lapses(expectation, people)
    if expectation.status is Status.ACTIVE:
        found[From.ACTIVE, Action.LAPSE] = _silence_lapses(expectation, people)
    if expectation.pending is not None:
        pending = expectation.pending
        found[From.PENDING, Action.LAPSE] = _pending_lapses(expectation, pending, people)
    if expectation.status is Status.DONE and expectation.last_report is not None:
        report = expectation.last_report
        found[From.DONE, Action.SETTLE] = _settles(expectation, report, people)
    return {row: instant for row, instant in found.items() if instant is not None}


def clock_action(expectation: Expectation, at: datetime, people: People) -> Action | None:
    """Return what the clock would do now: lapse, settle, gone or nothing."""
    due = [
        (instant, action)
        for (_, action), instant in deadlines(expectation, people).items()
        if instant <= at
    ]
    return min(due)[1] if due else None


def next_clock(expectation: Expectation, people: People) -> datetime | None:
    """Return when the clock should look again: for a series also its next slot."""
    instants = list(deadlines(expectation, people).values())
    if expectation.is_series and expectation.status is Status.ACTIVE:
        instants.append(expectation.due_at)
    return min(instants, default=None)


def _heard_at(
    expectation: Expectation, user: str, started: datetime, reached: datetime | None
) -> datetime | None:
    """Return since when `user` knows and is silent; None while nothing reached them."""
    word = word_of(expectation, user)
    known = [reached] if reached is not None else []
    if word is not None and word > started:
        known.append(word)
    return max(known, default=None)


def _runs_out(
    expectation: Expectation,
    people: People,
    user: str,
    workdays: int,
    *,
    started: datetime,
    reached: datetime | None,
) -> datetime:
    """Return when `user` has been silent for so many workdays about what waits for them.

    The clock starts when it reached them. What never did counts like days away: the first 20
    workdays do not count, those after them do, so that nothing stays open for ever.
    """
    member = people.member(user)
    since = _heard_at(expectation, user, started, reached)
    if since is None:
        present = replace(member, away_from=None, away_until=None)
        return end_of_workday(present, started, AWAY_WORKDAYS_FORGIVEN + workdays)
    stops = question_stops_until(expectation, user, people)
    return end_of_workday(member, max(since, stops) if stops else since, workdays)


def _proposal_lapses(expectation: Expectation, people: People) -> datetime | None:
    user, terms = expectation.awaited, expectation.terms
    if user is None:
        return None
    started, reached = terms.at, expectation.reached_at
    silent = _runs_out(
        expectation, people, user, PROPOSAL_WORKDAYS, started=started, reached=reached
    )
    if terms.rrule is not None:
        last = last_day(terms.rrule)
        return silent if last is None else min(silent, end_of_day(people.owner, last))
    if _heard_at(expectation, user, started, reached) is None:
        return silent
    fair = _runs_out(
        expectation, people, user, PAST_PROPOSAL_WORKDAYS, started=started, reached=reached
    )
    return min(silent, max(expectation.due_at, fair))


def _pending_lapses(expectation: Expectation, pending: Pending, people: People) -> datetime | None:
    user = expectation.other(pending.author)
    if user is None:
        return None
    return _runs_out(
        expectation,
        people,
        user,
        PENDING_WORKDAYS,
        started=pending.asked_at,
        reached=pending.reached_at,
    )


def _settles(expectation: Expectation, report: Report, people: People) -> datetime | None:
    user = expectation.requester
    if user is None:
        return None
    return _runs_out(
        expectation, people, user, SETTLE_WORKDAYS, started=report.at, reached=report.reached_at
    )


def _silence_lapses(expectation: Expectation, people: People) -> datetime | None:
    """Return when 20 of the owner's workdays passed without a word from either, after due.

    A series has no due to be past: there it counts from the first slot that passed in silence,
    or a monthly one would end between two slots.
    """
    if expectation.is_series:
        starts = tuple(map(last_instant, expectation.asked[:1]))
    else:
        starts = () if is_resting(expectation) else (last_instant(expectation.due_at),)
    if not starts:
        return None
    words = (expectation.owner_word_at, expectation.requester_word_at)
    stops = question_stops_until(expectation, expectation.owner, people)
    since = max(instant for instant in (*starts, *words, stops) if instant is not None)
    return end_of_workday(people.owner, since, SILENT_WORKDAYS)
