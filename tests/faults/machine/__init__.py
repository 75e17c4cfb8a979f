"""The whole bot as a state machine against the simulated Slack, with a model beside it."""

from __future__ import annotations

import logging
from itertools import count
from multiprocessing import get_context
from typing import TYPE_CHECKING

import structlog
from hypothesis import HealthCheck, Phase, settings
from hypothesis import seed as with_seed
from hypothesis.stateful import run_state_machine_as_test

from bot.config import Mode
from tests.faults.machine.life import Life
from tests.faults.machine.world import world
from tests.faults.proof import Proof
from tests.support.databases import databases

if TYPE_CHECKING:
    from tests.faults.proof import Counts

STEPS = 8
WORKERS = 3
"""Of two cores each waits a fifth of its time, for a disk or a socket."""
PIECE = 250
"""So many sequences are played in one world, before the next one takes over."""
POSTGRES, SOCKET = 10, 25
"""Of so many pieces one is played on PostgreSQL, and one over Socket Mode."""


def run(amount: int, seed: int) -> Counts:
    """Play so many sequences, several at once where there are many."""
    pieces = [
        (min(PIECE, amount - first), seed + place, _where(place))
        for place, first in enumerate(range(0, amount, PIECE))
    ]
    if len(pieces) == 1:
        return {"sequences": _play_piece(*pieces[0])}
    # The pool of concurrent.futures may hang where its workers are replaced (CPython gh-115634).
    with get_context("spawn").Pool(WORKERS, maxtasksperchild=10) as pool:
        return {"sequences": sum(pool.imap_unordered(_play, pieces))}


def _where(place: int) -> tuple[str, Mode]:
    kind = "postgres" if place % POSTGRES == POSTGRES - 1 else "sqlite"
    return kind, Mode.SOCKET if place % SOCKET == SOCKET - 1 else Mode.HTTP


def _play(piece: tuple[int, int, tuple[str, Mode]]) -> int:
    return _play_piece(*piece)


def _play_piece(sequences: int, seed: int, where: tuple[str, Mode]) -> int:
    kind, mode = where
    logging.disable(logging.CRITICAL)
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    try:
        with databases() as made:
            return play(made.migrated(kind), mode, sequences, seed)
    finally:
        logging.disable(logging.NOTSET)
        structlog.reset_defaults()


def play(database_url: str, mode: Mode, sequences: int, seed: int) -> int:
    """Play so many sequences in one world; raise AssertionError with the shortest that breaks."""
    played = count()
    with world(database_url, mode) as made:

        @with_seed(seed)
        class Lives(Life):
            world = made

            def __init__(self) -> None:
                next(played)
                super().__init__()

        try:
            run_state_machine_as_test(Lives, settings=_settings(sequences))
        except Exception as error:
            story = "\n".join(getattr(error, "__notes__", ()))
            msg = f"seed {seed}, {mode.value}\n{story}\n{error}"
            raise AssertionError(msg) from error
    return next(played)


def _settings(sequences: int) -> settings:
    return settings(
        max_examples=sequences,
        stateful_step_count=STEPS,
        deadline=None,
        database=None,
        print_blob=False,
        report_multiple_bugs=False,
        phases=(Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
    )


PROOF = Proof(
    name="machine",
    promise="whatever people, the clock, Slack and dying processes do, in whatever order, each "
    "expectation is what was agreed, nothing is lost or shown to others, nothing comes twice",
    unit="sequences",
    long=20_000,
    short=200,
    run=run,
)
