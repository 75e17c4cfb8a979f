"""`/expect` that creates, in process: beside a listener that does nothing and the rows alone."""

import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from http import HTTPStatus
from itertools import islice

from bench.bare import BareApp
from bench.commands import MONDAY, SECRET, TOKEN, commands
from bench.goals import DATABASES, Database
from bench.measuring import Measured, in_turns, milliseconds
from bench.places import Places
from bench.processes import listening
from bench.profiling import profile_of
from bench.rows import RawWriter, Written
from bot.app import Bot, build
from bot.config import Mode, Settings
from bot.web.site import Answer

_WARM_UP = 100


def settings(database_url: str, slack_port: int) -> Settings:
    """Return what a bot needs to know to work with the Slack of bench/slack.py."""
    return Settings(
        mode=Mode.HTTP,
        bot_token=TOKEN,
        signing_secret=SECRET,
        api_url=f"http://127.0.0.1:{slack_port}/api/",
        database_url=database_url,
        port=0,
    )


@contextmanager
def bot_on(database_url: str) -> Iterator[Bot]:
    """Build a bot that nobody has started: it answers, and sends nothing."""
    with listening("bench.slack") as port:
        bot = build(settings(database_url, port), lambda: MONDAY)
        try:
            yield bot
        finally:
            bot.stop()


class Creating:
    """Takes commands, one after the other; each creates an expectation."""

    def __init__(self, answer: Callable[[dict[str, str], bytes], Answer]) -> None:
        self._answer = answer
        self._commands = commands("create")

    def __call__(self) -> None:
        """Take the next."""
        self.milliseconds(1)

    def milliseconds(self, times: int) -> float:
        """Take so many; return how long one takes. That they are signed is no part of it."""
        batch = list(islice(self._commands, times))
        begun = time.perf_counter()
        for headers, body in batch:
            answer = self._answer(headers, body)
            if answer.status != HTTPStatus.OK or "E-" not in answer.body:
                raise RuntimeError(f"nothing was created: {answer}")
        return (time.perf_counter() - begun) * 1000 / times


def create_in_process(made: Places, *, quick: bool) -> Iterator[Measured]:
    """Measure on each database."""
    for database in DATABASES:
        yield _measured(made, database, times=10 if quick else 40, rounds=3 if quick else 15)


def _measured(made: Places, database: Database, *, times: int, rounds: int) -> Measured:
    url, other = made.migrated(database), made.migrated(database)
    with bot_on(url) as bot, bot_on(other) as other_bot:
        create, create_there = Creating(bot.answer), Creating(other_bot.answer)
        for _ in range(_WARM_UP):
            create()
            create_there()
        written = Written.by(other, create_there)
        bare, same = BareApp(), next(commands("same"))
        with closing(RawWriter(other, written)) as writer:

            def nothing_and_rows(times: int) -> float:
                batch = list(islice(theirs, times))
                begun = time.perf_counter()
                for headers, body in batch:
                    bare.answer(headers, body)
                    writer.write()
                return (time.perf_counter() - begun) * 1000 / times

            theirs = commands("bare")
            ours, peer = in_turns(
                lambda: create.milliseconds(times), lambda: nothing_and_rows(times), rounds
            )
        alone = milliseconds(lambda: bare.answer(*same), times * 5)
        profile = profile_of(create, times * 5)
    note = (
        f"medians of {rounds} rounds of {times}; {written}; Bolt's part of theirs is {alone:.2f} ms"
    )
    return Measured(
        name="create_in_process",
        database=database,
        ours=ours,
        theirs=peer,
        note=note,
        profile=profile,
    )
