"""What a list asks about answers that are owed: by its reader, or to its reader."""

from datetime import UTC, datetime

from bot.domain.expectation import Pending, PendingKind, Question, Status
from bot.domain.member import Member
from bot.domain.messages import Prompt
from bot.domain.schedule.candidates import Case, Item, Urgency
from bot.domain.schedule.workdays import nth_workday

ANSWER_WORKDAYS = (1, 3)
UNANSWERED_WORKDAYS = (2,)
DONE_WORKDAYS = (2,)


def ask_to_answer(case: Case) -> Item | None:
    """Ask for the answer that the member owes: to a change, a question or a proposal."""
    return _pending(case) or _question(case) or _proposal(case)


def ask_who_waits(case: Case) -> Item | None:
    """Tell whoever asked, once, that no answer came yet."""
    expectation, other = case.expectation, case.candidate.other
    if other is None or case.owed_question is not None:
        return None
    own = case.own_question
    if own is not None:
        return _unanswered(case, question_key(own), own.at, other)
    pending = expectation.pending
    if pending is not None and pending.author == case.member.user:
        since = heard_at(case, other, pending.asked_at, pending.reached_at)
        return _unanswered(case, pending_key(pending), since, other)
    if expectation.awaited == other.user:
        terms = expectation.terms
        since = heard_at(case, other, terms.at, expectation.reached_at)
        return _unanswered(case, terms_key(case), since, other)
    return None


def ask_about_done(case: Case) -> Item | None:
    """Ask the requester, once, whether what was reported fits."""
    expectation = case.expectation
    report = expectation.last_report
    if expectation.status is not Status.DONE or report is None:
        return None
    if not case.is_requester or case.is_spared:
        return None
    since = heard_at(case, case.member, report.at, report.reached_at)
    key = f"r{report.ordinal}"
    return repeated(
        case,
        Prompt.DONE,
        key,
        since,
        workdays=DONE_WORKDAYS,
        urgency=Urgency.TO_LOOK_AT,
        arrived=report.reached_at,
    )


def terms_key(case: Case) -> str:
    """Return the key of what is asked about the latest terms."""
    return f"v{case.expectation.terms.version}"


def pending_key(pending: Pending) -> str:
    """Return the key of what is asked about a waiting change."""
    return f"p{pending.ordinal}"


def question_key(question: Question) -> str:
    """Return the key of what is asked about a question: the instant names it."""
    return f"q{question.at.astimezone(UTC):%Y%m%dT%H%M%S%f}"


def heard_at(case: Case, member: Member, started: datetime, reached: datetime | None) -> datetime:
    """Return since when somebody knows and is silent: a word of theirs counts anew."""
    expectation = case.expectation
    is_owner = member.user == expectation.owner
    word = expectation.owner_word_at if is_owner else expectation.requester_word_at
    known = reached or started
    return max(known, word) if word is not None and word > started else known


def repeated(
    case: Case,
    prompt: Prompt,
    key: str,
    since: datetime,
    *,
    workdays: tuple[int, ...],
    urgency: Urgency,
    arrived: datetime | None = None,
    counted: Member | None = None,
) -> Item | None:
    """Ask after each of so many workdays, and never sooner after the time before.

    A list that brought the thing itself, at `arrived`, asked too; that was no reminder yet.
    """
    who = counted or case.member
    asked = case.asked(prompt, key)
    earlier = [one for one in asked if arrived is None or one.at > arrived]
    n = len(earlier)
    if n >= len(workdays):
        return None
    day = nth_workday(who, since, workdays[n])
    if n:
        day = max(day, nth_workday(who, earlier[-1].at, workdays[n] - workdays[n - 1]))
    more = workdays[n + 1] - workdays[n] if n + 1 < len(workdays) else None
    again_on = nth_workday(who, case.at, more) if more else None
    return case.item(prompt, key, len(asked) + 1, day, urgency=urgency, again_on=again_on)


def _pending(case: Case) -> Item | None:
    pending = case.expectation.pending
    if pending is None or pending.author == case.member.user or case.is_spared:
        return None
    prompt = Prompt.LET_GO if pending.kind is PendingKind.LET_GO else Prompt.CHANGE
    since = heard_at(case, case.member, pending.asked_at, pending.reached_at)
    return _owed(case, prompt, pending_key(pending), since, pending.reached_at)


def _question(case: Case) -> Item | None:
    question = case.owed_question
    if question is None:
        return None
    return _owed(case, Prompt.QUESTION, question_key(question), question.at, None)


def _proposal(case: Case) -> Item | None:
    expectation = case.expectation
    if expectation.awaited != case.member.user or case.is_spared:
        return None
    since = heard_at(case, case.member, expectation.terms.at, expectation.reached_at)
    return _owed(case, Prompt.PROPOSAL, terms_key(case), since, expectation.reached_at)


def _owed(
    case: Case, prompt: Prompt, key: str, since: datetime, arrived: datetime | None
) -> Item | None:
    return repeated(
        case,
        prompt,
        key,
        since,
        workdays=ANSWER_WORKDAYS,
        urgency=Urgency.TO_ANSWER,
        arrived=arrived,
    )


def _unanswered(case: Case, key: str, since: datetime, other: Member) -> Item | None:
    return repeated(
        case,
        Prompt.UNANSWERED_TO_ASKER,
        key,
        since,
        workdays=UNANSWERED_WORKDAYS,
        urgency=Urgency.UNANSWERED,
        counted=other,
    )
