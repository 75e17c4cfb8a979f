"""Proof: SIGTERM under load ends a process within ten seconds, with nothing half-done."""

from __future__ import annotations

import contextlib
import math
import signal
import threading
import time
from typing import TYPE_CHECKING

from bot.config import Mode
from bot.playground import Fault
from tests.faults.ledger import opened, saved
from tests.faults.proof import Counts, Proof
from tests.faults.world import START, Rules, Setting, World, everywhere

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.playground.records import Json

SETTINGS = (
    Setting(database="sqlite", mode=Mode.HTTP, at_once=1, share=0.25),
    Setting(database="sqlite", mode=Mode.SOCKET, at_once=1, share=0.2),
    Setting(database="postgres", mode=Mode.HTTP, at_once=2, share=0.25),
    Setting(database="postgres", mode=Mode.SOCKET, at_once=2, share=0.2),
    Setting(database="sqlite", mode=Mode.HTTP, at_once=1, share=0.1, command=True),
)
RULES = Rules(faster=1.0, patience=5.0, crowd=4)  # the drain is not shortened
PROMISED = 10.0
AT_ONCE = 2.0
PATIENCE = 60.0
MOST_POSTS = 60
LOAD = 5.0
HANG = Fault(status=500, delay=30.0, handled=False)
"""A call that no stop waits for; what Slack has not taken by then, it never takes."""


def run(amount: int, seed: int) -> Counts:
    """Stop at least `amount` processes, in all settings; count what was left half-done."""
    return everywhere(SETTINGS, RULES, amount, seed, _live)


def _live(world: World, stops: int) -> tuple[Counts, Sequence[str]]:
    counts = {"stops": 0, "stops_with_a_call_that_hangs": 0, "stopped_twice": 0}
    wrong: list[str] = []
    with world.acting():
        while counts["stops"] < stops:
            world.herd.fill(world.setting.at_once)
            for child in world.herd.living:
                assert child.ready.wait(START), world.logged()
            _load(world)
            # A second signal may leave a command saved and unanswered, so these come last.
            twice = counts["stops"] >= stops - math.ceil(stops / 5) > 0
            if twice and not counts["stopped_twice"]:
                wrong += _half_done(world)
            hangs = twice or world.rng.random() < 0.4
            wrong += _stop(world, hangs=hangs, twice=twice)
            counts["stops"] += 1
            counts["stops_with_a_call_that_hangs"] += hangs
            counts["stopped_twice"] += twice
    if not counts["stopped_twice"]:
        wrong += _half_done(world)
    found = world.reckon()
    return {**counts, **world.counts(found)}, [*wrong, *found.wrong]


def _load(world: World) -> None:
    """Let people act, and messages be sent, for a while."""
    enough = world.state.posted.total() + world.rng.randint(0, MOST_POSTS)
    with contextlib.suppress(TimeoutError):
        world.slack.wait_until(lambda: world.state.posted.total() >= enough, LOAD)


def _stop(world: World, *, hangs: bool, twice: bool) -> list[str]:
    """Stop one process; return what was not as promised."""
    if hangs:
        _hang(world)
    child = world.rng.choice(world.herd.living)
    asked_at = time.monotonic()
    child.send(signal.SIGTERM)
    promised, codes = PROMISED, {0}
    if twice:
        child.ended.wait(world.rng.uniform(0.2, 1.0))
        promised, codes = AT_ONCE, {0, 1, -signal.SIGTERM}  # the last: it was ending by itself
        asked_at = time.monotonic()
        child.send(signal.SIGTERM)
    ended = child.ended.wait(PATIENCE)
    took = time.monotonic() - asked_at
    world.slack.faults.clear()
    if not ended or took > promised or child.code not in codes:
        return [f"{child} took {took:.1f} s, twice={twice}, hangs={hangs}: {world.logged()}"]
    return []


def _hang(world: World) -> None:
    """Let the next post hang, and wait until there is one."""
    hanging = threading.Event()

    def hang(_args: Json) -> bool:
        hanging.set()
        return True

    world.slack.faults.add("chat.postMessage", HANG, when=hang)
    hanging.wait(LOAD)


def _half_done(world: World) -> list[str]:
    """Return what was saved although whoever typed it saw an error."""
    with opened(world.url) as engine:
        there = saved(engine)
    refused = {words for one in world.crowd for words in list(one.told.refused)}
    return [f"{words!r} was saved, and answered with an error" for words in refused & there]


PROOF = Proof(
    name="sigterm",
    promise="SIGTERM under load ends a process within ten seconds, with nothing half-done",
    unit="stops",
    long=200,
    short=5,
    run=run,
)
