"""How a typed line and its dates are read."""

from bot.domain.due import Due
from bot.domain.language.context import Context
from bot.domain.language.read import LONGEST_RESULT, read, read_date
from bot.domain.language.readings import Doubt, Intent, Question, Reading, When
from bot.domain.language.usage import COMMANDS, USAGE, nearest

__all__ = [
    "COMMANDS",
    "LONGEST_RESULT",
    "USAGE",
    "Context",
    "Doubt",
    "Due",
    "Intent",
    "Question",
    "Reading",
    "When",
    "nearest",
    "read",
    "read_date",
]
