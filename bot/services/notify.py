"""Who hears of a change and when: makes its messages, holds what has to wait."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.conversation import Change, People
from bot.domain.expectation import Expectation
from bot.domain.member import Member
from bot.domain.messages import Moment
from bot.domain.thanks import Thanks
from bot.services.ports import UnitOfWork

NewId = Callable[[], str]
"""Makes the id of a message: random, it says nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """When somebody reads of a change, as whoever made it is told."""

    reader: Member
    moment: Moment
    at_once: bool
    when: datetime | None = None  # the list that carries it; None: at once, or no day is known
    may_send_now: bool = False
    away_until: date | None = None
    day_ends_before: bool = False  # a day that is due is over before that list


def tell(
    uow: UnitOfWork, change: Change, people: People, at: datetime, *, new_message_id: NewId
) -> tuple[Told, ...]:
    """Make all that follows from a change that was saved; return who reads of it when.

    Called inside the transaction of the change, after the expectation, terms and event are saved:
    notices (at once or held), the channel's post, timed messages, updates of the posts that show
    the expectation, and the Home of the parties who have opened it.
    """
    raise NotImplementedError


def send_now(
    uow: UnitOfWork, reader: Member, number: int, event: int, at: datetime, *, new_message_id: NewId
) -> Told | None:
    """Send at once what waits for the reader's next list; None where nothing waits any more.

    Raise NotAllowedError (reason away) where the reader is away.
    """
    raise NotImplementedError


def ask_later(
    uow: UnitOfWork,
    expectation: Expectation,
    event: int,
    user: str,
    when: datetime,
    at: datetime,
    *,
    new_message_id: NewId,
) -> None:
    """Ask the user again at `when`; `event` is the seq of the "ask me later" that chose it."""
    raise NotImplementedError


def thank(
    uow: UnitOfWork, thanks: Thanks, reader: Member, at: datetime, *, new_message_id: NewId
) -> Told:
    """Tell somebody that they were thanked."""
    raise NotImplementedError


def installed(uow: UnitOfWork, user: str, at: datetime, *, new_message_id: NewId) -> bool:
    """Write the one message to whoever installed the app; tell whether it is the first."""
    raise NotImplementedError


def refresh(
    uow: UnitOfWork, expectation: Expectation, at: datetime, *, new_message_id: NewId
) -> None:
    """Bring the posts that show the expectation and its parties' Homes up to date."""
    raise NotImplementedError


def show_home(uow: UnitOfWork, user: str, at: datetime, *, new_message_id: NewId) -> None:
    """Remember that the user has opened Home: from now on it is brought up to date."""
    raise NotImplementedError


def refresh_homes(
    uow: UnitOfWork, users: Collection[str], at: datetime, *, new_message_id: NewId
) -> None:
    """Bring the Homes up to date of those among the users who have opened theirs."""
    raise NotImplementedError
