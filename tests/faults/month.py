"""A month of everyday use in simulated time: how often people are written to, what it weighs."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from statistics import quantiles
from typing import TYPE_CHECKING, Any
from unittest import mock
from zoneinfo import ZoneInfo

from sqlalchemy import create_engine, text

from bot import manifest
from bot.db.health import findings
from bot.db.urls import database_url
from bot.playground import Message, Slack, app_of
from bot.playground.state import State
from tests.faults.proof import Proof
from tests.faults.team import Team, people
from tests.support.databases import databases

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

BEGIN = datetime(2026, 11, 22, 22, 0, tzinfo=UTC)
"""Monday the 23rd begins in Tokyo in an hour or is under way; Sunday elsewhere."""

STEP = timedelta(minutes=45)
BUSY = 0.3
"""The chance that somebody at work does something in a step: about four acts a day."""

FIRST_DAY = 1.0
"""On the first day all is tried, so that what is loaded when it is first needed is there."""

MOST_A_DAY, MOST_AT_90 = 4, 7
MOST_DRIFT = 0.05
_FEW = 20
NIGHT_FROM, NIGHT_UNTIL = time(19), time(8)
_PATIENT = 60.0
ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Arrived:
    """A message of the bot's that Slack took."""

    at: datetime
    channel: str
    id: str


class Watched(State):
    """A workspace that notes each post of the app's."""

    arrived: list[Arrived]

    def post(self, message: Message) -> Message:
        """Store a message, and note it with the id in its metadata."""
        if message.metadata is not None:
            message_id = message.metadata["event_payload"]["message_id"]
            self.arrived.append(Arrived(self.clock(), message.channel, message_id))
        return super().post(message)


class Clock:
    """The time that everybody lives in."""

    at = BEGIN

    def __call__(self) -> datetime:
        return self.at


