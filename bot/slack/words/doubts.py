"""Why a typed date is asked instead of taken, in words."""

from collections.abc import Mapping

from bot.domain.language import Doubt
from bot.slack.text import typed

_MORE_THAN_ONE = "When is it due? “{typed}” can mean more than one day."

_WHY: Mapping[Doubt, str] = {
    Doubt.PAST: "“{typed}” cannot be a due date: it is past.",
    Doubt.IMPOSSIBLE: "“{typed}” cannot be a due date: there is no such day or hour.",
    Doubt.GAP: "“{typed}” cannot be a due date: the clocks change, and there is no such hour.",
    Doubt.FOLD: "When is it due? The clocks change, and “{typed}” comes twice.",
    Doubt.DAY_OFF: "When is it due? “{typed}” is on a day on which you do not work.",
    Doubt.FAR: "When is it due? “{typed}” is over ten months off.",
    Doubt.VAGUE: "When is it due? “{typed}” names no single day.",
    Doubt.FIRST: "When is the first time? “{typed}” leaves it open.",
    Doubt.GOAL_HOUR: "On which day? A goal has a day and no hour.",
    Doubt.GOAL_SERIES: "On which day? A goal has one day.",
}
"""What is not here can mean more than one day."""


def asked(date: str, doubt: Doubt | None) -> str:
    """Return why a date as it was typed is asked."""
    template = _WHY.get(doubt, _MORE_THAN_ONE) if doubt is not None else _MORE_THAN_ONE
    return template.format(typed=typed(date, 600))
