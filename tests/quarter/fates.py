"""What becomes of what is agreed: each fate as what its people do, on which workday."""

from __future__ import annotations

from typing import NamedTuple


class Step(NamedTuple):
    """Somebody types something so many workdays after it was asked."""

    after: int
    who: str  # owner or requester
    line: str


_YES = Step(0, "owner", "accept {id}")
_DONE = Step(3, "owner", "done {id}")
_FITS = Step(4, "requester", "confirm {id}")
_MISSED = Step(6, "owner", "cannot {id} something else came first")

DUE = 4
"""It is due so many workdays after it was asked."""

FATES: dict[str, tuple[int, tuple[Step, ...]]] = {
    "kept": (42, (_YES, _DONE, _FITS)),
    "kept, changed in time": (
        12,
        (
            _YES,
            Step(2, "owner", "change {id} by {later}"),
            Step(2, "requester", "accept {id}"),
            Step(5, "owner", "done {id}"),
            Step(6, "requester", "confirm {id}"),
        ),
    ),
    "closed late": (6, (_YES, Step(6, "owner", "done {id}"), Step(7, "requester", "confirm {id}"))),
    "nobody objected": (5, (_YES, _DONE)),
    "not kept": (4, (_YES, _MISSED)),
    "repaired": (
        4,
        (
            _YES,
            _MISSED,
            Step(7, "owner", "remedy {id} the rest by {remedy}"),
            Step(7, "requester", "accept {remedy_id}"),
            Step(9, "owner", "done {remedy_id}"),
            Step(10, "requester", "confirm {remedy_id}"),
        ),
    ),
    "forgiven": (4, (_YES, _MISSED, Step(7, "requester", "forgive {id}"))),
    "handed back": (4, (_YES, Step(2, "owner", "cannot {id} I am ill this week"))),
    "declined": (4, (Step(0, "owner", "decline {id} not this week"),)),
    "taken back": (3, (Step(1, "requester", "drop {id}"),)),
    "unanswered": (3, ()),
    "let go": (3, (_YES, Step(2, "requester", "drop {id} no longer needed"))),
    "asked to be let go": (
        2,
        (_YES, Step(1, "owner", "drop {id} too much at once"), Step(2, "requester", "accept {id}")),
    ),
    "seen differently": (
        2,
        (
            _YES,
            Step(2, "owner", "done {id}"),
            Step(2, "requester", "return {id} the totals"),
            Step(3, "owner", "done {id}"),
            Step(3, "requester", "return {id} the totals"),
            Step(4, "owner", "differ {id} they are in the annex"),
        ),
    ),
    "a question asked first": (
        6,
        (
            Step(0, "owner", "ask {id} for whom is it?"),
            Step(1, "requester", "answer {id} for the customers"),
            Step(1, "owner", "accept {id}"),
            _DONE,
            _FITS,
        ),
    ),
}
"""How often of a hundred or so, and what happens."""
