"""What costs more as more is stored: creating, a list, Home, the planner's tick."""

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, timedelta
from functools import partial
from itertools import count
from typing import Any

from bench.goals import BY_NAME, DATABASES, Database
from bench.measuring import Measured, medians, milliseconds
from bench.places import Places
from bench.profiling import profile_of
from bench.rows import connected
from bench.seed import GROUP, OPEN, Seed, member
from bench.use_cases import UseCases, use_cases

_SIZES = {10_000: 10, 100_000: 100, 1_000_000: 100}
_QUICK = {5_000: 5, 10_000: 10, 20_000: 20}
"""So many expectations of so many groups of 20 people."""

_LATER = timedelta(hours=5)
"""So long after what was seeded, when nothing is due but what the tick is given."""

_CLOCKS, _LISTS = 20, 10
"""Expectations and people that are due at a tick."""

_CREATING, _READING, _TICKING = 0, 1, 2
"""Groups: what one measurement does is not in another's way."""


def at_million(made: Places, *, quick: bool) -> Iterator[Measured]:
    """Measure all four at each size, on each database."""
    sizes, rounds = (_QUICK, 3) if quick else (_SIZES, 15)
    urls = _seeded(made, sizes)
    for database in DATABASES:
        with ExitStack() as stack:
            offices = {}
            for size in sizes:
                url = urls[database, size]
                offices[size] = _Office(stack.enter_context(use_cases(url)), url)
                stack.callback(offices[size].close)
            for part in _PARTS:
                yield _measured(part, database, offices, rounds)
        for size in sizes:
            made.drop(urls[database, size])


def _seeded(made: Places, sizes: Mapping[int, int]) -> dict[tuple[Database, int], str]:
    """Fill a database of each size, both kinds at once."""
    seed = Seed(made)
    _ = seed.open, seed.closed
    urls = {(kind, size): made.migrated(kind) for kind in DATABASES for size in sizes}

    def fill(kind: Database) -> None:
        for size, groups in sizes.items():
            seed.fill(urls[kind, size], size, groups)

    with ThreadPoolExecutor(len(DATABASES)) as pool:
        list(pool.map(fill, DATABASES))
    return urls


class _Office:
    """One database, in which the same is done again and again."""

    def __init__(self, cases: UseCases, url: str) -> None:
        self._cases = cases
        self._connection: Any = connected(url)
        self._is_sqlite = isinstance(self._connection, sqlite3.Connection)
        self._turn = count()
        cases.passes(_LATER)
        if cases.plan.tick(cases.workspace):  # it also cleans up, as it does once an hour
            raise RuntimeError("something was due already")

    def close(self) -> None:
        """Close the connection that makes things due."""
        self._connection.close()

    def create(self) -> None:
        """Ask somebody for something."""
        turn = next(self._turn) % GROUP
        self._cases.ask(member(_CREATING, turn), member(_CREATING, (turn + 1) % GROUP))

    def list(self) -> None:
        """Read the first 20 of somebody's list, two pages."""
        actor = self._cases.actor(self._reader())
        for page in range(2):
            listing = self._cases.look.listing(actor, page=page)
            if len(listing.items) != GROUP // 2:
                raise RuntimeError(f"a page of {len(listing.items)}")

    def home(self) -> None:
        """Gather and render somebody's Home."""
        self._cases.renderer.home(self._cases.look.home(self._cases.workspace, self._reader()))

    def tick(self) -> None:
        """Plan what is due."""
        done = self._cases.plan.tick(self._cases.workspace)
        if done != _CLOCKS + _LISTS:
            raise RuntimeError(f"a tick did {done}")

    def make_due(self) -> None:
        """Make 20 expectations and 10 people's lists due."""
        mark = "?" if self._is_sqlite else "%s"
        now = self._cases.clock().astimezone(UTC)
        at = now.isoformat(timespec="microseconds") if self._is_sqlite else now
        numbers = range(_TICKING * OPEN + 1, _TICKING * OPEN + 1 + OPEN)
        for statement in (
            f"""UPDATE expectation SET next_clock_at = {mark} WHERE number IN (
                SELECT number FROM expectation
                WHERE number BETWEEN {numbers[0]} AND {numbers[-1]} AND status = 'active'
                ORDER BY number LIMIT {_CLOCKS}
            )""",  # noqa: S608 - numbers
            f"""UPDATE member SET next_list_at = {mark}, last_list_on = NULL
            WHERE "user" BETWEEN '{member(_TICKING, 0)}' AND '{member(_TICKING, _LISTS - 1)}'
            """,  # noqa: S608 - ids
        ):
            self._connection.execute(statement, (at,))
        self._connection.execute("DELETE FROM message WHERE moment = 'list' AND state = 'pending'")

    def _reader(self) -> str:
        return member(_READING, next(self._turn) % GROUP)


def _alike(times: int, once: Callable[[_Office], None], office: _Office) -> float:
    return milliseconds(lambda: once(office), times)


def _tick(office: _Office) -> float:
    office.make_due()
    return milliseconds(office.tick, 1)


def _made_due_and_ticked(office: _Office) -> None:
    office.make_due()
    office.tick()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    name: str
    measure: Callable[[_Office], float]  # milliseconds
    once: Callable[[_Office], None]  # what is profiled
    note: str


_PARTS = (
    _Part(
        name="create_at_million",
        measure=partial(_alike, 20, _Office.create),
        once=_Office.create,
        note="20 a round",
    ),
    _Part(
        name="list_at_million",
        measure=partial(_alike, 20, _Office.list),
        once=_Office.list,
        note="two pages, 20 a round",
    ),
    _Part(
        name="home_at_million",
        measure=partial(_alike, 5, _Office.home),
        once=_Office.home,
        note="5 a round",
    ),
    _Part(
        name="tick_at_million",
        measure=_tick,
        once=_made_due_and_ticked,
        note=f"{_CLOCKS} expectations and {_LISTS} people's lists are due",
    ),
)


def _measured(
    part: _Part, database: Database, offices: Mapping[int, _Office], rounds: int
) -> Measured:
    taken = medians([partial(part.measure, office) for office in offices.values()], rounds)
    few, *_, many = taken
    is_rate = BY_NAME[part.name].is_rate
    return Measured(
        name=part.name,
        database=database,
        ours=1000 / many if is_rate else many,
        theirs=1000 / few if is_rate else few,
        note=f"medians of {rounds} rounds; {part.note}",
        profile=profile_of(lambda: part.once(offices[max(offices)]), 10),
        grows=dict(zip(offices, taken, strict=True)),
    )
