"""Proof: processes are killed at any instant, and no message is lost or doubled."""

from __future__ import annotations

import contextlib
import math
import random
import signal
import tempfile
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.config import Mode
from bot.playground import Fault, Slack
from tests.faults.clock import SharedClock
from tests.faults.crowd import CHANNEL, CountingState, Crowd
from tests.faults.herd import Herd
from tests.faults.ledger import Reckoning, opened, reckon, under_way
from tests.faults.nursery import Nursery
from tests.faults.proof import Counts, Proof
from tests.support.databases import databases

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.playground.records import Json

BERLIN = ZoneInfo("Europe/Berlin")
BEGIN = datetime(2026, 11, 23, 9, 30, tzinfo=BERLIN)  # a Monday, when lists come
EVENING = 17  # from this hour on it is the next morning's turn
FASTER = 100.0
WORLDS_AT_ONCE = 3
CROWD = 2  # threads that act
PATIENCE = 1.0  # seconds that Slack waits for an answer: those who were killed give none
REST = 60.0
LOOKS = 5.0  # seconds in which two looks find, or miss
PER_CLOCK = 8  # kills between two jumps of the clock
START, INSTANT, STOP = 0.3, 0.05, 0.3
"""Seconds that a start, a step and a stop take about: within them an instant is drawn."""
MOST_POSTS = 8
"""A life is measured in posts, so that it does not depend on how loaded the machine is."""
LONGEST_LIFE = 4.0


@dataclass(frozen=True)
class Setting:
    """What is killed: how many processes at once, how Slack reaches them, on which database."""

    database: str
    mode: Mode
    at_once: int
    share: float  # of all kills


SETTINGS = (
    Setting("sqlite", Mode.HTTP, 1, 0.3),
    Setting("sqlite", Mode.SOCKET, 1, 0.15),
    Setting("postgres", Mode.HTTP, 2, 0.2),
    Setting("postgres", Mode.SOCKET, 3, 0.15),
    Setting("postgres", Mode.HTTP, 4, 0.2),
)


def run(amount: int, seed: int) -> Counts:
    """Kill at least `amount` processes, in all settings; count every message."""
    counts: Counter[str] = Counter()
    wrong: list[str] = []
    with (
        databases() as made,
        tempfile.TemporaryDirectory(prefix="winwin-") as folder,
        ThreadPoolExecutor(WORLDS_AT_ONCE) as threads,
    ):
        worlds = [
            World(
                setting,
                made.migrated(setting.database),
                Path(folder) / str(place),
                random.Random(f"{seed}/{place}"),  # noqa: S311 - no secret
            )
            for place, setting in enumerate(SETTINGS)
        ]
        shares = [math.ceil(amount * setting.share) for setting in SETTINGS]
        for world, (found, more) in zip(
            worlds, threads.map(World.run, worlds, shares), strict=True
        ):
            counts.update(more)
            wrong += [f"{world.setting}: {each}" for each in found.wrong]
    assert not wrong, f"seed {seed}:\n" + "\n".join(wrong)
    return counts


