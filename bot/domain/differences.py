"""What one version of the terms says differently than another, word by word."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from bot.domain.expectation import Expectation, Status
from bot.domain.terms import Terms, Wording

_WORD = re.compile(
    r"[\N{HIRAGANA LETTER SMALL A}-\N{KATAKANA LETTER SMALL RE}\u3400-\u9fff]"
    r"|[^\s\N{HIRAGANA LETTER SMALL A}-\N{KATAKANA LETTER SMALL RE}\u3400-\u9fff]+"
)
"""A run between spaces; where a script has none, each sign."""

_MOST = 400
"""Texts of more words are shown one after the other: comparing takes time, and helps nobody."""


SIDE_BY_SIDE = 3
"""From so many suggestions on, both sides' last one stand beside each other."""


class Part(StrEnum):
    """What terms say in words, in the order in which a card shows it."""

    RESULT = "result"
    WHY = "why"
    GAIN_OWNER = "gain_owner"
    GAIN_REQUESTER = "gain_requester"
    GAIN_TEAM = "gain_team"
    DONE_MEANS = "done_means"
    NEEDS = "needs"
    GUIDELINES = "guidelines"
    RESOURCES = "resources"
    ACCOUNTABILITY = "accountability"
    CONSEQUENCES = "consequences"


class Fate(StrEnum):
    """What became of some words."""

    KEPT = "kept"
    GONE = "gone"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that follow each other and share a fate."""

    fate: Fate
    text: str


def parts_of(wording: Wording) -> dict[Part, str]:
    """Return what a wording says, part by part; also the parts that are empty."""
    return {
        Part.RESULT: wording.result,
        Part.WHY: wording.why,
        Part.GAIN_OWNER: wording.gains.owner,
        Part.GAIN_REQUESTER: wording.gains.requester,
        Part.GAIN_TEAM: wording.gains.team,
        Part.DONE_MEANS: wording.done_means,
        Part.NEEDS: wording.needs,
        Part.GUIDELINES: wording.guidelines,
        Part.RESOURCES: wording.resources,
        Part.ACCOUNTABILITY: wording.accountability,
        Part.CONSEQUENCES: wording.consequences,
    }


def changed_parts(before: Wording, after: Wording) -> dict[Part, tuple[Piece, ...]]:
    """Return the parts that two wordings say differently, each word by word."""
    old = parts_of(before)
    return {
        part: word_by_word(old[part], new)
        for part, new in parts_of(after).items()
        if old[part].split() != new.split()
    }


def word_by_word(before: str, after: str) -> tuple[Piece, ...]:
    """Return how one text became another: words that stayed, went and came, in reading order."""
    old, new = list(_WORD.finditer(before)), list(_WORD.finditer(after))
    if max(len(old), len(new)) > _MOST:
        return tuple(_pieces(before, old, Fate.GONE)) + tuple(_pieces(after, new, Fate.NEW))
    matcher = SequenceMatcher(
        None, [word[0] for word in old], [word[0] for word in new], autojunk=False
    )
    found: list[Piece] = []
    for what, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        if what == "equal":
            found += _pieces(after, new[new_from:new_to], Fate.KEPT)
        else:
            found += _pieces(before, old[old_from:old_to], Fate.GONE)
            found += _pieces(after, new[new_from:new_to], Fate.NEW)
    return tuple(found)


def _pieces(text: str, words: list[re.Match[str]], fate: Fate) -> Iterator[Piece]:
    """Yield a run of words as it stands in its text; nothing for none."""
    if words:
        yield Piece(fate, text[words[0].start() : words[-1].end()])


def suggestions(expectation: Expectation) -> int:
    """Return how many changes were suggested since the first words, or since the last yes."""
    if expectation.status is Status.PROPOSED:
        return expectation.terms.version - 1
    pending = expectation.pending
    waits = pending is not None and pending.terms is not None
    return expectation.last_version - expectation.terms.version if waits else 0


def last_of_each(versions: Iterable[Terms], first: str, second: str | None) -> tuple[Terms, ...]:
    """Return the last version that each of two people wrote; empty where one wrote none."""
    last = {terms.author: terms for terms in sorted(versions, key=lambda one: one.version)}
    if first not in last or second not in last:
        return ()
    return (last[first], last[second])
