"""What a Prometheus may scrape: figures only, no ids and nothing that people wrote."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from bot.db.outbox import Outbox

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"

_BUCKETS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 2.5, 3.0, 5.0)
"""Seconds; Slack gives up after three, and the bot rolls back after two and a half."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Now(Collector):
    """How things stand when they are scraped."""

    at: datetime
    outbox: Outbox | None  # None: the database does not answer
    tick_age: float | None  # seconds; None: no heartbeat runs here

    def collect(self) -> Iterator[Metric]:
        """Yield a gauge for each figure that is known."""
        answers = float(self.outbox is not None)
        yield _gauge("winwin_database_up", "1 while the database answers.", answers)
        if self.outbox is not None:
            yield _gauge("winwin_due", "Messages that wait to be sent now.", self.outbox.due)
            yield _gauge(
                "winwin_oldest_due_seconds",
                "Age of the one that waits longest; 0 where none does.",
                self._oldest(self.outbox),
            )
            yield _gauge("winwin_unknown", "Posts of unknown fate.", self.outbox.unknown)
            yield _gauge("winwin_dead", "Posts that Slack refused for good.", self.outbox.dead)
        if self.tick_age is not None:
            yield _gauge(
                "winwin_tick_age_seconds", "Time since the heartbeat's last tick.", self.tick_age
            )

    def _oldest(self, outbox: Outbox) -> float:
        due_at = outbox.oldest_due_at
        return 0.0 if due_at is None else max((self.at - due_at).total_seconds(), 0.0)


class Metrics:
    """What one bot counts, in a registry of its own."""

    def __init__(self, kinds: Iterable[str]) -> None:
        self._registry = CollectorRegistry()
        self._requests = Histogram(
            "winwin_request_seconds",
            "Time from a request of Slack's to its answer.",
            ["kind"],
            buckets=_BUCKETS,
            registry=self._registry,
        )
        for kind in kinds:
            self._requests.labels(kind)  # there from the start, so that its rate begins at 0
        self._sent = Counter(
            "winwin_sent",
            "Messages, updates and Homes that Slack took from this process.",
            registry=self._registry,
        )

    def took(self, kind: str, seconds: float) -> None:
        """Note how long a request of a kind took."""
        self._requests.labels(kind).observe(seconds)

    def sent(self) -> None:
        """Note that Slack took something."""
        self._sent.inc()

    def text(self, now: Now) -> bytes:
        """Return all figures in Prometheus's text format."""
        return generate_latest(self._registry) + generate_latest(now)


def _gauge(name: str, meaning: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, meaning, value=value)
