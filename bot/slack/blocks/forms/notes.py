"""Forms with one text: what is said with an answer, a check-in or an ending."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.domain.errors import InvalidInputError
from bot.domain.expectation import Expectation, Visibility
from bot.domain.member import Member
from bot.domain.schedule.resting import is_late
from bot.slack.blocks.forms.inputs import Inputs
from bot.slack.blocks.kit import Block, Option, section
from bot.slack.blocks.modal import field, modal, text_input, ticks
from bot.slack.fields import Field
from bot.slack.ids import Callback, Origin, Verb
from bot.slack.pen import Pen
from bot.slack.text import plain


@dataclass(frozen=True, slots=True)
class _Note:
    """The words of a form with one text; `needed` is said where it is left empty."""

    title: str
    label: str
    submit: str
    needed: str = ""
    says: str = ""  # what sending it does


_NOTES: Mapping[Verb, _Note] = {
    Verb.ASK: _Note("Ask a question", "Your question", "Ask", "Write your question."),
    Verb.ANSWER: _Note("Answer", "Your answer", "Answer", "Write your answer."),
    Verb.DECLINE: _Note("Decline", "Why", "Decline", says="It is closed; a reason is welcome."),
    Verb.LET_GO: _Note("Ask to be let go", "Why", "Ask", says="What is agreed stays until then."),
    Verb.CANNOT: _Note(
        "I cannot do it", "Why, or what happened", "Send", "Say what happened, in a line."
    ),
    Verb.AT_RISK: _Note("At risk", "What is the risk?", "Send"),
    Verb.NEED_HELP: _Note("Need help", "What would help?", "Send"),
    Verb.OFFER_HELP: _Note("Offer help", "What can you offer?", "Offer"),
    Verb.DIFFER: _Note(
        "See it differently",
        "How you see it",
        "Send",
        "Write how you see it.",
        "It is closed and counts nowhere. Both statements are kept; you both read them.",
    ),
    Verb.PERIOD_MISSING: _Note(
        "Something is missing", "What is missing?", "Send", "Write what is missing."
    ),
    Verb.DROP_FORM: _Note(
        "Let it go", "A word with it", "Let it go", says="It is closed and counts nowhere."
    ),
    Verb.MISSED_FORM: _Note(
        "Close as not kept", "A word with it", "Close", says="Both of you see it."
    ),
    Verb.END_FORM: _Note("End it", "A word with it", "End it", says="It counts nowhere."),
}


def note_form(
    expectation: Expectation,
    origin: Origin,
    me: Member,
    now: datetime,
    *,
    reads: str | None,
    asked: str = "",
) -> Block:
    """Return the form for the press of `origin`; `reads` is the name of who will read it.

    `asked` is the question that an answer is for.
    """
    words = _NOTES[origin.press.verb]
    pen = Pen.of(me, {}, now)
    lines = [pen.item(expectation)]
    if asked:
        lines.append(pen.quote(asked))
    if origin.press.verb is Verb.CANNOT:
        lines.append(_cannot_does(expectation, now))
    elif words.says:
        lines.append(words.says)
    hint = f"{plain(reads, 80)} will read this." if reads else ""
    note = field(
        Field.NOTE, words.label, text_input(lines=True), optional=not words.needed, hint=hint
    )
    more = [_ask_channel()] if _may_ask_channel(expectation, origin) else []
    return modal(Callback.NOTE, words.title, words.submit, origin, [section(*lines), note, *more])


def _cannot_does(expectation: Expectation, now: datetime) -> str:
    """Return what becomes of it: said before the due it counts nowhere."""
    if not is_late(expectation, now):
        return "Said in time, it is closed and counts nowhere."
    if expectation.is_commitment:
        return "It is closed as not kept this time. Commitments are not in the figures."
    return "It is closed as not kept this time. You can offer a way to put it right."


def _may_ask_channel(expectation: Expectation, origin: Origin) -> bool:
    shared = expectation.visibility is Visibility.CHANNEL and expectation.channel is not None
    return origin.press.verb is Verb.NEED_HELP and shared


def _ask_channel() -> Block:
    tick = Option(label="The channel's summary asks for it too", value="channel")
    return field(
        Field.ASK_CHANNEL,
        "Help wanted",
        ticks([tick], ()),
        optional=True,
        hint="With your name, this line and what it is about.",
    )


def asks_channel(state: Mapping[str, Any]) -> bool:
    """Tell whether a channel is asked for help too."""
    return "channel" in Inputs(state).ticked(Field.ASK_CHANNEL)


def read_note(state: Mapping[str, Any], origin: Origin) -> str:
    """Read the text; raise InvalidInputError where it is needed and missing."""
    text = Inputs(state).text(Field.NOTE)
    needed = _NOTES[origin.press.verb].needed
    if needed and not text:
        raise InvalidInputError({Field.NOTE: needed})
    return text
