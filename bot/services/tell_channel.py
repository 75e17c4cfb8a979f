"""Telling the channel: ticked before something is agreed, or at once of one's own commitment."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.errors import (
    NotAllowedError,
    NotInChannelError,
    NotYoursError,
    UnknownIdError,
)
from bot.domain.expectation import Expectation, Status, Visibility
from bot.domain.messages import Message, MessageKind, MessageState, Moment
from bot.domain.views import MessageView
from bot.services.actor import Actor
from bot.services.compose import compose
from bot.services.inbox import answered, remember
from bot.services.notify import NewId, refresh
from bot.services.people import Directory
from bot.services.ports import (
    LaterError,
    RefusedError,
    Renderer,
    Store,
    UnitOfWork,
    UnknownError,
)
from bot.services.record import lock

_ACTION = "tell_channel"


@dataclass(frozen=True, slots=True)
class TellChannel:
    """Tells a channel; where a post is due at once, that post is the test whether it may be."""

    store: Store
    directory: Directory
    renderer: Renderer
    clock: Callable[[], datetime]
    wake: Callable[[], None]
    new_id: NewId

    def __call__(self, actor: Actor, number: int, *, tell: bool) -> Expectation:
        """Let the channel be told, or not; return the expectation as stored.

        Only who speaks may, and of what is agreed between two nobody alone. Raise UnknownIdError,
        NotYoursError, NotAllowedError (reasons no_channel, agreed) or NotInChannelError.
        """
        at = self.clock()
        with self.store.read(actor.workspace) as uow:
            expectation = _allowed(uow.expectations.get(number), actor, number)
            told = uow.messages.by_slot(_slot(expectation)) is not None
        at_once = tell and expectation.is_commitment and not told
        post = self._post(actor.workspace, expectation, at) if at_once else None
        with self.store.write(actor.workspace) as uow:
            again = answered(uow, actor) is not None
            expectation = _allowed(lock(uow, number), actor, number)
            if not again and expectation.tell_channel is not tell:
                expectation = replace(expectation, tell_channel=tell)
                uow.expectations.save(expectation)
                refresh(uow, expectation, at, new_message_id=self.new_id)
            if post is not None and uow.messages.add(post):
                uow.messages.save_fenced(post)  # with what it shows
            if not again:
                remember(uow, actor, {"number": str(number)}, at)
        self.wake()
        return expectation

    def _post(self, workspace: int, expectation: Expectation, at: datetime) -> Message:
        """Post outside any transaction; return the message as the outbox keeps it."""
        message = _message(expectation, at, self.new_id())
        sent = replace(message, state=MessageState.SENT)
        with self.store.read(workspace) as uow:
            content = self.renderer.message(_view(uow, sent, at))
        try:
            posted = self.directory.slack.post(message.to, content, message.id)
        except RefusedError as error:
            raise NotInChannelError(message.to, error.code) from error
        except LaterError:
            return message
        except UnknownError as error:
            return replace(message, state=MessageState.UNKNOWN, error=str(error))
        return replace(
            sent,
            channel=posted.channel,
            ts=posted.ts,
            sent_at=self.clock(),
            shows=content.shows,
        )


def _view(uow: UnitOfWork, message: Message, at: datetime) -> MessageView:
    view = compose(uow, message, at)
    if view is None:
        raise UnknownIdError(f"E-{message.number}")
    return view


def _allowed(expectation: Expectation | None, actor: Actor, number: int) -> Expectation:
    """Return the expectation where the actor may tell the channel of it, or raise why not."""
    if expectation is None or actor.user not in expectation.parties:
        raise UnknownIdError(f"E-{number}")
    if expectation.channel is None or expectation.visibility is not Visibility.CHANNEL:
        raise NotAllowedError(number, _ACTION, "no_channel")
    if expectation.is_commitment and expectation.status is Status.ACTIVE:
        return expectation
    if expectation.status is not Status.PROPOSED:
        raise NotAllowedError(number, _ACTION, "agreed")
    if actor.user != expectation.terms.author:
        raise NotYoursError(number, _ACTION, (expectation.terms.author,))
    return expectation


def _slot(expectation: Expectation) -> str:
    return f"tell/{expectation.id}"


def _message(expectation: Expectation, at: datetime, message_id: str) -> Message:
    return Message(
        id=message_id,
        kind=MessageKind.POST,
        moment=Moment.TOLD_CHANNEL,
        to=expectation.channel or "",
        slot=_slot(expectation),
        not_before=at,
        created_at=at,
        number=expectation.number,
    )
