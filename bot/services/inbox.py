"""Keys of what came in: a change is remembered under its key in its own transaction."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.services.actor import Actor
from bot.services.ports import Store, UnitOfWork


class TooLateError(Exception):
    """Slack gave up waiting: nothing is saved, since the person was told that it failed."""


def answered(uow: UnitOfWork, actor: Actor) -> Mapping[str, str] | None:
    """Return what the first delivery of the same thing left, None where this is the first.

    A copy waits here for the first one's end, so it comes before all that is locked.
    """
    return None if actor.key is None else uow.inbox.answer(actor.key)


def remember(uow: UnitOfWork, actor: Actor, answer: Mapping[str, str], at: datetime) -> None:
    """Record that it changed something, with what a second delivery needs to answer.

    The last thing before the commit: raise TooLateError where the answer would come too late.
    """
    refuse_late(actor)
    note_done(uow, actor, answer, at)


def refuse_late(actor: Actor) -> None:
    """Raise TooLateError where Slack has stopped waiting."""
    if actor.expired():
        raise TooLateError


def note_done(uow: UnitOfWork, actor: Actor, answer: Mapping[str, str], at: datetime) -> None:
    """Record it however late it is: what others see already is not undone by an error."""
    if actor.key is not None:
        uow.inbox.record(actor.key, answer, at)


@dataclass(frozen=True, slots=True)
class Deliveries:
    """What reached the bot before, in this process or another, up to seven days ago."""

    store: Store
    clock: Callable[[], datetime]

    def before(self, workspace: int, key: str) -> Mapping[str, str] | None:
        """Return what the first delivery of a change left; None where none was committed."""
        with self.store.read(workspace) as uow:
            return uow.inbox.answer(key)

    def may_say(self, workspace: int, key: str) -> bool:
        """Tell whether a line may be answered by a message: once, whoever asks.

        It is noted before the message is posted, and so never said twice: a line that comes again
        while the first is being answered is common. A process that is killed between the two
        leaves a line without an answer, as does a post that fails; what the line did is there, and
        Home shows it.
        """
        with self.store.write(workspace) as uow:
            said = f"said:{key}"
            if uow.inbox.answer(said) is not None:
                return False
            uow.inbox.record(said, {}, self.clock())
        return True
