"""The moves around a report: done, confirmed, returned, undone, settled."""

from dataclasses import replace

from bot.domain.conversation.agreeing import named_day
from bot.domain.conversation.move import Effect, Move, with_due, without_pending
from bot.domain.conversation.outcome import counts_as, finished_on
from bot.domain.expectation import Expectation, Report, Status
from bot.domain.schedule.workdays import next_workday_due


def report(move: Move) -> Effect:
    """Say that it is done; a commitment is met by its owner's word.

    The first report that stands decides the outcome. What is pending ends here, and kept the
    promise whole while it waited.
    """
    before = without_pending(move.expectation, move.at, move.people, taken_back=False)
    finished = finished_on(before, move.details.finished_on, move.at, move.people)
    made = Report(
        ordinal=before.reports + 1,
        at=move.at,
        finished_on=finished,
        outcome=counts_as(before, finished),
        link=move.details.link,
        thanks_to=move.details.thanks_to,
    )
    after = replace(
        before,
        status=move.to,
        reports=made.ordinal,
        first_report=before.first_report or made,
        last_report=made,
    )
    return Effect(replace(_met(after), self_confirmed=True) if move.to is Status.MET else after)


def confirm(move: Move) -> Effect:
    """Say that it fits."""
    return Effect(_met(replace(move.expectation, status=move.to)))


def settle(move: Move) -> Effect:
    """Close it as fitting, since nobody objected."""
    return Effect(replace(_met(replace(move.expectation, status=move.to)), unconfirmed=True))


def send_back(move: Move) -> Effect:
    """Say what is missing; the owner has until the end of their next workday, or the due.

    A day that was named waits as a suggested change.
    """
    expectation, owner = move.expectation, move.people.owner
    after = replace(expectation, status=move.to, returns=expectation.returns + 1, asked=())
    due = next_workday_due(owner, move.at)
    if due.ends_at(owner.zone) > after.due_at:
        after = with_due(after, due, move.people)
    return named_day(move, after)


def undo(move: Move) -> Effect:
    """Take the last report back; if it was the first that stood, nothing counts yet."""
    expectation = move.expectation
    first, last = expectation.first_report, expectation.last_report
    is_first = first is not None and last is not None and first.ordinal == last.ordinal
    stands = None if is_first else first
    return Effect(
        replace(
            expectation,
            status=move.to,
            first_report=stands,
            last_report=stands,
            outcome=None,
            self_confirmed=False,
            closed_at=None,
        )
    )


def _met(expectation: Expectation) -> Expectation:
    counted = expectation.first_report
    return replace(expectation, outcome=counted.outcome if counted else None)
