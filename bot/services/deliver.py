"""One message's way: made from the present state, handed to Slack, and what became of it."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import structlog

from bot.domain.delivery import Happening, then
from bot.domain.messages import Message, MessageKind, MessageState
from bot.domain.views import HomeView, MessageView
from bot.services import delivered
from bot.services.compose import compose
from bot.services.freshen import NewId
from bot.services.line import Line
from bot.services.pace import Pace
from bot.services.ports import (
    LaterError,
    Posted,
    RefusedError,
    SendError,
    Store,
    UnitOfWork,
)
from bot.services.timing import Timing

log = structlog.get_logger(__name__)

_TRIES = 8
"""So often an update, or a message that cannot be made, is tried; what is put off is no try."""


@dataclass(frozen=True, slots=True)
class Ready:
    """What is handed to Slack, and what it was made from."""

    message: Message
    call: Callable[[], Posted | None]
    view: MessageView | None = None
    shows: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Ended:
    """What became of an attempt, and what the reader sees where it arrived."""

    message: Message
    view: MessageView | None = None


@dataclass(frozen=True, slots=True)
class _Said:
    """What a message says, and where the post is that it brings up to date."""

    view: MessageView
    where: Posted | None


@dataclass(frozen=True, slots=True)
class Deliver:
    """The steps from claiming to the end, of several at once; each one's failure is its own."""

    store: Store
    home: Callable[[int, str], HomeView]  # workspace and user; Look.home
    clock: Callable[[], datetime]
    new_id: NewId
    timing: Timing = field(default_factory=Timing)
    pace: Pace = field(default_factory=Pace)
    on_sent: Callable[[], None] = lambda: None  # Slack took something, and that is recorded

    def prepare(self, line: Line, claimed: Sequence[Message]) -> list[Ready | Ended]:
        """Make claimed messages in one transaction; where one spoils it, each in its own."""
        at = self.clock()
        try:
            said = self._gather(line.workspace, claimed, at)
        except Exception:
            if len(claimed) > 1:
                log.warning("made one by one", workspace=line.workspace, exc_info=True)
                return [made for message in claimed for made in self.prepare(line, [message])]
            log.exception("message not made", workspace=line.workspace, message=claimed[0].id)
            return [self._again(message, "not_made") for message in claimed]
        return [self._made(line, message, said.get(message.id)) for message in claimed]

    def _gather(
        self, workspace: int, claimed: Sequence[Message], at: datetime
    ) -> dict[str, _Said | None]:
        """Gather what posts and updates say; None where there is nothing left to say."""
        told = [message for message in claimed if message.kind is not MessageKind.HOME]
        if not told:
            return {}
        with self.store.write(workspace) as uow:
            if len(told) > 1:
                numbers = {message.number for message in told if message.number is not None}
                seqs = {message.event for message in told if message.event is not None}
                uow.expectations.read_ahead(numbers, seqs)
                _read_people(uow, numbers, {message.to for message in told})
            return {message.id: _said(uow, message, at) for message in told}

    def _made(self, line: Line, message: Message, said: _Said | None) -> Ready | Ended:
        try:
            if message.kind is MessageKind.HOME:
                home = line.renderer.home(self.home(line.workspace, message.to))
                return Ready(message, lambda: _publish(line, message.to, home))
            if said is None:
                return Ended(_ended(message, Happening.NOTHING_TO_SAY))
            content = line.renderer.message(said.view)
        except Exception:
            # Nothing was handed to Slack, so it may be tried again.
            log.exception("message not made", workspace=line.workspace, message=message.id)
            return self._again(message, "not_made")
        where = said.where
        if where is not None:
            return Ready(message, lambda: line.slack.update(where.channel, where.ts, content))
        return Ready(
            message,
            lambda: line.slack.post(message.to, content, message.id),
            said.view,
            content.shows,
        )

    def send(self, line: Line, ready: Ready) -> Ended:
        """Hand a message to Slack and say what became of it; nothing is recorded yet."""
        message = ready.message
        workspace, at = line.workspace, self.clock()
        if not self._may_go(workspace, message, at):
            # It keeps its place: behind what Slack has put off it would be held back for ever.
            return Ended(_put_off(message, message.not_before, message.error))
        try:
            posted = ready.call()
        except LaterError as error:
            at = self.clock()
            until = at + timedelta(seconds=error.seconds)
            if error.holds_back:
                self.pace.hold_back(workspace, message.kind, at, until)
            return Ended(_put_off(message, until, error.code))
        except RefusedError as error:
            log.warning("message refused", workspace=workspace, message=message.id, code=error.code)
            return Ended(_ended(message, Happening.REFUSED, error.code))
        except SendError as error:
            return self._unclear(workspace, message, str(error))
        except Exception as error:
            log.exception("slack call failed", workspace=workspace, message=message.id)
            return self._unclear(workspace, message, type(error).__name__)
        sent = replace(_ended(message, Happening.TAKEN), sent_at=self.clock(), shows=ready.shows)
        if posted is not None:
            sent = replace(sent, channel=posted.channel, ts=posted.ts)
        return Ended(sent, ready.view)

    def _may_go(self, workspace: int, message: Message, at: datetime) -> bool:
        """Tell whether it may still go, which it might when it was claimed.

        Who stood still does not post late: another may have taken it over by the time that Slack
        has answered. It was certainly not handed over, and the fence is for its being recorded so.
        """
        lease = message.lease_until
        if lease is None or lease - at <= self.timing.send_timeout:
            log.warning("lease too short", workspace=workspace, message=message.id)
            return False
        return self.pace.held_until(workspace, message.kind, at) is None

    def _unclear(self, workspace: int, message: Message, code: str) -> Ended:
        """Have a post looked for, as a second one might be a double; repeat what can be."""
        log.warning("message unknown", workspace=workspace, message=message.id, code=code)
        if message.kind is MessageKind.POST:
            return Ended(_ended(message, Happening.UNCLEAR, code))
        return self._again(message, code)

    def _again(self, message: Message, code: str) -> Ended:
        if message.attempts >= _TRIES:
            return Ended(_ended(message, Happening.GIVEN_UP, code))
        pause = min(2**message.attempts * self.timing.backoff, self.timing.longest_backoff)
        return Ended(_later(message, self.clock() + pause, code))

    def record(self, workspace: int, ended: Sequence[Ended]) -> None:
        """Record what became of attempts in one transaction; where that fails, each in its own.

        What is not recorded runs out of its lease, and then it is unknown.
        """
        recorded: set[str] = set()
        if len(ended) > 1:
            try:
                recorded = self._record_all(workspace, ended)
            except Exception:
                log.warning("recorded one by one", workspace=workspace, exc_info=True)
        for each in ended:
            message = each.message
            if message.id not in recorded and not self._record_one(workspace, each):
                continue
            if message.state is MessageState.SENT:
                self.on_sent()

    def _record_all(self, workspace: int, ended: Sequence[Ended]) -> set[str]:
        """Record those that nobody else holds.

        Expectations are locked before anything is held, in their order, and then members in
        theirs: so nobody waits in a circle, neither another dispatcher nor a person who presses.
        """
        at = self.clock()
        numbers = {number for each in ended for number in delivered.touched(each.view)}
        with self.store.write(workspace) as uow:
            uow.expectations.lock(numbers)
            _read_people(uow, numbers)
            recorded = uow.messages.record([each.message for each in ended], at)
            for each in sorted(ended, key=lambda each: each.message.to):
                if each.message.id in recorded:
                    self._follow(uow, each, at)
        return recorded

    def _record_one(self, workspace: int, ended: Ended) -> bool:
        at = self.clock()
        message = ended.message
        try:
            with self.store.write(workspace) as uow:
                recorded = uow.messages.save_fenced(message, at)
                if recorded:
                    self._follow(uow, ended, at)
        except Exception:
            log.exception("message not recorded", workspace=workspace, message=message.id)
            return False
        if not recorded:
            log.warning("message ended by another", workspace=workspace, message=message.id)
        return recorded

    def _follow(self, uow: UnitOfWork, ended: Ended, at: datetime) -> None:
        """Record what follows from what became of a message."""
        message = ended.message
        match message.state:
            case MessageState.SENT if ended.view is not None:
                arrived = message.sent_at or at
                delivered.sent(uow, message, ended.view, arrived, new_message_id=self.new_id)
            case MessageState.DEAD:
                delivered.dead(uow, message, at, new_message_id=self.new_id)
            case MessageState.UNKNOWN:
                uow.messages.look_for(message.id, at + self.timing.quiet)
            case _:
                pass


