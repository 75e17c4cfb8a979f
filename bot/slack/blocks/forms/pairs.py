"""The forms between two people: with whom, and a line worth remembering."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.domain.errors import InvalidInputError
from bot.domain.expectation import Expectation
from bot.domain.learnt import LINE_LENGTH
from bot.domain.member import Member
from bot.slack.blocks.forms.inputs import Inputs
from bot.slack.blocks.kit import Block, Option, section
from bot.slack.blocks.modal import field, modal, person, text_input, ticks
from bot.slack.fields import Field
from bot.slack.ids import Callback, Origin
from bot.slack.pen import Pen
from bot.slack.words.learnt import may_be_shared


def with_form(origin: Origin) -> Block:
    """Return the form that asks with whom."""
    blocks = [
        section("What is open, what was finished and what was said, for the two of you only."),
        field(Field.WHO, "With whom", person()),
    ]
    return modal(Callback.WITH, "Between the two of you", "Show", origin, blocks)


def read_with(state: Mapping[str, Any]) -> str:
    """Return who was chosen; raise InvalidInputError where nobody was."""
    who = Inputs(state).person(Field.WHO)
    if who is None:
        raise InvalidInputError({Field.WHO: "Choose a person."})
    return who


def line_fields(expectation: Expectation) -> list[Block]:
    """Return the optional line worth remembering and, where a channel may read it, its tick."""
    shared = "Both of you read it." if expectation.requester else ""
    line = field(
        Field.LEARNT,
        "Worth remembering",
        text_input(limit=LINE_LENGTH),
        optional=True,
        hint=shared,
    )
    if not may_be_shared(expectation):
        return [line]
    label = "The channel's summary may carry it"
    if expectation.requester:
        label = "Where both of you share it, the channel's summary carries it"
    tick = ticks([Option(label=label, value="share")], ())
    return [line, field(Field.SHARE, "Share it", tick, optional=True)]


def read_line(state: Mapping[str, Any]) -> tuple[str, bool]:
    """Return the line and whether its author shares it; empty where none was written."""
    inputs = Inputs(state)
    return inputs.text(Field.LEARNT), "share" in inputs.ticked(Field.SHARE)


def remember_form(expectation: Expectation, origin: Origin, me: Member, now: datetime) -> Block:
    """Return the form for a line alone."""
    blocks = [section(Pen.of(me, {}, now).item(expectation)), *line_fields(expectation)]
    return modal(Callback.REMEMBER, "Worth remembering", "Save", origin, blocks)
