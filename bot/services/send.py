"""The outbox is sent: claim, post, classify, record; no loss, no duplicate."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import structlog

from bot.domain.delivery import Happening, then
from bot.domain.messages import Message, MessageKind, MessageState
from bot.domain.views import HomeView, MessageView
from bot.services import delivered
from bot.services.compose import compose
from bot.services.notify import NewId
from bot.services.pace import Pace
from bot.services.ports import (
    Content,
    LaterError,
    Posted,
    RefusedError,
    Renderer,
    SendError,
    Slack,
    Store,
)
from bot.services.timing import Timing

log = structlog.get_logger(__name__)

_TRIES = 8
"""So often an update, or a message that cannot be made, is tried."""


@dataclass(frozen=True, slots=True)
class _Ready:
    """What is handed to Slack, and what it was made from."""

    call: Callable[[], Posted | None]
    view: MessageView | None = None
    shows: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Send:
    """Sends what is due in one workspace."""

    store: Store
    slack: Slack
    renderer: Renderer
    home: Callable[[int, str], HomeView]  # workspace and user; Look.home
    clock: Callable[[], datetime]
    new_id: NewId
    timing: Timing = field(default_factory=Timing)
    pace: Pace = field(default_factory=Pace)
    on_sent: Callable[[], None] = lambda: None  # Slack took something, and that is recorded

    def run(self, workspace: int) -> int:
        """Send a claimed batch; return how many messages were dealt with, 0 when none was due."""
        at = self.clock()
        with self.store.write(workspace) as uow:
            expired = uow.messages.expire_leases(at, at + self.timing.quiet)
            claimed = uow.messages.claim(at, self.timing.in_flight, at + self.timing.lease)
        queues: defaultdict[str, list[Message]] = defaultdict(list)
        for message in claimed:
            queues[message.to].append(message)
        if len(queues) > 1:
            with ThreadPoolExecutor(len(queues), "send") as pool:
                list(pool.map(lambda queue: self._deliver_all(workspace, queue), queues.values()))
        else:
            self._deliver_all(workspace, claimed)
        return expired + len(claimed)

    def _deliver_all(self, workspace: int, queue: Sequence[Message]) -> None:
        """Deliver what goes to one reader, in order; readers do not wait for each other."""
        for message in queue:
            try:
                self._deliver(workspace, message)
            except Exception:
                # Nothing more is known of it: its lease runs out, and then it is unknown.
                log.exception("message not recorded", workspace=workspace, message=message.id)

    def _deliver(self, workspace: int, message: Message) -> None:
        at = self.clock()
        wait = self.pace.until(workspace, message, at)
        if wait is not None:
            untried = replace(message, attempts=message.attempts - 1)
            self._end(workspace, _later(untried, wait, message.error))
            return
        try:
            ready = self._ready(workspace, message, at)
        except Exception:
            # Nothing was handed to Slack, so it may be tried again.
            log.exception("message not made", workspace=workspace, message=message.id)
            self._again(workspace, message, "not_made")
            return
        if ready is None:
            self._end(workspace, _ended(message, Happening.NOTHING_TO_SAY))
            return
        try:
            posted = ready.call()
        except LaterError as error:
            until = self.clock() + timedelta(seconds=error.seconds)
            self.pace.hold_back(workspace, message.kind, until)
            self._end(workspace, _later(message, until, error.code))
        except RefusedError as error:
            self._refused(workspace, message, error.code)
        except SendError as error:
            self._unknown(workspace, message, str(error))
        except Exception as error:
            log.exception("slack call failed", workspace=workspace, message=message.id)
            self._unknown(workspace, message, type(error).__name__)
        else:
            self._sent(workspace, message, ready, posted)

    def _ready(self, workspace: int, message: Message, at: datetime) -> _Ready | None:
        """Render a message from the present state; None where there is nothing left to say."""
        if message.kind is MessageKind.HOME:
            home = self.renderer.home(self.home(workspace, message.to))
            return _Ready(lambda: self._publish(message.to, home))
        with self.store.write(workspace) as uow:
            if message.kind is MessageKind.UPDATE:
                post = uow.messages.get(message.args["of"])
                if post is None or post.channel is None or post.ts is None:
                    return None
                view = compose(uow, post, at)
            else:
                post = None
                view = None if delivered.put_off(uow, message, at) else compose(uow, message, at)
        if view is None:
            return None
        content = self.renderer.message(view)
        if post is not None and post.channel is not None and post.ts is not None:
            where = Posted(channel=post.channel, ts=post.ts)
            return _Ready(lambda: self._update(where, content))
        return _Ready(lambda: self.slack.post(message.to, content, message.id), view, content.shows)

    def _publish(self, user: str, view: Mapping[str, object]) -> None:
        self.slack.publish_home(user, view)

    def _update(self, where: Posted, content: Content) -> None:
        self.slack.update(where.channel, where.ts, content)

    def _sent(self, workspace: int, message: Message, ready: _Ready, posted: Posted | None) -> None:
        at = self.clock()
        sent = replace(_ended(message, Happening.TAKEN), sent_at=at, shows=ready.shows)
        if posted is not None:
            sent = replace(sent, channel=posted.channel, ts=posted.ts)
        with self.store.write(workspace) as uow:
            recorded = uow.messages.save_fenced(sent)
            if recorded and ready.view is not None:
                delivered.sent(uow, sent, ready.view, at, new_message_id=self.new_id)
        if recorded:
            self.on_sent()
        else:
            log.warning("message sent by another", workspace=workspace, message=message.id)

    def _refused(self, workspace: int, message: Message, code: str) -> None:
        log.warning("message refused", workspace=workspace, message=message.id, code=code)
        self._end(workspace, _ended(message, Happening.REFUSED, code))

    def _unknown(self, workspace: int, message: Message, code: str) -> None:
        """Have a post looked for, as a second one might be a double; repeat what can be."""
        log.warning("message unknown", workspace=workspace, message=message.id, code=code)
        if message.kind is MessageKind.POST:
            self._end(workspace, _ended(message, Happening.UNCLEAR, code))
        else:
            self._again(workspace, message, code)

    def _again(self, workspace: int, message: Message, code: str) -> None:
        if message.attempts >= _TRIES:
            self._end(workspace, _ended(message, Happening.GIVEN_UP, code))
            return
        pause = min(2**message.attempts * self.timing.backoff, self.timing.longest_backoff)
        self._end(workspace, _later(message, self.clock() + pause, code))

    def _end(self, workspace: int, message: Message) -> None:
        """Record what became of an attempt, unless another dispatcher has taken it over."""
        with self.store.write(workspace) as uow:
            if not uow.messages.save_fenced(message):
                return
            if message.state is MessageState.DEAD:
                delivered.dead(uow, message, self.clock(), new_message_id=self.new_id)
            elif message.state is MessageState.UNKNOWN:
                uow.messages.look_for(message.id, self.clock() + self.timing.quiet)


def _ended(message: Message, happening: Happening, error: str | None = None) -> Message:
    state = then(message.kind, message.state, happening)
    return replace(message, state=state, error=error, lease_until=None)


def _later(message: Message, not_before: datetime, error: str | None) -> Message:
    return replace(_ended(message, Happening.POSTPONED, error), not_before=not_before)
