"""The proof of Slack's faults: each message ends as its trouble says, and delays nobody else's."""

from __future__ import annotations

import random
import tempfile
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from tests.faults.front_door import Door, Way
from tests.faults.proof import Counts, Proof
from tests.faults.running import kept_log
from tests.faults.slack_kinds import ONCE, UNTIL_MENDED, End, Trouble
from tests.faults.slack_town import AT_ONCE, OTHERS, TROUBLED, UNDER_WAY, Row, Town, town, under_way

if TYPE_CHECKING:
    from collections.abc import Callable

ROUND = 50
"""So many of each kind in one deck."""

_UNCLEAR = frozenset({Way.RESET_BEFORE, Way.RESET_AFTER})


def run(amount: int, seed: int) -> Counts:
    """Make each kind of trouble so many times."""
    draw = random.Random(seed)  # noqa: S311 - a run that can be repeated is wanted
    try:
        with kept_log():
            met, messages = _answers(draw, amount)
            behind, more = _connections(draw, amount)
    except AssertionError as error:
        raise AssertionError(f"seed {seed}: {error}") from error
    met += behind
    assert min(met.values()) >= amount, met
    return {
        "kinds": len(met),
        "of each at least": min(met.values()),
        "messages": messages + more,
        "lost": 0,
        "doubled": 0,
    }


def _answers(draw: random.Random, amount: int) -> tuple[Counter[str], int]:
    """Give every kind of answer, and mend what can be mended."""
    trouble = Trouble(TROUBLED, draw)
    with tempfile.TemporaryDirectory() as folder, town(Path(folder), draw) as made:
        made.slack.faults = trouble
        for left in range(amount, 0, -ROUND):
            each = min(ROUND, left)
            made.ask(trouble.deal(ONCE, each))
            made.wait(under_way, "answers that are given once")
            _compare(made, trouble)
            made.ask(trouble.deal(UNTIL_MENDED, each))
            made.wait(_of_others, "others, while it is not mended")
            made.wait(lambda _: trouble.left, "answers that are given until it is mended")
            _wait_and_are_not_there(made, trouble)
            trouble.mend()
            made.wait(under_way, "what was mended")
            _compare(made, trouble)
        return Counter(kind.name for kind in trouble.met.values()), made.counted.total()


def _connections(draw: random.Random, amount: int) -> tuple[Counter[str], int]:
    """Break connections in every way; half of a round's messages meet it."""
    met: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        door = Door(Path(folder))
        with town(Path(folder), draw, door.leading_to) as made:
            for way in Way:
                while way is not Way.OPEN and met[way] < amount:
                    door.be(way)
                    made.ask((10 if way in _UNCLEAR and amount > AT_ONCE else 2) * AT_ONCE)
                    made.wait(_met_by_few(way), way)
                    met[way] += sum(_has_met(row, way) for row in made.rows())
                    door.be(Way.OPEN)
                    made.wait(under_way, f"{way}, mended")
                    _compare(made, Trouble((), draw))
            return met, made.counted.total()


def _has_met(row: Row, way: Way) -> bool:
    """Tell whether a post has met a broken connection; one that was held back has not."""
    if way in _UNCLEAR:
        return row.state == "unknown" and row.error == "answer_lost"
    return row.state in {"pending", "sending"} and row.error == way


def _met_by_few(way: Way) -> Callable[[list[Row]], list[Row]]:
    """Return what finds the posts that have not met it, as long as they are more than a half."""

    def not_yet(rows: list[Row]) -> list[Row]:
        untried = [row for row in rows if not _has_met(row, way)]
        assert all(row.state in UNDER_WAY for row in untried), f"{way}: {untried}"
        return untried if 2 * len(untried) > len(rows) else []

    return not_yet


def _of_others(rows: list[Row]) -> list[Row]:
    return [row for row in under_way(rows) if row.to in OTHERS]


def _wait_and_are_not_there(made: Town, trouble: Trouble) -> None:
    """Compare what waits until it is mended with the outbox, and with Slack."""
    made.count()
    rows = {row.id: row for row in made.rows()}
    wrong = [
        f"{trouble.met[message].name}: {rows[message]}, {made.counted[message]} there"
        for message in trouble.waiting
        if rows[message].state not in {"pending", "sending"} or made.counted[message]
    ]
    assert not wrong, f"{len(wrong)} do not wait: {wrong[:8]}"


def _compare(made: Town, trouble: Trouble) -> None:
    """Compare a round's posts with what their trouble says, and with what is there at Slack."""
    rows = made.rows()
    made.count()
    wrong = []
    for row in rows:
        kind = trouble.met.get(row.id)
        dead = kind is not None and kind.end is End.DEAD
        expected = ("dead", kind.error, 0) if kind and dead else ("sent", None, 1)
        if (row.state, row.error, made.counted[row.id]) != expected:
            name = kind.name if kind else "no trouble"
            wrong.append(f"{name}: {row}, {made.counted[row.id]} there")
    assert not wrong, f"{len(wrong)} of {len(rows)} ended otherwise: {wrong[:8]}"
    dead_ones = sum(row.state == "dead" for row in rows)
    told = sum(row.moment == "not_delivered" for row in rows)
    assert told == dead_ones, f"{dead_ones} dead, and {told} times somebody was told"
    doubled = {message: times for message, times in made.counted.items() if times > 1}
    assert not doubled, f"doubled: {doubled}"
    made.over()


PROOF = Proof(
    name="slack_faults",
    promise="Whatever Slack answers, or does not, a message ends as that says: there once, or "
    "never; other readers' arrive",
    unit="of each kind",
    long=500,
    short=10,
    run=run,
)
