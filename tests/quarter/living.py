"""Living through a quarter and counting it anew: from the office to the comparison."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from collections import Counter
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import quantiles
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from tests.quarter.people import TEAMS
from tests.quarter.recompute import compare
from tests.quarter.story import Look, Quarter, office
from tests.support.databases import databases

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.support.stage import Stage

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Lived:
    """A quarter that was lived through; while it is open its Slack can be looked at."""

    stage: Stage
    fates: Counter[str]
    looks: list[Look]
    export: dict[str, Any]
    compared: Counter[str]
    differs: list[str]
    refused: list[str]
    per_day: list[int]  # messages that a person got on a workday of theirs


@contextmanager
def lived(weeks: int, wanted: int, seed: int) -> Iterator[Lived]:
    """Live through so many weeks with about so many expectations; then count anew."""
    with databases(in_memory=True) as made:
        url = made.migrated("sqlite")
        with office(url) as stage:
            quarter = Quarter(stage, random.Random(seed), weeks)  # noqa: S311 - a story, no secret
            quarter.live(wanted)
            export = exported(url)
            compared, differs = compare(export, named(stage, quarter.looks))
            yield Lived(
                stage=stage,
                fates=quarter.fates,
                looks=quarter.looks,
                export=export,
                compared=compared,
                differs=differs,
                refused=quarter.refused,
                per_day=messages_per_day(stage),
            )


def exported(url: str) -> dict[str, Any]:
    """Return what the command exports."""
    done = subprocess.run(
        [sys.executable, "-m", "bot", "export"],
        env=os.environ | {"DATABASE_URL": url, "PYTHONPATH": str(ROOT)},
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    export: dict[str, Any] = json.loads(done.stdout)
    return export


def named(stage: Stage, looks: list[Look]) -> list[dict[str, Any]]:
    """Return what was read as the script reads it: channels by their ids."""
    ids = {team.channel: stage.slack.state.conversation(team.channel).id for team in TEAMS}
    return [
        asdict(look) | {"at": look.at.isoformat(), "channel": ids[look.channel]} for look in looks
    ]


def messages_per_day(stage: Stage) -> list[int]:
    """Count the messages that each person got on each day on which they work."""
    state = stage.slack.state
    counts: Counter[tuple[str, str]] = Counter()
    days = set()
    for person in state.people.values():
        if person.is_bot:
            continue
        for message in stage.slack.inbox(person.name):
            at = stage.clock.at.fromtimestamp(float(message.ts), ZoneInfo(person.tz))
            if message.metadata:
                counts[person.id, at.date().isoformat()] += 1
            days.add(at.date())
    people = [person.id for person in state.people.values() if not person.is_bot]
    workdays = [day.isoformat() for day in days if day.weekday() < 5]
    return [counts[person, day] for person in people for day in workdays]


def at_the_90th(counts: list[int]) -> int:
    """Return the 90th percentile."""
    return round(quantiles(counts, n=10)[-1])
