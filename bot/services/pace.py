"""How fast Slack takes calls: a bucket per reader and workspace, and what a 429 holds back."""

import threading
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.domain.messages import Message, MessageKind
from bot.services.timing import Rate, Timing

_MANY = 1000
"""From so many buckets on, those that are full again are forgotten: they tell nothing."""


@dataclass(slots=True)
class _Bucket:
    rate: Rate
    left: float
    since: datetime

    def fill(self, at: datetime) -> float:
        """Return how many calls are free."""
        passed = max((at - self.since).total_seconds(), 0.0)
        self.left = min(self.rate.at_once, self.left + passed * self.rate.per_second)
        self.since = at
        return self.left

    def next_at(self) -> datetime:
        """Return when one more call is free, rounded up, so that it certainly is."""
        wait = timedelta(seconds=max(0.0, (1.0 - self.left) / self.rate.per_second))
        return self.since + wait + timedelta(microseconds=1)


@dataclass(slots=True)
class _Hold:
    until: datetime
    longest: timedelta


@dataclass(slots=True)
class _Line:
    """The pace of one workspace."""

    bucket: _Bucket
    readers: dict[str, _Bucket] = field(default_factory=dict)
    empty: set[str] = field(default_factory=set)  # readers whose bucket was empty when last seen
    holds: dict[MessageKind, _Hold] = field(default_factory=dict)
    many: int = _MANY


@dataclass(slots=True)
class Pace:
    """One process's pace; what waits for it stays pending, and nothing of it is claimed."""

    timing: Timing = field(default_factory=Timing)
    _lines: dict[int, _Line] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def kinds(self, workspace: int, at: datetime) -> list[MessageKind]:
        """Return the kinds that may go now."""
        with self._lock:
            line = self._line(workspace, at)
            free = [kind for kind in MessageKind if not _is_held(line, kind, at)]
            if MessageKind.POST in free and line.bucket.fill(at) < 1.0:
                free.remove(MessageKind.POST)
            return free

    def resting(self, workspace: int, at: datetime) -> set[str]:
        """Return the readers to whom no post may go now."""
        with self._lock:
            return set(_empty(self._line(workspace, at), at))

    def take(self, workspace: int, message: Message, at: datetime) -> bool:
        """Count a message that goes now; False where it may not."""
        if message.kind is not MessageKind.POST:
            return True
        with self._lock:
            line = self._line(workspace, at)
            reader = self._reader(line, message.to, at)
            if min(line.bucket.fill(at), reader.fill(at)) < 1.0:
                return False
            line.bucket.left -= 1.0
            reader.left -= 1.0
            if reader.left < 1.0:
                line.empty.add(message.to)
            return True

    def hold_back(self, workspace: int, kind: MessageKind, at: datetime, until: datetime) -> None:
        """Let no call of this kind go in this workspace before `until`, or what it waits for."""
        with self._lock:
            line = self._line(workspace, at)
            if not _is_held(line, kind, at) or line.holds[kind].until < until:
                line.holds[kind] = _Hold(until, until - at)

    def held_until(self, workspace: int, kind: MessageKind, at: datetime) -> datetime | None:
        """Return until when this kind is held back; None: it is not."""
        with self._lock:
            line = self._line(workspace, at)
            return line.holds[kind].until if _is_held(line, kind, at) else None

    def next_at(self, at: datetime) -> datetime | None:
        """Return the next moment at which something may go that may not go now."""
        moments: list[datetime] = []
        with self._lock:
            for line in self._lines.values():
                held = [kind for kind in line.holds if _is_held(line, kind, at)]
                moments += [line.holds[kind].until for kind in held]
                moments += [line.readers[reader].next_at() for reader in _empty(line, at)]
                if line.bucket.fill(at) < 1.0:
                    moments.append(line.bucket.next_at())
        return min(moments, default=None)

    def _line(self, workspace: int, at: datetime) -> _Line:
        line = self._lines.get(workspace)
        if line is None:
            rate = self.timing.per_workspace
            line = self._lines[workspace] = _Line(_Bucket(rate, rate.at_once, at))
        return line

    def _reader(self, line: _Line, reader: str, at: datetime) -> _Bucket:
        bucket = line.readers.get(reader)
        if bucket is None:
            if len(line.readers) >= line.many:
                _forget(line, at)
            rate = self.timing.per_channel
            bucket = line.readers[reader] = _Bucket(rate, rate.at_once, at)
        return bucket


def _is_held(line: _Line, kind: MessageKind, at: datetime) -> bool:
    hold = line.holds.get(kind)
    if hold is None:
        return False
    hold.until = min(hold.until, at + hold.longest)  # where the clock was set back
    return hold.until > at


def _empty(line: _Line, at: datetime) -> set[str]:
    line.empty = {reader for reader in line.empty if line.readers[reader].fill(at) < 1.0}
    return line.empty


def _forget(line: _Line, at: datetime) -> None:
    """Keep only the buckets that are not full; look again when there are twice as many."""
    line.readers = {
        reader: bucket
        for reader, bucket in line.readers.items()
        if bucket.fill(at) < bucket.rate.at_once
    }
    line.empty &= line.readers.keys()
    line.many = max(_MANY, 2 * len(line.readers))
