"""Figures in words: what each is, of which days, what it counts and what it cannot see."""

from collections.abc import Callable, Mapping
from datetime import date

from babel.dates import format_date

from bot.domain.figures.names import Figure
from bot.domain.figures.shared import Shown

TOO_FEW = (
    "Not enough to say: five answers from three people are needed, so that nobody can be picked "
    "out."
)
NOT_WEIGHT = "Numbers only, not weight."
_ALONE = "Only you see this."
_OWN_ROWS = "You see those that you are part of."
ROWS = {Figure.CHANGED: _OWN_ROWS, Figure.BOTH_GAIN: _OWN_ROWS, Figure.FAIR_SHARE: _OWN_ROWS}
"""What is said of the rows where the reader does not see all of them."""
NAMES = {
    Figure.KEPT: "Kept",
    Figure.CHANGED: "Changed in time",
    Figure.BOTH_GAIN: "Both sides gain",
    Figure.FAIR_SHARE: "Fair share",
    Figure.REMINDERS: "Reminders",
    Figure.MINE: "Kept by you",
    Figure.GIVE_AND_TAKE: "Give and take",
}
_COUNTED = {
    Figure.KEPT: "Counted: done by the last date agreed in time. It cannot see how hard it was.",
    Figure.CHANGED: (
        "Counted: kept after a change that was suggested before the day it replaced. It cannot see "
        "who was glad of it."
    ),
    Figure.BOTH_GAIN: (
        "Counted: agreements that say what the one who asks gains, and what the one who does it "
        "gains. It cannot see whether that came true."
    ),
    Figure.FAIR_SHARE: (
        "Counted: open agreed work by each one's own workdays in the next ten days; who has none "
        f"is left out. {NOT_WEIGHT}"
    ),
    Figure.REMINDERS: (
        "Counted: how often a list asked how it goes, or what happened. It cannot see whom that "
        "helped."
    ),
    Figure.MINE: (
        "Counted: what you did by the last date agreed in time. It cannot see how hard it was. "
        f"{_ALONE}"
    ),
    Figure.GIVE_AND_TAKE: (
        "Counted: what was finished, by the date or later. It cannot see how much each one "
        f"weighed. {_ALONE}"
    ),
}


def days(shown: Shown) -> str:
    """Write a figure's period: 2 September to 29 November."""
    return f"{_day(shown.first)} to {_day(shown.last)}"


def why(figure: Figure, shown: Shown | None, own: int, workdays: int) -> str:
    """Say what a figure is and what it says now."""
    if shown is None:
        return f"{NAMES[figure]}. {_COUNTED[figure]} {TOO_FEW}"
    text = f"{NAMES[figure]}, {_SAYS[figure](shown)}. {_COUNTED[figure]}"
    return f"{text} {own_part(own, workdays)}" if figure is Figure.FAIR_SHARE else text


def own_part(own: int, workdays: int) -> str:
    """Say how much is the reader's own."""
    plural = "" if workdays == 1 else "s"
    left_out = "" if workdays else ", so you are left out"
    return f"Yours: {own} open, {workdays} workday{plural}{left_out}; only you see this."


def share(shown: Shown) -> str:
    """Return the fair share's line, as the summary has it."""
    carried, people = shown.counts["carried_by"], shown.counts["people"]
    carry = "carries" if carried == 1 else "carry"
    return f"{carried} of {people} {carry} the open work, each by their own days. {NOT_WEIGHT}"


def _day(day: date) -> str:
    return format_date(day, "d MMMM", locale="en")


def _counts(name: str) -> Callable[[Shown], str]:
    return lambda shown: f"{days(shown)}: {shown.counts[name]}"


def _both_gain(shown: Shown) -> str:
    return f"{days(shown)}: {shown.counts['both_gain']} agreements"


def _share(shown: Shown) -> str:
    carried, people = shown.counts["carried_by"], shown.counts["people"]
    return f"week after {_day(shown.last)}: carried by about {carried} of {people}"


def _reminders(shown: Shown) -> str:
    reminders, kept = shown.counts["reminders"], shown.counts["kept"]
    promises = "promise" if kept == 1 else "promises"
    return f"{days(shown)}: {reminders} for {kept} kept {promises}"


def _mine(shown: Shown) -> str:
    changed = shown.counts["changed"]
    of_them = f", {changed} of them changed in time" if changed else ""
    return f"{days(shown)}: {shown.counts['kept']}{of_them}"


def _given_and_taken(shown: Shown) -> str:
    given, taken = shown.counts["given"], shown.counts["taken"]
    return f"{days(shown)}: {given} by you for others, {taken} by others for you"


_SAYS: Mapping[Figure, Callable[[Shown], str]] = {
    Figure.KEPT: _counts("kept"),
    Figure.CHANGED: _counts("changed"),
    Figure.BOTH_GAIN: _both_gain,
    Figure.FAIR_SHARE: _share,
    Figure.REMINDERS: _reminders,
    Figure.MINE: _mine,
    Figure.GIVE_AND_TAKE: _given_and_taken,
}
