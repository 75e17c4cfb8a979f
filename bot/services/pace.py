"""How fast Slack takes calls: a bucket per channel and workspace, and what a 429 holds back."""

import threading
from collections.abc import Hashable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.domain.messages import Message, MessageKind

_PER_CHANNEL = (1.0, 10.0)
_PER_WORKSPACE = (8.0, 100.0)
"""Calls a second, and how many may come at once after a silence."""


@dataclass(slots=True)
class _Bucket:
    rate: float
    left: float
    since: datetime

    def wait(self, at: datetime, burst: float) -> timedelta:
        """Return how long until one call is free; nothing is taken."""
        passed = max((at - self.since).total_seconds(), 0.0)
        self.left = min(burst, self.left + passed * self.rate)
        self.since = at
        return timedelta(seconds=max(0.0, (1.0 - self.left) / self.rate))


@dataclass(slots=True)
class Pace:
    """One process's pace; a workspace in trouble never delays another."""

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
            limits = {(workspace, message.to): _PER_CHANNEL, (workspace,): _PER_WORKSPACE}
            buckets = {key: self._bucket(key, limit, at) for key, limit in limits.items()}
            waits = [bucket.wait(at, limits[key][1]) for key, bucket in buckets.items()]
            if max(waits) > timedelta():
                return at + max(waits)
            for bucket in buckets.values():
                bucket.left -= 1.0
            return None

    def hold_back(self, workspace: int, kind: MessageKind, until: datetime) -> None:
        """Let no call of this kind go in this workspace before `until`."""
        with self._lock:
            self._held_back[workspace, kind] = until

    def _bucket(self, key: Hashable, limit: tuple[float, float], at: datetime) -> _Bucket:
        rate, burst = limit
        return self._buckets.setdefault(key, _Bucket(rate, burst, at))