class Elsewhere:
    """The bot's own process.

    Its allocator keeps no caches of what is free, one for each thread, that fill over days and tell
    nothing; nor has the month's database, which is PostgreSQL, its pages in the bot's memory.
    """

    def __init__(self, slack: Slack, url: str, clock: Clock) -> None:
        self._clock = clock
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.month_bot"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=ROOT,
            env=os.environ
            | {
                "PYTHONPATH": str(ROOT),
                "PYTHONHASHSEED": "0",
                "MALLOC_ARENA_MAX": "1",
                "GLIBC_TUNABLES": "glibc.malloc.tcache_count=0",
            },
            text=True,
            bufsize=1,
        )
        app = slack.state.app
        first = self._say(
            {
                "at": clock.at.isoformat(),
                "bot_token": app.bot_token,
                "signing_secret": app.signing_secret,
                "api_url": slack.api_url,
                "database_url": url,
            }
        )
        slack.app_url = f"http://127.0.0.1:{first['port']}/slack/events"

    def advance(self, to: datetime) -> None:
        """Move the clock on, stopping wherever something is due."""
        while True:
            wake = self._say({"at": self._clock.at.isoformat(), "weigh": False})["wake"]
            if self._clock.at >= to:
                return
            due = to if wake is None else datetime.fromisoformat(wake)
            self._clock.at = due if self._clock.at < due < to else to

    def weigh(self) -> tuple[int, int]:
        """Return how many bytes, and how many objects, the bot holds."""
        said = self._say({"at": self._clock.at.isoformat(), "weigh": True})
        return said["bytes"], said["objects"]

    def end(self) -> None:
        """Stop it."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait(_PATIENT)
        assert self._process.stdout is not None
        self._process.stdout.close()

    def _say(self, order: Mapping[str, object]) -> dict[str, Any]:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(order) + "\n")
        said: dict[str, Any] = json.loads(self._process.stdout.readline())
        return said


def run(amount: int, seed: int) -> Mapping[str, int]:
    """Let so many people live through a month; twenty or fewer through a week."""
    days = 28 if amount > _FEW else 7
    chance = random.Random(seed)  # noqa: S311 - a story, no secret
    with databases(in_memory=True) as made, _office(amount, chance) as (team, state, clock):
        url = made.migrated("sqlite" if amount <= _FEW else "postgres")
        bot = Elsewhere(team.slack, url, clock)
        weights = []
        try:
            bot.advance(BEGIN + timedelta(hours=12))
            team.begin()
            for day in range(days):
                end = BEGIN + timedelta(days=day + 1)
                while clock.at < end:
                    bot.advance(min(clock.at + STEP, end))
                    team.work(clock.at, BUSY if day else FIRST_DAY)
                weights.append(bot.weigh())
        finally:
            bot.end()
        assert list(findings(url)) == []
        told = _told(url, state, days)
        assert team.slack.refusals == [], f"seed {seed}: {team.slack.refusals[:3]}"
    first, last = weights[0], weights[-1]
    for n in range(2):
        drift = last[n] / first[n] - 1
        assert drift < MOST_DRIFT, f"seed {seed}: memory grew by {drift:.1%}: {weights}"
    assert told["a day, in hundredths"] <= MOST_A_DAY * 100, f"seed {seed}: {told}"
    assert told["at the 90th percentile"] <= MOST_AT_90, f"seed {seed}: {told}"
    return {
        "people": amount,
        "days": days,
        "acts": sum(team.did.values()),
        **told,
        "MB after the first day": first[0] // 2**20,
        "MB at the end": last[0] // 2**20,
    }


@contextmanager
def _office(count: int, chance: random.Random) -> Iterator[tuple[Team, Watched, Clock]]:
    clock = Clock()
    app = app_of(manifest.load())
    persons, rooms = people(count, max(2, count // 20), app.bot_user_id)
    state = Watched(persons, rooms, app=app, clock=clock)
    state.arrived = []
    with (
        mock.patch("bot.playground.state.TRIGGER_SECONDS", _PATIENT),
        Slack(state, patience=_PATIENT) as slack,
    ):
        yield Team(slack, chance, persons, rooms), state, clock


def _told(url: str, state: Watched, days: int) -> dict[str, int]:
    """Count what reached people, by the rules of product section 4 as they are written there."""
    with create_engine(database_url(url)).connect() as connection:
        rows = connection.execute(text('SELECT id, "to", moment, number, slot FROM message')).all()
        hours = set(
            connection.execute(text("SELECT number FROM terms WHERE due LIKE '%T%'")).scalars()
        )
    known = {row.id: row for row in rows}
    doubled = [each for each, n in Counter(one.id for one in state.arrived).items() if n > 1]
    assert not doubled, f"sent twice: {doubled}"
    per_day: Counter[tuple[str, date]] = Counter()
    lists: Counter[tuple[str, date]] = Counter()
    for one in state.arrived:
        row = known[one.id]
        if row.to not in state.people:
            continue
        shown = one.at.astimezone(ZoneInfo(state.people[row.to].tz))
        per_day[row.to, shown.date()] += 1
        if row.moment == "list":
            lists[row.to, shown.date()] += 1
            assert row.slot == f"list/{row.to}/{shown.date()}", f"{row.slot} sent at {shown}"
        night = shown.weekday() > 4 or not NIGHT_UNTIL <= shown.time() < NIGHT_FROM
        assert not night or row.number in hours, f"{row.moment} at night: {shown}, E-{row.number}"
    assert max(lists.values()) == 1, "two lists of a day"
    team = [person for person in state.people if not state.people[person].is_bot]
    dates = [(BEGIN + timedelta(days=n, hours=12)).date() for n in range(days)]
    counts = [per_day[user, day] for user in team for day in dates if day.weekday() < 5]
    return {
        "messages": sum(per_day.values()),
        "lists": sum(lists.values()),
        "a day, in hundredths": round(100 * sum(counts) / len(counts)),
        "at the 90th percentile": round(quantiles(counts, n=10)[-1]),
        "in quiet hours": 0,
    }


PROOF = Proof(
    name="month",
    promise="A month of everyday use disturbs nobody more than was promised, and nothing grows",
    unit="people",
    long=200,
    short=20,
    run=run,
)
