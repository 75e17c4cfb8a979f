"""The verbs people may type, how each is used, and the nearest one to what was typed."""

import re
from difflib import get_close_matches

USAGE = {
    "list": "list [team|@who]",
    "show": "show E-42",
    "done": "done E-42 [LINK]",
    "help": "help",
    "accept": "accept E-42",
    "change": "change E-42 [TEXT] by WHEN",
    "ask": "ask E-42 QUESTION",
    "answer": "answer E-42 TEXT",
    "decline": "decline E-42 [WHY]",
    "keep": "keep E-42",
    "drop": "drop E-42 [WHY]",
    "cannot": "cannot E-42 WHY",
    "confirm": "confirm E-42",
    "return": "return E-42 WHAT IS MISSING",
    "undo": "undo E-42",
    "missed": "missed E-42",
    "differ": "differ E-42 TEXT",
    "remedy": "remedy E-42 TEXT by WHEN",
    "forgive": "forgive E-42",
    "goal": "goal [list|show G-3|update G-3 7|close G-3|reopen G-3]",
    "summary": "summary [preview|now|here weekly fri 16:00|off]",
    "charter": "charter [edit]",
    "thanks": "thanks @who for WHAT",
    "with": "with @who",
    "balance": "balance",
    "why": "why NAME",
    "away": "away until WHEN",
    "back": "back",
    "settings": "settings",
    "export": "export",
    "forget-me": "forget-me",
}
"""Each verb with its usage, in the order of help."""

COMMANDS = tuple(USAGE)

REQUEST_USAGE = "@who to WHAT by WHEN"
_OFFER_USAGE = "I will WHAT by WHEN"
_GOAL_USAGE = "we will WHAT by WHEN"
_OPENINGS = {"i": _OFFER_USAGE, "ill": _OFFER_USAGE, "we": _GOAL_USAGE, "well": _GOAL_USAGE}
_ID = re.compile(r"e-[0-9]{1,9}")
_LONGEST_WORD = 20
_CLOSE_ENOUGH = 0.6


def nearest(text: str) -> str:
    """Return the usage line nearest to what was typed, by its first word."""
    words = text[:200].casefold().split(maxsplit=1)
    if len(words) == 1 and _ID.fullmatch(words[0]):
        return f"show {words[0].upper()}"
    first = words[0].strip(".,:;!?/'\u2019\"")[:_LONGEST_WORD] if words else ""
    if first in _OPENINGS:
        return _OPENINGS[first]
    close = get_close_matches(first, COMMANDS, n=1, cutoff=_CLOSE_ENOUGH)
    return USAGE[close[0]] if close else REQUEST_USAGE
