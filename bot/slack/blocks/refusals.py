"""What is said when something cannot be done: nothing was changed, and what to do instead."""

from collections.abc import Mapping

from bot.domain.errors import (
    HeldBackError,
    InvalidInputError,
    NoChannelError,
    NotAllowedError,
    NotInChannelError,
    NotYoursError,
    PastDueError,
    PersonError,
    UnknownIdError,
    WinwinError,
)
from bot.domain.expectation import Expectation
from bot.domain.trouble import StoreError, UncertainError
from bot.slack.blocks.kit import Button, Rendered
from bot.slack.blocks.replies import said, show
from bot.slack.ids import Press, Verb
from bot.slack.pen import Pen
from bot.slack.words import refusals as words

_LIST = Button(label="Show my list", press=Press(verb=Verb.SHOW_LIST))
_PICK = Button(label="Pick a date", press=Press(verb=Verb.FORM_ASK))


def refused(
    error: WinwinError, item: Expectation | None, pen: Pen, *, pressed: bool = True
) -> Rendered:
    """Word a refusal; `item` is the present state of what it is about, where there is one.

    `pressed` tells a button or form from what was typed.
    """
    match error:
        case UnknownIdError():
            answer = said(words.unknown_id(error.id), buttons=[_LIST])
        case NotYoursError():
            answer = said(words.not_yours(error.whose, pen))
        case PersonError():
            answer = said(words.person(error.user, error.reason, pen))
        case InvalidInputError():
            answer = said(*(words.sentence(each) for each in error.errors.values()))
        case PastDueError():
            answer = said(words.past(error.due, pen), buttons=[_PICK])
        case NotInChannelError():
            answer = said(words.not_in_channel(error.channel))
        case HeldBackError():
            answer = said(words.held_back(error.until, pen))
        case NoChannelError():
            answer = said(words.no_channel(error.what))
        case NotAllowedError() if words.reason(error.reason):
            named = f"{pen.item(item)}: " if item else ""
            why = words.reason(error.reason)
            answer = said(f"{named}{why} Nothing was changed.", buttons=_shows(item))
        case _:
            text = words.moved_on(item, pen, pressed=pressed) if item else words.NOTHING_CHANGED
            answer = said(text, buttons=_shows(item))
    return answer


def failed(reference: str) -> Rendered:
    """Word what nobody expected; the reference leads to its log line."""
    return said(words.failed(reference))


def slack_failed(code: str) -> Rendered:
    """Word that Slack did not do what was to answer somebody."""
    return said(words.slack_failed(code))


def store_failed(error: StoreError) -> Rendered:
    """Word that the database failed."""
    buttons = [_LIST] if isinstance(error, UncertainError) else []
    return said(words.store_failed(error), buttons=buttons)


def saved_already(answer: Mapping[str, str]) -> Rendered:
    """Word that something is saved, of which no more is known here than its key's answer."""
    number = answer.get("number") or answer.get("numbers", "").partition(",")[0]
    return said(words.SAVED_ALREADY, buttons=[show(int(number))] if number else [])


def too_slow() -> Rendered:
    """Word that it took too long and was undone."""
    return said(words.TOO_SLOW)


def _shows(item: Expectation | None) -> list[Button]:
    return [show(item.number)] if item else []
