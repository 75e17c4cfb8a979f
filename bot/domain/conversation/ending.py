"""The moves that end an expectation, speak about it, or put a missed one right."""

from dataclasses import replace

from bot.domain.conversation.facts import question_stops_until
from bot.domain.conversation.move import Effect, Move
from bot.domain.expectation import Expectation, Outcome, Question, Side, Status


def end(move: Move) -> Effect:
    """End it; only a missed one counts."""
    outcome = Outcome.MISSED if move.to is Status.MISSED else None
    return Effect(replace(move.expectation, status=move.to, outcome=outcome))


def ask(move: Move) -> Effect:
    """Ask the other; a question in return takes the place of the one that was open."""
    heard = _heard(move)
    question = Question(by=move.by, at=move.at, text=move.details.note)
    return Effect(replace(heard, question=question))


def answer(move: Move) -> Effect:
    """Answer the open question: the clock of who asked runs again."""
    return Effect(replace(_heard(move), question=None))


def offer_remedy(move: Move) -> Effect:
    """Offer to put it right; the linked offer is an expectation of its own."""
    return Effect(replace(move.expectation, open_remedy=move.details.remedy))


def forgive(move: Move) -> Effect:
    """Say that it is settled: it counts nowhere."""
    return Effect(replace(move.expectation, outcome=Outcome.FORGIVEN))


def differ(move: Move) -> Effect:
    """Keep a statement; after the first the other's may follow."""
    expectation = move.expectation
    unheard = None
    if expectation.status is not Status.UNSETTLED:
        unheard = Side.REQUESTER if move.by == expectation.owner else Side.OWNER
    return Effect(replace(expectation, status=move.to, outcome=None, unheard=unheard))


def _heard(move: Move) -> Expectation:
    """Let the clock of who waits for an answer run on: this is it, or it stopped for too long."""
    expectation, question = move.expectation, move.expectation.question
    if question is None or question.by == move.by:
        return expectation
    stops = question_stops_until(expectation, question.by, move.people)
    runs_on = move.at if stops is None else min(move.at, stops)
    if question.by == expectation.owner:
        return replace(expectation, owner_word_at=runs_on)
    return replace(expectation, requester_word_at=runs_on)
