"""What is said when something cannot be done: nothing was changed, and what to do instead."""

from bot.domain.errors import (
    InvalidInputError,
    NotAllowedError,
    NotYoursError,
    PastDueError,
    PersonError,
    UnknownIdError,
    WinwinError,
)
from bot.domain.expectation import Expectation
from bot.slack.blocks.kit import Button, Rendered
from bot.slack.blocks.replies import said, show
from bot.slack.ids import Press, Verb
from bot.slack.pen import Pen
from bot.slack.words import refusals as words

_LIST = Button(label="Show my list", press=Press(verb=Verb.SHOW_LIST))
_FORM = Button(label="Open the form", press=Press(verb=Verb.FORM_ASK))


def refused(error: WinwinError, item: Expectation | None, pen: Pen) -> Rendered:
    """Word a refusal; `item` is the present state of what it is about, where there is one."""
    match error:
        case UnknownIdError():
            return said(words.unknown_id(error.id), buttons=[_LIST])
        case NotYoursError():
            return said(words.not_yours(error.whose, pen))
        case PersonError():
            return said(words.person(error.user, error.reason, pen))
        case InvalidInputError():
            return said(*(words.sentence(each) for each in error.errors.values()))
        case PastDueError():
            return said(words.past(error.due, pen), buttons=[_pick_a_date()])
        case NotAllowedError() if words.reason(error.reason):
            named = f"{pen.item(item)}: " if item else ""
            why = words.reason(error.reason)
            return said(f"{named}{why} Nothing was changed.", buttons=_shows(item))
    if item is None:
        return said(words.NOTHING_CHANGED)
    return said(words.old_button(item, pen), buttons=_shows(item))


def failed(reference: str) -> Rendered:
    """Word what nobody expected; the reference leads to its log line."""
    return said(words.failed(reference))


def too_slow() -> Rendered:
    """Word that it took too long and was undone."""
    return said(words.TOO_SLOW)


def _shows(item: Expectation | None) -> list[Button]:
    return [show(item.number)] if item else []


def _pick_a_date() -> Button:
    return Button(label="Pick a date", press=_FORM.press)
