"""What is measured against what, and how good the ratio has to be."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Database = Literal["sqlite", "postgres"]
DATABASES: tuple[Database, ...] = ("sqlite", "postgres")


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """One ratio, ours to theirs: of times and sizes at most so much, of rates at least."""

    name: str
    what: str
    against: str
    unit: str  # of both sides, e.g. ms, or "a second" for rates
    limits: Mapping[Database, float]
    is_rate: bool = False

    def holds(self, ratio: float, database: Database) -> bool:
        """Tell whether a ratio is good enough."""
        limit = self.limits[database]
        return ratio >= limit if self.is_rate else ratio <= limit


def _both(limit: float) -> dict[Database, float]:
    return {"sqlite": limit, "postgres": limit}


GOALS = (
    Goal(
        name="create_in_process",
        what="`/expect` that creates, in process",
        against="a Bolt no-op listener plus the same rows by raw driver in one transaction",
        unit="ms",
        limits=_both(1.3),
    ),
    Goal(
        name="create_over_http",
        what="`/expect` that creates, over HTTP, 32 at once",
        against="the same server's no-op",
        unit="a second",
        limits={"sqlite": 0.40, "postgres": 0.35},
        is_rate=True,
    ),
    Goal(
        name="slowest_over_http",
        what="the same, slowest of 1,000 at 20 at once",
        against="Slack's 3 s",
        unit="ms",
        limits=_both(0.2),
    ),
    Goal(
        name="drain_vs_apscheduler",
        what="draining 100,000 due: claim, record; Slack answers at once",
        against="one APScheduler job per nudge",
        unit="a second",
        limits={"sqlite": 50, "postgres": 30},
        is_rate=True,
    ),
    Goal(
        name="drain_vs_procrastinate",
        what="the same",
        against="procrastinate, one worker",
        unit="a second",
        limits={"postgres": 60},
        is_rate=True,
    ),
    Goal(
        name="claim_and_record",
        what="claim and record",
        against="the cheapest two statements that do it",
        unit="a second",
        limits={"postgres": 0.75},
        is_rate=True,
    ),
    Goal(
        name="send_in_flight",
        what="claim, send over TLS, record, 50 in flight",
        against="50 threads posting with one WebClient and one ssl context, nothing stored",
        unit="a second",
        limits=_both(0.85),
        is_rate=True,
    ),
    Goal(
        name="create_at_million",
        what="create at 1,000,000 expectations",
        against="at 10,000",
        unit="a second",
        limits=_both(0.85),
        is_rate=True,
    ),
    Goal(
        name="list_at_million",
        what="a person's list of 20 at 1,000,000",
        against="at 10,000",
        unit="ms",
        limits=_both(1.1),
    ),
    Goal(
        name="home_at_million",
        what="Home at 1,000,000",
        against="at 10,000",
        unit="ms",
        limits=_both(1.1),
    ),
    Goal(
        name="tick_at_million",
        what="the planner's tick at 1,000,000",
        against="at 10,000",
        unit="ms",
        limits=_both(1.1),
    ),
    Goal(
        name="summary_over_100000",
        what="the weekly summary over 100,000",
        against="hand-written SQL for the same figures",
        unit="ms",
        limits=_both(1.15),
    ),
    Goal(
        name="start_to_ready",
        what="start to ready",
        against="a bare Bolt app with the same libraries loaded",
        unit="ms",
        limits=_both(1.5),
    ),
    Goal(
        name="idle_memory",
        what="idle memory",
        against="a bare Bolt app with the same libraries loaded",
        unit="MB",
        limits=_both(1.5),
    ),
)
"""In the order in which they are reported."""

BY_NAME = {goal.name: goal for goal in GOALS}
