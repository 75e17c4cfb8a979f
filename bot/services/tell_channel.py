"""Telling the channel: ticked before something is agreed, or at once of one's own commitment."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.errors import (
    NotAllowedError,
    NotYoursError,
    UnknownIdError,
)
from bot.domain.expectation import Expectation, Status, Visibility
from bot.domain.messages import Message, MessageKind, MessageState, Moment
from bot.domain.views import MessageView
from bot.services.actor import Actor
from bot.services.compose import compose
from bot.services.first_post import FirstPost
from bot.services.inbox import answered, note_done, remember
from bot.services.notify import NewId, refresh
from bot.services.pace import Pace
from bot.services.people import Directory
from bot.services.ports import Content, Renderer, Store, UnitOfWork
from bot.services.record import lock

_ACTION = "tell_channel"


@dataclass(frozen=True, slots=True)
class ChannelTold:
    """Whether the channel is to be told, and how far the post has come."""

    expectation: Expectation
    post: MessageState | None  # None: none is due yet


@dataclass(frozen=True, slots=True)
class TellChannel:
    """Tells a channel; where a post is due at once, that post is the test whether it may be."""

    store: Store
    directory: Directory
    renderer: Renderer
    clock: Callable[[], datetime]
    wake: Callable[[], None]
    new_id: NewId
    pace: Pace

    def __call__(self, actor: Actor, number: int, *, tell: bool) -> ChannelTold:
        """Let the channel be told, or not; return the expectation as stored, and how its post is.

        Only who speaks may, and of what is agreed between two nobody alone. Raise UnknownIdError,
        NotYoursError, NotAllowedError (reasons no_channel, agreed, under_way), NotInChannelError or
        HeldBackError.
        """
        begun = self._begin(actor, number) if tell else None
        post = None if begun is None else self._first.post(actor.workspace, *begun)
        at = self.clock()
        with self.store.write(actor.workspace) as uow:
            again = answered(uow, actor) is not None
            expectation = _allowed(lock(uow, number), actor, number)
            if not again and expectation.tell_channel is not tell:
                expectation = replace(expectation, tell_channel=tell)
                uow.expectations.save(expectation)
                refresh(uow, expectation, at, new_message_id=self.new_id)
            answer = {"number": str(number)}
            if post is not None:
                self._first.record(uow, post)
                note_done(uow, actor, answer, at)
            elif not again:
                remember(uow, actor, answer, at)
            there = uow.messages.by_slot(_slot(expectation))
        self.wake()
        return ChannelTold(expectation, None if there is None else there.state)

    @property
    def _first(self) -> FirstPost:
        directory = self.directory
        return FirstPost(self.store, directory.slack, self.clock, self.pace, directory.timing)

    def _begin(self, actor: Actor, number: int) -> tuple[Message, Content] | None:
        """Claim the post that is due at once, rendered; None where none is, or it was posted."""
        at = self.clock()
        with self.store.write(actor.workspace) as uow:
            again = answered(uow, actor) is not None
            expectation = _allowed(lock(uow, number), actor, number)
            if again or not expectation.is_commitment:
                return None
            message = _message(expectation, at, self.new_id())
            begun = self._first.begin(uow, actor, message, number, _ACTION)
            if begun is None:
                return None
            shown = replace(message, state=MessageState.SENT)
            return begun, self.renderer.message(_view(uow, shown, at))


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
