"""What is wrong with a submitted form, at the inputs where it can be mended."""

from collections.abc import Callable, Mapping
from typing import Any

from bot.domain.errors import InvalidInputError, PastDueError, PersonError
from bot.slack.blocks.forms.inputs import field_of
from bot.slack.blocks.kit import Rendered
from bot.slack.fields import Field, block_of
from bot.slack.text import without_marks
from bot.slack.words.refusals import person_at_field

View = Mapping[str, Any]

_PERSONS = (Field.WHO, Field.FOR_WHOM, Field.THANK, Field.CHAMPION)


def at_inputs(
    error: Exception, content: Rendered, view: View, name: Callable[[str], str]
) -> dict[str, str]:
    """Put each sentence at its input; what belongs to none stands at the first.

    `name` names a person: a field shows no mentions. A view without inputs has no place for it.
    """
    inputs = [block["block_id"] for block in view["blocks"] if block["type"] == "input"]
    blocks = {field_of(block): block for block in inputs}
    placed = {
        blocks[block]: text
        for block, text in _placed(error, content, view, name)
        if block in blocks
    }
    if placed or not inputs:
        return placed
    return {inputs[0]: without_marks(content.text)}


def _placed(
    error: Exception, content: Rendered, view: View, name: Callable[[str], str]
) -> list[tuple[str, str]]:
    match error:
        case InvalidInputError():
            return [(block_of(key), text) for key, text in error.errors.items()]
        case PastDueError():
            return [(Field.BY_WHEN, without_marks(content.text))]
        case PersonError():
            words = person_at_field(name(error.user), error.reason)
            return [(_chosen_in(view, error.user), words)]
    return []


def _chosen_in(view: View, user: str) -> str:
    """Return the input in which somebody was chosen."""
    values = view["state"]["values"]
    for field in _PERSONS:
        chosen = values.get(field, {}).get(field, {})
        if user == chosen.get("selected_user") or user in (chosen.get("selected_users") or ()):
            return field
    return Field.WHO
