"""How fast Slack takes calls: a bucket per channel and workspace, and what a 429 holds back."""

import threading
from collections.abc import Hashable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.domain.messages import Message, MessageKind
from bot.services.timing import Rate, Timing


@dataclass(slots=True)
class _Bucket:
    rate: Rate
    left: float
    since: datetime

    def wait(self, at: datetime) -> timedelta:
        """Return how long until one call is free; nothing is taken."""
        passed = max((at - self.since).total_seconds(), 0.0)
        self.left = min(self.rate.at_once, self.left + passed * self.rate.per_second)
        self.since = at
        return timedelta(seconds=max(0.0, (1.0 - self.left) / self.rate.per_second))


@dataclass(slots=True)
class Pace:
    """One process's pace; a workspace in trouble never delays another."""

    timing: Timing = field(default_factory=Timing)
    _buckets: dict[Hashable, _Bucket] = field(default_factory=dict)
    _held_back: dict[tuple[int, MessageKind], datetime] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def until(self, workspace: int, message: Message, at: datetime) -> datetime | None:
        """Return until when a message has to wait; None counts it and lets it go."""
        with self._lock:
            held = self._held_back.get((workspace, message.kind))
            if held is not None and held > at:
                return held
            self._held_back.pop((workspace, message.kind), None)
            if message.kind is not MessageKind.POST:
                return None
            buckets = (
                self._bucket((workspace, message.to), self.timing.per_channel, at),
                self._bucket((workspace,), self.timing.per_workspace, at),
            )
            wait = max(bucket.wait(at) for bucket in buckets)
            if wait > timedelta():
                return at + wait
            for bucket in buckets:
                bucket.left -= 1.0
            return None

    def hold_back(self, workspace: int, kind: MessageKind, until: datetime) -> None:
        """Let no call of this kind go in this workspace before `until`."""
        with self._lock:
            self._held_back[workspace, kind] = until

    def _bucket(self, key: Hashable, rate: Rate, at: datetime) -> _Bucket:
        return self._buckets.setdefault(key, _Bucket(rate, rate.at_once, at))
