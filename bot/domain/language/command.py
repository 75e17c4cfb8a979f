"""Which lines are commands: a verb alone, or a verb with what belongs to it.

Verbs are ordinary words ("change the filter by friday"), so a verb followed by anything else
is no command and goes on as a sentence.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from bot.domain.figures.names import find, is_pulse
from bot.domain.language.line import OPAQUE, Kind, Line
from bot.domain.language.names import fold
from bot.domain.language.usage import COMMANDS

DATED = frozenset({"change", "return", "remedy", "away"})
"""The commands whose date is read."""

NEEDS_DATE = frozenset({"change", "remedy", "away"})
"""The commands that cannot do without one."""

_ID = re.compile(r"[eg]-?[0-9]{1,9}[.,:;!?]*", re.IGNORECASE)
_BARE_ID = re.compile(r"([eg])-?([0-9]{1,9})(?![0-9\w-])", re.IGNORECASE)
_DASHED_ID = re.compile(r"(?<![\w-])[eg]-[0-9]{1,9}(?![\w-])", re.IGNORECASE)
_GOAL_VERBS = frozenset({"show", "update", "close", "reopen"})
_END = ".!?,;"
_LONGEST_VERB = 20


@dataclass(frozen=True, slots=True)
class Command:
    """A command, and where its arguments start."""

    name: str
    start: int


def parse_command(line: Line) -> Command | None:
    """Return the command that a line is, else None."""
    start = line.skip(0)
    first, after = _word(line.mask, start)
    name = first.rstrip(_END)
    if name not in COMMANDS or (first != name and line.skip(after) < len(line.mask)):
        return None
    arguments = line.skip(after)
    if arguments == len(line.mask):
        return Command(name, arguments)
    fits = _ARGUMENTS.get(name, _starts_with_id)
    return Command(name, arguments) if fits(line, arguments) else None


def with_capital_ids(shown: str, mask: str) -> str:
    """Return arguments with every id outside quotes in capitals, the first one with its dash."""
    parts: list[str] = []
    position = 0
    if match := _BARE_ID.match(mask):
        parts.append(f"{match[1].upper()}-{match[2]}")
        position = match.end()
    for match in _DASHED_ID.finditer(mask, position):
        parts += shown[position : match.start()], match[0].upper()
        position = match.end()
    parts.append(shown[position:])
    return "".join(parts)


def _word(mask: str, start: int) -> tuple[str, int]:
    """Return the folded word at a position, and where it ends; "" where it is too long."""
    end = mask.find(" ", start)
    end = len(mask) if end < 0 else end
    word = mask[start:end]
    return (fold(word) if len(word) <= _LONGEST_VERB and OPAQUE not in word else "", end)


def _is_last(line: Line, end: int) -> bool:
    return line.skip(end) == len(line.mask)


def _starts_with_id(line: Line, start: int) -> bool:
    return _ID.fullmatch(_word(line.mask, start)[0]) is not None


def _nothing(line: Line, start: int) -> bool:
    return _is_last(line, start)


def _list(line: Line, start: int) -> bool:
    span = line.span_at(start)
    if span is not None and span.kind is Kind.MENTION:
        return _is_last(line, span.end)
    word, end = _word(line.mask, start)
    return word == "team" and _is_last(line, end)


def _help(line: Line, start: int) -> bool:
    word, end = _word(line.mask, start)
    return word in COMMANDS and _is_last(line, end)


def _goal(line: Line, start: int) -> bool:
    word, end = _word(line.mask, start)
    if word == "list":
        return _is_last(line, end)
    return word in _GOAL_VERBS and (_is_last(line, end) or _starts_with_id(line, line.skip(end)))


def _summary(line: Line, start: int) -> bool:
    word, end = _word(line.mask, start)
    if word in {"preview", "now", "off"}:
        return _is_last(line, end)
    return word == "here" and (
        _is_last(line, end) or _word(line.mask, line.skip(end))[0] == "weekly"
    )


def _with(line: Line, start: int) -> bool:
    span = line.span_at(start)
    return span is not None and span.kind is Kind.MENTION and _is_last(line, span.end)


def _charter(line: Line, start: int) -> bool:
    word, end = _word(line.mask, start)
    return word == "edit" and _is_last(line, end)


def _thanks(line: Line, start: int) -> bool:
    span = line.span_at(start)
    return span is not None and span.kind is Kind.MENTION


def _why(line: Line, start: int) -> bool:
    return is_pulse(line.mask[start:]) or find(line.mask[start:]) is not None


def _away(line: Line, start: int) -> bool:
    return _word(line.mask, start)[0] == "until"


_ARGUMENTS: dict[str, Callable[[Line, int], bool]] = {
    "list": _list,
    "help": _help,
    "goal": _goal,
    "summary": _summary,
    "charter": _charter,
    "thanks": _thanks,
    "with": _with,
    "away": _away,
    "balance": _nothing,
    "why": _why,
    "back": _nothing,
    "settings": _nothing,
    "export": _nothing,
    "forget-me": _nothing,
}
