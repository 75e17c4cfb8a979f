"""What is sent at a moment of its own: the hour before, and ask me later."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.expectation import Expectation, Status
from bot.domain.member import Member
from bot.domain.schedule.listing import list_at, next_list_at
from bot.domain.schedule.local import local_day
from bot.domain.schedule.quiet import is_quiet
from bot.domain.schedule.resting import is_resting
from bot.domain.schedule.workdays import working_on_or_after

HOUR = timedelta(hours=1)


class Later(StrEnum):
    """When somebody wants to be asked again."""

    HOUR = "1h"
    TOMORROW = "tomorrow"
    NEXT_WEEK = "next_week"


class TimedWay(StrEnum):
    """What becomes of a timed message at its moment."""

    SEND = "send"
    INTO_LIST = "into_list"
    FALLS_AWAY = "falls_away"


@dataclass(frozen=True, slots=True)
class TimedDelivery:
    """What becomes of a timed message, and which list carries it."""

    way: TimedWay
    list_at: datetime | None = None


def hour_before(expectation: Expectation, owner: Member, at: datetime) -> datetime | None:
    """Return the moment an hour before an agreed hour falls due; None when past or no hour.

    A series has none: its dates are asked about in the list.
    """
    if expectation.status is not Status.ACTIVE or expectation.is_series:
        return None
    if not expectation.due.is_hour or not owner.active:
        return None
    moment = expectation.due_at - HOUR
    return moment if moment > at else None


def hour_slot(expectation: Expectation) -> str:
    """Return the key of the hour-before message, unique in the workspace."""
    version = expectation.terms.version
    return f"hour/E-{expectation.number}/v{version}/{expectation.owner}"


def wants_hour_before(
    expectation: Expectation, owner: Member, last_said: datetime | None, at: datetime
) -> bool:
    """Tell whether the message planned for an hour before is still to be sent.

    Not when the owner said something that day, nor when it is over, or rests, by now.
    """
    if expectation.status is not Status.ACTIVE or not expectation.due.is_hour:
        return False
    if is_resting(expectation) or at >= expectation.due_at:
        return False
    today = local_day(at, owner.zone)
    return last_said is None or local_day(last_said, owner.zone) != today


def later_at(choice: str, member: Member, at: datetime) -> datetime:
    """Return when to ask again: in an hour, or at tomorrow's or next week's check-in time.

    Tomorrow is the member's next check-in, so that a day off is passed over; next week is
    the first day of the coming week on which they work.
    """
    later = Later(choice)
    if later is Later.HOUR:
        return at + HOUR
    today = local_day(at, member.zone)
    days = 1 if later is Later.TOMORROW else 7 - today.weekday()
    day = today + timedelta(days=days)
    moment = list_at(member, working_on_or_after(member, day))
    return moment if moment is not None else next_list_at(member, at + timedelta(days=1))


def timed_delivery(
    member: Member, at: datetime, due_at: datetime | None, *, late: bool = False
) -> TimedDelivery:
    """Decide about a timed message whose moment is now.

    A quiet moment, and one that a stop made late, goes into the next list, or falls away where
    that list comes after the due.
    """
    if not late and not is_quiet(member, at):
        return TimedDelivery(TimedWay.SEND)
    carrier = next_list_at(member, at)
    if due_at is not None and carrier > due_at:
        return TimedDelivery(TimedWay.FALLS_AWAY)
    return TimedDelivery(TimedWay.INTO_LIST, carrier)
