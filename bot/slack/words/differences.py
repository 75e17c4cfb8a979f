"""What changed between two versions, word by word, and both sides' last suggestions."""

from collections.abc import Sequence

from bot.domain.differences import Fate, Part, Piece, changed_parts, parts_of
from bot.domain.expectation import Expectation
from bot.domain.terms import Terms
from bot.slack.pen import Pen
from bot.slack.text import typed
from bot.slack.words.terms import labels

_AROUND = 5
"""So many words that stayed are shown on each side of what changed."""

_MARKS = {
    Fate.GONE: ("~{}~", "[without: {}]"),
    Fate.NEW: ("*{}*", "[new: {}]"),
    Fate.KEPT: ("{}", "{}"),
}
"""How words are marked in blocks, where they are formatted, and in what is read out."""


def changed_lines(before: Terms, after: Terms, expectation: Expectation, pen: Pen) -> list[str]:
    """Return what a version says differently in words, a part a line; its day is not among it.

    A result of which nothing stayed has no line: the two stand beside each other already.
    """
    old, new = before.wording, after.wording
    said, names = parts_of(new), labels(new, expectation, pen)
    changed = changed_parts(old, new)
    lines = []
    for part, name in names.items():
        pieces = changed.get(part, ())
        if pieces and not (part is Part.RESULT and not _stayed(pieces)):
            lines.append(f"{name}: {in_words(pieces, pen)}")
        elif part is Part.NEEDS and old.needs_by != new.needs_by and said[part].strip():
            lines.append(f"{name}: {pen.quote(said[part])}")
    return lines


def in_words(pieces: Sequence[Piece], pen: Pen) -> str:
    """Return how one text became another; what is all new is only quoted."""
    if all(piece.fate is Fate.NEW for piece in pieces):
        return pen.quote(" ".join(piece.text for piece in pieces))
    room, shown = pen.note_limit, []
    for place, piece in enumerate(pieces):
        text = piece.text
        if piece.fate is Fate.KEPT:
            text = _around(text, first=place == 0, last=place == len(pieces) - 1)
        marked = _MARKS[piece.fate][0 if pen.tokens else 1].format(typed(text, max(room, 20)))
        room -= len(marked)
        shown.append(marked)
        if room <= 0:
            return " ".join([*shown, "…"])
    return " ".join(shown)


def _stayed(pieces: Sequence[Piece]) -> bool:
    return any(piece.fate is Fate.KEPT for piece in pieces)


def _around(text: str, *, first: bool, last: bool) -> str:
    """Leave out of words that stayed those that are far from what changed."""
    words = text.split()
    if len(words) <= _AROUND * (1 if first or last else 2):
        return text
    begins = [] if first else words[:_AROUND]
    ends = [] if last else words[-_AROUND:]
    return " ".join([*begins, "…", *ends])


def side(terms: Terms, expectation: Expectation, pen: Pen) -> str:
    """Return somebody's last suggestion: who, what, by when, and why."""
    who = "You suggest" if terms.author == pen.reader else f"{pen.who(terms.author)} suggests"
    when = pen.by_terms(terms.due, terms.rrule, expectation.owner)
    return f"{who}: {pen.quote(terms.wording.result)}, {when}.{pen.said(terms.note)}"
