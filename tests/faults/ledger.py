"""What the database holds against what the simulated Slack holds, read with plain SQL."""

from __future__ import annotations

from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import create_engine, text

from bot.db.health import findings
from bot.db.urls import database_url

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sqlalchemy import Connection, Engine

    from tests.faults.crowd import CountingState, Told

TRIES = 8

_REST = """
    SELECT kind || ' ' || moment || ' ' || state FROM message
        WHERE state = 'sending' OR (state = 'pending' AND not_before <= :at)
    UNION ALL SELECT 'look for ' || message FROM look
    UNION ALL SELECT 'list of ' || "user" FROM member WHERE next_list_at <= :at
    UNION ALL SELECT 'clock of E-' || number FROM expectation WHERE next_clock_at <= :at
    UNION ALL SELECT 'summary of ' || channel FROM channel WHERE summary_next_at <= :at
"""
_MESSAGES = """
    SELECT id, kind, state, moment, number, event, channel, ts, not_before, "to", attempts, error
    FROM message
"""
_UNTOLD = """
    SELECT e.number FROM expectation AS e
    WHERE e.requester IS NOT NULL
        AND NOT EXISTS (SELECT 1 FROM message AS m WHERE m.number = e.number AND m.kind = 'post')
        AND NOT EXISTS (SELECT 1 FROM held AS h WHERE h.number = e.number)
"""
_UNCARRIED = """
    SELECT m.id FROM message AS m
    WHERE m.kind = 'post' AND m.state = 'unknown' AND m.number IS NOT NULL
        AND m.event IS NOT NULL AND m."to" <> :channel
        AND NOT EXISTS (
            SELECT 1 FROM held AS h WHERE h.number = m.number AND h.event = m.event
        )
"""


@dataclass(frozen=True, kw_only=True)
class Reckoning:
    """What was found; each line of `wrong` is a promise broken."""

    posts: int  # rows of posts that were sent, or may have been
    updates: int
    unknown: int  # posts that cannot be read back, and so are never sent again
    given_up: int  # updates that Slack answered too late eight times, as docs/delivery.md has it
    doubled: int
    lost: int
    wrong: tuple[str, ...]


@contextmanager
def opened(url: str) -> Iterator[Engine]:
    """Open a database for questions of one's own."""
    engine = create_engine(database_url(url))
    try:
        yield engine
    finally:
        engine.dispose()


def under_way(engine: Engine, at: datetime) -> list[str]:
    """Return what waits to be done now."""
    with engine.connect() as connection:
        return list(connection.execute(text(_REST), {"at": _stored(engine, at)}).scalars())


def reckon(url: str, state: CountingState, told: Iterable[Told], at: datetime) -> Reckoning:
    """Count, once all has come to rest."""
    with opened(url) as engine, engine.connect() as connection:
        rows = [dict(row) for row in connection.execute(text(_MESSAGES)).mappings()]
        posts = [row for row in rows if row["kind"] == "post"]
        shown = _shown(state)
        doubled = [row["id"] for row in posts if state.posted[row["id"]] > 1]
        given_up = [row for row in rows if _is_given_up(row)]
        lost = [
            *_unsent(posts, shown),
            *_unended([row for row in rows if row not in given_up], at),
            *_unsaved(connection, told),
            *(f"E-{number} was told to nobody" for (number,) in connection.execute(text(_UNTOLD))),
            *(
                f"unknown {row.id} is not carried"
                for row in connection.execute(text(_UNCARRIED), {"channel": "C01LAUNCH"})
            ),
        ]
    states = Counter(row["state"] for row in posts)
    found = [str(finding) for finding in findings(url)]
    wrong = (*(f"{each} was posted {state.posted[each]} times" for each in doubled), *lost, *found)
    return Reckoning(
        posts=states["sent"] + states["unknown"],
        updates=sum(row["state"] == "sent" for row in rows) - states["sent"],
        unknown=states["unknown"],
        given_up=len(given_up),
        doubled=len(doubled),
        lost=len(lost),
        wrong=wrong,
    )


def _shown(state: CountingState) -> dict[tuple[str, str], str]:
    """Return the id of each message that is there, by channel and ts."""
    return {
        (message.channel, message.ts): message.metadata["event_payload"]["message_id"]
        for messages in state.messages.values()
        for message in messages
        if message.metadata is not None
    }


def _unsent(posts: list[dict[str, Any]], shown: dict[tuple[str, str], str]) -> list[str]:
    """Return those that count as sent and are not where they say."""
    return [
        f"{row['id']} counts as sent and is not there"
        for row in posts
        if row["state"] == "sent" and shown.get((row["channel"], row["ts"])) != row["id"]
    ] + [
        f"{row['id']} is there and counts as {row['state']}"
        for row in posts
        if row["id"] in set(shown.values()) and row["state"] not in {"sent", "unknown"}
    ]


def _is_given_up(row: dict[str, Any]) -> bool:
    """Tell whether an update ended as it may where a loaded machine answers too late for long."""
    too_late = (row["kind"], row["state"], row["error"]) == ("update", "dead", "timed_out")
    return too_late and row["attempts"] >= TRIES


def _unended(rows: list[dict[str, Any]], at: datetime) -> list[str]:
    """Return those that were left on the way, or given up."""
    return [
        f"{row['kind']} {row['id']} ({row['moment']}) is {row['state']}"
        f" after {row['attempts']} attempts: {row['error']}"
        for row in rows
        if row["state"] in {"sending", "dead"}
        or (row["state"] == "pending" and _instant(row["not_before"]) <= at)
    ]


def _instant(value: datetime | str) -> datetime:
    return value if isinstance(value, datetime) else datetime.fromisoformat(value)


def _unsaved(connection: Connection, told: Iterable[Told]) -> list[str]:
    """Return what somebody was told is saved, or what came as an event, without its one effect."""
    results = connection.execute(text("SELECT number, result FROM terms WHERE version = 1"))
    stored = {row.number: row.result for row in results}
    times = Counter(stored.values())
    events = {
        (number, verb)
        for number, verb in connection.execute(text("SELECT number, verb FROM event"))
    }
    wrong = []
    for one in told:
        wrong += [
            f"E-{number} was saved as {stored.get(number)!r}, and told as {made.words!r}"
            for number, made in one.created.items()
            if stored.get(number) != made.words
        ]
        for verb, numbers in {"accept": one.accepted, "done": one.done}.items():
            wrong += [f"{verb} E-{n} was told" for n in numbers if (n, verb) not in events]
        wrong += [
            f"{words!r} came as an event and is there {times[words]} times"
            for words, acknowledged in one.lines.items()
            if times[words] > 1 or (acknowledged and not times[words])
        ]
    return wrong


def saved(engine: Engine) -> set[str]:
    """Return the words of all that was asked and saved."""
    with engine.connect() as connection:
        return set(connection.execute(text("SELECT result FROM terms WHERE version = 1")).scalars())


def _stored(engine: Engine, at: datetime) -> object:
    """Return an instant as the database compares it: SQLite holds text."""
    return at.isoformat(timespec="microseconds") if engine.dialect.name == "sqlite" else at
