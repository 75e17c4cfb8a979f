"""Whose words they are, and what another's sentence loses of somebody."""

import pytest

from bot.domain.forgetting import (
    is_tombstone,
    swapped,
    tombstone,
    unnamed,
    without_lines,
    without_words,
)

ASHA, LENA = "U04ASHA", "U01LENA"


def versions(*results: str) -> list[dict[str, str]]:
    return [{"result": result, "why": "because"} for result in results]


def test_words_are_whose_they_were_first() -> None:
    told = versions("a draft", "a draft", "the whole draft", "a draft")
    authors = [ASHA, LENA, LENA, LENA]
    changes = without_words(told, authors, ("result", "why"), ASHA)
    assert changes == [
        {"result": "", "why": ""},
        {"result": "", "why": ""},
        {"why": ""},
        {"why": ""},  # Lena wrote "a draft" anew: that is hers
    ]


def test_what_another_wrote_first_stays() -> None:
    told = versions("a draft", "a draft", "the whole draft")
    changes = without_words(told, [LENA, ASHA, ASHA], ("result", "why"), ASHA)
    assert changes == [{}, {}, {"result": ""}]


def test_a_charters_line_is_whose_version_had_it_first() -> None:
    first = (LENA, [["No", "we say no"], ["", "we answer in a day"]])
    second = (ASHA, [["No", "we say no"], ["", "we answer within two days"]])
    third = (LENA, [["", "we answer within two days"], ["", "we write it down"]])
    assert without_lines([first, second, third], ASHA) == [
        [["No", "we say no"], ["", "we answer in a day"]],
        [["No", "we say no"], ["", "forgotten words"]],
        [["", "forgotten words"], ["", "we write it down"]],
    ]


def test_empty_words_are_nobodys() -> None:
    told = [{"result": "x", "why": ""}, {"result": "x", "why": ""}]
    assert without_words(told, [ASHA, LENA], ("why",), ASHA) == [{}, {}]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("ask <@U04ASHA> first", "ask somebody who left first"),
        ("ask <@U04ASHA|asha> first", "ask somebody who left first"),
        ("ask @U04ASHA first", "ask somebody who left first"),
        ("with @asha.", "with somebody who left."),
        ("with @Ashanti", "with @Ashanti"),
        ("for <@U04ASHA2>", "for <@U04ASHA2>"),
        ("Asha knows", "Asha knows"),
    ],
)
def test_mentions_go_and_words_stay(text: str, left: str) -> None:
    assert unnamed(text, ASHA, "Asha") == left


def test_a_name_that_is_missing_replaces_nothing() -> None:
    assert unnamed("mail me @ home", ASHA, " ") == "mail me @ home"


def test_slots() -> None:
    assert swapped("E-42/7/U04ASHA", ASHA, "left-1") == "E-42/7/left-1"
    assert swapped("E-42/7/U04ASHA9", ASHA, "left-1") == "E-42/7/U04ASHA9"


def test_a_tombstone_is_no_id_of_slacks() -> None:
    assert is_tombstone(tombstone("0a"))
    assert not any(is_tombstone(user) for user in (ASHA, "W012A", "clock", None))
