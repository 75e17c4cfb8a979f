"""Worth it and fairness in words: the question, one's answer, and who reads it."""

from bot.domain.give_and_take import Quarter
from bot.domain.opinions import Opinion, Said
from bot.domain.views import AsideView
from bot.slack.pen import Pen

OPINIONS = {
    Opinion.YES: "yes",
    Opinion.MOSTLY: "mostly",
    Opinion.NOT_LATELY: "not lately",
    **{one: one.value for one in Opinion if one.value.isdecimal()},
}
_MONTHS = ("January to March", "April to June", "July to September", "October to December")
_ONLY_YOU = "Only you see this, unless you both share."


def worth_it(view: AsideView, pen: Pen) -> str:
    """Ask whether something was worth it, or say what was answered."""
    who = pen.who(view.who)
    about = pen.item(view.expectation) if view.expectation else ""
    head = f"{about}, with {who}:"
    if view.answered:
        return f"{head} {_answered(view, who)}"
    return f"{head} was it worth it for you, from 1 (no) to 5 (very)? {_ONLY_YOU}"


def fairness(view: AsideView, pen: Pen) -> str:
    """Ask whether give and take feels fair, or say what was answered."""
    who = pen.who(view.who)
    if view.answered:
        return f"Give and take with {who}: {_answered(view, who)}"
    return f"You and {who}: does the give and take feel fair? {_ONLY_YOU}"


def _answered(view: AsideView, who: str) -> str:
    theirs = view.args.get("theirs")
    return said(
        Opinion(view.answered),
        None if theirs is None else Opinion(theirs),
        who,
        shares="shares" in view.args,
    )


def said(mine: Opinion, theirs: Opinion | None, who: str, *, shares: bool) -> str:
    """Return one's answer and, where both share, the other's."""
    mine_said = f"you said {OPINIONS[mine]}"
    if theirs is not None:
        return f"{mine_said}, {who} said {OPINIONS[theirs]}."
    if shares:
        return f"{mine_said}. It shows once {who} shares as well; until then only you know."
    return f"{mine_said}. Only you see that."


def about_quarter(mine: Said, theirs: Said | None, who: str, pen: Pen) -> str:
    """Return a quarter's answers."""
    return f"{quarter(mine.about, pen)}: {_both(mine, theirs, who)}"


def about_item(item: str, mine: Said, theirs: Said | None, who: str) -> str:
    """Return the answers about something met."""
    return f"{item}: {_both(mine, theirs, who)}"


def _both(mine: Said, theirs: Said | None, who: str) -> str:
    other = None if theirs is None else theirs.opinion
    return said(mine.opinion, other, who, shares=mine.shares)


def quarter(key: str, pen: Pen) -> str:
    """Name a quarter by its months, with its year where that is not this one."""
    year, _, number = key.partition("-Q")
    return in_words(Quarter(year=int(year), quarter=int(number)), pen)


def in_words(one: Quarter, pen: Pen) -> str:
    """Name a quarter by its months."""
    months = _MONTHS[one.quarter - 1]
    return months if one.year == pen.today.year else f"{months} {one.year}"
