"""A bot that runs by itself, readers with whom Slack makes trouble, and others beside them."""

from __future__ import annotations

import sqlite3
import time
from collections import Counter
from contextlib import closing, contextmanager, nullcontext
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from bot import manifest
from bot.app import build
from bot.playground import Conversation, Kind, Person, Slack, State, app_of
from bot.services.timing import Timing
from tests.faults.slack_kinds import message_id
from tests.support.stage import PATIENCE, settings_for

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Iterable, Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path

SECOND = timedelta(seconds=1)
TIMING = replace(
    Timing().faster(100),
    tick=SECOND / 2,  # nothing is to be planned
    poll=SECOND / 10,
    # As long as a machine with much else to do may take: that is no fault of anybody's.
    lease=6 * SECOND,
    send_timeout=SECOND,
    ask_timeout=PATIENCE * SECOND,
    quiet=2 * SECOND,
    miss_gap=1.5 * SECOND,
    answer_within=PATIENCE * SECOND,
    # What Slack, or somebody else, takes their time for.
    unreachable=SECOND / 50,
    mendable=SECOND / 10,
    slow_down=SECOND / 10,
    longest_slow_down=SECOND / 10,
)
BEGIN = datetime(2026, 11, 23, 10, tzinfo=UTC)  # a Monday, after the lists
CHANNEL = "C01LAUNCH"
AT_ONCE = 19  # people asked in one command, and another
STUCK = 120.0  # seconds after which what has not ended is taken to be stuck

TROUBLED = tuple(f"U1TROUBLED{number:02d}" for number in range(40))
OTHERS = tuple(f"U2OTHER{number:02d}" for number in range(10))

UNDER_WAY = frozenset({"pending", "sending", "unknown"})
_POSTS = "SELECT id, state, \"to\", moment, error FROM message WHERE kind = 'post' AND rowid > ?"


@dataclass(frozen=True, slots=True)
class Row:
    """A post as the outbox has it."""

    id: str
    state: str
    to: str
    moment: str
    error: str | None


@dataclass
class Town:
    """A bot, its simulated Slack, and what was counted there."""

    slack: Slack
    database: Path
    draw: random.Random
    counted: Counter[str] = field(default_factory=Counter)
    asked: int = 0
    seen: int = 0  # rows of rounds that are over

    def ask(self, troubled: int) -> None:
        """Have so many messages sent to the troubled, and others' in between."""
        while troubled > 0:
            readers = self.draw.sample(TROUBLED, min(AT_ONCE, troubled))
            troubled -= len(readers)
            asker, other = self.draw.sample(OTHERS, 2)
            self.say(asker, (*readers, other))

    def say(self, asker: str, readers: Iterable[str]) -> None:
        """Have somebody ask all these."""
        self.asked += 1
        mentions = " ".join(f"@{reader.lower()}" for reader in readers)
        text = f"{mentions} to send draft {self.asked} by friday"
        assert self.slack.command(asker, CHANNEL, "/expect", text).acknowledged

    def rows(self) -> list[Row]:
        """Return this round's posts."""
        with closing(sqlite3.connect(f"file:{self.database}?mode=ro", uri=True)) as connection:
            return [Row(*row) for row in connection.execute(_POSTS, (self.seen,))]

    def over(self) -> None:
        """End a round: its posts are not looked at again."""
        with closing(sqlite3.connect(f"file:{self.database}?mode=ro", uri=True)) as connection:
            (self.seen,) = connection.execute("SELECT max(rowid) FROM message").fetchone()

    def count(self) -> None:
        """Count what is there at Slack, and take it away, so that reading back stays cheap."""
        state = self.slack.state
        with state.lock:
            for posted in state.messages.values():
                for message in posted:
                    if message.metadata is not None:
                        self.counted[message_id(message.metadata)] += 1
                posted.clear()

    def wait(self, left: Callable[[list[Row]], object], what: str) -> list[Row]:
        """Wait until nothing is left of what is waited for; return this round's posts."""
        end = time.monotonic() + STUCK
        while True:
            rows = self.rows()
            still = left(rows) if rows else "nothing was sent"
            if not still:
                return rows
            assert time.monotonic() < end, f"{what}: still {str(still)[:600]}"
            time.sleep(0.1)


def under_way(rows: list[Row]) -> list[Row]:
    """Return the posts that have not ended yet."""
    return [row for row in rows if row.state in UNDER_WAY]


def _straight(slack: Slack) -> AbstractContextManager[str]:
    return nullcontext(slack.api_url)


@contextmanager
def town(
    folder: Path,
    draw: random.Random,
    way_in: Callable[[Slack], AbstractContextManager[str]] = _straight,
) -> Iterator[Town]:
    """Start a bot over HTTP; everybody is known to it, and was written to before."""
    begun = time.monotonic()

    def clock() -> datetime:
        return BEGIN + timedelta(seconds=time.monotonic() - begun)

    app = app_of(manifest.load())
    people = [Person(user, user.lower(), user.title()) for user in (*TROUBLED, *OTHERS)]
    members = {*TROUBLED, *OTHERS, app.bot_user_id}
    channel = Conversation(CHANNEL, Kind.CHANNEL, "launch", members)
    database = folder / "winwin.db"
    with (
        Slack(State(people, [channel], app=app, clock=clock), patience=PATIENCE) as slack,
        way_in(slack) as api_url,
    ):
        settings = settings_for(slack, f"sqlite:///{database}")
        bot = build(replace(settings, api_url=api_url), clock, TIMING)
        bot.start()
        try:
            slack.app_url = f"http://127.0.0.1:{bot.port}/slack/events"
            made = Town(slack, database, draw)
            first, *others = OTHERS
            everybody = (*TROUBLED, *others)
            for place in range(0, len(everybody), AT_ONCE):
                made.say(first, everybody[place : place + AT_ONCE])
            made.say(others[0], [first])
            made.wait(under_way, "the first messages")
            made.over()
            yield made
        finally:
            bot.stop()
