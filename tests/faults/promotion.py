"""The primary is lost and its synchronous standby promoted, while people use the bot."""

from __future__ import annotations

import random
import threading
import time

from bot.db.health import findings
from tests.faults.crew import Crew, account
from tests.faults.proof import Counts, Proof
from tests.faults.running import running
from tests.support.standby import Pair, pair

_BEFORE = 15
"""So many things are done before the first loss."""

_AT_ONCE = 9
_CUT_OFF = 0.7


def run(amount: int, seed: int) -> Counts:
    """Promote so often, then compare what people were told with what is there."""
    chance = random.Random(seed)  # noqa: S311 - drawn, not secret
    with pair() as servers:
        with running(servers.url) as bot:
            crew = Crew(bot.slack, seed)
            crew.act(_BEFORE)
            bot.settle(servers.url)
            for _ in range(amount):
                _promote(crew, servers, chance)
                bot.settle(servers.url)
                servers.repair()
            counts = account(crew, servers.url)
        assert list(findings(servers.url)) == [], f"seed {seed}"
    return {"promotions": amount, "operations": len(crew.deeds), **counts, "lost": 0}


def _promote(crew: Crew, servers: Pair, chance: random.Random) -> None:
    """Lose the primary while people go on; in most cases it was cut off just before."""
    over = threading.Event()
    failures: list[BaseException] = []

    def go_on() -> None:
        try:
            while not over.is_set():
                crew.act(_AT_ONCE)
        except BaseException as error:  # noqa: BLE001 - raised again below
            failures.append(error)

    people = threading.Thread(target=go_on)
    people.start()
    try:
        time.sleep(chance.uniform(0.1, 0.6))
        if chance.random() < _CUT_OFF:
            _cut_off(servers, chance)
        servers.switch(killed=chance.random() < 0.5)
        time.sleep(0.3)
    finally:
        over.set()
        people.join()
    if failures:
        raise failures[0]


def _cut_off(servers: Pair, chance: random.Random) -> None:
    """Let nothing reach the standby; some COMMITs that wait for it are cancelled or ended."""
    servers.freeze()
    for _ in range(3):
        time.sleep(chance.uniform(0.05, 0.2))
        servers.lose_patience(ending=chance.random() < 0.5)


PROOF = Proof(
    name="promotion",
    promise="Nothing told as saved is lost, and nothing is doubled, "
    "when the primary dies and its synchronous standby is promoted",
    unit="promotions",
    long=20,
    short=1,
    run=run,
)
