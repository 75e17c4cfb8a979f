"""The fields behind *More* and *More still*, for new expectations and for changes."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from bot.domain.errors import InvalidInputError
from bot.domain.expectation import Visibility
from bot.domain.goal import Goal
from bot.domain.terms import Gains, Wording
from bot.slack.blocks.forms.inputs import Inputs
from bot.slack.blocks.kit import VIEW_BLOCKS, Block, Option, actions, menu, plain_text
from bot.slack.blocks.modal import choice, day_input, field, text_input, ticks
from bot.slack.fields import Field
from bot.slack.ids import EXAMPLES_MENU, MORE_FIELDS, Origin, Verb
from bot.slack.words.examples import EXAMPLES
from bot.slack.words.terms import CHECKING_IN, FOLLOWS, HELP, LIMITS

MORE_BLOCK = "more"
LAST_STAGE = 2


def detail_fields(
    wording: Wording,
    origin: Origin,
    goals: Sequence[Goal] = (),
    goal: int | None = None,
    outside: str = "",
) -> list[Block]:
    """Return the fields of the stage that the origin names, and the button to the next."""
    blocks: list[Block] = []
    if origin.stage >= 1:
        blocks += more(wording, origin, goals, goal, outside)
    if origin.stage >= LAST_STAGE:
        blocks += more_still(wording)
    return [*blocks, *_next(origin)]


def with_more(
    view: Mapping[str, Any], origin: Origin, wording: Wording, goals: Sequence[Goal] = ()
) -> Block:
    """Return an open form with the fields of its next stage.

    What stands there keeps its block and action ids, so that Slack keeps what was typed.
    """
    staged = replace(origin, stage=origin.stage + 1)
    added = more_still(wording) if staged.stage == LAST_STAGE else more(wording, staged, goals)
    kept = [block for block in view["blocks"] if block.get("block_id") != MORE_BLOCK]
    blocks = [*kept, *added, *_next(staged)]
    frame = {key: view[key] for key in ("type", "callback_id", "title", "submit", "close")}
    return {**frame, "private_metadata": staged.encode(), "blocks": blocks[:VIEW_BLOCKS]}


def _next(origin: Origin) -> list[Block]:
    """Return the button to the next stage and, in the form of something new, the examples."""
    row: list[Block] = []
    if origin.stage < LAST_STAGE:
        button: Block = {
            "type": "button",
            "action_id": MORE_FIELDS,
            "text": plain_text("More still" if origin.stage else "More", 75),
            "value": str(origin.stage + 1),
        }
        row.append(button)
    if origin.press.number is None:
        options = [Option(label=one.label, value=key) for key, one in EXAMPLES.items()]
        row.append(menu(EXAMPLES_MENU, "Start from an example", options))
    return actions(row, MORE_BLOCK)


def more(
    wording: Wording,
    origin: Origin,
    goals: Sequence[Goal] = (),
    goal: int | None = None,
    outside: str = "",
) -> list[Block]:
    """Return the fields of *More*."""
    gains = wording.gains
    needs_by = date.fromisoformat(wording.needs_by) if wording.needs_by else None
    fields = [
        _long(Field.DONE_MEANS, "Done means", wording.done_means),
        _long(Field.GAIN_OWNER, "What the one who does it gains", gains.owner),
        _long(Field.GAIN_REQUESTER, "What the one who asks gains", gains.requester),
        _long(Field.GAIN_TEAM, "What the team gains", gains.team),
        _long(Field.NEEDS, "What the one who does it needs from the other", wording.needs),
        field(
            Field.NEEDS_BY,
            "Needed by",
            day_input(needs_by),
            optional=True,
            hint="With a day, the same yes agrees to it as an item of its own.",
        ),
    ]
    if origin.press.number is not None:
        return fields
    if origin.press.verb is Verb.FORM_OFFER:
        fields.append(_outside(outside))
    return [*fields, *_around(origin, goals, goal)]


def _outside(initial: str) -> Block:
    return field(
        Field.OUTSIDE,
        "For somebody outside Slack",
        text_input(initial, limit=80),
        optional=True,
        hint="A name, for a commitment of your own. Nothing is ever sent to them.",
    )


def _around(origin: Origin, goals: Sequence[Goal], goal: int | None) -> list[Block]:
    """Return the fields of a new one only: its goal, who may see it, and whom to tell."""
    blocks: list[Block] = []
    if goals:
        options = [Option(label=each.title, value=str(each.number)) for each in goals[:100]]
        chosen = str(goal) if goal is not None else ""
        element = choice(options, chosen, buttons=False)
        blocks.append(field(Field.GOAL, "Goal", element, optional=True))
    if origin.channel is None or origin.channel_kind not in {"channel", "private"}:
        return blocks
    audience = [
        Option(label="This channel, once agreed", value=Visibility.CHANNEL.value),
        Option(label="Only the people it is between", value=Visibility.PRIVATE.value),
    ]
    tell = [Option(label="Tell the channel once it is agreed", value="tell")]
    seen = choice(audience, Visibility.CHANNEL.value)
    return [
        *blocks,
        field(Field.VISIBILITY, "Who may see it", seen),
        field(Field.TELL, "Tell the channel", ticks(tell, ()), optional=True),
    ]


def more_still(wording: Wording) -> list[Block]:
    """Return the fields of *More still*: Covey's other four."""
    return [
        _long(Field.GUIDELINES, LIMITS, wording.guidelines),
        _long(Field.RESOURCES, HELP, wording.resources),
        _long(Field.ACCOUNTABILITY, CHECKING_IN, wording.accountability),
        _long(Field.CONSEQUENCES, FOLLOWS, wording.consequences),
    ]


