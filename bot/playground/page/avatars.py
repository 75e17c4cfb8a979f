"""Avatars, drawn here: initials in a square whose colour follows from the person's id."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING
from zlib import crc32

if TYPE_CHECKING:
    from bot.playground.records import Person

_COLOURS = (
    "#1d6f5c", "#8a4f00", "#9c2f6b", "#2b5fa8", "#6b4fa0", "#a63b2a", "#3f6b1f", "#0b6b87",
)  # fmt: skip
"""White letters on each are readable: 4.5 to 1 and more."""


def avatar(person: Person, size: int = 36) -> str:
    """Return the picture as SVG; it says nothing that the name beside it does not."""
    if person.is_bot:
        drawn = (
            '<rect width="36" height="36" rx="8" fill="#1f4d3f"/>'
            '<path d="M7 12l5.5 13 5.5-11 5.5 11 5.5-13" fill="none" stroke="#fff" '
            'stroke-width="3.2" stroke-linejoin="round" stroke-linecap="round"/>'
        )
    else:
        letters = "".join(part[0] for part in person.real_name.split()[:2]).upper()
        drawn = (
            f'<rect width="36" height="36" rx="8" fill="{colour(person.id)}"/>'
            '<text x="18" y="23.5" text-anchor="middle" fill="#fff" font-size="15" '
            f'font-weight="700" font-family="inherit">{html.escape(letters)}</text>'
        )
    return (
        f'<svg class="avatar" width="{size}" height="{size}" viewBox="0 0 36 36" '
        f'aria-hidden="true" focusable="false">{drawn}</svg>'
    )


def colour(user: str) -> str:
    """Return the colour of a person."""
    return _COLOURS[crc32(user.encode()) % len(_COLOURS)]
