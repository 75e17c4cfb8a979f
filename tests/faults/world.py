"""A simulated Slack with its crowd, its database and the processes that serve it."""

from __future__ import annotations

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
from bot.playground import Slack
from tests.faults.clock import SharedClock
from tests.faults.crowd import CHANNEL, CountingState, Crowd
from tests.faults.herd import CommandHerd, Herd
from tests.faults.ledger import Reckoning, opened, reckon, under_way
from tests.faults.nursery import Nursery
from tests.support.databases import databases

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from tests.faults.proof import Counts

BERLIN = ZoneInfo("Europe/Berlin")
BEGIN = datetime(2026, 11, 23, 9, 30, tzinfo=BERLIN)  # a Monday, when lists come
MORNING = 11
EVENING = 17  # from this hour on it is the next morning's turn
FRIDAY = 4
MOST = 100
"""So much is done in one world."""
WORLDS_AT_ONCE = 3
START = 120.0
REST = 300.0
LOOKS = 5.0
"""Seconds: so long a loaded machine may take to start, to come to rest, and for two looks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """Where it is tried."""

    database: str
    mode: Mode
    at_once: int  # processes
    share: float  # of all that is done
    command: bool = False  # processes are started by their command, on real time


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """How fast the bot's patience is, how long Slack's, and how many act at once."""

    faster: float
    patience: float
    crowd: int


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """What stands while one setting is tried."""

    setting: Setting
    rules: Rules
    url: str
    log: Path
    rng: random.Random
    clock: SharedClock
    state: CountingState
    slack: Slack
    herd: Herd
    crowd: list[Crowd]

    @contextmanager
    def acting(self) -> Iterator[None]:
        """Let people act while processes come and go."""
        child = self.herd.start()
        assert child.ready.wait(START), self.logged()
        self.herd.route()
        if self.setting.mode is Mode.SOCKET:
            self.slack.wait_until(lambda: self.slack.sockets.count, START)
        self.slack.command("p0", CHANNEL, "/expect", "summary here weekly mon 16:00")
        for one in self.crowd:
            one.start()
        try:
            yield
        finally:
            for one in self.crowd:
                one.stop()

    def jump(self) -> None:
        """Let it be later that day, or the next morning."""
        later = self._local() + timedelta(minutes=self.rng.uniform(20, 100))
        self.clock.move(later if later.hour < EVENING else self._next_morning())

    def reckon(self) -> Reckoning:
        """Let all come to rest, also the lists that carry what cannot be read back; count."""
        if self.setting.command:
            self._stop_all()
            self.herd.fork()
        self.herd.fill(1)
        self._rest()
        self.clock.move(self._next_morning())
        self._rest()
        self._stop_all()
        return reckon(self.url, self.state, [one.told for one in self.crowd], self.clock())

    def counts(self, found: Reckoning) -> dict[str, int]:
        """Return what a reader of the figures wants to know."""
        told = [one.told for one in self.crowd]
        return {
            "processes": len(self.herd.all),
            "messages": found.posts,
            "updates": found.updates,
            "commands": sum(one.commands for one in told),
            "commands_refused": sum(one.failed for one in told),
            "lost": found.lost,
            "doubled": found.doubled,
            "unknown_for_good": found.unknown,
            "updates_given_up": found.given_up,
        }

    def logged(self) -> str:
        """Return the end of what the processes logged."""
        return self.log.read_text()[-4000:]

    def _local(self) -> datetime:
        return self.clock().astimezone(self.state.zone)

    def _next_morning(self) -> datetime:
        """Return when the next working day's lists come."""
        day = self._local() + timedelta(days=1)
        while day.weekday() > FRIDAY:
            day += timedelta(days=1)
        return day.replace(hour=9, minute=30, second=0, microsecond=0)

    def _stop_all(self) -> None:
        for child in self.herd.living:
            self.herd.end(child, signal.SIGTERM)

    def _rest(self) -> None:
        """Wait until nothing is left to do now; let time pass for what only waits for that."""
        end = time.monotonic() + REST
        pass_time = time.monotonic() + LOOKS
        with opened(self.url) as engine:
            while left := under_way(engine, self.clock()):
                assert time.monotonic() < end, f"{self.setting} does not rest: {left}"
                if time.monotonic() > pass_time:
                    self.clock.move(self.clock() + timedelta(minutes=61 if _looked(left) else 3))
                    pass_time = time.monotonic() + LOOKS
                time.sleep(0.05)


