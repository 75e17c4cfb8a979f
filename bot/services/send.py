"""The outbox is sent: workspaces take turns, each message its own slot; no loss, no duplicate."""

import threading
import time
from collections import defaultdict, deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from queue import Empty, SimpleQueue

import structlog

from bot.domain.messages import Message
from bot.services.deliver import Deliver, Ended, Ready
from bot.services.line import Line
from bot.services.openings import Openings
from bot.services.slots import Slots

log = structlog.get_logger(__name__)

_GATHER = 0.02
"""Seconds for which the first that has ended waits for others, to be recorded together."""


@dataclass(frozen=True, slots=True)
class _Done:
    """What a slot has done in a workspace."""

    workspace: int
    reader: str | None  # None: it looked for a post, and recorded what it saw
    ended: Ended | None  # None: nobody knows; its lease runs out


class Send:
    """Claims, hands to Slack and records, for all workspaces.

    Whoever calls `step` works on the database; threads of its own wait for Slack. So what hangs
    holds its slot and its reader, whose order stays, and nothing else. Of the slots a workspace
    takes no more than it leaves to the others, and one that has none always gets one.
    """

    def __init__(
        self,
        lines: Callable[[], Sequence[Line]],
        deliver: Deliver,
        wake: Callable[[], None] = lambda: None,
    ) -> None:
        self._lines = lines
        self._deliver = deliver
        self._wake = wake
        self._timing, self._pace, self._clock = deliver.timing, deliver.pace, deliver.clock
        self._slots = Slots("send", self._ended)
        self._queue: SimpleQueue[_Done] = SimpleQueue()
        self._got: deque[_Done] = deque()
        self._busy: defaultdict[int, set[str]] = defaultdict(set)  # readers with one in flight
        self._looking: set[int] = set()
        self._expired_at: dict[int, datetime] = {}
        self._first = 0
        self._turns = threading.Lock()
        self._stopping = False

    def step(self) -> int:
        """Record what has ended, and give each workspace its turn; return how much was done.

        It never waits for Slack.
        """
        with self._turns:
            done = self._record(self._gather())
            if self._stopping:
                return done
            lines = self._lines()
            self._first += 1
            first = self._first % len(lines) if lines else 0
            for line in (*lines[first:], *lines[:first]):
                done += self._turn(line, alone=len(lines) == 1)
            return done

    def settle(self) -> int:
        """Send all that is due now, and wait for it; return how much was done."""
        done = 0
        while True:
            count = self.step()
            if not count and not self._wait(None):
                return done
            done += count

    def next_at(self, at: datetime) -> datetime | None:
        """Return the next moment at which something may go that waits for its pace."""
        return self._pace.next_at(at)

    def stop(self, patience: timedelta) -> bool:
        """Claim nothing more, record what ends within `patience`; tell whether all did.

        The rest is left to its lease. A database that hangs is not waited for either.
        """
        self._stopping = True
        end = time.monotonic() + patience.total_seconds()
        last = threading.Thread(target=self._finish, args=(end,), name="send-last", daemon=True)
        last.start()
        last.join(patience.total_seconds())
        self._slots.close()
        return not last.is_alive() and not self._in_flight()

    def _finish(self, end: float) -> None:
        while self._wait(max(end - time.monotonic(), 0.0)):
            self.step()

    # -- turns -----------------------------------------------------------------------------

    def _turn(self, line: Line, *, alone: bool) -> int:
        """Let a workspace claim as much as there is room for; its failure is its own."""
        try:
            return self._look(line, alone=alone) + self._claim(line, alone=alone)
        except Exception:
            log.exception("turn failed", workspace=line.workspace)
            return 0

    def _room(self, workspace: int, *, alone: bool) -> int:
        held = len(self._busy[workspace]) + (workspace in self._looking)
        free = self._timing.in_flight - self._in_flight()
        if alone:
            return free
        return max((free - held) // 2, 0 if held else 1)

    def _look(self, line: Line, *, alone: bool) -> int:
        """Look for one post of unknown fate at a time."""
        workspace = line.workspace
        if workspace in self._looking or self._room(workspace, alone=alone) < 1:
            return 0
        looks = line.reconcile.take(workspace)
        for look in looks:
            self._looking.add(workspace)
            self._slots.do(partial(_looked, workspace, look))
        return len(looks)

    def _claim(self, line: Line, *, alone: bool) -> int:
        workspace, at = line.workspace, self._clock()
        room = self._room(workspace, alone=alone)
        if room < 1:
            return 0
        busy = set(self._busy[workspace])

        def take(message: Message) -> bool:
            if message.to in busy or not self._pace.take(workspace, message, at):
                return False
            busy.add(message.to)
            return True

        openings = Openings(
            kinds=self._pace.kinds(workspace, at),
            busy=frozenset(busy),
            resting=self._pace.resting(workspace, at),
            take=take,
        )
        last = self._expired_at.get(workspace)
        expire = last is None or not last <= at < last + self._timing.poll
        with self._deliver.store.write(workspace) as uow:
            expired = uow.messages.expire_leases(at, at + self._timing.quiet) if expire else 0
            claimed = uow.messages.claim(at, room, at + self._timing.lease, openings)
        if expire:
            self._expired_at[workspace] = at
        self._busy[workspace].update(message.to for message in claimed)
        for made in self._deliver.prepare(line, claimed) if claimed else ():
            if isinstance(made, Ended):
                self._got.append(_Done(workspace, made.message.to, made))
            else:
                self._slots.do(partial(self._send, line, made))
        return expired + len(claimed)

    # -- slots -----------------------------------------------------------------------------

    def _send(self, line: Line, ready: Ready) -> _Done:
        message = ready.message
        try:
            ended = self._deliver.send(line, ready)
        except Exception:
            log.exception("message not sent", workspace=line.workspace, message=message.id)
            return _Done(line.workspace, message.to, None)
        return _Done(line.workspace, message.to, ended)

    def _ended(self, done: _Done) -> None:
        self._queue.put(done)
        self._wake()

    def _in_flight(self) -> int:
        return sum(map(len, self._busy.values())) + len(self._looking)

    def _gather(self) -> list[_Done]:
        """Return what has ended; wait a little where more is about to."""
        got = [*self._got]
        self._got.clear()
        end = time.monotonic() + _GATHER
        while True:
            waits = 0 < 2 * len(got) < self._in_flight()
            left = end - time.monotonic() if waits else 0.0
            try:
                got.append(self._queue.get(timeout=left) if left > 0 else self._queue.get_nowait())
            except Empty:
                return got

    def _wait(self, seconds: float | None) -> bool:
        """Wait until something has ended; False where nothing will, or not in that time."""
        if self._got:
            return True
        if not self._in_flight():
            return False
        try:
            self._got.append(self._queue.get(timeout=seconds))
        except Empty:
            return False
        return True

    def _record(self, got: Sequence[_Done]) -> int:
        by_workspace: defaultdict[int, list[Ended]] = defaultdict(list)
        for done in got:
            if done.ended is not None:
                by_workspace[done.workspace].append(done.ended)
        for workspace, ended in by_workspace.items():
            self._deliver.record(workspace, ended)
        for done in got:
            if done.reader is None:
                self._looking.discard(done.workspace)
            else:
                self._busy[done.workspace].discard(done.reader)
        return len(got)


def _looked(workspace: int, look: Callable[[], None]) -> _Done:
    try:
        look()
    except Exception:
        log.exception("look not recorded", workspace=workspace)
    return _Done(workspace, None, None)
