"""`/expect` that creates, over HTTP: the whole bot beside the same server's no-op."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from itertools import count

from bench.goals import DATABASES, Database
from bench.measuring import Measured, medians
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
    each, rounds = (100, 3) if quick else (300, 7)
    for database in DATABASES:
        url, other = made.migrated(database), made.migrated(database)
        with (
            listening("bench.slack") as slack,
            listening("bench.serving", "bare") as bare,
            listening("bench.serving", "whole", url, str(slack)) as whole,
        ):
            with listening("bench.serving", "web", other, str(slack)) as web:
                yield _rate(database, (whole, bare, web), each, rounds)
            yield _slowest(database, whole)


def _rate(database: Database, ports: tuple[int, int, int], each: int, rounds: int) -> Measured:
    ours, theirs, web = medians([partial(_rate_of, port, each) for port in ports], rounds)
    return Measured(
        name="create_over_http",
        database=database,
        ours=ours,
        theirs=theirs,
        note=f"medians of {rounds} rounds of {each}; a connection for each request, clients in "
        "another process; the bot plans and sends meanwhile. Without that, as "
        f"`winwin run --only web`, it is {web:.0f} a second, {web / theirs:.2f}",
    )


def _rate_of(port: int, each: int) -> float:
    return _asked(port, each, _AT_ONCE).rate


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
