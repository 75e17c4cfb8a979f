"""The form's menu of examples, and a form filled in with one where nothing was typed."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from bot.domain.goal import Goal
from bot.domain.terms import Wording
from bot.slack.blocks.forms.details import with_more
from bot.slack.blocks.forms.inputs import NEW, Inputs, field_of
from bot.slack.blocks.kit import Block
from bot.slack.fields import Field
from bot.slack.ids import Origin, Verb
from bot.slack.text import plain
from bot.slack.words.examples import EXAMPLES, wordings

_LENGTH = 3000


def with_example(
    view: Mapping[str, Any],
    state: Mapping[str, Any],
    origin: Origin,
    chosen: str,
    goals: Sequence[Goal] = (),
) -> Block:
    """Return an open form with an example in each field in which nothing was typed.

    Slack keeps what stands in an input whose block and action ids stay, so a field that is filled
    gets a block id of its own; all others keep theirs, and so what was typed.
    """
    example = EXAMPLES[chosen]
    offers = origin.press.verb is Verb.FORM_OFFER
    wording = example.offered if offers else example.asked
    inputs, texts = Inputs(state), _texts(wording)
    blocks = []
    for block in view["blocks"]:
        name = field_of(str(block.get("block_id", "")))
        free = name in texts and _is_free(inputs.text(Field(name)), name)
        blocks.append(_filled(block, texts[name]) if free else block)
    frame = ("type", "callback_id", "title", "submit", "close", "private_metadata")
    filled = {key: view[key] for key in frame} | {"blocks": blocks}
    if origin.stage:
        return filled
    gains_only = replace(wording, result="", why="")
    return with_more(filled, origin, gains_only, goals)


def _texts(wording: Wording) -> dict[str, str]:
    gains = wording.gains
    return {
        Field.WHAT: wording.result,
        Field.WHY: wording.why,
        Field.GAIN_OWNER: gains.owner,
        Field.GAIN_REQUESTER: gains.requester,
        Field.GAIN_TEAM: gains.team,
    }


def _is_free(text: str, name: str) -> bool:
    """Tell whether nobody typed it: it is empty, or an example stands there."""
    return not text or any(text == _texts(one)[name] for one in wordings())


def _filled(block: Mapping[str, Any], text: str) -> Block:
    name, _, nth = str(block["block_id"]).partition(NEW)
    element = {key: each for key, each in block["element"].items() if key != "initial_value"}
    if text:
        element["initial_value"] = plain(text, _LENGTH)
    return {**block, "block_id": f"{name}{NEW}{int(nth or 0) + 1}", "element": element}