def _looked(left: Sequence[str]) -> bool:
    """Tell whether all that is left is looked for in vain: a conversation has no name yet."""
    return all(each.startswith("look") for each in left)


def everywhere(
    settings: Sequence[Setting],
    rules: Rules,
    amount: int,
    seed: int,
    live: Callable[[World, int], tuple[Counts, Sequence[str]]],
) -> Counts:
    """Live through all settings, some at once; add up what was counted, raise what was wrong."""
    counts: Counter[str] = Counter()
    wrong: list[str] = []
    with (
        databases() as made,
        tempfile.TemporaryDirectory(prefix="winwin-") as folder,
        ThreadPoolExecutor(WORLDS_AT_ONCE) as threads,
    ):

        def one(place: int, piece: tuple[Setting, int], url: str) -> tuple[Counts, Sequence[str]]:
            setting, wanted = piece
            inside = Path(folder) / str(place)
            inside.mkdir()
            rng = random.Random(f"{seed}/{place}")  # noqa: S311 - no secret
            with _world(setting, rules, url, inside, rng) as world:
                return live(world, wanted)

        pieces = [piece for setting in settings for piece in _pieces(setting, amount)]
        urls = [made.migrated(setting.database) for setting, _ in pieces]
        ran = threads.map(one, range(len(pieces)), pieces, urls)
        for (setting, _), (more, broken) in zip(pieces, ran, strict=True):
            counts.update(more)
            wrong += [f"{setting}: {each}" for each in broken]
    assert not wrong, f"seed {seed}:\n" + "\n".join(wrong)
    return counts


def _pieces(setting: Setting, amount: int) -> list[tuple[Setting, int]]:
    """Split a setting's share: a simulated Slack that remembers too much answers too late."""
    wanted = math.ceil(amount * setting.share)
    return [(setting, min(MOST, wanted - begun)) for begun in range(0, wanted, MOST)]


@contextmanager
def _world(
    setting: Setting, rules: Rules, url: str, folder: Path, rng: random.Random
) -> Iterator[World]:
    log, clock_file = folder / "log", folder / "clock"
    now = datetime.now(UTC)
    clock = SharedClock(clock_file, begin=now if setting.command else BEGIN)
    state = CountingState(clock, _where_it_is_morning(now) if setting.command else BERLIN)
    with (
        Slack(state, patience=rules.patience) as slack,
        Nursery(clock=clock_file, log=log, faster=rules.faster) as nursery,
    ):
        kind = CommandHerd if setting.command else Herd
        herd = kind(nursery, slack, setting.mode, url, rng)
        crowd = [
            Crowd(slack, random.Random(rng.random()), herd.route, name)  # noqa: S311 - no secret
            for name in "abcdefgh"[: rules.crowd]
        ]
        try:
            yield World(
                setting=setting,
                rules=rules,
                url=url,
                log=log,
                rng=rng,
                clock=clock,
                state=state,
                slack=slack,
                herd=herd,
                crowd=crowd,
            )
        finally:
            for child in herd.living:
                herd.end(child, signal.SIGKILL)


def _where_it_is_morning(now: datetime) -> ZoneInfo:
    """Return a zone in which people may be written to now; the signs of these are reversed."""
    return ZoneInfo(f"Etc/GMT{(now.hour - MORNING + 12) % 24 - 12:+d}")
