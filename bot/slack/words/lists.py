"""A member's list in words: held notices first, then what is asked, then what else there is."""

from bot.domain.expectation import CheckIn
from bot.domain.messages import Moment
from bot.domain.views import AskedItem, CardView, HeldLine, ListView
from bot.slack.pen import Pen
from bot.slack.words.learnt import remembered
from bot.slack.words.moments import words
from bot.slack.words.owed import also_asked, needed, stays
from bot.slack.words.own_words import their_words
from bot.slack.words.prompts import line, number_word
from bot.slack.words.states import state
from bot.slack.words.thanks import thanks_told

ELSE = "Anything else can wait."
PRIVATE = "On track and Ask me later stay with you; the other side hears the rest."


_ASKED = frozenset(
    {
        Moment.PROPOSAL,
        Moment.OFFER,
        Moment.REMEDY,
        Moment.SUGGESTED_CHANGE,
        Moment.CHANGE_TO_AGREED,
    }
)
"""The notices that a yes answers."""

_SAID = {
    CheckIn.ON_TRACK: "You said: on track.",
    CheckIn.AT_RISK: "You said: at risk.",
    CheckIn.NEED_HELP: "You asked for help.",
    CheckIn.LATER: "You will be asked later.",
    "answered": "You answered.",
}
"""What the reader said to a question that changed no state."""


def held_line(held: HeldLine, view: ListView, pen: Pen) -> str:
    """Return a held notice as one line."""
    if held.moment is Moment.THANKS and held.thanks is not None:
        return thanks_told(held.thanks, held.channel_name, held.summary_on, pen)
    if held.expectation is None:
        return ""
    card = CardView(
        moment=held.moment,
        expectation=held.expectation,
        reader=view.reader,
        people=view.people,
        now=view.now,
        moves=frozenset(),
        event=held.event,
        args=held.args,
        words=held.card.words if held.card else (),
        owed=held.card.owed if held.card else None,
    )
    said = [_their_statement(held, pen)] if held.moment is Moment.DIFFERENT else []
    asked = held.moment in _ASKED and held.card is not None
    besides = also_asked(held.expectation, card.owed, pen) if asked else ""
    owed = [*_owed(card, pen), *([besides] if besides else [])]
    learnt = held.card.learnt if held.card else ()
    lines = [remembered(line, held.expectation, pen) for line in learnt]
    return " ".join([words(card, pen)[0], *said, *their_words(card, pen), *owed, *lines])


def _their_statement(held: HeldLine, pen: Pen) -> str:
    return f"{pen.who(held.event.actor)}: {pen.quote(held.event.note)}" if held.event else ""


def _owed(card: CardView, pen: Pen) -> list[str]:
    """Return what is owed back, where a line tells of a yes or of an end."""
    agreed = card.moment in {Moment.ACCEPTED, Moment.AGREED, Moment.CHANGED_IN_TIME}
    return needed(card, pen) if agreed and card.owed else stays(card, pen)


def item_line(item: AskedItem, view: ListView, pen: Pen) -> str:
    """Return what is asked as one line; what was answered says its state by now."""
    it = item.card.expectation
    answered = view.answered.get(it.number)
    text = line(item.prompt, item.card, pen)
    if answered is None:
        return text
    if _due_moved(item):
        text = f"{pen.item(it)}."
    return f"{text} {_SAID.get(answered) or f'By now: {state(it, pen)}.'}"


def _due_moved(item: AskedItem) -> bool:
    """Tell whether another due is in force than the one that was asked about."""
    _, slash, due = item.card.args.get("key", "").partition("/")
    return bool(slash) and due != item.card.expectation.due.iso()


def opening(view: ListView) -> str:
    """Return the line that says how much there is."""
    count = len(view.items)
    return f"{number_word(count)} thing{'s' if count != 1 else ''} today."


def rest(view: ListView) -> str:
    """Return what Home has besides."""
    return f"{view.rest} more in Home."
