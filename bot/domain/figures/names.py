"""The figures by the names under which they can be questioned."""

from difflib import get_close_matches
from enum import StrEnum

from bot.domain.figures.shared import Source


class Figure(StrEnum):
    """A figure; its name is what `why` is asked with."""

    KEPT = "kept"
    CHANGED = "changed"
    BOTH_GAIN = "both gain"
    FAIR_SHARE = "fair share"
    REMINDERS = "reminders"
    MINE = "mine"
    GIVE_AND_TAKE = "give and take"


SOURCES = {
    Figure.KEPT: Source.OUTCOMES,
    Figure.CHANGED: Source.OUTCOMES,
    Figure.REMINDERS: Source.OUTCOMES,
    Figure.BOTH_GAIN: Source.AGREEMENTS,
    Figure.FAIR_SHARE: Source.SHARE,
}
"""What those are counted from that a channel reads; the others are only one's own."""

_ALSO = {
    "changed in time": Figure.CHANGED,
    "both sides gain": Figure.BOTH_GAIN,
    "gains": Figure.BOTH_GAIN,
    "share": Figure.FAIR_SHARE,
    "balance": Figure.FAIR_SHARE,
    "reminders per kept promise": Figure.REMINDERS,
    "own kept": Figure.MINE,
    "kept by me": Figure.MINE,
    "me": Figure.MINE,
    "give": Figure.GIVE_AND_TAKE,
}
_NAMES = {figure.value: figure for figure in Figure} | _ALSO
_CLOSE_ENOUGH = 0.7
_LONGEST = 40
PULSE = "pulse"


def find(typed: str) -> Figure | None:
    """Return the figure of a name as people type it, or the nearest; None where none is near."""
    near = get_close_matches(_plain(typed), _NAMES, n=1, cutoff=_CLOSE_ENOUGH)
    return _NAMES[near[0]] if near else None


def is_pulse(typed: str) -> bool:
    """Tell whether the monthly pulse is meant: no figure, and questioned like one."""
    return _plain(typed) in {PULSE, f"monthly {PULSE}"}


def _plain(typed: str) -> str:
    plain = " ".join(typed[:_LONGEST].casefold().replace("-", " ").replace("_", " ").split())
    return plain.strip(".,:;!?“”\"'` ")
