"""Under which key a question is remembered, and whether it still waits for its answer."""

from collections.abc import Callable, Mapping

from bot.domain.expectation import PeriodOutcome, Status
from bot.domain.messages import Asked, Message, Prompt
from bot.domain.schedule.agreed_work import due_key
from bot.domain.schedule.answers import pending_key, question_key, terms_key
from bot.domain.schedule.candidates import Case
from bot.domain.schedule.periods import awaits_settling
from bot.domain.schedule.prompts import needs_you
from bot.domain.schedule.resting import is_late

_ABOUT_PENDING = frozenset({Prompt.CHANGE, Prompt.LET_GO, Prompt.UNANSWERED_TO_ASKER})
_ABOUT_TERMS = frozenset({Prompt.PROPOSAL, Prompt.UNANSWERED_TO_ASKER})


def prompt_key(case: Case, prompt: Prompt) -> str:
    """Return the key under which a prompt about the present state is remembered."""
    expectation, pending = case.expectation, case.expectation.pending
    question = case.owed_question if prompt is Prompt.QUESTION else None
    if prompt is Prompt.UNANSWERED_TO_ASKER:
        question = case.own_question
    if question is not None:
        return question_key(question)
    if prompt in _ABOUT_PENDING and pending is not None:
        return pending_key(pending)
    if prompt in _ABOUT_TERMS:
        return terms_key(case)
    return f"r{expectation.reports}" if prompt is Prompt.DONE else due_key(case)


def still_waits(case: Case, question: Asked, message: Message) -> bool:
    """Tell whether what a message asked still waits for its answer."""
    check = _WAITS.get(question.prompt)
    if check is not None and not check(case, question, message):
        return False
    if check is None and needs_you(case.member, case.candidate, case.at) is not question.prompt:
        return False
    about_dates = question.prompt in _ABOUT_DATES
    return about_dates or prompt_key(case, question.prompt) == question.key


def _is_going_on(case: Case, _: Asked, message: Message) -> bool:
    expectation = case.expectation
    is_ahead = expectation.status is Status.ACTIVE and not is_late(expectation, case.at)
    return is_ahead and not spoke_since(case, message)


def _is_unexplained(case: Case, _: Asked, message: Message) -> bool:
    return is_late(case.expectation, case.at) and not spoke_since(case, message)


def _is_late(case: Case, _: Asked, __: Message) -> bool:
    return is_late(case.expectation, case.at)


def _is_unanswered(case: Case, _: Asked, __: Message) -> bool:
    expectation = case.expectation
    pending = expectation.pending
    mine = pending is not None and pending.author == case.member.user
    awaits_other = expectation.awaited not in {None, case.member.user}
    return case.own_question is not None or mine or awaits_other


def _is_period_open(case: Case, question: Asked, _: Message) -> bool:
    return case.expectation.status is Status.ACTIVE and any(
        one.date.isoformat() == question.key and one.outcome is PeriodOutcome.OPEN
        for one in case.candidate.periods
    )


def _is_period_unsettled(case: Case, question: Asked, _: Message) -> bool:
    return case.expectation.status is Status.ACTIVE and any(
        one.date.isoformat() == question.key and awaits_settling(one)
        for one in case.candidate.periods
    )


def _is_series_unanswered(case: Case, _: Asked, message: Message) -> bool:
    return case.expectation.status is Status.ACTIVE and not spoke_since(case, message)


_WAITS: Mapping[Prompt, Callable[[Case, Asked, Message], bool]] = {
    Prompt.CHECK_IN: _is_going_on,
    Prompt.OVERDUE: _is_unexplained,
    Prompt.OVERDUE_TO_ASKER: _is_late,
    Prompt.UNANSWERED_TO_ASKER: _is_unanswered,
    Prompt.PERIOD: _is_period_open,
    Prompt.PERIOD_DONE: _is_period_unsettled,
    Prompt.SERIES_QUESTION: _is_series_unanswered,
}
"""What else waits is what the domain says needs its reader."""

_ABOUT_DATES = frozenset({Prompt.PERIOD, Prompt.PERIOD_DONE, Prompt.SERIES_QUESTION})


def spoke_since(case: Case, message: Message) -> bool:
    """Tell whether the reader said anything about it after the message was sent."""
    expectation, said = case.expectation, case.candidate.last_said
    word = expectation.owner_word_at if case.is_owner else expectation.requester_word_at
    moments = [moment for moment in (said, word) if moment is not None]
    return message.sent_at is not None and any(moment > message.sent_at for moment in moments)
