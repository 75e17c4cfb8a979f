"""What changed between versions, word by word."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.differences import (
    Fate,
    Part,
    Piece,
    changed_parts,
    last_of_each,
    suggestions,
    word_by_word,
)
from bot.domain.expectation import PendingKind, Status
from bot.domain.terms import Gains, Terms, Wording
from tests.unit.slack.given import FULL, LENA, OTTO, asked, let_go, suggested, terms

KEPT, GONE, NEW = Fate.KEPT, Fate.GONE, Fate.NEW


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("send it", "send it", [(KEPT, "send it")]),
        ("", "send it", [(NEW, "send it")]),
        ("send it", "", [(GONE, "send it")]),
        ("", "", []),
        (
            "send the draft to Ana",
            "send the final draft to Bo",
            [(KEPT, "send the"), (NEW, "final"), (KEPT, "draft to"), (GONE, "Ana"), (NEW, "Bo")],
        ),
        ("send\n  it now", "send it", [(KEPT, "send it"), (GONE, "now")]),
        ("snake_case", "snake-case", [(GONE, "snake_case"), (NEW, "snake-case")]),
        ("請求書を送る", "請求書を明日送る", [(KEPT, "請求書を"), (NEW, "明日"), (KEPT, "送る")]),
    ],
)
def test_word_by_word(before: str, after: str, expected: list[tuple[Fate, str]]) -> None:
    assert word_by_word(before, after) == tuple(Piece(fate, text) for fate, text in expected)


def test_a_very_long_text_stands_after_the_one_before() -> None:
    before, after = "a b " * 300, "a c " * 300
    pieces = word_by_word(before, after)
    assert [piece.fate for piece in pieces] == [GONE, NEW]
    assert [piece.text for piece in pieces] == [before.strip(), after.strip()]


LINES = st.lists(st.sampled_from(["a", "b", "c", "*x*", "請"]), max_size=12).map(" ".join)


@given(LINES, LINES)
def test_what_stayed_and_went_is_the_old_and_what_stayed_and_came_the_new(
    before: str, after: str
) -> None:
    pieces = word_by_word(before, after)

    def text(*fates: Fate) -> list[str]:
        return " ".join(piece.text for piece in pieces if piece.fate in fates).split()

    assert text(KEPT, GONE) == before.split()
    assert text(KEPT, NEW) == after.split()


def other(name: str) -> dict[str, Any]:
    return {name: "other"}


def test_each_part_of_the_wording_is_compared() -> None:
    fields = {
        "result": Part.RESULT,
        "why": Part.WHY,
        "done_means": Part.DONE_MEANS,
        "needs": Part.NEEDS,
        "guidelines": Part.GUIDELINES,
        "resources": Part.RESOURCES,
        "accountability": Part.ACCOUNTABILITY,
        "consequences": Part.CONSEQUENCES,
    }
    for name, part in fields.items():
        assert set(changed_parts(FULL, replace(FULL, **other(name)))) == {part}
    gains = {"requester": Part.GAIN_REQUESTER, "owner": Part.GAIN_OWNER, "team": Part.GAIN_TEAM}
    for name, part in gains.items():
        changed = replace(FULL, gains=replace(FULL.gains, **{name: ""}))
        assert set(changed_parts(FULL, changed)) == {part}
    assert changed_parts(FULL, replace(FULL, why=" customers \n wait")) == {}
    assert len(set(Part)) == len(fields) + len(gains)
    assert changed_parts(Wording(result="x", gains=Gains()), Wording(result="x")) == {}


def test_how_many_changes_were_suggested() -> None:
    third = replace(terms(OTTO), version=4)
    assert suggestions(asked()) == 0
    assert suggestions(asked(terms=third)) == 3
    assert suggestions(asked(Status.ACTIVE, terms=third)) == 0
    waits = suggested()
    assert suggestions(asked(Status.ACTIVE, pending=waits, last_version=2)) == 1
    assert suggestions(asked(Status.ACTIVE, pending=waits, last_version=4)) == 3
    assert let_go().kind is PendingKind.LET_GO
    assert suggestions(asked(Status.ACTIVE, pending=let_go(), last_version=4)) == 0


def test_each_sides_last_suggestion() -> None:
    versions = [
        replace(terms(author), version=version)
        for version, author in enumerate((LENA, OTTO, LENA, OTTO), 1)
    ]

    def last(*which: Terms) -> list[int]:
        return [one.version for one in last_of_each(which, LENA.user, OTTO.user)]

    assert last(*versions) == [3, 4]
    assert last(*versions[:3]) == [3, 2]
    assert last(versions[0], versions[2]) == []
    assert last(versions[1]) == []
