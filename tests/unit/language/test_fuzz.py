"""Whatever is typed is read, and every reading keeps what readings promise."""

import sys
from datetime import datetime
from types import FrameType
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.domain.language import Context, read
from bot.domain.language.words import WINDOW, last_words
from tests.unit.language import fuzz
from tests.unit.language.invariants import check
from tests.unit.language.table import ANA, context

MOMENTS = st.builds(
    Context,
    now=st.datetimes(
        min_value=datetime(2020, 1, 1),  # noqa: DTZ001 - Hypothesis adds the zone
        max_value=datetime(2100, 1, 1),  # noqa: DTZ001 - the same
        timezones=st.sampled_from([ZoneInfo(name) for name in fuzz.ZONES]),
    ),
    zone=st.sampled_from([ZoneInfo(name) for name in fuzz.ZONES]),
    locale=st.sampled_from(fuzz.LOCALES),
    workdays=st.frozensets(st.integers(0, 6), min_size=1),
)
PARTS = st.one_of(st.sampled_from(fuzz.WORDS), st.text(max_size=8))
LINES = st.builds("".join, st.lists(st.one_of(PARTS, st.sampled_from(fuzz.JOINTS)), max_size=20))


def test_5000_random_lines() -> None:
    fuzz.run(5_000, seed=20_261_125)


@given(typed=st.text(max_size=200), where=MOMENTS)
@example(typed="<", where=context())
@settings(deadline=None)
def test_any_text_is_read(typed: str, where: Context) -> None:
    check(read(typed, where), where)


@given(typed=LINES, where=MOMENTS)
@settings(deadline=None)
def test_any_line_is_read(typed: str, where: Context) -> None:
    check(read(f"{ANA} {typed}", where), where)


@given(what=st.text(st.characters(exclude_characters='<>&"“„«`', exclude_categories=["Cs"])))
@settings(deadline=None)
def test_a_certain_date_is_found_after_any_sentence(what: str) -> None:
    reading = read(f"{ANA} x{what}x by friday", context())
    assert reading.due is not None
    assert reading.due.iso() == "2026-11-27"
    assert reading.full_result == " ".join(f"x{what}x".split())


@given(noise=st.text(st.sampled_from(" .!?,;🎉👍🏽\u200b\u00a0"), max_size=20), where=MOMENTS)
@settings(deadline=None)
def test_trailing_signs_change_no_date(noise: str, where: Context) -> None:
    for tail in ("by friday", "tomorrow", "by 03/04", "every mon at 9:30", "in 3 days", "friday"):
        plain, noisy = (read(f"{ANA} x {tail}{end}", where) for end in ("", noise))
        assert (noisy.due, noisy.readings, noisy.rrule) == (plain.due, plain.readings, plain.rrule)


@given(quoted=st.text(st.characters(exclude_characters='<>&"', exclude_categories=["Cs"])))
@settings(deadline=None)
def test_quoted_text_is_never_a_date_and_stays_as_typed(quoted: str) -> None:
    reading = read(f'{ANA} x "{quoted} by friday"', context())
    assert reading.due is None
    assert reading.full_result == f'x "{quoted} by friday"'


LONG = [
    *("x", "x ", "by ", "by friday ", "on monday, ", "every mon and ", "at 5pm ", "\u200b ", ", "),
    *(
        "<@U1> ",
        "<@U1>",
        "<!here> ",
        "<http://a|b> ",
        "<",
        ">",
        "<@U1|",
        "&amp;",
        '"',
        "«",
        "“",
        "`",
    ),
    *("🎉", "👩‍💻", ":tada:", ":", "1\u20e3", "\ufe0f", "!", " ", "\n", "e-1 ", "0", "and ", "to "),
]


@pytest.mark.parametrize(
    "opening", ["", "<@U1> ", "I will ", "change E-42 ", "I will do for <@U1> "]
)
@pytest.mark.parametrize("part", LONG)
def test_work_grows_no_faster_than_the_text(opening: str, part: str) -> None:
    small, large = (_steps(opening + part * (size // len(part))) for size in (2_000, 4_000))
    assert large <= 2 * small + 400


def test_only_the_last_words_are_searched_for_a_date() -> None:
    mask = "by friday and " * 2_000 + "by friday"
    words = last_words(mask, 0, len(mask))
    assert len(words) == WINDOW
    assert [word.text for word in words[-3:]] == ["and", "by", "friday"]
    assert mask[words[0].start : words[0].end] == words[0].text


def _steps(typed: str) -> int:
    """Return how many calls reading a text takes, built-in ones counted too."""
    count = 0

    def see(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    where = context()
    read(typed, where)  # what is cached is cached before
    before = sys.getprofile()
    sys.setprofile(see)
    try:
        read(typed, where)
    finally:
        sys.setprofile(before)
    return count
