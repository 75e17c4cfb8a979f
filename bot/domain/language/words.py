"""The last words of a stretch of text, as the date grammar compares them."""

import re
import unicodedata
from dataclasses import dataclass

from bot.domain.language.line import OPAQUE
from bot.domain.language.names import INVISIBLE, fold

WINDOW = 48
"""No date expression has more words; so however long a line is, this much of it is looked at."""

LONGEST_WORD = 100
_NOISE = frozenset(" .!?,;" + INVISIBLE)
_KEYCAP, _JOINER = "\u20e3", "\u200d"
_SELECTORS = frozenset("\ufe0e\ufe0f")
_OTHER_EMOJI = frozenset("‼⁉〰〽↔▪▫▶◀◻◼◽◾⬅⬆⬇")
_SKIN_TONES = frozenset("🏻🏼🏽🏾🏿")
_KEYCAP_BASE = frozenset("0123456789#*")
_SHORTCODE = re.compile(r":[a-z0-9_+'-]{1,80}:(?::skin-tone-[2-6]:)?\Z")
_SHORTCODE_REACH = 100
_PART = re.compile(r"[^,]+|,")


@dataclass(frozen=True, slots=True)
class Word:
    """A folded word or a comma, and where it stands."""

    text: str
    start: int
    end: int


def last_words(mask: str, start: int, end: int) -> list[Word]:
    """Return the last words of mask[start:end], commas apart, opaque ones as the opaque sign."""
    pieces = mask[start:end].rsplit(" ", WINDOW)
    position = end - sum(map(len, pieces)) - len(pieces) + 1
    words: list[Word] = []
    for index, piece in enumerate(pieces):
        if index or len(pieces) <= WINDOW:
            words += _split(piece, position)
        position += len(piece) + 1
    return words[-WINDOW:]


def _split(piece: str, position: int) -> list[Word]:
    if OPAQUE in piece or len(piece) > LONGEST_WORD:
        return [Word(OPAQUE, position, position + len(piece))]
    return [
        Word(folded, position + match.start(), position + match.end())
        for match in _PART.finditer(piece)
        if (folded := fold(match[0]))
    ]


def strip_noise(mask: str, start: int, end: int) -> int:
    """Return where mask[start:end] ends without its trailing . ! ? , ; spaces and emoji."""
    while end > start:
        shorter = _without_emoji(mask, start, end)
        if shorter == end and mask[end - 1] in _NOISE:
            shorter = end - 1
        if shorter == end:
            break
        end = shorter
    return end


def _without_emoji(mask: str, start: int, end: int) -> int:
    """Return where one trailing emoji, joined ones as one, begins; `end` where there is none."""
    last = mask[end - 1]
    if last == ":":
        reach = max(start, end - _SHORTCODE_REACH)
        match = _SHORTCODE.search(mask[reach:end])
        return reach + match.start() if match else end
    if last == _KEYCAP:
        base = end - 2 if end - 2 >= start and mask[end - 2] in _SELECTORS else end - 1
        found = base - 1 >= start and mask[base - 1] in _KEYCAP_BASE
        return base - 1 if found else end
    position = end
    while position > start and _modifies_emoji(mask[position - 1]):
        position -= 1
    if position > start and _is_emoji(mask[position - 1]):
        position -= 1
    elif not _is_emoji(last):
        return end
    while position > start and mask[position - 1] == _JOINER:
        position -= 1
    return position


def _is_emoji(sign: str) -> bool:
    symbol = unicodedata.category(sign) == "So" and sign != OPAQUE
    return symbol or sign in _OTHER_EMOJI or sign in _SKIN_TONES


def _modifies_emoji(sign: str) -> bool:
    return sign in _SELECTORS or sign in _SKIN_TONES or "\U000e0020" <= sign <= "\U000e007f"
