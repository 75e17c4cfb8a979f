"""Posts of unknown fate are looked for where they went: found, sent anew, or left as they are."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial

import structlog

from bot.domain.delivery import Happening, then
from bot.domain.messages import PLANNED, Lookup, Message, MessageState
from bot.domain.views import CardView, ListView, MessageView
from bot.services import delivered
from bot.services.compose import compose
from bot.services.freshen import NewId, update
from bot.services.ports import (
    LaterError,
    Posted,
    RefusedError,
    Renderer,
    SendError,
    Slack,
    Store,
    UnitOfWork,
)
from bot.services.timing import Timing

log = structlog.get_logger(__name__)

TRIES = 8
"""So often a post is sent, put-offs not counted; one that was never there is dead then."""

_MISSES = 2
"""Slack may show a post a little late: it has to be missed so often."""

_CLOCKS_APART = timedelta(hours=1)
"""Slack's clock may be behind ours by so much, and the post is found all the same."""

_AGO = timedelta(days=1)
"""So far it is read back where nobody knows when the post was tried."""

_PATIENCE = timedelta(hours=1)
"""Reading that still fails, or cannot begin, so long after it first did is given up."""

_UNKNOWN = frozenset({MessageState.UNKNOWN})


@dataclass(frozen=True, slots=True)
class Reconcile:
    """Looks for what may have been posted in one workspace.

    A look is claimed for the length of a lease and stored when it ends, so that a crash repeats
    it. What it decides is recorded only while the look is still its own, the fence unchanged and
    the message still unknown: whoever posted it may say so meanwhile.
    """

    store: Store
    slack: Slack
    renderer: Renderer
    clock: Callable[[], datetime]
    new_id: NewId
    timing: Timing = field(default_factory=Timing)
    on_sent: Callable[[], None] = lambda: None
    _held_back: dict[int, datetime] = field(default_factory=dict)
    _failing_since: dict[tuple[int, str], datetime] = field(default_factory=dict)  # by message

    def run(self, workspace: int) -> int:
        """Look for one post; return how many were dealt with, 0 where none was due."""
        looks = self.take(workspace)
        for look in looks:
            look()
        return len(looks)

    def take(self, workspace: int) -> list[Callable[[], None]]:
        """Claim a look, at one post only; return how to look, which may take as long as Slack.

        Where reading is held back, what is due waits until then.
        """
        at = self.clock()
        held_back = self._held_back.get(workspace)
        if held_back is not None and at < held_back <= at + self.timing.longest_slow_down:
            with self.store.write(workspace) as uow:
                while uow.messages.claim_looks(at, self.timing.batch, held_back):
                    pass
            return []
        with self.store.write(workspace) as uow:
            lookups = uow.messages.claim_looks(at, 1, at + self.timing.lease)
            where = {one.message.id: _where(uow, one.message) for one in lookups}
        return [
            partial(self._look, workspace, lookup, where[lookup.message.id]) for lookup in lookups
        ]

    def _look(self, workspace: int, lookup: Lookup, where: str | None) -> None:
        message = lookup.message
        if where is None:
            self._wait(workspace, lookup)
            return
        try:
            found = self.slack.find(where, message.id, _since(lookup, self.clock()))
            for posted in found[1:]:
                self._delete(workspace, message, posted)
            if found:
                self._found(workspace, lookup, found[0])
            else:
                self._missed(workspace, lookup)
        except RefusedError as error:
            self._unreadable(workspace, lookup, error.code)
        except LaterError as error:
            self._later(workspace, lookup, error.code, timedelta(seconds=error.seconds))
        except SendError as error:
            self._later(workspace, lookup, str(error), self.timing.miss_gap)
        except Exception as error:
            log.exception("look failed", workspace=workspace, message=message.id)
            self._later(workspace, lookup, type(error).__name__, self.timing.miss_gap)

    def _delete(self, workspace: int, message: Message, posted: Posted) -> None:
        """Take back a second one; where Slack will not, the first one counts all the same."""
        log.warning("message doubled", workspace=workspace, message=message.id, ts=posted.ts)
        try:
            self.slack.delete(posted)
        except RefusedError as error:
            log.warning("double stays", workspace=workspace, message=message.id, code=error.code)

    def _found(self, workspace: int, lookup: Lookup, posted: Posted) -> None:
        at = self.clock()
        message = lookup.message
        with self.store.write(workspace) as uow:
            view, shows = self._shown(uow, lookup)
            sent = replace(
                message,
                state=then(message.kind, message.state, Happening.FOUND),
                channel=posted.channel,
                ts=posted.ts,
                sent_at=lookup.last_try,
                error=None,
                shows=shows,
            )
            recorded = self._record(uow, lookup, sent, at)
            if recorded:
                if view is not None:
                    delivered.sent(uow, sent, view, lookup.last_try, new_message_id=self.new_id)
                uow.messages.add(update(sent, at, self.new_id()))
        if recorded:
            log.info("message found", workspace=workspace, message=message.id)
            self.on_sent()

    def _shown(self, uow: UnitOfWork, lookup: Lookup) -> tuple[MessageView | None, tuple[int, ...]]:
        """Return what the post said, as far as that is certain, and what its updates show.

        It is made again from the present state; what has changed since it was posted began
        nothing, and comes again where it matters.
        """
        message, since = lookup.message, lookup.last_try
        view = compose(uow, message, since)
        if view is None:
            return None, () if message.number is None else (message.number,)
        shows = self.renderer.message(view).shows
        match view:
            case CardView() if _changed(uow, view.expectation.number, since):
                return None, shows
            case ListView():
                view = _unchanged(uow, view, since)
                return view, tuple(number for number in shows if not _changed(uow, number, since))
            case _:
                return view, shows

    def _missed(self, workspace: int, lookup: Lookup) -> None:
        at = self.clock()
        message, misses = lookup.message, lookup.misses + 1
        with self.store.write(workspace) as uow:
            if misses < _MISSES:
                uow.messages.look_again(lookup, at + self.timing.miss_gap, misses)
                return
            gone = Happening.NOT_THERE if message.attempts < TRIES else Happening.GIVEN_UP
            after = replace(
                message,
                state=then(message.kind, message.state, gone),
                not_before=_again_at(message, at),
            )
            recorded = self._record(uow, lookup, after, at)
            if recorded and after.state is MessageState.DEAD:
                delivered.dead(uow, after, at, new_message_id=self.new_id)
        if recorded:
            log.info("message was not posted", workspace=workspace, message=message.id)

    def _unreadable(self, workspace: int, lookup: Lookup, code: str) -> None:
        """Leave it unknown: it is never sent again; Home and the next list carry it.

        What went to a channel has neither, so whose it is hears of it.
        """
        message = lookup.message
        log.warning("message stays unknown", workspace=workspace, message=message.id, code=code)
        at = self.clock()
        with self.store.write(workspace) as uow:
            if uow.messages.end_look(lookup):
                delivered.left_unknown(uow, message, at, new_message_id=self.new_id)

    def _later(self, workspace: int, lookup: Lookup, code: str, pause: timedelta) -> None:
        """Rest from reading in this workspace, and look again; not for ever."""
        at = self.clock()
        self._held_back[workspace] = at + pause
        if self._once_more(workspace, lookup, code, at + pause):
            log.warning("look failed", workspace=workspace, message=lookup.message.id, code=code)

    def _wait(self, workspace: int, lookup: Lookup) -> None:
        """Wait for Slack to name the conversation: somebody acts in it, or opens Home."""
        next_at = self.clock() + self.timing.miss_gap
        self._once_more(workspace, lookup, "conversation_unknown", next_at)

    def _once_more(self, workspace: int, lookup: Lookup, code: str, at: datetime) -> bool:
        """Look again at a moment; False where that is given up.

        Patience begins with the first look that failed here: a machine that slept was not looking.
        """
        key = (workspace, lookup.message.id)
        since = self._failing_since.setdefault(key, self.clock())
        if at - since > _PATIENCE:
            del self._failing_since[key]
            self._unreadable(workspace, lookup, code)
            return False
        with self.store.write(workspace) as uow:
            uow.messages.look_again(lookup, at, lookup.misses)
        return True

    def _record(self, uow: UnitOfWork, lookup: Lookup, message: Message, at: datetime) -> bool:
        """Record what a look showed, unless somebody knows better by now."""
        self._failing_since.pop((uow.workspace, message.id), None)
        return uow.messages.end_look(lookup) and uow.messages.save_fenced(
            message, at, while_in=_UNKNOWN
        )


def _since(lookup: Lookup, at: datetime) -> datetime:
    """Return from when to read: an attempt in the future was noted by a clock that ran ahead."""
    first = lookup.first_try
    return (first if first <= at else at - _AGO) - _CLOCKS_APART


def _again_at(message: Message, at: datetime) -> datetime:
    """Return when to send again what was not there; what has a moment of its own not before it."""
    return max(at, message.not_before) if message.moment in PLANNED else at


def _where(uow: UnitOfWork, message: Message) -> str | None:
    """Return the conversation; a person's is known once Slack has named it."""
    reader = uow.members.get(message.to)
    return message.to if reader is None else reader.conversation


def _changed(uow: UnitOfWork, number: int, since: datetime) -> bool:
    last = uow.expectations.event(number, uow.expectations.last_event(number))
    return last is not None and last.at > since


def _unchanged(uow: UnitOfWork, view: ListView, since: datetime) -> ListView:
    """Return a list with what is as it was; the rest may not have been in it, or otherwise."""
    return replace(
        view,
        items=tuple(
            item for item in view.items if not _changed(uow, item.card.expectation.number, since)
        ),
        held=tuple(
            line
            for line in view.held
            if line.expectation is None or not _changed(uow, line.expectation.number, since)
        ),
    )
