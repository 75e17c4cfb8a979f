"""Proof: processes are killed at any instant, and no message is lost or doubled."""

from __future__ import annotations

import contextlib
import signal
import time
from typing import TYPE_CHECKING

from bot.config import Mode
from bot.playground import Fault
from tests.faults.proof import Counts, Proof
from tests.faults.world import Rules, Setting, World, everywhere

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.playground.records import Json
    from tests.faults.nursery import Child

SETTINGS = (
    Setting(database="sqlite", mode=Mode.HTTP, at_once=1, share=0.3),
    Setting(database="sqlite", mode=Mode.SOCKET, at_once=1, share=0.15),
    Setting(database="postgres", mode=Mode.HTTP, at_once=2, share=0.2),
    Setting(database="postgres", mode=Mode.SOCKET, at_once=3, share=0.15),
    Setting(database="postgres", mode=Mode.HTTP, at_once=4, share=0.2),
)
RULES = Rules(faster=100.0, patience=1.0, crowd=2)  # those who were killed answer nothing
PER_CLOCK = 8  # kills between two jumps of the clock
START, INSTANT, STOP = 0.3, 0.05, 0.3
"""Seconds that a start, a step and a stop take about: within them an instant is drawn."""
STILL = (1.2, 2.0)
"""Seconds: longer than a lease, and shorter than a lease and the two looks that follow it."""
MOST_POSTS = 10
"""A life is measured in posts, so that it does not depend on how loaded the machine is."""
LONGEST_LIFE = 4.0


def run(amount: int, seed: int) -> Counts:
    """Kill at least `amount` processes, in all settings; count every message."""
    return everywhere(SETTINGS, RULES, amount, seed, _live)


def _live(world: World, kills: int) -> tuple[Counts, Sequence[str]]:
    ways = {
        _while_starting: 25,
        _after_posts: 30,
        _while_stopping: 15,
        _while_posting: 25,
        _after_standing_still: 5,
    }
    jump_at = PER_CLOCK
    with world.acting():
        while world.herd.killed < kills:
            world.herd.fill(world.setting.at_once)
            (way,) = world.rng.choices([*ways], [*ways.values()])
            way(world)
            if world.herd.killed >= jump_at:
                jump_at += PER_CLOCK
                world.jump()
    killed = world.herd.killed
    found = world.reckon()
    assert not world.herd.failed(), (world.herd.failed(), world.logged())
    return {"kills": killed, **world.counts(found)}, found.wrong


def _while_starting(world: World) -> None:
    time.sleep(world.rng.uniform(0, START))
    world.herd.end(_living(world)[-1], signal.SIGKILL)


def _after_posts(world: World) -> None:
    """Kill one at any instant, once Slack has taken a number of posts."""
    _let_post(world)
    time.sleep(world.rng.uniform(0, INSTANT))
    world.herd.end(_one(world), signal.SIGKILL)


def _while_stopping(world: World) -> None:
    _let_post(world)
    victim = _one(world)
    victim.send(signal.SIGTERM)
    time.sleep(world.rng.uniform(0, STOP))
    world.herd.end(victim, signal.SIGKILL)


def _while_posting(world: World) -> None:
    """Kill all while Slack has a post in hand, before or after it has taken it."""
    victims = _living(world)
    left = world.rng.randint(0, MOST_POSTS)

    def kill(_args: Json) -> bool:
        nonlocal left
        left -= 1
        if left < 0:
            for victim in victims:
                victim.send(signal.SIGKILL)
        return left < 0

    fault = world.rng.choice((Fault.drop_before(), Fault.drop_after()))
    world.slack.faults.add("chat.postMessage", fault, when=kill)
    victims[0].ended.wait(LONGEST_LIFE)
    world.slack.faults.clear()
    for victim in victims:
        world.herd.end(victim, signal.SIGKILL)


def _after_standing_still(world: World) -> None:
    """Let one stand still beyond its leases, so that others take over, and go on a little."""
    _let_post(world)
    victim = _one(world)
    victim.send(signal.SIGSTOP)
    time.sleep(world.rng.uniform(*STILL))
    victim.send(signal.SIGCONT)
    _let_post(world)
    world.herd.end(victim, signal.SIGKILL)


def _one(world: World) -> Child:
    return world.rng.choice(_living(world))


def _living(world: World) -> list[Child]:
    """Return those that have not ended, which nobody does by themselves."""
    living = world.herd.living
    assert living, ("all ended by themselves", world.herd.failed(), world.logged())
    return living


def _let_post(world: World) -> None:
    enough = world.state.posted.total() + world.rng.randint(0, MOST_POSTS)
    with contextlib.suppress(TimeoutError):
        world.slack.wait_until(lambda: world.state.posted.total() >= enough, LONGEST_LIFE)


PROOF = Proof(
    name="kill_9",
    promise="Processes killed at any instant (SQLite; PostgreSQL with 2 to 4) lose nothing",
    unit="kills",
    long=3_000,
    short=60,
    run=run,
)
