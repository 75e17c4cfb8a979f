"""The weekly summary of a channel with 100,000 agreements: beside hand-written SQL."""

from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import Any

from bench.goals import DATABASES, Database
from bench.measuring import Measured, in_turns, milliseconds
from bench.places import Places
from bench.profiling import profile_of
from bench.rows import connected
from bench.seed import Seed, channel, member
from bench.use_cases import use_cases

_AGREEMENTS = 100_000
_LATER = timedelta(hours=5)

_CHANNEL = "workspace = 1 AND channel = '{channel}' AND visibility = 'channel'"
_COUNTS = """
SELECT
    (SELECT count(*) FROM expectation WHERE {shared} AND agreed_at IS NOT NULL
        AND agreed_at >= {since} AND agreed_at < {until} AND kind <> 'commitment'),
    closed.kept, closed.changed,
    (SELECT count(*) FROM expectation WHERE {shared} AND status IN ('active', 'done')),
    closed.all + (SELECT count(*) FROM expectation WHERE {shared}
        AND status IN ('active', 'done') AND due_at > {since} AND due_at <= {until})
FROM (
    SELECT count(*) AS "all",
        count(*) FILTER (WHERE outcome IN ('kept', 'kept_changed') AND NOT self_confirmed) AS kept,
        count(*) FILTER (WHERE outcome = 'kept_changed' AND NOT self_confirmed) AS changed
    FROM expectation
    WHERE {shared} AND agreed_at IS NOT NULL AND closed_at >= {since} AND closed_at < {until}
) AS closed
""".replace("closed.all", 'closed."all"')
_COMING = """
SELECT e.number, e.owner, e.due, t.result, m.name FROM expectation AS e
JOIN terms AS t ON t.workspace = e.workspace AND t.number = e.number AND t.version = e.version
JOIN member AS m ON m.workspace = e.workspace AND m."user" = e.owner
WHERE e.workspace = 1 AND e.channel = '{channel}' AND e.visibility = 'channel'
    AND e.status IN ('active', 'done') AND e.due_at > {until} AND e.due_at < {after}
ORDER BY e.due_at, e.number LIMIT 10
"""
_GOALS = "SELECT * FROM goal WHERE workspace = 1 AND channel = '{channel}' AND status = 'open'"
_THANKS = """
SELECT * FROM thanks WHERE workspace = 1 AND channel = '{channel}' AND at >= {since}
    AND at < {until}
"""


def summary_over_100000(made: Places, *, quick: bool) -> Iterator[Measured]:
    """Measure on each database: what a member sees who asks for the week so far."""
    agreements, rounds = (5_000, 3) if quick else (_AGREEMENTS, 15)
    seed = Seed(made)
    for database in DATABASES:
        url = made.migrated(database)
        seed.fill(url, agreements, groups=1, weeks=1)
        yield _measured(database, url, rounds)
        made.drop(url)


def _measured(database: Database, url: str, rounds: int) -> Measured:
    with use_cases(url) as cases, closing(connected(url)) as connection:
        cases.passes(_LATER)
        actor = cases.actor(member(0, 0), channel(0))
        view = cases.summarise.preview(actor).view
        by_hand = _by_hand(connection.execute, cases.now)
        counted, coming = by_hand()
        shown = (view.agreed, view.kept, view.changed_in_time, view.under_way, view.due_count)
        if counted != shown or coming != [one.number for one in view.next_week]:
            raise RuntimeError(f"other figures: {counted}, {coming} and {shown}")
        ours, theirs = in_turns(
            lambda: milliseconds(lambda: cases.summarise.preview(actor), 3),
            lambda: milliseconds(by_hand, 3),
            rounds,
        )
        profile = profile_of(lambda: cases.summarise.preview(actor), 5)
    agreed, kept, *_ = counted
    return Measured(
        name="summary_over_100000",
        database=database,
        ours=ours,
        theirs=theirs,
        note=f"medians of {rounds} rounds of 3; {agreed:,} agreed and {kept:,} kept, all in this "
        "week, the same figures on both sides",
        profile=profile,
    )


def _by_hand(
    run: Callable[..., Any], now: datetime
) -> Callable[[], tuple[tuple[int, ...], list[int]]]:
    """Return the same figures' own statements: counts, and the numbers of what comes."""
    moment = now.astimezone(UTC)
    since, after = moment - timedelta(days=7), moment + timedelta(days=7)
    texts = {
        name: f"'{at.isoformat(timespec='microseconds')}'"
        for name, at in (("since", since), ("until", moment), ("after", after))
    }
    texts |= {"channel": channel(0)}
    texts |= {"shared": _CHANNEL.format(channel=channel(0))}
    counts, coming, goals, thanks = (
        statement.format(**texts) for statement in (_COUNTS, _COMING, _GOALS, _THANKS)
    )

    def figures() -> tuple[tuple[int, ...], list[int]]:
        row = run(counts).fetchone()
        rows = run(coming).fetchall()
        for statement in (goals, thanks):
            run(statement).fetchall()
        return tuple(row), [each[0] for each in rows]

    return figures
