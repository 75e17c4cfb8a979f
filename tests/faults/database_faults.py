"""Databases that fail: nothing told as saved is lost, nothing told as not saved is there."""

from __future__ import annotations

from collections import Counter
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from bot.db.health import findings
from tests.faults import postgres_faults, sqlite_faults
from tests.faults.crew import Crew, account
from tests.faults.postgres_faults import PostgresFaults
from tests.faults.proof import Counts, Proof
from tests.faults.running import running
from tests.faults.sqlite_faults import SqliteFaults
from tests.support.databases import KINDS, Databases, databases
from tests.support.wire import Cut, Wire

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator
    from contextlib import AbstractContextManager

    from tests.faults.crew import Deed, Hit

_SHARE = 0.22
"""So many of what people do meet a fault of their own, besides those of the others."""

_ROUND = 1000
"""So many are done with one bot, before the account is made."""

_BEFORE = 15
"""So many come before the first fault."""

_LOG = 4
"""Lines of log, at most, for each thing done: no trace a second."""


def run(amount: int, seed: int) -> Counts:
    """Let people do so many things, on both databases in turn, while the databases fail."""
    counts: Counter[str] = Counter()
    with databases() as made:
        left, number = amount, 0
        while left > 0 or number < len(KINDS):
            size = min(_ROUND, -(-amount // len(KINDS)))
            counts += _round(made, KINDS[number % len(KINDS)], size, seed + number)
            left, number = left - size, number + 1
    assert counts["hit"] >= amount / 5, f"seed {seed}: only {counts['hit']} were hit"
    return {word: counts[word] for word in ("operations", "hit", *_OUTCOMES)} | {"lost": 0}


_OUTCOMES = ("saved", "not saved", "unclear", "refused", "messages")


def _round(made: Databases, kind: str, amount: int, seed: int) -> Counter[str]:
    url = made.migrated(kind)
    failing = _sqlite if kind == "sqlite" else _postgres
    with ExitStack() as stack:
        at, hit = stack.enter_context(failing(url))
        bot = stack.enter_context(running(at))
        crew = Crew(bot.slack, seed)
        crew.act(_BEFORE)  # everybody is known, and written to
        bot.settle(url)
        crew.hit, crew.share = hit, _SHARE
        crew.act(amount)
        bot.settle(url)
        counts = account(crew, url)
        lines = bot.log.getvalue().count("\n")
        assert lines <= _LOG * len(crew.deeds), f"{lines} lines of log"
    assert list(findings(url)) == [], f"seed {seed}"
    made.drop(url)
    return counts + Counter(operations=len(crew.deeds), hit=sum(crew.hits.values()))


@contextmanager
def _sqlite(url: str) -> Iterator[tuple[str, Hit]]:
    faults = SqliteFaults(Path(url.removeprefix("sqlite:///")))

    def hit(_deed: Deed, chance: random.Random) -> AbstractContextManager[object]:
        return faults.active(chance.choice(list(sqlite_faults.Fault)))

    with faults.installed():
        yield faults.url, hit


@contextmanager
def _postgres(url: str) -> Iterator[tuple[str, Hit]]:
    with Wire(url) as wire:
        faults = PostgresFaults(url, wire)

        def hit(deed: Deed, chance: random.Random) -> AbstractContextManager[object]:
            if chance.random() < _CUTS:
                return faults.cut(deed.token, chance.choice(list(Cut)))
            return faults.active(chance.choice(list(postgres_faults.Fault)), deed.user_id)

        with faults.installed():
            yield faults.url, hit


_CUTS = 0.6
"""So many of PostgreSQL's faults are cuts of the very transaction."""

PROOF = Proof(
    name="database_faults",
    promise="Nothing told as saved is lost, and nothing told as not saved is there, "
    "when databases fail before, at and after COMMIT",
    unit="operations",
    long=10_000,
    short=300,
    run=run,
)
