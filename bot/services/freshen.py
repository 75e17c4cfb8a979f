"""Bringing what is there up to date: posts that show an expectation, and opened Homes."""

from collections.abc import Callable, Collection
from datetime import datetime

from bot.domain.conversation import Change
from bot.domain.expectation import Action, Expectation
from bot.domain.messages import Message, MessageKind, Moment, home_slot
from bot.services.ports import UnitOfWork
from bot.services.shown import marks

NewId = Callable[[], str]
"""Makes the id of a message: random, it says nothing."""

_POSTS = 20
"""Older posts than these are as they are; what is pressed there is refused and shows the state."""

_QUESTIONS = frozenset({Moment.LIST, Moment.HOUR_BEFORE, Moment.ASK_LATER})
"""What a check-in answers."""


def freshen(uow: UnitOfWork, change: Change, at: datetime, *, new_message_id: NewId) -> None:
    """Bring up to date what a change made old."""
    after, before = change.after, change.before
    if before is not None:
        changed = isinstance(change.event.verb, Action) or _shown(before) != _shown(after)
        for post in uow.messages.posts_showing(after.number, _POSTS):
            if changed or post.moment in _QUESTIONS:
                uow.messages.add(update(post, at, new_message_id()))
    refresh_homes(uow, after.parties, at, new_message_id=new_message_id)


def refresh(
    uow: UnitOfWork, expectation: Expectation, at: datetime, *, new_message_id: NewId
) -> None:
    """Bring the posts that show the expectation and its parties' Homes up to date."""
    for post in uow.messages.posts_showing(expectation.number, _POSTS):
        uow.messages.add(update(post, at, new_message_id()))
    refresh_homes(uow, expectation.parties, at, new_message_id=new_message_id)


def show_home(uow: UnitOfWork, user: str, at: datetime, *, new_message_id: NewId) -> None:
    """Remember that the user has opened Home: from now on it is brought up to date."""
    uow.messages.add(_home(user, at, new_message_id()))


def refresh_homes(
    uow: UnitOfWork, users: Collection[str], at: datetime, *, new_message_id: NewId
) -> None:
    """Bring the Homes up to date of those among the users who have opened theirs."""
    for user in uow.messages.homes_of(users):
        uow.messages.add(_home(user, at, new_message_id()))


def update(post: Message, at: datetime, message_id: str) -> Message:
    """Return the update of a post; one waits at most, whatever happens meanwhile."""
    return Message(
        id=message_id,
        kind=MessageKind.UPDATE,
        moment=post.moment,
        to=post.to,
        slot=f"update/{post.id}",
        not_before=at,
        created_at=at,
        number=post.number,
        args={"of": post.id},
    )


def _home(user: str, at: datetime, message_id: str) -> Message:
    return Message(
        id=message_id,
        kind=MessageKind.HOME,
        moment=Moment.HOME,
        to=user,
        slot=home_slot(user),
        not_before=at,
        created_at=at,
    )


def _shown(expectation: Expectation) -> tuple[object, ...]:
    """Return what posts show of an expectation."""
    return (marks(expectation), expectation.due, expectation.question, expectation.outcome)
