"""The kinds of trouble that Slack makes with one message, and how each has to end."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from bot.playground.faults import Fault, Faults

if TYPE_CHECKING:
    import random
    from collections.abc import Iterable, Sequence

    from bot.playground.records import Json

POST = "chat.postMessage"
LATE = 1.6
"""Seconds that a late answer takes: more than the bot waits, less than it takes to look."""


class End(StrEnum):
    """What has to become of a message in the end."""

    SENT = "sent"  # there once
    DEAD = "dead"  # never there, and whoever asked was told
    MENDED = "mended"  # pending and not there until it is mended, then there once


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of trouble; `error` is what the outbox says of it, where it ends as that."""

    name: str
    fault: Fault
    end: End
    error: str | None = None


def _unclear() -> list[Kind]:
    """Return what leaves open whether Slack took it: it did, or did not."""
    made: list[Kind] = []
    for handled in (True, False):
        faults = {
            **{f"http {code}": Fault.http(code, handled=handled) for code in (500, 502, 503)},
            **{
                code: Fault.slack_error(code, handled=handled)
                for code in ("fatal_error", "internal_error", "service_unavailable")
            },
            "reset": Fault(drop=True, handled=handled),
            "time-out": Fault.slow(LATE, handled=handled),
            "half an answer": Fault.cut(handled=handled),
            "not JSON": Fault.garbled(handled=handled),
            "trickle": Fault.trickling(0.05, handled=handled),
        }
        word = "taken" if handled else "not taken"
        made += [Kind(f"{name}, {word}", fault, End.SENT) for name, fault in faults.items()]
    return made


_TIMES: tuple[int | str | None, ...] = (
    None,
    "",
    "-5",
    "0",
    "7",
    "1e12",
    "1000000000000",
    "soon",
    "Wed, 21 Oct 2026 07:28:00 GMT",
)
_REFUSALS = (
    "channel_not_found",
    "not_in_channel",
    "is_archived",
    "user_not_found",
    "user_disabled",
    "restricted_action",
    "msg_too_long",
    "invalid_blocks",
    "a_code_of_tomorrow",
)
_MENDABLE = (
    "messages_tab_disabled",
    "token_revoked",
    "account_inactive",
    "invalid_auth",
    "missing_scope",
)

ONCE: tuple[Kind, ...] = (
    *_unclear(),
    *(Kind(f"429, Retry-After {time}", Fault.rate_limited(time), End.SENT) for time in _TIMES),
    Kind("ratelimited in a 200", Fault.slack_error("ratelimited"), End.SENT),
    *(Kind(code, Fault.slack_error(code), End.DEAD, code) for code in _REFUSALS),
)
"""Kinds that a message meets at its first try; a no stays one."""

UNTIL_MENDED: tuple[Kind, ...] = tuple(
    Kind(code, Fault.slack_error(code), End.MENDED, code) for code in _MENDABLE
)


class Trouble(Faults):
    """Gives each message to certain readers one kind of trouble, from a shuffled deck."""

    def __init__(self, readers: Iterable[str], draw: random.Random) -> None:
        super().__init__()
        self._readers = frozenset(readers)
        self._draw = draw
        self._deck: list[Kind] = []
        self._waiting: set[str] = set()
        self.met: dict[str, Kind] = {}  # by the message's id

    def deal(self, kinds: Sequence[Kind], each: int) -> int:
        """Shuffle a new deck with so many of each kind; return how many messages it is for."""
        with self._lock:
            assert not self._deck, f"never met: {Counter(kind.name for kind in self._deck)}"
            self._deck = [kind for kind in kinds for _ in range(each)]
            self._draw.shuffle(self._deck)
            return len(self._deck)

    @property
    def left(self) -> int:
        """How many of the deck no message has met yet."""
        with self._lock:
            return len(self._deck)

    @property
    def waiting(self) -> set[str]:
        """The messages that wait until their trouble is mended."""
        with self._lock:
            return set(self._waiting)

    def mend(self) -> None:
        """End what lasts until somebody mends it."""
        with self._lock:
            self._waiting.clear()

    def take(self, method: str, args: Json) -> Fault | None:
        """Return the trouble that this call meets."""
        if method != POST or args.get("channel") not in self._readers:
            return None
        message = message_id(args.get("metadata"))
        with self._lock:
            kind = self.met.get(message)
            if kind is None and self._deck:
                kind = self.met[message] = self._deck.pop()
                if kind.end is End.MENDED:
                    self._waiting.add(message)
                return kind.fault
            if kind is None:
                return None
            lasts = kind.end is End.DEAD or message in self._waiting
            return kind.fault if lasts else None


def message_id(metadata: object) -> str:
    """Return the bot's own id of a message, from its metadata or the argument for it."""
    read = json.loads(metadata) if isinstance(metadata, str) else metadata
    assert isinstance(read, dict), metadata
    return str(read["event_payload"]["message_id"])
