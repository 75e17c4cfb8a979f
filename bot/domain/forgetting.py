"""What stays of somebody who asked to be forgotten: a tombstone that leads back to nobody."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from zoneinfo import ZoneInfo

from bot.domain.member import Member

SOMEBODY = "somebody who left"
"""The name of each of them."""

FORGOTTEN = "forgotten words"
"""What stands where something has to: as a result, or as a goal's title."""

MARK = "left-"
"""No Slack id has a small letter or a dash in it."""


def tombstone(random: str) -> str:
    """Return the id that stands in somebody's place; `random` says nothing of them."""
    return f"{MARK}{random}"


def is_tombstone(user: str | None) -> bool:
    """Tell whether an id stands for somebody who was forgotten."""
    return user is not None and user.startswith(MARK)


def buried(stone: str) -> Member:
    """Return the member that stays: nobody's name, zone, language or habits."""
    return Member(user=stone, name=SOMEBODY, zone=ZoneInfo("UTC"), active=False)


def leaving(member: Member) -> Member:
    """Return somebody as whoever has left: asked and written to no more."""
    return replace(member, active=False, next_list_at=None)


def without_words(
    versions: Sequence[Mapping[str, str]], authors: Sequence[str], columns: Iterable[str], user: str
) -> list[dict[str, str]]:
    """Return what changes in each version once somebody's words are gone, the oldest first.

    Words belong to who wrote them first: a version by another repeats what it left as it was.
    """
    changes: list[dict[str, str]] = [{} for _ in versions]
    for column in columns:
        said, whose = None, ""
        for version, author, change in zip(versions, authors, changes, strict=True):
            if version[column] != said:
                said, whose = version[column], author
            if said and whose == user:
                change[column] = ""
    return changes


def without_lines(
    versions: Sequence[tuple[str, Sequence[Sequence[str]]]], user: str
) -> list[list[list[str]]]:
    """Return each version's lines, a title and a text each, once those of somebody are gone.

    A line is whose version had it first; the versions come with their authors, the oldest first.
    """
    whose: dict[tuple[str, ...], str] = {}
    left = []
    for author, lines in versions:
        for line in lines:
            whose.setdefault(tuple(line), author)
        left.append(
            [["", FORGOTTEN] if whose[tuple(line)] == user else list(line) for line in lines]
        )
    return left


def swapped(text: str, user: str, stone: str) -> str:
    """Return a text of ours, such as a slot, with another id in an id's place."""
    return re.sub(rf"(?<![A-Z0-9]){re.escape(user)}(?![A-Z0-9])", stone, text)


def unnamed(text: str, user: str, name: str) -> str:
    """Return another's sentence in which somebody is mentioned no more: `<@U…>`, `@U…`, `@name`.

    A name written without @ is a word like any other, and stays.
    """
    text = re.sub(
        rf"<@{re.escape(user)}(\|[^>]*)?>|@?{re.escape(user)}(?![A-Z0-9])", SOMEBODY, text
    )
    if not name.strip():
        return text
    return re.sub(rf"@{re.escape(name)}(?!\w)", SOMEBODY, text, flags=re.IGNORECASE)
