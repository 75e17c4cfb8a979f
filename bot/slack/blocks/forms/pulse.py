"""The form of the monthly pulse: three statements, a yes, partly or no each."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from bot.domain.errors import InvalidInputError
from bot.domain.pulse import Answers, Said, Statement
from bot.slack.blocks.forms.inputs import Inputs
from bot.slack.blocks.kit import Block, Button, Option, section
from bot.slack.blocks.modal import choice, field, modal
from bot.slack.fields import Field
from bot.slack.ids import Callback, Origin, Press, Verb
from bot.slack.pen import Pen
from bot.slack.words.pulse import ANSWERS, HOW_KEPT, STATEMENTS, month_name

_FIELDS: Mapping[Statement, Field] = {
    Statement.CLEAR: Field.CLEAR,
    Statement.SHARE: Field.FAIR_SHARE,
    Statement.SAY_NO: Field.SAY_NO,
}
_CHOICES = tuple(Option(label=word.capitalize(), value=said) for said, word in ANSWERS.items())


def pulse_button(key: str) -> Button:
    """Return the button that opens the form."""
    return Button(label="Answer", press=Press(verb=Verb.PULSE, key=key))


def pulse_form(channel: str, month: date, origin: Origin, pen: Pen) -> Block:
    """Return the form; it says who sees what before anything is answered."""
    blocks = [
        section(f"*{pen.channel(channel)}, {month_name(month, pen)}*", HOW_KEPT),
        *(
            field(_FIELDS[statement], words, choice(_CHOICES))
            for statement, words in STATEMENTS.items()
        ),
    ]
    return modal(Callback.PULSE, "Pulse", "Send", origin, blocks)


def read_pulse(state: Mapping[str, Any]) -> Answers:
    """Read the answers.

    Raises:
        InvalidInputError: one is missing; keyed by the inputs' block ids.

    """
    inputs = Inputs(state)
    chosen = {statement: inputs.option(name) for statement, name in _FIELDS.items()}
    missing = {
        _FIELDS[statement].value: "Choose one; or close this, and nothing is counted."
        for statement, said in chosen.items()
        if said is None
    }
    if missing:
        raise InvalidInputError(missing)
    return {statement: Said(said or "") for statement, said in chosen.items()}
