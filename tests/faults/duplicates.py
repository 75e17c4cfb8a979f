"""Slack delivers things twice, at once, late: each has one effect, and no copy hears an error."""

from __future__ import annotations

import random
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import create_engine, text

from bot import manifest
from bot.app import Bot, build
from bot.db.health import findings
from bot.db.urls import database_url
from bot.playground import Slack, app_of, workspace
from bot.services.timing import Rate, Timing
from tests.faults.duplicated_stories import People
from tests.faults.proof import Counts, Proof
from tests.support.databases import databases
from tests.support.stage import TestClock, settings_for

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.playground.records import Exchange, Message

IN_A_WORLD = 150
"""So many inputs, and then a new workspace: people's messages are looked through at each step."""

AFTER_A_RESTART = 40
"""So many of a world's inputs come once more when its bots were started anew."""

_AT_ONCE = Rate(per_second=1e6, at_once=1e6)
_PATIENT = timedelta(minutes=1)
TIMING = replace(
    Timing(),
    per_channel=_AT_ONCE,  # the clock stands, and would fill no bucket
    per_workspace=_AT_ONCE,
    answer_within=_PATIENT,  # a loaded machine is no duplicate
    ask_timeout=_PATIENT,
    send_timeout=_PATIENT,
)

_FAILURES = ("Something failed", "too long", "try again", "Nothing was saved")
"""What no copy of something that was saved may be told."""

_MOVED_ON = "changed nothing"
"""What is told of a press that opened a form by which things have moved on; late copies only."""


@dataclass
class World:
    """A workspace with its bots on one database, on a clock that stands."""

    slack: Slack
    url: str
    processes: int
    clock: TestClock
    bots: list[Bot]

    def start(self) -> None:
        """Start the bots; copies reach each of them in turn."""
        settings = settings_for(self.slack, self.url)
        for _ in range(self.processes):
            bot = build(settings, self.clock, TIMING)
            bot.serve()
            self.bots.append(bot)
        first, *others = [f"http://127.0.0.1:{bot.port}/slack/events" for bot in self.bots]
        self.slack.app_url, self.slack.delivery.twins = first, tuple(others)

    def stop(self) -> None:
        """Stop the bots."""
        while self.bots:
            self.bots.pop().stop()

    def delivered(self) -> list[Exchange]:
        """Return all that reached the bots."""
        return [each for each in self.slack.traffic if each.direction == "to_app"]

    def posts(self) -> list[Message]:
        """Return what the bots posted and more than one delivery could double."""
        return [
            message
            for messages in list(self.slack.state.messages.values())
            for message in messages
            if message.by_app and message.to is None
        ]


@contextmanager
def _world(url: str, processes: int) -> Iterator[World]:
    clock = TestClock()
    state = workspace(clock=clock, app=app_of(manifest.load()))
    with Slack(state, patience=_PATIENT.total_seconds()) as slack:
        world = World(slack, url, processes, clock, [])
        try:
            world.start()
            yield world
        finally:
            world.stop()