@dataclass(frozen=True)
class World:
    """One setting: a simulated Slack, its crowd, and processes that die."""

    setting: Setting
    url: str
    folder: Path
    rng: random.Random

    def run(self, kills: int) -> tuple[Reckoning, Counts]:
        """Kill so many; let all come to rest, and count."""
        self.folder.mkdir()
        clock_file = self.folder / "clock"
        clock = SharedClock(clock_file, begin=BEGIN)
        state = CountingState(clock)
        with (
            Slack(state, patience=PATIENCE) as slack,
            Nursery(clock=clock_file, log=self.folder / "log", faster=FASTER) as nursery,
        ):
            herd = Herd(nursery, slack, self.setting.mode, self.url, self.rng)
            self._begin(herd, slack)
            with self._acting(herd, slack) as crowd:
                self._kill(herd, slack, clock, kills)
            herd.fill(1)
            self._rest(clock)
            clock.move(_next_morning(clock()))  # the lists carry what cannot be read back
            self._rest(clock)
            for child in herd.living:
                herd.end(child, signal.SIGTERM)
            told = [one.told for one in crowd]
            found = reckon(self.url, state, told, clock())
            assert not herd.failed(), (herd.failed(), self._log())
        counts = {
            "kills": herd.killed,
            "processes": len(herd.all),
            "messages": found.posts,
            "updates": found.updates,
            "commands": sum(one.commands for one in told),
            "commands_refused": sum(one.failed for one in told),
            "lost": found.lost,
            "doubled": found.doubled,
            "unknown_for_good": found.unknown,
        }
        return found, counts

    def _log(self) -> str:
        return (self.folder / "log").read_text()[-4000:]

    def _begin(self, herd: Herd, slack: Slack) -> None:
        """Start, and set up the week's summary in the channel."""
        child = herd.start()
        assert child.ready.wait(REST), self._log()
        herd.route()
        if self.setting.mode is Mode.SOCKET:
            slack.wait_until(lambda: slack.sockets.count, REST)
        slack.command("p0", CHANNEL, "/expect", "summary here weekly mon 16:00")

    @contextmanager
    def _acting(self, herd: Herd, slack: Slack) -> Iterator[list[Crowd]]:
        crowd = [
            Crowd(slack, random.Random(self.rng.random()), herd.route, name)  # noqa: S311 - no secret
            for name in "ab"[:CROWD]
        ]
        for one in crowd:
            one.start()
        try:
            yield crowd
        finally:
            for one in crowd:
                one.stop()

    def _kill(self, herd: Herd, slack: Slack, clock: SharedClock, kills: int) -> None:
        ways = (self._while_starting, self._after_posts, self._while_stopping, self._while_posting)
        jump_at = PER_CLOCK
        while herd.killed < kills:
            herd.fill(self.setting.at_once)
            (way,) = self.rng.choices(ways, (25, 35, 15, 25))
            way(herd, slack)
            if herd.killed >= jump_at:
                jump_at += PER_CLOCK
                clock.move(_later(clock(), self.rng))

    def _while_starting(self, herd: Herd, _slack: Slack) -> None:
        time.sleep(self.rng.uniform(0, START))
        herd.end(herd.living[-1], signal.SIGKILL)

    def _after_posts(self, herd: Herd, slack: Slack) -> None:
        """Kill one at any instant, once Slack has taken a number of posts."""
        self._let_post(slack)
        time.sleep(self.rng.uniform(0, INSTANT))
        herd.end(self.rng.choice(herd.living), signal.SIGKILL)

    def _while_stopping(self, herd: Herd, slack: Slack) -> None:
        self._let_post(slack)
        victim = self.rng.choice(herd.living)
        victim.send(signal.SIGTERM)
        time.sleep(self.rng.uniform(0, STOP))
        herd.end(victim, signal.SIGKILL)

    def _while_posting(self, herd: Herd, slack: Slack) -> None:
        """Kill all while Slack has a post in hand, before or after it has taken it."""
        victims = herd.living
        left = self.rng.randint(0, MOST_POSTS)

        def kill(_args: Json) -> bool:
            nonlocal left
            left -= 1
            if left < 0:
                for victim in victims:
                    victim.send(signal.SIGKILL)
            return left < 0

        fault = self.rng.choice((Fault.drop_before(), Fault.drop_after()))
        slack.faults.add("chat.postMessage", fault, when=kill)
        victims[0].ended.wait(LONGEST_LIFE)
        slack.faults.clear()
        for victim in victims:
            herd.end(victim, signal.SIGKILL)

    def _let_post(self, slack: Slack) -> None:
        state = slack.state
        assert isinstance(state, CountingState)
        enough = state.posted.total() + self.rng.randint(0, MOST_POSTS)
        with contextlib.suppress(TimeoutError):
            slack.wait_until(lambda: state.posted.total() >= enough, LONGEST_LIFE)

    def _rest(self, clock: SharedClock) -> None:
        """Wait until nothing is left to do now; what cannot be looked for is given up."""
        end = time.monotonic() + REST
        give_up = time.monotonic() + LOOKS
        with opened(self.url) as engine:
            while left := under_way(engine, clock()):
                assert time.monotonic() < end, f"{self.setting} does not rest: {left} {self._log()}"
                if time.monotonic() > give_up and all(each.startswith("look") for each in left):
                    clock.move(clock() + timedelta(minutes=61))
                    give_up = time.monotonic() + LOOKS
                time.sleep(0.05)


def _later(now: datetime, rng: random.Random) -> datetime:
    """Return a moment of the same working day, or the morning of the next."""
    later = now.astimezone(BERLIN) + timedelta(minutes=rng.uniform(20, 100))
    return _next_morning(now) if later.hour >= EVENING else later.astimezone(UTC)


def _next_morning(now: datetime) -> datetime:
    """Return when the next working day's lists come."""
    day = now.astimezone(BERLIN) + timedelta(days=1)
    while day.weekday() > 4:
        day += timedelta(days=1)
    return day.replace(hour=9, minute=30, second=0, microsecond=0).astimezone(UTC)


PROOF = Proof(
    name="kill_9",
    promise="Processes killed at any instant (SQLite; PostgreSQL with 2 to 4) lose nothing",
    unit="kills",
    long=3_000,
    short=60,
    run=run,
)
