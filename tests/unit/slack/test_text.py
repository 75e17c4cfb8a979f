"""Escaping, cutting and dates."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.slack.recurrence import rule_in_words
from bot.slack.text import (
    cut,
    date_token,
    day_in_words,
    escape,
    hour_in_words,
    typed,
    unescape,
    within,
)

STAR = "\N{ASTERISK OPERATOR}"
LOW = "\N{MODIFIER LETTER LOW MACRON}"
TILDE = "\N{TILDE OPERATOR}"
TICK = "\N{MODIFIER LETTER GRAVE ACCENT}"
TODAY = date(2026, 11, 25)


def test_what_slack_escapes_is_undone_once() -> None:
    assert unescape("&lt;!channel&gt; &amp;amp; more") == "<!channel> &amp; more"


@given(st.text())
def test_escaping_loses_nothing(text: str) -> None:
    assert unescape(escape(text)) == text


def test_a_typed_mention_pings_nobody() -> None:
    assert typed("<!channel> and <@U0LENA>") == "&lt;!channel&gt; and &lt;@U0LENA&gt;"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("snake_case and 2*3", "snake_case and 2*3"),
        ("*bold*", f"{STAR}bold{STAR}"),
        ("_it_ ~no~", f"{LOW}it{LOW} {TILDE}no{TILDE}"),
        ("`code`", f"{TICK}code{TICK}"),
        ("two\n lines", "two lines"),
    ],
)
def test_what_people_type_formats_nothing(text: str, expected: str) -> None:
    assert typed(text) == expected


@given(st.text(alphabet="&<>ab;"), st.integers(min_value=6, max_value=60))
def test_a_cut_never_falls_inside_an_entity(text: str, limit: int) -> None:
    escaped = escape(text)
    shortened = cut(escaped, limit)
    assert len(shortened) <= limit
    if len(escaped) > limit:
        kept = unescape(shortened.removesuffix("…"))
        assert text.startswith(kept)
    else:
        assert shortened == escaped


def test_three_thousand_ampersands_are_cut_after_escaping() -> None:
    text = typed("&" * 3000, 3000)
    assert len(text) <= 3000
    assert text.endswith("&amp;…")


def test_days_carry_their_year_only_where_it_is_another() -> None:
    assert day_in_words(date(2026, 11, 27), TODAY) == "Friday, 27 November"
    assert day_in_words(date(2027, 1, 4), TODAY) == "Monday, 4 January 2027"


def test_an_hour_is_written_in_the_readers_zone() -> None:
    at = datetime(2026, 11, 27, 16, 0, tzinfo=UTC)
    berlin = hour_in_words(at, ZoneInfo("Europe/Berlin"), at)
    assert berlin == "Friday, 27 November, 17:00, Berlin time"
    tokyo = hour_in_words(at, ZoneInfo("Asia/Tokyo"), at)
    assert tokyo == "Saturday, 28 November, 01:00, Tokyo time"


def test_slack_gets_an_instant_with_its_words() -> None:
    at = datetime(2026, 11, 27, 16, 0, tzinfo=UTC)
    assert date_token(at, "words") == "<!date^1795795200^{date_long}, {time}|words>"


def test_lines_are_left_out_whole() -> None:
    assert within(["a" * 10, "b" * 10], 16) == "a" * 10 + "\n…"
    assert within(["a", "b"], 16) == "a\nb"


@pytest.mark.parametrize(
    ("rrule", "words"),
    [
        ("FREQ=WEEKLY;BYDAY=FR", "every Friday"),
        ("FREQ=WEEKLY;BYDAY=MO,TH", "every Monday and Thursday"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO", "every other Monday"),
        ("FREQ=WEEKLY;INTERVAL=3;BYDAY=MO", "every 3 weeks on Monday"),
        ("FREQ=DAILY", "every day"),
        ("FREQ=DAILY;INTERVAL=3", "every 3 days"),
        ("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "every workday"),
        ("FREQ=MONTHLY;BYMONTHDAY=1", "every month on day 1"),
        ("FREQ=MONTHLY;BYDAY=-1FR", "every month on the last Friday"),
        ("FREQ=MONTHLY;BYDAY=FR;BYSETPOS=-1", "every month on the last Friday"),
        (
            "FREQ=WEEKLY;BYDAY=FR;UNTIL=20261218",
            "every Friday until Friday, 18 December",
        ),
    ],
)
def test_a_series_is_named_in_words(rrule: str, words: str) -> None:
    assert rule_in_words(rrule, TODAY) == words