def run(amount: int, seed: int) -> Counts:
    """Play stories in one workspace after the other, each on the other database."""
    chance = random.Random(seed)  # noqa: S311 - drawn anew to find more, and repeated by its seed
    counts: Counter[str] = Counter()
    try:
        with databases() as made:
            while counts["inputs"] < amount:
                kind, processes = (("sqlite", 1), ("postgres", 2))[counts["workspaces"] % 2]
                url = made.migrated(kind)
                with _world(url, processes) as world:
                    counts += _play(world, min(IN_A_WORLD, amount // 2), chance)
                counts["workspaces"] += 1
                made.drop(url)
    except AssertionError as error:
        raise AssertionError(f"seed {seed}: {error}") from error
    return {**counts, "doubled": 0, "lost": 0}


def _play(world: World, inputs: int, chance: random.Random) -> Counter[str]:
    people = People(world.slack, world.bots, chance)
    while people.ledger.inputs < inputs:
        people.act()
    people.settle()
    ledger = people.ledger
    _agree(_account(world), ledger.effects, "at once")
    _check_answers(world, (*_FAILURES, _MOVED_ON))
    late = _come_again(world, people, chance)
    _agree(_account(world), ledger.effects, "after a restart")
    _check_answers(world, _FAILURES)
    assert list(findings(world.url)) == []
    _after_a_week(world, people)
    return Counter(
        {
            "inputs": ledger.inputs,
            "deliveries at once": ledger.deliveries,
            "late ones after a restart": late,
        }
    )


def _come_again(world: World, people: People, chance: random.Random) -> int:
    """Start the bots anew, and let Slack deliver some of what it delivered before."""
    once = {str(each.request): each for each in world.delivered()}
    drawn = chance.sample(list(once.values()), min(AFTER_A_RESTART, len(once)))
    world.stop()
    world.start()
    for exchange in drawn:
        assert world.slack.delivery.again(exchange).acknowledged, exchange
    people.settle()
    return len(drawn)


def _account(world: World) -> Counter[str]:
    """Count what came of it: in the database, and at the simulated Slack."""
    engine = create_engine(database_url(world.url))
    with engine.connect() as connection:

        def count(rows: str) -> int:
            return int(connection.scalar(text(f"SELECT count(*) FROM {rows}")) or 0)  # noqa: S608 - ours

        verbs = connection.execute(text("SELECT verb, count(*) FROM event GROUP BY verb")).all()
        found = Counter({f"event {verb}": number for verb, number in verbs})
        found["expectations"] = count("expectation")
        found["goals"] = count("goal")
        found["updates of goals"] = count("goal_update")
        found["thanks"] = count("thanks")
        found["changes"] = count("inbox WHERE key NOT LIKE 'said:%'")
        recorded = count("message WHERE kind = 'post' AND state = 'sent'")
        open_ = "SELECT kind, moment, state, error FROM message WHERE state NOT IN "
        left = connection.execute(text(f"{open_} ('pending', 'sent', 'cancelled')")).all()
        assert not left, left
    engine.dispose()
    posts = world.posts()
    launch = world.slack.state.conversation("launch").id
    found["posts to the channel"] = sum(post.channel == launch for post in posts)
    found["lines to the bot"] = len(posts) - recorded
    ids = Counter(str(post.metadata) for post in posts)
    assert all(times == 1 for times in ids.values()), ids.most_common(3)
    return found


def _agree(found: Counter[str], expected: Counter[str], when: str) -> None:
    names = sorted(found.keys() | expected.keys())
    wrong = [f"{name}: {found[name]} for {expected[name]}" for name in names
             if found[name] != expected[name]]  # fmt: skip
    assert not wrong, f"{when}: {', '.join(wrong)}"


def _check_answers(world: World, failures: tuple[str, ...]) -> None:
    """Everything that was given in was saved, so no delivery of it may be told otherwise."""
    for each in world.delivered():
        assert each.status == 200, each
        body = each.answer if isinstance(each.answer, dict) else {}
        said = f"{body.get('text', '')} {body.get('errors', '')} {body.get('view', '')}"
        assert not any(words in said for words in failures), (each.name, each.request, said)
    for messages in list(world.slack.state.messages.values()):
        for message in messages:
            assert not (message.by_app and any(words in message.text for words in failures)), (
                message.text
            )


def _after_a_week(world: World, people: People) -> None:
    """After seven days keys are forgotten: a press is one of an old button, and makes nothing new.

    Whether it acts depends on what it showed: *Done* on what was undone since is done again.
    """
    presses = [each for each in world.delivered() if each.name == "block_actions"]
    world.clock.at += timedelta(days=8)
    people.settle()
    before = _account(world)
    assert not before["changes"]
    for exchange in presses[:10]:
        assert world.slack.delivery.again(exchange).acknowledged
    people.settle()
    after = _account(world)
    for name in ("expectations", "thanks", "goals"):
        assert after[name] == before[name], f"after a week: {name}"


PROOF = Proof(
    name="duplicates",
    promise="what Slack delivers one to five times at once, and again after a restart, has one "
    "effect, and no copy of it is told of an error",
    unit="inputs",
    long=10_000,
    short=300,
    run=run,
)
