"""Draining what is due: beside APScheduler, procrastinate and two bare statements."""

import multiprocessing
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial

import psycopg

from bench import apscheduler_jobs, outbox, raw_outbox
from bench.commands import MONDAY
from bench.goals import DATABASES, Database
from bench.measuring import Measured, in_turns, per_second
from bench.places import Places
from bench.procrastinate_jobs import procrastinate
from bench.profiling import profile_of
from bench.rows import connected
from bench.use_cases import UseCases, use_cases

_DUE = 100_000
_PROCESSES = 4
_ROUNDS = 3


def drain_vs_apscheduler(made: Places, *, quick: bool) -> Iterator[Measured]:
    """Measure on each database; APScheduler on few jobs, as it knows no batches."""
    due, jobs = (4000, 50) if quick else (_DUE, 400)
    for database in DATABASES:
        ours, theirs, profile = _beside(
            made,
            database,
            due,
            lambda kind=database: apscheduler_jobs.drained(made.empty(kind), jobs),  # type: ignore[misc]  # mypy infers no type for a default
        )
        yield Measured(
            name="drain_vs_apscheduler",
            database=database,
            ours=ours,
            theirs=theirs,
            note=f"medians of {_ROUNDS} rounds; {due:,} in batches of {outbox.BATCH:,}; "
            f"APScheduler on {jobs} jobs a round, fewer than which is kinder to it, "
            "as it reads all that is due at once",
            profile=profile,
        )


def drain_vs_procrastinate(made: Places, *, quick: bool) -> Iterator[Measured]:
    """Measure on PostgreSQL; then four processes drain as much, and each message is counted."""
    due, jobs = (4000, 100) if quick else (_DUE, 2000)
    with procrastinate(made.empty("postgres"), due) as peer:
        peer.choose(jobs // 5)
        ours, theirs, profile = _beside(made, "postgres", due, lambda: peer.rate(jobs))
    together = _four_processes(made, due)
    yield Measured(
        name="drain_vs_procrastinate",
        database="postgres",
        ours=ours,
        theirs=theirs,
        note=f"medians of {_ROUNDS} rounds; {due:,} due on both sides, of which procrastinate's "
        f"worker does {jobs:,} a round at concurrency {peer.concurrency}, the best of four; "
        f"{together}",
        profile=profile,
    )


def _beside(
    made: Places, database: Database, due: int, peer: Callable[[], float]
) -> tuple[float, float, str]:
    """Drain in rounds, in turns with a peer; return both rates and our profile."""
    url = made.migrated(database)
    share = due // (_ROUNDS + 1)  # in_turns warms up with one
    outbox.fill(url, due)
    handed: list[str] = []
    with use_cases(url) as cases:
        ours, theirs = in_turns(
            lambda: per_second(lambda: outbox.drain(cases, handed, share)), peer, _ROUNDS
        )
        outbox.drain(cases, handed, due)
        if sorted(Counter(handed).values()) != [1] * due:
            raise RuntimeError("a message was lost or doubled")
        profile = _profile(url, cases)
    made.drop(url)
    return ours, theirs, profile


def _profile(url: str, cases: UseCases) -> str:
    """Profile some batches."""
    batches = 20
    outbox.fill(url, batches * outbox.BATCH, "profiled")
    lines = profile_of(lambda: outbox.drain(cases, [], outbox.BATCH), batches)
    return f"of a batch of {outbox.BATCH}:\n{lines}"


def claim_and_record(made: Places, *, quick: bool) -> Iterator[Measured]:
    """Measure on PostgreSQL, both on tables of the same size."""
    rounds, each = (3, 200) if quick else (7, 2000)
    url, other = made.migrated("postgres"), made.migrated("postgres")
    for place in (url, other):
        outbox.fill(place, (rounds + 1) * each)
    with use_cases(url) as cases, closing(connected(other)) as connection:
        assert isinstance(connection, psycopg.Connection)  # noqa: S101 - it is PostgreSQL's
        raw = partial(
            raw_outbox.drain, connection, cases.workspace, MONDAY, outbox.BATCH, most=each
        )
        ours, theirs = in_turns(
            lambda: per_second(lambda: outbox.drain(cases, [], each)),
            lambda: per_second(raw),
            rounds,
        )
        profile = _profile(url, cases)
    yield Measured(
        name="claim_and_record",
        database="postgres",
        ours=ours,
        theirs=theirs,
        note=f"medians of {rounds} rounds of {each:,}, both in batches of {outbox.BATCH:,}; both "
        "write each attempt, when it begins and when it ends, and what each message shows",
        profile=profile,
    )


def _four_processes(made: Places, due: int) -> str:
    """Let four processes drain one outbox; every message has to be handed over once."""
    url = made.migrated("postgres")
    outbox.fill(url, due)
    with multiprocessing.get_context("spawn").Pool(_PROCESSES) as pool:
        shares = pool.map(_drained, [url] * _PROCESSES)
    counted = Counter(message for share in shares for message in share)
    doubled = sum(times > 1 for times in counted.values())
    made.drop(url)
    if doubled or len(counted) != due:
        raise RuntimeError(f"{due - len(counted)} lost and {doubled} doubled by four processes")
    parts = " + ".join(f"{len(share):,}" for share in shares)
    return f"four processes together: {parts}, 0 lost, 0 doubled"


def _drained(url: str) -> list[str]:
    handed: list[str] = []
    with use_cases(url) as cases:
        outbox.drain(cases, handed, _DUE)
    return handed
