"""The form in which a channel's charter is written, and others' words for it are suggested."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.domain.charter import LINE_LENGTH, MOST_LINES, Charter, next_review
from bot.slack.blocks.forms.inputs import Inputs
from bot.slack.blocks.kit import Block, Option, section
from bot.slack.blocks.modal import day_input, field, modal, text_input, ticks
from bot.slack.fields import Field
from bot.slack.ids import Callback, Origin
from bot.slack.words.charter import CHANGING, WRITING

_TYPED = MOST_LINES * (LINE_LENGTH + 2)
_HEADS = Option(label="Show one of them above the form, another each day", value="heads")


@dataclass(frozen=True, slots=True, kw_only=True)
class CharterForm:
    """What was written."""

    text: str
    review_on: date | None
    heads_form: bool


def charter_form(charter: Charter | None, origin: Origin, today: date) -> Block:
    """Return the form, filled in with the present words."""
    review_on = charter.review_on if charter else today
    heads = charter is None or charter.heads_form
    blocks = [
        section(CHANGING if charter else WRITING),
        field(
            Field.LINES,
            "What you agree on, a line each",
            text_input(charter.words.text if charter else "", lines=True, limit=_TYPED),
            hint=(
                f"At most {MOST_LINES}, such as “When we say no: early, and with what would work "
                "instead”."
            ),
        ),
        field(
            Field.REVIEW,
            "Look at it again on",
            day_input(review_on if review_on > today else next_review(today)),
            hint="Who wrote the present words is asked then whether they are still right.",
        ),
        field(
            Field.HEADS_FORM,
            "When somebody asks for something here",
            ticks([_HEADS], [_HEADS.value] if heads else []),
            optional=True,
        ),
    ]
    title = "Suggest other words" if charter else "Write the charter"
    return modal(Callback.CHARTER, title, "Save", origin, blocks)


def read_charter(state: Mapping[str, Any]) -> CharterForm:
    """Read what was written."""
    inputs = Inputs(state)
    return CharterForm(
        text=inputs.text(Field.LINES),
        review_on=inputs.day(Field.REVIEW),
        heads_form=_HEADS.value in inputs.ticked(Field.HEADS_FORM),
    )
