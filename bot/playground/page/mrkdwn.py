"""Slack's mrkdwn as HTML for one reader; whatever people typed is escaped."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.playground.page.dates import dated

if TYPE_CHECKING:
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from bot.playground.records import Json

_MARKS = re.compile(
    r"<(?P<entity>[^<>]+)>"
    r"|```(?P<pre>[\s\S]+?)```"
    r"|`(?P<code>[^`\n]+)`"
    r"|(?<!\w)\*(?P<bold>[^*\n]+)\*(?!\w)"
    r"|(?<!\w)_(?P<italic>[^_\n]+)_(?!\w)"
    r"|(?<!\w)~(?P<struck>[^~\n]+)~(?!\w)"
)
_ADDRESS = re.compile(r"(https?:|mailto:)", re.IGNORECASE)
_QUOTE = re.compile(r"(?:&gt;|>) ?")


@dataclass(frozen=True, slots=True)
class Reader:
    """Who looks, and what they need to be shown of ids and dates."""

    user: str
    zone: ZoneInfo
    now: datetime
    people: dict[str, str]
    """Name by id."""
    channels: dict[str, str]
    """Name by id of the channels."""

    def html(self, text: str) -> str:
        """Return mrkdwn as HTML, quotes set apart."""
        out: list[str] = []
        quoted: list[str] = []

        def close() -> None:
            if quoted:
                out.append(f"<blockquote>{'<br>'.join(quoted)}</blockquote>")
                quoted.clear()

        lines: list[str] = []
        for line in _lines(text):
            quote = _QUOTE.match(line)
            if quote:
                if lines:
                    out.append(self._inline("\n".join(lines)))
                    lines = []
                quoted.append(self._inline(line[quote.end() :]))
            else:
                close()
                lines.append(line)
        close()
        if lines:
            out.append(self._inline("\n".join(lines)))
        return "".join(out)

    def object(self, text: Json | None) -> str:
        """Return a text object as HTML, as its type says."""
        if text is None:
            return ""
        if text.get("type") == "mrkdwn":
            return self.html(str(text.get("text", "")))
        return plain(str(text.get("text", "")))

    def _inline(self, text: str) -> str:
        out: list[str] = []
        at = 0
        for match in _MARKS.finditer(text):
            out.append(_escaped(text[at : match.start()]))
            out.append(self._marked(match))
            at = match.end()
        out.append(_escaped(text[at:]))
        return "".join(out)

    def _special(self, name: str, label: str) -> str:
        """Return what stands for a date, a user group or everybody."""
        if name.startswith("date^"):
            return f"<time>{_escaped(dated(name, label, self.zone, self.now))}</time>"
        if name.startswith("subteam^"):
            return _mention(label or "@group")
        return _mention(f"@{name}", mine=True)

    def _marked(self, match: re.Match[str]) -> str:
        kind = str(match.lastgroup)
        inner = match[kind]
        if kind == "entity":
            return self._entity(inner)
        if kind == "pre":
            return f"<pre>{_escaped(inner.strip(chr(10)), breaks=False)}</pre>"
        if kind == "code":
            return f"<code>{_escaped(inner)}</code>"
        name = {"bold": "strong", "italic": "em", "struck": "s"}[kind]
        return f"<{name}>{self._inline(inner)}</{name}>"

    def _entity(self, entity: str) -> str:
        target, _, label = entity.partition("|")
        sign, name = target[:1], target[1:]
        if sign == "@":
            known = self.people.get(name, label or name)
            return _mention(f"@{known}", mine=name == self.user)
        if sign == "#":
            return _mention(f"#{self.channels.get(name, label or name)}")
        if sign == "!":
            return self._special(name, label)
        if not _ADDRESS.match(target):
            return _escaped(f"&lt;{entity}&gt;")
        address = html.escape(html.unescape(target))
        return (
            f'<a href="{address}" target="_blank" rel="noopener noreferrer">'
            f"{_escaped(label or target)}</a>"
        )


def plain(text: str) -> str:
    """Return plain text as HTML."""
    return html.escape(text).replace("\n", "<br>")


def _lines(text: str) -> list[str]:
    if "```" in text:  # what is preformatted is no quote
        return [text]
    return text.split("\n")


def _escaped(text: str, *, breaks: bool = True) -> str:
    """Escape what Slack sends with its three characters escaped already."""
    for entity, sign in (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")):
        text = text.replace(entity, sign)
    text = html.escape(text)
    return text.replace("\n", "<br>") if breaks else text


def _mention(name: str, *, mine: bool = False) -> str:
    look = "mention mine" if mine else "mention"
    return f'<span class="{look}">{_escaped(name)}</span>'
