"""Text as Slack takes it: unescaped once on the way in, escaped, then cut, on the way out."""

import re
from collections.abc import Iterable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from babel.dates import format_date

MESSAGE_LIMIT = 4000
"""Slack advises no longer top-level texts."""

SECTION_LIMIT = 3000
"""The text of a section or context element."""

_LOOKALIKES = {
    "*": "\N{ASTERISK OPERATOR}",
    "_": "\N{MODIFIER LETTER LOW MACRON}",
    "~": "\N{TILDE OPERATOR}",
    "`": "\N{MODIFIER LETTER GRAVE ACCENT}",
}
"""Slack's mrkdwn knows no escape for these, so where they would format, a twin stands in."""

_FORMATS = re.compile(r"`|(?<![^\W_])[*_~]|[*_~](?![^\W_])")
"""A sign between two letters or digits formats nothing and stays: snake_case, 2*3."""


_CHANNEL_ID = re.compile(r"[CGD][0-9A-Z]{5,}")
"""Names have no capital letters."""
_UNSTORABLE = re.compile(r"[\x00\ud800-\udfff]")
"""PostgreSQL takes no NUL, and nothing that is written as UTF-8 half a surrogate pair."""


def storable(text: str) -> str:
    """Put the sign for "unreadable" where a character can be neither stored nor sent."""
    return _UNSTORABLE.sub("\N{REPLACEMENT CHARACTER}", text)


def unescape(text: str) -> str:
    """Turn Slack's three entities back into what was typed; once, so that `&amp;lt;` is `&lt;`."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def escape(text: str) -> str:
    """Escape what Slack gives a meaning, so that a typed mention pings nobody."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def cut(escaped: str, limit: int) -> str:
    """Shorten escaped text to `limit` characters, never inside an entity."""
    if len(escaped) <= limit:
        return escaped
    head = escaped[: limit - 1]
    entity = head.rfind("&")
    if entity > head.rfind(";"):
        head = head[:entity]
    return head.rstrip() + "…"


def squeeze(text: str) -> str:
    """Put what people typed on one line."""
    return " ".join(text.split())


def typed(text: str, limit: int = SECTION_LIMIT) -> str:
    """Show what people typed in mrkdwn: on one line, formatting nothing, pinging nobody."""
    flat = _FORMATS.sub(lambda sign: _LOOKALIKES[sign.group()], squeeze(text))
    return cut(escape(flat), limit)


def plain(text: str, limit: int) -> str:
    """Shorten text for a plain_text object, where nothing has a meaning."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def within(lines: Iterable[str], limit: int = MESSAGE_LIMIT) -> str:
    """Join as many whole lines as fit; an ellipsis says that some are left out."""
    taken: list[str] = []
    size = 0
    for line in lines:
        if size + len(line) + 3 > limit:
            return "\n".join([*taken, "…"])
        taken.append(line)
        size += len(line) + 1
    return "\n".join(taken)


def day_in_words(day: date, today: date) -> str:
    """Write a date out: Friday, 27 November; with its year where that is not this one."""
    pattern = "EEEE, d MMMM" if day.year == today.year else "EEEE, d MMMM y"
    return format_date(day, pattern, locale="en")


def channel_named(name: str) -> str:
    """Write a channel's name; where only its id is known, a mention, which Slack shows by name."""
    return f"<#{name}>" if _CHANNEL_ID.fullmatch(name) else f"#{typed(name, 80)}"


def city(zone: ZoneInfo) -> str:
    """Name a zone as people do: Berlin, New York, UTC."""
    return zone.key.rpartition("/")[2].replace("_", " ")


def hour_in_words(at: datetime, zone: ZoneInfo, now: datetime) -> str:
    """Write an instant out: Friday, 27 November, 17:00, Berlin time."""
    local = at.astimezone(zone)
    today = now.astimezone(zone).date()
    return f"{day_in_words(local.date(), today)}, {local:%H:%M}, {city(zone)} time"


def date_token(at: datetime, fallback: str) -> str:
    """Return Slack's own date, which every reader sees in the zone of their device."""
    return f"<!date^{int(at.timestamp())}^{{date_long}}, {{time}}|{fallback}>"


def without_marks(text: str) -> str:
    """Turn a sentence of ours into plain text, for a form's field."""
    named = re.sub(r"<[^>|]*\|([^>]*)>", r"\1", text)
    return unescape(named.replace("*", "").replace("`", ""))
