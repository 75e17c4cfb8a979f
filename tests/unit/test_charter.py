"""A charter's lines as they are typed, whose turn it is, and what a version changed."""

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain.charter import (
    Charter,
    CharterLine,
    CharterVersion,
    changed_lines,
    line_of_the_day,
    next_review,
    read_key,
    read_lines,
    review_key,
    words_key,
)
from bot.domain.errors import InvalidInputError

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)


def version(*typed: str, number: int = 1) -> CharterVersion:
    return CharterVersion(
        version=number, author="ULENA", at=NOON, lines=read_lines("\n".join(typed))
    )


@pytest.mark.parametrize(
    ("typed", "title", "text"),
    [
        ("When we say no: early", "When we say no", "early"),
        ("  We   answer\twithin a day ", "", "We answer within a day"),
        ("See https://example.org/a: it", "See https://example.org/a", "it"),
        ("https://example.org", "", "https://example.org"),
        ("Title:", "", "Title:"),
        (": text", "", ": text"),
        (f"{'long ' * 13}: text", "", f"{('long ' * 13).strip()} : text"),
        ("a: b: c", "a", "b: c"),
    ],
)
def test_a_line_has_a_title_before_its_colon(typed: str, title: str, text: str) -> None:
    assert read_lines(typed) == (CharterLine(title=title, text=text),)


def test_empty_lines_are_none_and_what_was_read_is_typed_the_same() -> None:
    lines = read_lines("\n one: a \n\n two \n")
    assert [line.typed for line in lines] == ["one: a", "two"]
    assert read_lines("\n".join(line.typed for line in lines)) == lines


@pytest.mark.parametrize(("typed", "fits"), [("x" * 200, True), ("x" * 201, False)])
def test_a_line_has_at_most_two_hundred_characters(typed: str, *, fits: bool) -> None:
    if fits:
        assert read_lines(typed)[0].text == typed
        return
    with pytest.raises(InvalidInputError) as refused:
        read_lines(f"short\n{typed}")
    assert refused.value.errors == {"lines": "Line 2 is too long: at most 200 characters."}


@pytest.mark.parametrize("typed", ["", " \n ", "\n".join("abcdefgh")])
def test_there_are_one_to_seven_lines(typed: str) -> None:
    assert len(read_lines("\n".join("abcdefg"))) == 7
    with pytest.raises(InvalidInputError):
        read_lines(typed)


def test_each_line_has_its_day_and_all_have_had_theirs_in_turn() -> None:
    lines = read_lines("one\ntwo\nthree")
    days = [date(2026, 12, 30) + timedelta(days=n) for n in range(6)]
    found = [line_of_the_day(lines, day) for day in days]
    turns = [line.text for line in found if line]
    assert sorted(turns[:3]) == ["one", "three", "two"]
    assert turns[3:] == turns[:3]
    assert line_of_the_day(lines, days[0]) == line_of_the_day(lines, days[0])


def test_forgotten_words_have_no_turn_and_are_not_typed_again() -> None:
    words = version("one", "forgotten words", "a title: forgotten words")
    days = [date(2026, 12, 30) + timedelta(days=n) for n in range(4)]
    found = [line_of_the_day(words.lines, day) for day in days]
    assert {line.typed for line in found if line} == {"one", "a title: forgotten words"}
    assert None not in found
    assert words.text == "one\na title: forgotten words"
    assert line_of_the_day(version("forgotten words").lines, days[0]) is None


@pytest.mark.parametrize(
    ("today", "following"),
    [
        (date(2026, 12, 1), date(2027, 3, 1)),
        (date(2026, 11, 30), date(2027, 2, 28)),
        (date(2027, 11, 30), date(2028, 2, 29)),
    ],
)
def test_a_review_comes_three_months_on(today: date, following: date) -> None:
    assert next_review(today) == following


def test_what_changed_goes_by_title_and_else_in_order() -> None:
    before = version("No: late", "No meetings on Friday", "Lunch together", "Stays: as it is")
    after = version("Stays: as it is", "No calls on Friday", "No: early", number=2)
    assert changed_lines(before, after) == (
        ("No meetings on Friday", "No calls on Friday"),
        ("No: late", "No: early"),
        ("Lunch together", ""),
    )
    assert changed_lines(before, version("Stays: as it is", "Lunch together", number=2)) == (
        ("No: late", ""),
        ("No meetings on Friday", ""),
    )
    assert changed_lines(version("one"), version("one", "two", number=2)) == (("", "two"),)
    assert changed_lines(before, before) == ()


def test_keys_are_read_as_they_were_written() -> None:
    charter = Charter(channel="C01", words=version("a", number=3), review_on=date(2026, 12, 1))
    assert read_key(words_key("C01", 3)) == ("C01", 3, None)
    assert read_key(review_key(charter)) == ("C01", 3, date(2026, 12, 1))


@pytest.mark.parametrize("key", ["", "C01", "/v1", "C01/1", "C01/vx", "C01/v1/x", "C01/v1/2026/1"])
def test_other_keys_are_refused(key: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_key(key)
