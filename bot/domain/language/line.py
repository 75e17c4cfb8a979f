"""A typed line as Slack sends it, unescaped once, with its mentions, links and quotes found."""

import re
from bisect import bisect_left
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.language.names import INVISIBLE

OPAQUE = "\ufffc"
"""Stands in the mask for every sign that is quoted or part of a mention or link."""

_MARKUP = re.compile(r"<([^<>]*)>")
_QUOTES = {'"': '"', "“": "”", "„": "“", "«": "»", "`": "`"}
_OPENING = re.compile("[" + "".join(_QUOTES) + "]")
_SPACE = re.compile(r"\s+")
_EDGE = " " + INVISIBLE


class Kind(StrEnum):
    """What a piece of markup is."""

    MENTION = "mention"
    EVERYONE = "everyone"
    LINK = "link"
    OTHER = "other"


_MARKUPS = tuple(
    (re.compile(pattern + r"(?:\|(.*))?", re.DOTALL), kind, sign)
    for pattern, kind, sign in (
        (r"@([A-Z0-9]+)", Kind.MENTION, "@"),
        (r"#([A-Z0-9]+)", Kind.OTHER, "#"),
        (r"!(here|channel|everyone)", Kind.EVERYONE, "@"),
        (r"!subteam\^([A-Z0-9]+)", Kind.EVERYONE, "@"),
        (r"!([^|]+)", Kind.OTHER, ""),
        (r"([A-Za-z][A-Za-z0-9+.-]*:[^|]+)", Kind.LINK, ""),
    )
)


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of markup in the shown text; `value` is a user id or an address."""

    start: int
    end: int
    kind: Kind
    value: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line: `shown` is what people read, `mask` the same with opaque signs hidden."""

    shown: str
    mask: str
    spans: tuple[Span, ...]

    def span_at(self, start: int) -> Span | None:
        """Return the markup that starts at a position."""
        index = bisect_left(self.spans, start, key=lambda span: span.start)
        found = self.spans[index] if index < len(self.spans) else None
        return found if found is not None and found.start == start else None

    def span_before(self, end: int) -> Span | None:
        """Return the markup that ends at a position."""
        index = bisect_left(self.spans, end, key=lambda span: span.end)
        found = self.spans[index] if index < len(self.spans) else None
        return found if found is not None and found.end == end else None

    def skip(self, start: int) -> int:
        """Return the next position that is neither a space nor invisible."""
        while start < len(self.mask) and self.mask[start] in _EDGE:
            start += 1
        return start


def parse_line(text: str) -> Line:
    """Return a raw line from Slack with markup resolved, quotes hidden and white space collapsed.

    White space inside quotes stays as typed.
    """
    shown, mask, spans = _resolve(text)
    return _collapse(shown, _hide_quotes(mask), spans)


def _resolve(text: str) -> tuple[str, str, list[Span]]:
    shown: list[str] = []
    mask: list[str] = []
    spans: list[Span] = []
    length = position = 0
    for match in _MARKUP.finditer(text):
        markup = _parse_markup(match[1])
        if markup is None:
            continue
        plain = _unescape(text[position : match.start()])
        label, kind, value = markup
        shown += plain, label
        mask += plain, OPAQUE * len(label)
        length += len(plain)
        spans.append(Span(length, length + len(label), kind, value))
        length += len(label)
        position = match.end()
    rest = _unescape(text[position:])
    return "".join((*shown, rest)), "".join((*mask, rest)), spans


def _parse_markup(inside: str) -> tuple[str, Kind, str] | None:
    """Return what is shown, its kind and its value; None when it is no markup of Slack's."""
    for pattern, kind, sign in _MARKUPS:
        if match := pattern.fullmatch(inside):
            value = _unescape(match[1])
            return sign + _label(match[2], value).removeprefix(sign), kind, value
    return None


def _label(label: str | None, fallback: str) -> str:
    return " ".join(_unescape(label or "").split()) or fallback


def _unescape(text: str) -> str:
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _hide_quotes(mask: str) -> str:
    parts: list[str] = []
    position = 0
    missing: set[str] = set()  # closing signs that come no more: none is looked for twice
    while match := _OPENING.search(mask, position):
        start = match.start()
        closing = _QUOTES[match[0]]
        end = -1 if closing in missing else mask.find(closing, start + 1)
        if end < 0:
            missing.add(closing)
            parts.append(mask[position : start + 1])
            position = start + 1
        else:
            parts += mask[position:start], OPAQUE * (end + 1 - start)
            position = end + 1
    parts.append(mask[position:])
    return "".join(parts)


def _collapse(shown: str, mask: str, spans: list[Span]) -> Line:
    """Collapse every run of white space outside quotes and markup to one space."""
    shown_parts: list[str] = []
    mask_parts: list[str] = []
    moved: list[Span] = []
    position = length = 0
    pending = iter(spans)
    span = next(pending, None)

    def take(start: int, end: int) -> None:
        nonlocal length, span
        shift = length - start
        while span is not None and span.start < end:
            moved.append(Span(span.start + shift, span.end + shift, span.kind, span.value))
            span = next(pending, None)
        shown_parts.append(shown[start:end])
        mask_parts.append(mask[start:end])
        length += end - start

    for match in _SPACE.finditer(mask):
        take(position, match.start())
        if length > 0 and match.end() < len(mask):
            shown_parts.append(" ")
            mask_parts.append(" ")
            length += 1
        position = match.end()
    take(position, len(mask))
    return Line("".join(shown_parts), "".join(mask_parts), tuple(moved))