def _said(uow: UnitOfWork, message: Message, at: datetime) -> _Said | None:
    if message.kind is MessageKind.UPDATE:
        post = uow.messages.get(message.args["of"])
        if post is None or post.channel is None or post.ts is None:
            return None
        view = compose(uow, post, at)
        where = Posted(channel=post.channel, ts=post.ts)
    else:
        view = None if delivered.put_off(uow, message, at) else compose(uow, message, at)
        where = None
    return None if view is None else _Said(view, where)


def _read_people(uow: UnitOfWork, numbers: Collection[int], more: Collection[str] = ()) -> None:
    """Read ahead the parties of these expectations, and more."""
    found = uow.expectations.get_many(numbers).values()
    uow.members.read_ahead({user for each in found for user in each.parties}.union(more))


def _publish(line: Line, user: str, view: Mapping[str, object]) -> None:
    line.slack.publish_home(user, view)


def _ended(message: Message, happening: Happening, error: str | None = None) -> Message:
    state = then(message.kind, message.state, happening)
    return replace(message, state=state, error=error, lease_until=None)


def _put_off(message: Message, not_before: datetime, error: str | None) -> Message:
    """Return one that was certainly not handed over: that is no try, however often it happens."""
    return _later(replace(message, attempts=message.attempts - 1), not_before, error)


def _later(message: Message, not_before: datetime, error: str | None) -> Message:
    return replace(_ended(message, Happening.POSTPONED, error), not_before=not_before)
