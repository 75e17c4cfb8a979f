"""A post that somebody waits for: whether Slack takes it decides what is saved."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from bot.domain.delivery import Happening, then
from bot.domain.errors import HeldBackError, NotAllowedError, NotInChannelError
from bot.domain.messages import Message, MessageState
from bot.services.actor import Actor
from bot.services.inbox import refuse_late
from bot.services.pace import Pace
from bot.services.ports import (
    Content,
    LaterError,
    RefusedError,
    Slack,
    Store,
    UnitOfWork,
    UnknownError,
)
from bot.services.timing import Timing

UNDER_WAY = "under_way"
"""The reason of a refusal: another delivery, or press, is posting it at this moment."""


@dataclass(frozen=True, slots=True)
class FirstPost:
    """Posts at once, outside any transaction, by the protocol of everything that is sent.

    Its row is there before it is posted and its slot is free once: of two that want it one posts,
    and one that is killed meanwhile leaves a post of unknown fate.
    """

    store: Store
    slack: Slack
    clock: Callable[[], datetime]
    pace: Pace
    timing: Timing = field(default_factory=Timing)

    def begin(
        self, uow: UnitOfWork, actor: Actor, message: Message, number: int, action: str
    ) -> Message | None:
        """Claim the slot; None where it was posted before, or may have been.

        Raise NotAllowedError where it is being posted now, HeldBackError where Slack has asked to
        be left alone, and TooLateError.
        """
        refuse_late(actor)
        at = self.clock()
        begun = uow.messages.begin(message, at, at + self.timing.lease)
        if begun is None:
            there = uow.messages.by_slot(message.slot)
            if there is not None and there.state is MessageState.SENDING:
                raise NotAllowedError(number, action, UNDER_WAY)
            return None
        held_until = self.pace.held_until(uow.workspace, message.kind, at)
        if held_until is not None:
            raise HeldBackError(held_until)  # nothing of the transaction stays
        return begun

    def post(self, workspace: int, begun: Message, content: Content) -> Message:
        """Post; return what is to be recorded.

        It counts towards the pace of what is sent, but waits for none: somebody waits for it.
        Raise NotInChannelError where Slack refuses: then nothing is left of it.
        """
        self.pace.take(workspace, begun, self.clock())
        try:
            posted = self.slack.post(begun.to, content, begun.id)
        except RefusedError as error:
            with self.store.write(workspace) as uow:
                uow.messages.withdraw(begun)
            raise NotInChannelError(begun.to, error.code) from error
        except LaterError as error:
            at = self.clock()
            until = at + timedelta(seconds=error.seconds)
            if error.holds_back:
                self.pace.hold_back(workspace, begun.kind, at, until)
            later = _after(begun, Happening.POSTPONED, error.code)
            return replace(later, not_before=until, attempts=0)  # what was put off is no try
        except UnknownError as error:
            return _after(begun, Happening.UNCLEAR, str(error))
        return replace(
            _after(begun, Happening.TAKEN),
            channel=posted.channel,
            ts=posted.ts,
            sent_at=self.clock(),
            shows=content.shows,
        )

    def record(self, uow: UnitOfWork, message: Message) -> None:
        """Record what became of it; where that is unknown it is looked for."""
        at = self.clock()
        if uow.messages.save_fenced(message, at) and message.state is MessageState.UNKNOWN:
            uow.messages.look_for(message.id, at + self.timing.quiet)


def _after(begun: Message, happening: Happening, error: str | None = None) -> Message:
    state = then(begun.kind, begun.state, happening)
    return replace(begun, state=state, lease_until=None, error=error)
