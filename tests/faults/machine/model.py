"""What must become of each expectation: the conversation's table, written down a second time.

By hand from what was agreed on, and never from the bot's own table. What depends on workdays is
left open (MAY); then it is only held that nothing happens too early.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum, auto
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

CLOCK = "clock"
OPEN = ("proposed", "active", "done")


class Verdict(Enum):
    """What has to come of a move."""

    MUST = auto()
    MAY = auto()
    NOT = auto()


TABLE = {
    # stage and verb: who may, where it leads
    ("proposed", "accept"): ("awaited", "active"),
    ("proposed", "change"): ("either", "proposed"),
    ("proposed", "decline"): ("awaited", "declined"),
    ("proposed", "drop"): ("author", "withdrawn"),
    ("proposed", "ask"): ("either", "proposed"),
    ("proposed", "answer"): ("asked", "proposed"),
    ("pending", "accept"): ("other", "active"),
    ("pending", "keep"): ("either", "active"),
    ("active", "change"): ("either", "active"),
    ("active", "let_go"): ("owner", "active"),
    ("active", "cannot"): ("owner", "handed_back"),
    ("active", "done"): ("owner", "done"),
    ("active", "drop"): ("requester", "released"),
    ("active", "missed"): ("requester", "missed"),
    ("active", "differ"): ("either", "unsettled"),
    ("active", "ask"): ("either", "active"),
    ("active", "answer"): ("asked", "active"),
    ("done", "confirm"): ("requester", "met"),
    ("done", "return"): ("requester", "active"),
    ("done", "undo"): ("owner", "active"),
    ("done", "differ"): ("either", "unsettled"),
    ("done", "ask"): ("either", "done"),
    ("done", "answer"): ("asked", "done"),
    ("met", "undo"): ("owner", "active"),
    ("missed", "remedy"): ("owner", "missed"),
    ("missed", "forgive"): ("requester", "missed"),
}

OF_THE_OWNER = ("on_track", "at_risk", "need_help", "later")

TOLD = {
    "request": "owner",
    "offer": "requester",
    "accept": "other",
    "change": "other",
    "decline": "other",
    "drop": "other",
    "ask": "other",
    "answer": "other",
    "let_go": "other",
    "keep": "other",
    "cannot": "requester",
    "done": "requester",
    "missed": "owner",
    "confirm": "owner",
    "return": "owner",
    "differ": "other",
    "forgive": "owner",
    "at_risk": "requester",
    "need_help": "requester",
}
"""Who has to hear of what somebody did, where there is such a person."""


@dataclass
class Item:
    """One expectation, as it must be."""

    number: int
    kind: str
    owner: str
    requester: str | None
    channel: str | None
    shared: bool
    series: bool
    status: str
    author: str
    due_at: datetime
    version: int = 1
    last_version: int = 1
    pending: str | None = None  # terms or let_go
    pending_by: str | None = None
    pendings: int = 0
    question_by: str | None = None
    reports: int = 0
    returns: int = 0
    seq: int = 1
    agreed: bool = False  # at any time
    forgiven: bool = False
    repaired: bool = False
    open_remedy: bool = False
    remedy_of: int | None = None
    word_at: dict[str, datetime] = field(default_factory=dict)

    @property
    def parties(self) -> tuple[str, ...]:
        """Who it is between."""
        return (self.owner,) if self.requester is None else (self.owner, self.requester)

    def other(self, user: str | None) -> str | None:
        """Return the other party."""
        return self.requester if user == self.owner else self.owner

    def may(self, who: str) -> tuple[str | None, ...]:
        """Return the people behind a word of the table."""
        if who == "requester" and self.requester is None:
            return (self.owner,)  # of a commitment's drop; other rows refuse it
        return {
            "owner": (self.owner,),
            "requester": (self.requester,),
            "either": self.parties,
            "awaited": (self.other(self.author),),
            "author": (self.author,),
            "other": (self.other(self.pending_by),),
            "asked": (self.other(self.question_by),) if self.question_by else (),
        }[who]

    def silent_for(self, at: datetime) -> timedelta:
        """Return how long nobody has said a word."""
        return at - max(self.word_at.values())


def verdict(item: Item, verb: str, by: str, at: datetime, pending_due: datetime | None) -> Verdict:
    """Judge a move that acts on the present state."""
    if verb in OF_THE_OWNER or verb == "offer_help":
        owners = verb in OF_THE_OWNER
        legal = item.status == "active" and owners == (by == item.owner)
        return Verdict.MAY if legal else Verdict.NOT
    stages = ["pending", "active"] if item.pending else [item.status]
    rows = [TABLE[stage, verb] for stage in stages if (stage, verb) in TABLE]
    if not any(by in item.may(who) for who, _ in rows):
        return Verdict.NOT
    return _needs(item, verb, at, pending_due)


def _needs(item: Item, verb: str, at: datetime, pending_due: datetime | None) -> Verdict:
    alone = item.requester is None
    overdue = at > item.due_at
    impossible = {
        "accept": not item.series and _too_late(item, at, pending_due),
        "let_go": alone,
        "ask": alone,
        "done": item.series,
        "missed": alone or item.series or item.pending is not None or not overdue,
        "differ": item.returns < 2,
        "undo": item.status == "met" and not alone,
        "remedy": alone or item.forgiven or item.repaired or item.open_remedy,
        "forgive": alone or item.forgiven or item.repaired,
    }
    if impossible.get(verb, False):
        return Verdict.NOT
    open_ended = verb in {"change", "missed", "remedy", "let_go"}
    if open_ended or item.series or (verb == "undo" and item.status == "met"):
        return Verdict.MAY
    return Verdict.MUST


def _too_late(item: Item, at: datetime, pending_due: datetime | None) -> bool:
    if item.pending == "let_go":
        return False
    return at > (pending_due if item.pending and pending_due else item.due_at)


def is_stale(item: Item, verb: str, seen: list[int]) -> bool:
    """Tell whether what was pressed showed other terms, another report or another change."""
    version, pending, report = seen[:3]
    if version != item.version:
        return True
    if verb in {"confirm", "return", "undo"}:
        return report != item.reports
    if item.pending and verb in {"accept", "keep"}:
        return pending != item.pendings
    return False


def is_fresh(item: Item, seen: list[int]) -> bool:
    """Tell whether what was pressed showed all as it is."""
    pending = item.pendings if item.pending else 0
    said = seen[3:] in ([], [int(item.status == "proposed")])
    return said and seen[:3] == [item.version, pending, item.reports]


def follow(item: Item, verb: str, by: str, at: datetime) -> None:
    """Do what an event says to the item, or fail where it could not happen."""
    moved = {"lapse": _lapse, "settle": _settle, "gone": _gone, "drop": _drop}.get(verb, _move)
    moved(item, verb, by, at)
    if item.status not in OPEN:
        item.pending = item.pending_by = item.question_by = None
    if by in item.parties:
        item.word_at[by] = at


def _move(item: Item, verb: str, by: str, at: datetime) -> None:
    assert by != CLOCK, f"the clock did {verb} to E-{item.number}"
    steps: Mapping[str, Any] = {
        "accept": _accept,
        "change": _change,
        "let_go": lambda i, b: _wait(i, "let_go", b),
        "keep": lambda i, _: _wait(i, None, None),
        "cannot": lambda i, _: _end(i, "missed" if at > i.due_at else "handed_back"),
        "done": _done,
        "return": _return,
        "undo": lambda i, _: _end(i, "active"),
        "ask": lambda i, b: setattr(i, "question_by", b),
        "answer": lambda i, _: setattr(i, "question_by", None),
        "decline": lambda i, _: _end(i, "declined"),
        "missed": lambda i, _: _end(i, "missed"),
        "confirm": lambda i, _: _end(i, "met"),
        "differ": lambda i, _: _end(i, "unsettled"),
        "remedy": lambda i, _: setattr(i, "open_remedy", True),
        "forgive": lambda i, _: setattr(i, "forgiven", True),
    }
    if verb in steps:
        steps[verb](item, by)


def _end(item: Item, status: str) -> None:
    item.status = status


def _wait(item: Item, kind: str | None, by: str | None) -> None:
    item.pending, item.pending_by = kind, by
    if kind is not None:
        item.pendings += 1


def _accept(item: Item, _by: str) -> None:
    if item.pending == "let_go":
        item.status = "released"
        return
    if item.pending == "terms":
        item.version = item.last_version
    item.status, item.agreed = "active", True
    item.pending = item.pending_by = None


def _change(item: Item, by: str) -> None:
    item.last_version += 1
    if item.status == "proposed":
        item.version, item.author = item.last_version, by
    elif item.requester is None:
        item.version = item.last_version
    else:
        _wait(item, "terms", by)


def _done(item: Item, _by: str) -> None:
    item.status = "met" if item.requester is None else "done"
    item.reports += 1
    item.pending = item.pending_by = None


def _return(item: Item, _by: str) -> None:
    item.status = "active"
    item.returns += 1


def _lapse(item: Item, _verb: str, by: str, at: datetime) -> None:
    assert by == CLOCK
    silent = item.silent_for(at)
    if item.status == "proposed":
        assert at >= item.due_at or silent >= timedelta(days=10), (
            f"E-{item.number} lapsed too early"
        )
        item.status = "lapsed"
    elif item.pending is not None:
        assert at - item.word_at[item.pending_by or ""] >= timedelta(days=5)
        item.pending = item.pending_by = None
    else:
        assert item.status == "active"
        assert silent >= timedelta(days=20), f"E-{item.number} lapsed too early"
        item.status = "lapsed"


def _settle(item: Item, _verb: str, by: str, at: datetime) -> None:
    assert by == CLOCK
    assert item.status == "done"
    assert at - item.word_at[item.owner] >= timedelta(days=5), f"E-{item.number} settled too early"
    item.status = "met"


def _gone(item: Item, _verb: str, by: str, _at: datetime) -> None:
    assert by == CLOCK
    assert item.status in OPEN
    item.status = "released"


def _drop(item: Item, _verb: str, by: str, _at: datetime) -> None:
    assert by != CLOCK or item.series
    item.status = "withdrawn" if item.status == "proposed" else "released"
