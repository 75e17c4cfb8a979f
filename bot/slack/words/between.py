"""What lies between two people, in words: counts and no verdict."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from bot.domain.expectation import Expectation
from bot.domain.give_and_take import Counts
from bot.domain.thanks import Thanks
from bot.domain.views import BetweenView, NeededView
from bot.slack.pen import Pen
from bot.slack.words.opinions import in_words
from bot.slack.words.states import state

T = TypeVar("T")

SHOWN = 5
_QUARTERS = 6

CAVEAT = (
    "Numbers only: they cannot see how much each one weighed. Dates of a series and commitments "
    "stand beside them."
)


def title(view: BetweenView, pen: Pen) -> str:
    """Say between whom, and who sees it."""
    return f"*Between you and {pen.who(view.other.user)}*, seen by the two of you only."


def nothing_yet(view: BetweenView, pen: Pen) -> str:
    """Say that there is nothing yet."""
    return f"Nothing lies between you and {pen.who(view.other.user)} yet."


def parts(view: BetweenView, pen: Pen) -> list[list[str]]:
    """Return each part as its lines, the first one its heading; none of them empty."""
    who = pen.who(view.other.user)
    found = [
        _items(f"*You do for {who}*", view.you_do, pen, _item),
        _items(f"*{who} does for you*", view.they_do, pen, _item),
        _items("*Again and again*", view.series, pen, _series),
        _items("*Needed*", view.needs, pen, _need),
        _give_and_take(view, pen),
        _items("*Put right*", view.put_right, pen, _put_right),
        _thanks(view.thanks, pen),
    ]
    return [part for part in found if part]


def _items(heading: str, items: Sequence[T], pen: Pen, say: Callable[[T, Pen], str]) -> list[str]:
    if not items:
        return []
    lines = [say(it, pen) for it in items[:SHOWN]]
    more = len(items) - SHOWN
    return [heading, *lines, *([f"{more} more in the list."] if more > 0 else [])]


def _item(it: Expectation, pen: Pen) -> str:
    return f"{pen.item(it)}, {pen.by(it)}: {state(it, pen)}."


def _series(it: Expectation, pen: Pen) -> str:
    whose = "you do it" if it.owner == pen.reader else f"{pen.who(it.owner)} does it"
    return f"{pen.item(it)}, {pen.by(it)}: {whose}, {state(it, pen)}."


def _need(need: NeededView, pen: Pen) -> str:
    whom = pen.who(need.expectation.other(need.by)) if need.by == pen.reader else "you"
    return f"{pen.quote(need.text)} from {whom}, for {pen.item(need.expectation)}."


def _put_right(it: Expectation, pen: Pen) -> str:
    return f"{pen.item(it)}: {state(it, pen)}."


def _give_and_take(view: BetweenView, pen: Pen) -> list[str]:
    counts, who = view.counts, pen.who(view.other.user)
    if not counts.quarters:
        return []
    lately = f"Finished in the last 90 days: {_each(counts.lately, who)}."
    if len(counts.quarters) == 1 and counts.in_all == counts.lately:
        return ["*Give and take*", lately, CAVEAT]
    lines = ["*Give and take*", f"{lately} In all: {_each(counts.in_all, who)}."]
    lines += [
        f"{in_words(quarter, pen)}: {_each(each, who)}."
        for quarter, each in counts.quarters[:_QUARTERS]
    ]
    before = [each for _, each in counts.quarters[_QUARTERS:]]
    if before:
        given, taken = sum(each.given for each in before), sum(each.taken for each in before)
        lines.append(f"Before that: {_each(Counts(given=given, taken=taken), who)}.")
    return [*lines, CAVEAT]


def _each(counts: Counts, who: str) -> str:
    return f"{counts.given} by you, {counts.taken} by {who}"


def _thanks(thanks: Sequence[Thanks], pen: Pen) -> list[str]:
    if not thanks:
        return []
    lines = []
    for one in thanks:
        on = pen.day(one.at.astimezone(pen.zone).date())
        lines.append(f"{pen.you_or(one.by)}, {on}: {pen.quote(one.text)}")
    return ["*Thanks*", *lines]
