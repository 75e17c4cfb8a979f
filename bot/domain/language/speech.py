"""How a line begins: the people it names, I will, we will; and for whom it ends."""

import re
from dataclasses import dataclass

from bot.domain.language.line import OPAQUE, Kind, Line, Span
from bot.domain.language.names import INVISIBLE
from bot.domain.language.readings import Intent
from bot.domain.language.words import strip_noise

_GAP = f"[ {INVISIBLE}]"
_SEPARATORS = re.compile(rf"(?:[ ,&{INVISIBLE}]|and(?=[ ,&@{OPAQUE}{INVISIBLE}]))*", re.IGNORECASE)
_EVERYONE = re.compile(r"@(?:here|channel|everyone)(?![\w.-])", re.IGNORECASE)
_AFTER = re.compile(rf"{_GAP}*(?:,|:(?![a-z0-9_+'-]+:))?{_GAP}*")
_TO = re.compile(rf"to(?:{_GAP}+|\Z)", re.IGNORECASE)
_PROMISE = re.compile(rf"(I|we)(?:{_GAP}+will|['\u2019]ll)(?:{_GAP}+|\Z)", re.IGNORECASE)
_FOR = re.compile(rf"(?:(?<=[ {INVISIBLE}])|\A)for{_GAP}+\Z", re.IGNORECASE)
_FOR_REACH = 40


@dataclass(frozen=True, slots=True)
class Opening:
    """Who is spoken to, and where what is expected starts."""

    intent: Intent
    start: int
    owners: tuple[str, ...] = ()
    everyone: bool = False


def parse_opening(line: Line) -> Opening | None:
    """Return how a line opens: mentions, I will, we will; None where it opens with neither."""
    start = line.skip(0)
    if match := _PROMISE.match(line.mask, start):
        intent = Intent.OFFER if match[1] in "iI" else Intent.GOAL
        return Opening(intent, _kept_from(line.mask, match.end()))
    owners: dict[str, None] = {}
    everyone = False
    end = position = start
    spans = {span.start: span for span in line.spans}
    while named := _named_at(line.mask, position, spans.get(position)):
        end, owner = named
        if owner is None:
            everyone = True
        else:
            owners[owner] = None
        position = _separators_end(line.mask, end)
    if end == start:
        return None
    return Opening(Intent.REQUEST, _text_start(line.mask, end), tuple(owners), everyone)


def _named_at(mask: str, position: int, span: Span | None) -> tuple[int, str | None] | None:
    """Return where who is named there ends, and the user id (None for a group)."""
    if span is not None and span.kind is Kind.MENTION:
        return span.end, span.value
    if span is not None and span.kind is Kind.EVERYONE:
        return span.end, None
    match = _EVERYONE.match(mask, position)
    return (match.end(), None) if match else None


def _separators_end(mask: str, start: int) -> int:
    match = _SEPARATORS.match(mask, start)
    return match.end() if match else start


def _text_start(mask: str, end: int) -> int:
    after = _AFTER.match(mask, end)
    start = after.end() if after else end
    to = _TO.match(mask, start)
    return _kept_from(mask, to.end() if to else start)


def _kept_from(mask: str, start: int) -> int:
    """Return where text starts that keeps the invisible signs it begins with."""
    while mask[start - 1] in INVISIBLE:
        start -= 1
    return start


def for_whom(line: Line, start: int, end: int) -> tuple[str, int] | None:
    """Return who a stretch ending in "for @who" is for, and where that *for* begins."""
    end = strip_noise(line.mask, start, end)
    span = line.span_before(end)
    if span is None or span.kind is not Kind.MENTION or span.start < start:
        return None
    reach = max(start, span.start - _FOR_REACH)
    match = _FOR.search(line.mask[reach : span.start])
    return (span.value, reach + match.start()) if match else None
