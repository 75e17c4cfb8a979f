"""An outbox full of what is due, and how the sender takes it and records what became of it."""

from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import timedelta

from bench.commands import MONDAY, person
from bench.rows import connected
from bench.use_cases import UseCases, use_cases
from bot.domain.delivery import Happening, then
from bot.domain.messages import Message
from bot.services.ports import Content, Posted
from bot.services.timing import Timing

BATCH = Timing().in_flight
"""So many the sender has in flight: claimed in one transaction, and recorded in one."""

_SUBJECTS = 200
_PAST = 3000
Runs = Callable[[str], object]
_LEASE = timedelta(seconds=120)

_FILL = """
WITH RECURSIVE made(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM made WHERE i < {count})
INSERT INTO message
    (workspace, id, kind, moment, "to", slot, not_before, created_at, number, event, args, state,
     again, attempts, fence)
SELECT workspace, '{prefix}' || CAST(i AS TEXT), kind, moment, "to",
    'hour/{prefix}' || CAST(i AS TEXT), not_before, created_at, number, event, args, 'pending',
    again, 0, 0
FROM made JOIN message ON number = 1 + i % {subjects} AND slot LIKE 'E-%'
"""


def fill(url: str, count: int, prefix: str = "due") -> None:
    """Add so many due messages, each about one of some expectations, as their notices are.

    A new outbox gets a past first, and the database is told how much there is: a statement that
    was planned for empty tables is planned anew when they have grown only after a while.
    """
    with use_cases(url) as cases:
        with cases.store.read(cases.workspace) as uow:
            is_new = uow.expectations.get(1) is None
        if is_new:
            for number in range(_SUBJECTS):
                cases.ask(person(number % 50), person((number + 7) % 50))
            _add(url, _PAST, "past")
            drain(cases, [], _PAST)
    _add(url, count, prefix)


def _add(url: str, count: int, prefix: str) -> None:
    with closing(connected(url)) as connection:
        run: Runs = connection.execute
        run("UPDATE message SET state = 'cancelled' WHERE state = 'pending'")
        run(_FILL.format(count=count, prefix=prefix, subjects=_SUBJECTS))
        if not url.startswith("sqlite:///"):
            run("ANALYZE")


def drain(cases: UseCases, handed_over: list[str], most: int, batch: int = BATCH) -> int:
    """Claim what is due, hand it to Slack and record it, up to so many; return how many."""
    done = 0
    while done < most and (claimed := _claimed(cases, batch)):
        sent = []
        for message in claimed:
            posted = cases.slack.post(message.to, _NOTHING, message.id)
            handed_over.append(message.id)
            sent.append(_sent(message, posted))
        with cases.store.write(cases.workspace) as uow:
            done += len(uow.messages.record(sent, MONDAY))
    return done


def _claimed(cases: UseCases, batch: int) -> list[Message]:
    at = cases.clock()
    with cases.store.write(cases.workspace) as uow:
        return uow.messages.claim(at, batch, at + _LEASE)


def _sent(message: Message, posted: Posted) -> Message:
    """Return a message as it is recorded once Slack took it; it shows its subject."""
    return replace(
        message,
        state=then(message.kind, message.state, Happening.TAKEN),
        lease_until=None,
        channel=posted.channel,
        ts=posted.ts,
        sent_at=MONDAY,
        shows=(message.number,) if message.number is not None else (),
    )


_NOTHING = Content(text="", blocks=())
