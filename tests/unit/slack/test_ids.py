"""What buttons and modals carry comes back as it was, or is refused."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.due import Due
from bot.domain.expectation import Seen
from bot.slack.home_pages import decode_pages, encode_pages
from bot.slack.ids import (
    MalformedValueError,
    Origin,
    Press,
    Verb,
    action_id,
    due_key,
    due_of,
)

_COUNT = st.integers(min_value=0, max_value=10**6)
_SEEN = st.builds(Seen, version=_COUNT, pending=_COUNT, report=_COUNT)
_PRESS = st.builds(
    Press,
    verb=st.sampled_from(Verb),
    number=st.none() | _COUNT,
    seen=st.none() | _SEEN,
    day=st.none() | st.dates(),
    event=st.none() | _COUNT,
    page=_COUNT,
    scope=st.text(max_size=12),
)


@given(_PRESS)
def test_a_press_comes_back_as_it_was(press: Press) -> None:
    assert Press.decode(press.encode()) == press


@given(_PRESS, st.lists(st.tuples(_COUNT, _SEEN), max_size=5), st.text(max_size=50))
def test_so_does_one_with_text_and_items(
    press: Press, items: list[tuple[int, Seen]], text: str
) -> None:
    full = Press(verb=press.verb, text=text, items=tuple(items))
    assert Press.decode(full.encode()) == full
    assert len(full.encode()) <= 2000


def test_an_options_value_is_short_for_the_largest_numbers() -> None:
    largest = Press(
        verb=Verb.PERIOD_MISSING,
        number=99_999_999,
        seen=Seen(version=999, pending=999, report=999),
        day=date(2026, 12, 31),
        event=99_999,
    )
    assert len(largest.encode()) <= 150


@pytest.mark.parametrize(
    "value",
    [
        "",
        "{}",
        "[]",
        "null",
        "more",
        '{"v":"fly"}',
        '{"v":"accept","n":-1}',
        '{"v":"accept","n":true}',
        '{"v":"accept","n":"42"}',
        '{"v":"accept","s":[1,2]}',
        '{"v":"accept","s":"123"}',
        '{"v":"accept","d":"tomorrow"}',
        '{"v":"accept","d":7}',
        '{"v":"accept","i":[[]]}',
        '{"v":"accept","i":3}',
        '{"v":"accept","t":3}',
    ],
)
def test_anything_else_is_one_clear_error(value: str) -> None:
    with pytest.raises(MalformedValueError):
        Press.decode(value)


@given(_PRESS, st.text(max_size=20), st.lists(st.text(max_size=40), max_size=5))
def test_a_modals_origin_comes_back(press: Press, link: str, readings: list[str]) -> None:
    origin = Origin(press=press, channel="C0", link=link, stage=1, readings=tuple(readings))
    assert Origin.decode(origin.encode()) == origin


@pytest.mark.parametrize("value", ["", "{}", "[]", '{"b":"x"}', '{"b":3}', "3"])
def test_metadata_of_others_is_refused(value: str) -> None:
    with pytest.raises(MalformedValueError):
        Origin.decode(value)


def test_action_ids_name_what_a_press_leads_to() -> None:
    assert action_id(Verb.ACCEPT) == "do.accept"
    assert action_id(Verb.CHANGE) == "open.change"
    assert action_id(Verb.TALK) == "link.talk"
    assert action_id(Verb.NEXT) == "page.next"


def test_a_due_keeps_its_zone() -> None:
    hour = Due(datetime(2026, 11, 27, 17, 0, tzinfo=ZoneInfo("Europe/Berlin")))
    assert due_of(due_key(hour)) == hour
    assert due_of(due_key(hour)).zone == "Europe/Berlin"
    assert due_of("2026-11-27") == Due(date(2026, 11, 27))
    instant = Due(datetime(2026, 11, 27, 17, 0, tzinfo=UTC))
    assert due_of(due_key(instant)) == instant
    for value in ("", "soon", "2026-11-27T17:00:00+01:00|Nowhere/At_all"):
        with pytest.raises(MalformedValueError):
            due_of(value)


def test_home_remembers_its_pages() -> None:
    pages = {"needs": 0, "you": 2, "others": 0, "goals": 1}
    assert decode_pages(encode_pages(pages)) == pages
    first = dict.fromkeys(pages, 0)
    assert decode_pages("") == first
    assert decode_pages("[]") == first
    assert decode_pages('{"you": "x"}') == first
