"""`/expect` that creates, over HTTP: the whole bot beside the same server's no-op."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count

from bench.goals import DATABASES, Database
from bench.measuring import Measured, in_turns
from bench.places import Places
from bench.processes import first_line, listening, process

_AT_ONCE = 32
_SLOWEST_OF, _SLOWEST_AT_ONCE = 1000, 20
_PATIENCE_OF_SLACK = 3000.0  # ms

_runs = count(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Answered:
    rate: float
    slowest: float  # ms


def create_over_http(made: Places, *, quick: bool) -> Iterator[Measured]:
    """Measure the rate at 32 at once, and the slowest of 1,000 at 20 at once."""
    each, rounds = (100, 3) if quick else (600, 9)
    for database in DATABASES:
        url = made.migrated(database)
        with (
            listening("bench.slack") as slack,
            listening("bench.serving", "ours", url, str(slack)) as ours,
            listening("bench.serving", "bare") as bare,
        ):
            yield _rate(database, ours, bare, each, rounds)
            yield _slowest(database, ours)


def _rate(database: Database, ours: int, bare: int, each: int, rounds: int) -> Measured:
    mine, peer = in_turns(
        lambda: _asked(ours, each, _AT_ONCE).rate,
        lambda: _asked(bare, each, _AT_ONCE).rate,
        rounds,
    )
    return Measured(
        name="create_over_http",
        database=database,
        ours=mine,
        theirs=peer,
        note=f"medians of {rounds} rounds of {each}; the bot plans and sends meanwhile; "
        "a connection for each request, clients in another process",
    )


def _slowest(database: Database, ours: int) -> Measured:
    slowest = _asked(ours, _SLOWEST_OF, _SLOWEST_AT_ONCE).slowest
    return Measured(
        name="slowest_over_http",
        database=database,
        ours=slowest,
        theirs=_PATIENCE_OF_SLACK,
        note="the slowest of one run of 1,000",
    )


def _asked(port: int, many: int, at_once: int) -> _Answered:
    """Send so many commands from another process."""
    with process("bench.load", str(port), f"r{next(_runs)}", str(many), str(at_once)) as load:
        said = json.loads(first_line(load))
    if said["good"] != many:
        raise RuntimeError(f"only {said['good']} of {many} were answered")
    return _Answered(rate=many / said["seconds"], slowest=said["slowest"] * 1000)
