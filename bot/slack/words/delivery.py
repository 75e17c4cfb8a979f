"""When the other side reads something, as whoever sent it is told."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Protocol

from bot.domain.due import Due
from bot.domain.member import Member
from bot.domain.messages import MessageState
from bot.domain.views import Undelivered
from bot.slack.codes import because, meaning
from bot.slack.pen import Pen


class Delivery(Protocol):
    """When somebody reads of a change."""

    @property
    def reader(self) -> Member:
        """Who reads it."""
        ...

    @property
    def at_once(self) -> bool:
        """Whether it was sent already."""
        ...

    @property
    def when(self) -> datetime | None:
        """The list that carries it."""
        ...

    @property
    def may_send_now(self) -> bool:
        """Whether whoever sent it may have it sent at once."""
        ...

    @property
    def away_until(self) -> date | None:
        """The day of return of who is away."""
        ...

    @property
    def day_ends_before(self) -> bool:
        """Whether the day that is due is over before it is read."""
        ...


class DayOff(Protocol):
    """A due on a day on which its owner does not work."""

    @property
    def day(self) -> date:
        """The day where the owner is."""
        ...

    @property
    def away(self) -> bool:
        """Whether they are away on it."""
        ...

    @property
    def before(self) -> Due | None:
        """The last one before on which they work."""
        ...


def seen(told: Delivery, pen: Pen) -> str:
    """Return {who} sees it {seen}, with what to do where the day is over by then."""
    who = pen.who(told.reader.user)
    if told.at_once:
        return f"{who} sees it at once."
    if told.away_until is not None:
        text = f"{who} is away until {pen.day(told.away_until)} and sees it then."
    elif told.when is not None:
        text = f"{who} sees it on {pen.at(told.when)}."
    else:
        text = f"{who} sees it with the next list."
    if told.day_ends_before:
        text += " The day is over by then: another day may be better."
    return text


def all_seen(told: Sequence[Delivery], pen: Pen) -> str:
    """Return when each reads it."""
    return " ".join(seen(each, pen) for each in told)


def day_off(off: DayOff, owner: Member, pen: Pen) -> str:
    """Say that a day is none of the owner's workdays, and which one before is."""
    whose = "you are" if owner.user == pen.reader else f"{pen.who(owner.user)} is"
    works = (
        "you do not work" if owner.user == pen.reader else f"{pen.who(owner.user)} does not work"
    )
    why = f"{whose} away" if off.away else works
    text = f"On {pen.day(off.day)} {why}"
    if off.before is None:
        return f"{text}."
    return f"{text}; the last workday before is {pen.when(off.before, owner.user)}."


_LOST = {
    MessageState.DEAD: "a message about it did not reach you",
    MessageState.UNKNOWN: "a message about it may not have reached you",
    MessageState.PENDING: "a message about it cannot reach you yet",
}


def not_reached(who: str, code: str, *, unclear: bool) -> str:
    """Say that somebody, or a channel, was not reached, or may not have been, and why."""
    if unclear:
        return (
            f"{who} may not have been told: {because(code)} Please look there; I do not post it "
            "again."
        )
    return f"{who} could not be reached: {because(code)}"


def lost(one: Undelivered, pen: Pen) -> str:
    """Say what did not reach its reader and why; nothing where it only waits its turn."""
    if one.state is MessageState.PENDING and not meaning(one.error).do:
        return ""
    return f"{pen.item(one.expectation)}: {_LOST[one.state]}: {because(one.error)}"


def list_put_off(error: str | None) -> str:
    """Say why somebody's list waits, and who can do something; nothing where it only waits."""
    if not meaning(error).do:
        return ""
    return f"Your list cannot reach you yet: {because(error)}"
