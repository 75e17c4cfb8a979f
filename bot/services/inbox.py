"""Keys of what came in: a change is remembered under its key in its own transaction."""

from collections.abc import Mapping
from datetime import datetime

from bot.services.actor import Actor
from bot.services.ports import UnitOfWork


class TooLateError(Exception):
    """Slack gave up waiting: nothing is saved, since the person was told that it failed."""


def answered(uow: UnitOfWork, actor: Actor) -> Mapping[str, str] | None:
    """Return what the first delivery of the same thing left, None where this is the first."""
    return None if actor.key is None else uow.inbox.answer(actor.key)


def remember(uow: UnitOfWork, actor: Actor, answer: Mapping[str, str], at: datetime) -> None:
    """Record that it changed something, with what a second delivery needs to answer.

    The last thing before the commit: raise TooLateError where the answer would come too late.
    """
    if actor.expired():
        raise TooLateError
    if actor.key is not None:
        uow.inbox.record(actor.key, answer, at)