def _long(name: Field, label: str, initial: str) -> Block:
    return field(name, label, text_input(initial, lines=True), optional=True)


def stage_for(wording: Wording) -> int:
    """Return the stage that shows everything that is filled in already."""
    four = (
        wording.guidelines,
        wording.resources,
        wording.accountability,
        wording.consequences,
    )
    if any(four):
        return LAST_STAGE
    rest = (wording.done_means, wording.needs, wording.needs_by, wording.gains != Gains())
    return 1 if any(rest) else 0


def read_details(inputs: Inputs, before: Wording) -> Wording:
    """Return the wording with what the fields say; a field that is not shown leaves its own.

    Raises:
        InvalidInputError: a need has its day but no words.

    """

    def said(name: Field, old: str) -> str:
        return inputs.text(name) if inputs.has(name) else old

    needs_by = inputs.day(Field.NEEDS_BY)
    if needs_by is not None and not inputs.text(Field.NEEDS):
        raise InvalidInputError({Field.NEEDS: "Write what is needed by then."})
    gains = before.gains
    return Wording(
        result=before.result,
        why=said(Field.WHY, before.why),
        gains=Gains(
            requester=said(Field.GAIN_REQUESTER, gains.requester),
            owner=said(Field.GAIN_OWNER, gains.owner),
            team=said(Field.GAIN_TEAM, gains.team),
        ),
        done_means=said(Field.DONE_MEANS, before.done_means),
        needs=said(Field.NEEDS, before.needs),
        needs_by=(needs_by.isoformat() if needs_by else "")
        if inputs.has(Field.NEEDS_BY)
        else before.needs_by,
        guidelines=said(Field.GUIDELINES, before.guidelines),
        resources=said(Field.RESOURCES, before.resources),
        accountability=said(Field.ACCOUNTABILITY, before.accountability),
        consequences=said(Field.CONSEQUENCES, before.consequences),
    )


RESULT_LIMIT = 300
"""WHAT holds so many characters; the rest goes to *Done means*."""


def split_result(text: str, wording: Wording) -> Wording:
    """Put the first 300 characters of WHAT into the result, the rest before *Done means*."""
    head, rest = text[:RESULT_LIMIT], text[RESULT_LIMIT:]
    means = "\n".join(part for part in (rest, wording.done_means) if part)
    return replace(wording, result=head, done_means=means)
