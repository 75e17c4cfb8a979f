"""How far the tour came, read from the messages that the app wrote: nothing else is kept of it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import IntEnum
from typing import TYPE_CHECKING

from bot.playground.records import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.playground.records import Message
    from bot.playground.state import State

ASKS = 10
"""So many of the newest asks are looked at; the tour is never far behind them."""
_ASKED = re.compile(r"\((E-\d+)\).*Nothing is agreed until <@(\w+)> answers", re.DOTALL)
_ENDED = r"\): (declined|taken back|ended unanswered|let go|said in time|seen differently|not kept)"
_SET_UP = "I post this channel's week here"
_POSTED = "Set up by "


class Stop(IntEnum):
    """The stops of the tour, in their order."""

    ASK = 0
    CHANGE = 1
    ACCEPT = 2
    WAIT = 3
    ANSWER = 4
    FINISH = 5
    WEEK = 6


@dataclass(frozen=True, slots=True)
class Trail:
    """What happened so far: to the item that the tour follows, and to the week."""

    item: str = ""
    """Its id, as E-4; empty while nothing was asked."""
    asker: str = ""
    owner: str = ""
    passed: int = 0
    """So many of the first six stops."""
    countered: bool = False
    """The owner suggested a change; who asked may not have been told yet."""
    reported: bool = False
    """The owner said that it is done."""
    ended: bool = False
    """Declined, taken back or closed otherwise, so that the tour needs another."""
    set_up: bool = False
    """A channel's weekly summary was set up."""
    posted: bool = False
    """It was posted; what is posted while it is set up is only a first look."""

    @property
    def stop(self) -> Stop | None:
        """Return the stop that comes next; None at the end."""
        if self.passed <= Stop.FINISH:
            return Stop(self.passed)
        return None if self.posted else Stop.WEEK

    def is_passed(self, stop: Stop) -> bool:
        """Say whether a stop lies behind."""
        return self.posted if stop is Stop.WEEK else stop < self.passed


def trail(state: State) -> Trail:
    """Return how far the tour came: it follows what came furthest, of equals the newest."""
    with state.lock:
        written = [message for message in _written(state) if message.ts > state.tour.since]
    followed = Trail()
    for asked in list(_asks(written))[-ASKS:]:
        found = _followed(asked, written)
        if not found.ended and found.passed >= followed.passed:
            followed = found
    set_up = max((each.ts for each in written if _SET_UP in each.text), default="")
    posted = any(_is_week(state, each) and each.ts > set_up for each in written)
    return replace(followed, set_up=bool(set_up), posted=posted)


def _written(state: State) -> Iterator[Message]:
    for messages in state.messages.values():
        for message in messages:
            if message.by_app:
                yield message


def _asks(written: list[Message]) -> Iterator[Trail]:
    """Yield what was asked, the oldest first: who asked was answered with whom it waits for."""
    for message in sorted(written, key=lambda each: each.ts):
        found = _ASKED.search(message.text) if message.to else None
        if found and message.to and message.to != found[2]:
            yield Trail(found[1], message.to, found[2])


def _is_week(state: State, message: Message) -> bool:
    kind = state.conversations[message.channel].kind
    return kind is Kind.CHANNEL and message.to is None and _POSTED in message.text


def _followed(it: Trail, written: list[Message]) -> Trail:
    about = f"({it.item})"
    passed, countered, reported, ended = int(Stop.CHANGE), False, False, False
    for message in written:
        if about not in message.text:
            continue
        line = "\n".join(line for line in message.text.splitlines() if about in line)
        passed = max(passed, _reached(line))
        countered = countered or f"waiting for <@{it.asker}>" in line
        reported = reported or bool(re.search(r": done\b|is done\.|: kept", line))
        ended = ended or bool(re.search(_ENDED, line))
    kept = passed > Stop.FINISH
    return replace(
        it, passed=passed, countered=countered, reported=reported, ended=ended and not kept
    )


def _reached(line: str) -> int:
    """Return the stop that comes after what a line says."""
    for stop, said in _SAID:
        if re.search(said, line):
            return stop + 1
    return 0


_SAID = (
    (Stop.FINISH, r"\): kept\b|By now: kept|\): closed\. .*(says? it fits|Nobody objected)"),
    (Stop.ANSWER, r"You said: |sees a risk|asks for help|is done\.|\): done\b|By now: done"),
    (Stop.WAIT, r"how is it going\?|^Due (today|tomorrow)\b|What happened\?"),
    (Stop.ACCEPT, r"\): agreed with|: agreed\."),
    (Stop.CHANGE, r" suggests "),
)
"""What the app's words about an item say of how far it came, the furthest first."""
