"""Worth remembering: a line that the two read, and the channel's summary where both share it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.errors import InvalidInputError, NotAllowedError, UnknownIdError
from bot.domain.expectation import Expectation, Status, Visibility
from bot.domain.learnt import LINE_LENGTH, Learnt, write
from bot.domain.sharing import Sharing
from bot.services.actor import Actor
from bot.services.freshen import NewId, refresh
from bot.services.inbox import answered, remember
from bot.services.ports import Store, UnitOfWork
from bot.services.record import lock

_FINISHED = frozenset({Status.MET, Status.MISSED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line as it was written, and whether its author wants the channel to read it."""

    text: str
    shares: bool


NO_LINE = Line(text="", shares=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Remembered:
    """A line as it stands now."""

    learnt: Learnt
    expectation: Expectation
    actor: str
    stays: bool = False  # the channel reads it already, so other words did not take its place

    @property
    def may_be_shared(self) -> bool:
        """Tell whether there is a channel that could read it."""
        return has_readers(self.expectation)


def has_readers(expectation: Expectation) -> bool:
    """Tell whether a channel may read of an expectation at all."""
    return expectation.channel is not None and expectation.visibility is Visibility.CHANNEL


def write_line(
    uow: UnitOfWork, expectation: Expectation, by: str, line: Line, at: datetime
) -> Learnt | None:
    """Keep a party's line about an expectation, in the place of their earlier one; "" is none.

    Raise InvalidInputError (key learnt) for one that is too long.
    """
    text = " ".join(line.text.split())
    if len(text) > LINE_LENGTH:
        words = f"A line of at most {LINE_LENGTH} characters."
        raise InvalidInputError({"learnt": words})
    if not text:
        return None
    before = uow.learnt.get(expectation.number, by)
    learnt = (
        write(expectation.number, by, expectation.other(by), text, at)
        if before is None
        else before.rewritten(text, at)
    )
    if line.shares and has_readers(expectation):
        learnt = replace(learnt, sharing=learnt.sharing.share(by, at))
    uow.learnt.save(learnt)
    return learnt


@dataclass(frozen=True, slots=True)
class Remember:
    """Takes lines worth remembering, and who wants to share them.

    Every method raises UnknownIdError for what is not there or between others.
    """

    store: Store
    clock: Callable[[], datetime]
    wake: Callable[[], None]
    new_id: NewId

    def write(self, actor: Actor, number: int, line: Line) -> Remembered | None:
        """Write one's line about something that is finished; None where nothing was written."""
        at = self.clock()
        with self.store.write(actor.workspace) as uow:
            again = answered(uow, actor) is not None
            expectation = _between(uow, actor, number)
            if expectation.status not in _FINISHED:
                raise NotAllowedError(number, "remember")
            learnt = (
                uow.learnt.get(number, actor.user)
                if again
                else write_line(uow, expectation, actor.user, line, at)
            )
            if learnt is None:
                return None
            if not again:
                self._note(uow, actor, expectation, at)
        self.wake()
        stays = learnt.sharing.is_shown and learnt.text != " ".join(line.text.split())
        return Remembered(learnt=learnt, expectation=expectation, actor=actor.user, stays=stays)

    def share(self, actor: Actor, number: int, by: str) -> Remembered:
        """Want the channel to read a line; raise NotAllowedError where none may."""

        def share(sharing: Sharing, at: datetime) -> Sharing:
            return sharing.share(actor.user, at)

        return self._change(actor, number, by, share, needs_readers=True)

    def unshare(self, actor: Actor, number: int, by: str) -> Remembered:
        """Take that back; raise AlreadySharedError once both did."""
        return self._change(actor, number, by, lambda sharing, _: sharing.unshare(actor.user))

    def _change(
        self,
        actor: Actor,
        number: int,
        by: str,
        change: Callable[[Sharing, datetime], Sharing],
        *,
        needs_readers: bool = False,
    ) -> Remembered:
        at = self.clock()
        with self.store.write(actor.workspace) as uow:
            again = answered(uow, actor) is not None
            expectation = _between(uow, actor, number)
            learnt = uow.learnt.get(number, by)
            if learnt is None:
                raise UnknownIdError(f"E-{number}")
            if needs_readers and not has_readers(expectation):
                raise NotAllowedError(number, "share", "no_channel")
            changed = learnt if again else replace(learnt, sharing=change(learnt.sharing, at))
            if changed != learnt:
                uow.learnt.save(changed)
                self._note(uow, actor, expectation, at)
        self.wake()
        return Remembered(learnt=changed, expectation=expectation, actor=actor.user)

    def _note(self, uow: UnitOfWork, actor: Actor, expectation: Expectation, at: datetime) -> None:
        refresh(uow, expectation, at, new_message_id=self.new_id)
        remember(uow, actor, {"number": str(expectation.number)}, at)


def _between(uow: UnitOfWork, actor: Actor, number: int) -> Expectation:
    """Lock an expectation that the actor is a party to."""
    expectation = lock(uow, number)
    if expectation is None or actor.user not in expectation.parties:
        raise UnknownIdError(f"E-{number}")
    return expectation
