"""What is owed back, in words: before the yes, on the card, and when what needs it has ended."""

from bot.domain.conversation.owed import Need, is_given, is_let_go_at_yes, need_at_yes
from bot.domain.expectation import OPEN, Expectation, Status
from bot.domain.messages import Moment
from bot.domain.views import CardView
from bot.slack.pen import Pen
from bot.slack.words.states import state

_ENDS = frozenset(
    {
        Moment.HANDED_BACK,
        Moment.COULD_NOT,
        Moment.NOT_KEPT,
        Moment.LET_GO,
        Moment.DIFFERENT,
        Moment.ENDED_UNANSWERED,
    }
)
"""The moments that tell of an end; once somebody left, both are over."""


def yes_agrees(it: Expectation, owed: Expectation | None, pen: Pen) -> str:
    """Say that a yes agrees to what is needed as well; empty where it does not."""
    need = need_at_yes(it)
    if need is None:
        return f"Your yes lets E-{it.owed} go." if is_let_go_at_yes(it) else ""
    if is_given(it, owed):
        return f"E-{it.owed} gave that already, so your yes asks for nothing more."
    if _is_over(need, it, pen):
        return "That day has passed, so your yes does not agree to it."
    return "Your yes agrees to that too."


def also_asked(it: Expectation, owed: Expectation | None, pen: Pen) -> str:
    """Return what a yes agrees to besides, in full; empty where there is nothing."""
    need = need_at_yes(it)
    if need is None:
        return yes_agrees(it, owed, pen)
    whose = "you" if it.requester == pen.reader else pen.who(it.requester)
    besides = yes_agrees(it, owed, pen)
    return f"Needed from {whose} by {pen.day(need.day)}: {pen.quote(need.text)} {besides}"


def needed(view: CardView, pen: Pen) -> list[str]:
    """Return what the owner needs from the requester, as it stands: words, or an item."""
    it, owed = view.expectation, view.owed
    if owed is not None:
        return [_needed(owed, pen)]
    if view.reader.user != it.requester or not it.terms.wording.needs.strip():
        return []
    return [f"Needed from you: {pen.quote(it.terms.wording.needs)}"]


def needed_for(view: CardView, pen: Pen) -> list[str]:
    """Return for what something is needed."""
    return [f"Needed for {pen.item(view.needed_for)}."] if view.needed_for else []


def stays(view: CardView, pen: Pen) -> list[str]:
    """Say what becomes of what is owed back, once what needed it has ended otherwise than met."""
    owed = staying(view)
    return [] if owed is None else [_stays(owed, pen)]


def staying(view: CardView) -> Expectation | None:
    """Return what is still owed back though what needed it has ended; None where nothing is."""
    owed = view.owed
    if owed is None or (view.current and view.moment not in _ENDS):
        return None
    return owed if stays_open(view.expectation, owed) else None


def stays_open(it: Expectation, owed: Expectation) -> bool:
    """Tell whether it has ended otherwise than met, and what it needs has not."""
    return it.status not in OPEN | {Status.MET} and owed.status in OPEN


def owed_back(it: Expectation, owed: Expectation | None, pen: Pen) -> list[str]:
    """Return what is owed back, as the reply to a move says it; nothing once that is over."""
    if owed is None or owed.status not in OPEN or it.status is Status.MET:
        return []
    return [_stays(owed, pen) if stays_open(it, owed) else _needed(owed, pen)]


def _needed(owed: Expectation, pen: Pen) -> str:
    whose = "you" if owed.owner == pen.reader else pen.who(owed.owner)
    return f"Needed from {whose}: {pen.item(owed)}, {pen.by(owed)}: {state(owed, pen)}."


def _stays(owed: Expectation, pen: Pen) -> str:
    who = "you" if owed.requester == pen.reader else pen.who(owed.requester)
    item = f"{pen.item(owed)}, {pen.by(owed)}"
    return f"{item}, was needed for it. It stays, and {who} can let it go."


def link(it: Expectation) -> str:
    """Name in a list what an item is needed for, and what it needs."""
    needs = f", needs E-{it.owed}" if it.owed is not None else ""
    return f", needed for E-{it.owed_for}{needs}" if it.owed_for is not None else needs


def _is_over(need: Need, it: Expectation, pen: Pen) -> bool:
    requester = pen.people.get(it.requester or "")
    zone = pen.zone if requester is None else requester.zone
    return need.due.ends_at(zone) < pen.now
