"""How a finished expectation counts."""

from datetime import datetime

from bot.domain.conversation.people import People
from bot.domain.due import Due
from bot.domain.errors import InvalidInputError
from bot.domain.expectation import Expectation, Outcome
from bot.domain.schedule.local import local_day


def finished_on(expectation: Expectation, named: Due | None, at: datetime, people: People) -> Due:
    """Return the moment that a report names, as precise as the due; now where none was named.

    Raise InvalidInputError for the future, and for a day where only its hour could tell.
    """
    due, zone = expectation.due, people.owner.zone
    if named is None:
        if isinstance(due.wall, datetime):
            return Due(at.astimezone(due.wall.tzinfo))
        return Due(local_day(at, zone))
    if isinstance(named.wall, datetime):
        if named.wall > at:
            raise InvalidInputError({"finished_on": "That is still to come."})
        return named if due.is_hour else Due(local_day(named.wall, zone))
    if named.wall > local_day(at, zone):
        raise InvalidInputError({"finished_on": "That is still to come."})
    if due.is_hour and named.wall == due.day:
        raise InvalidInputError({"finished_on": "It was due at an hour: name yours too."})
    return named


def is_after(finished: Due, due: Due) -> bool:
    """Tell whether a moment of finishing is after a due."""
    if isinstance(finished.wall, datetime) and isinstance(due.wall, datetime):
        return finished.wall > due.wall
    return finished.day > due.day


def counts_as(expectation: Expectation, finished: Due) -> Outcome:
    """Return the outcome of a report that stands, made now."""
    if is_after(finished, expectation.due) or expectation.moved_late:
        return Outcome.LATE
    return Outcome.KEPT_CHANGED if expectation.moved_in_time else Outcome.KEPT
