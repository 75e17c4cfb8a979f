"""What `winwin doctor` finds in the outbox."""

from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta

from bot.cli.finding import Finding
from bot.db.health import DatabaseError, open_existing
from bot.db.undelivered import Undelivered
from bot.domain.messages import MessageKind, MessageState
from bot.slack.codes import meaning

_DAYS = 7
"""Older ones are past mending."""

_STATES = {
    MessageState.PENDING: "waiting",
    MessageState.DEAD: "never delivered",
    MessageState.UNKNOWN: "of unknown fate (the reader's Home and next list carry them)",
}


def outbox(url: str, at: datetime) -> Iterator[Finding]:
    """Say which messages of the last days failed and why, with what to do."""
    try:
        with closing(open_existing(url)) as store:
            found = store.undelivered(at - timedelta(days=_DAYS))
    except DatabaseError as error:
        yield Finding("messages", "not looked at", str(error))
        return
    if not found:
        yield Finding(
            "messages", f"all of the last {_DAYS} days were delivered, or are on their way"
        )
    yield from (_finding(one) for one in found)


def _finding(one: Undelivered) -> Finding:
    found = meaning(one.error)
    code = f" ({one.error})" if one.error else ""
    if one.kind is MessageKind.HOME:
        people = "1 person does" if one.count == 1 else f"{one.count} people do"
        said = f"{people} not see Home as it is{code}: {found.says}"
        return Finding("home", said, found.do.rstrip("."))
    said = f"{one.count} {_STATES[one.state]}{code}: {found.says}"
    return Finding("messages", said, found.do.rstrip("."))
