"""The forms in which people say something in their own words: of an agreement, and of work."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.domain.expectation import Expectation
from bot.domain.member import Member
from bot.domain.own_words import OwnWords
from bot.slack.blocks.forms.inputs import Inputs
from bot.slack.blocks.kit import Block, context, section
from bot.slack.blocks.modal import field, modal, text_input
from bot.slack.fields import Field
from bot.slack.ids import Callback, Origin
from bot.slack.pen import Pen
from bot.slack.text import plain, typed

WORTH_BLOCK = "worth_of"
LENGTH = 1000
WORTH_LENGTH = 300


def words_form(
    expectation: Expectation,
    origin: Origin,
    me: Member,
    now: datetime,
    *,
    reads: str,
    before: OwnWords | None = None,
) -> Block:
    """Return *Add my words*; `reads` is the other's name, `before` what one said already."""
    who = plain(reads, 80)
    said = before or OwnWords(number=0, ordinal=0, author="", at=now, version=0)
    fields = (
        (Field.UNDERSTOOD, "How I understand it", said.understood),
        (Field.GAIN, "What I gain", said.gain),
        (Field.NEED, f"What I need from {who}", said.need),
    )
    blocks = [
        section(
            Pen.of(me, {}, now).item(expectation),
            f"What is agreed stays as it is. {typed(reads, 80)} will read this.",
        ),
        *(
            field(name, label, text_input(text, lines=True, limit=LENGTH), optional=True)
            for name, label, text in fields
        ),
    ]
    return modal(Callback.WORDS, "Add my words", "Send", origin, blocks)


def read_words(state: Mapping[str, Any]) -> tuple[str, str, str]:
    """Read how somebody understands it, what they gain and what they need."""
    inputs = Inputs(state)
    return inputs.text(Field.UNDERSTOOD), inputs.text(Field.GAIN), inputs.text(Field.NEED)


def worth_form(me: Member, origin: Origin) -> Block:
    """Return the form of one's own line."""
    blocks = [
        field(
            Field.WORTH,
            "What makes work worth it for me",
            text_input(me.worth or "", limit=WORTH_LENGTH),
            optional=True,
            hint="Who fills in the form to ask you for something reads it there. Empty: nothing.",
        )
    ]
    return modal(Callback.WORTH, "Worth it for me", "Save", origin, blocks)


def read_worth(state: Mapping[str, Any]) -> str:
    """Read one's own line."""
    return Inputs(state).text(Field.WORTH)


def worth_line(name: str, line: str) -> Block:
    """Return what makes work worth it for who is asked, as small print of the form."""
    said = f"What makes work worth it for {typed(name, 80)}: “{typed(line, 1500)}”"
    return {**context(said), "block_id": WORTH_BLOCK}


def with_worth(view: Mapping[str, Any], worth: tuple[str, str] | None) -> Block | None:
    """Return an open form with the line of who is chosen now; None where nothing changes.

    What stands there keeps its block and action ids, so that Slack keeps what was typed.
    """
    shown = [block for block in view["blocks"] if block.get("block_id") == WORTH_BLOCK]
    if not shown and worth is None:
        return None
    blocks: list[Block] = []
    for block in view["blocks"]:
        if block.get("block_id") == WORTH_BLOCK:
            continue
        blocks.append(block)
        if worth is not None and block.get("block_id") in {Field.WHO, Field.FOR_WHOM}:
            blocks.append(worth_line(*worth))
    frame = {key: view[key] for key in ("type", "callback_id", "title", "submit", "close")}
    return {**frame, "private_metadata": view["private_metadata"], "blocks": blocks}
