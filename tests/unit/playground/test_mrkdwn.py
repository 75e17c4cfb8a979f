"""What people and the app write, as HTML for one reader: marked up as Slack does, and harmless."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from html.parser import HTMLParser
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.playground.page.dates import dated, divider, is_quiet
from bot.playground.page.mrkdwn import Reader

NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
LENA = Reader(
    user="U01LENA",
    zone=ZoneInfo("Europe/Berlin"),
    now=NOW,
    people={"U01LENA": "Lena Vogt", "U02REN": "Ren Sato"},
    channels={"C01LAUNCH": "launch"},
)
HARMLESS = {
    "a", "blockquote", "br", "code", "em", "pre", "s", "span", "strong", "time",
}  # fmt: skip


class Tags(HTMLParser):
    """Collects the tags and attributes of a piece of HTML."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.addresses: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.addresses += [value or "" for name, value in attrs if name == "href"]


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("*bold* _italic_ ~gone~", "<strong>bold</strong> <em>italic</em> <s>gone</s>"),
        ("`*as it is*`", "<code>*as it is*</code>"),
        ("```a\n  b```", "<pre>a\n  b</pre>"),
        ("*a _b_*", "<strong>a <em>b</em></strong>"),
        ("2*3*4 snake_case_name", "2*3*4 snake_case_name"),
        ("&lt;b&gt; &amp;amp;", "&lt;b&gt; &amp;amp;"),
        ("one\ntwo", "one<br>two"),
        ("&gt; said\nanswer", "<blockquote>said</blockquote>answer"),
        ("> said\n> more", "<blockquote>said<br>more</blockquote>"),
        ("<@U02REN>", '<span class="mention">@Ren Sato</span>'),
        ("<@U01LENA>", '<span class="mention mine">@Lena Vogt</span>'),
        ("<@U99|zoe>", '<span class="mention">@zoe</span>'),
        ("<#C01LAUNCH>", '<span class="mention">#launch</span>'),
        ("<!here>", '<span class="mention mine">@here</span>'),
        ("<!subteam^S1|@design>", '<span class="mention">@design</span>'),
        ("<javascript:alert(1)|x>", "&lt;javascript:alert(1)|x&gt;"),
        (
            "<https://example.org/?a=1&amp;b=2|here>",
            (
                '<a href="https://example.org/?a=1&amp;b=2" target="_blank" '
                'rel="noopener noreferrer">here</a>'
            ),
        ),
        (
            "<!date^1795795200^{date_long}, {time}|soon>",
            "<time>Friday, 27 November 2026, 17:00</time>",
        ),
    ],
)
def test_what_is_marked_up(written: str, shown: str) -> None:
    assert LENA.html(written) == shown


@given(st.text(alphabet="<>&;|!@#*_~`^\"'=/: \nabonclickhref", max_size=80))
def test_nothing_that_is_typed_becomes_a_tag_of_its_own(written: str) -> None:
    found = Tags(LENA.html(written))
    assert found.tags <= HARMLESS
    assert found.attributes <= {"class", "href", "target", "rel"}
    assert all(re.match("(?i)https?:|mailto:", each) for each in found.addresses)


@pytest.mark.parametrize(
    ("form", "shown"),
    [
        ("{date_short_pretty} {time}", "tomorrow 01:30"),
        ("{date_num}", "2026-11-26"),
        ("{date_short}", "Thu, 26 Nov 2026"),
        ("{date}", "26 November 2026"),
        ("at {time_secs}", "at 01:30:00"),
        ("{what}", "{what}"),
    ],
)
def test_a_date_is_that_of_the_reader(form: str, shown: str) -> None:
    at = int(datetime(2026, 11, 26, 0, 30, tzinfo=UTC).timestamp())
    assert dated(f"date^{at}^{form}", "later", LENA.zone, NOW) == shown


@pytest.mark.parametrize(
    "target", ["date^", "date^soon^{date}", "date^99999999999999999999^{date}"]
)
def test_a_date_that_is_none_falls_back(target: str) -> None:
    assert dated(target, "later", LENA.zone, NOW) == "later"


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (datetime(2026, 11, 25, tzinfo=UTC), "Today"),
        (datetime(2026, 11, 24, tzinfo=UTC), "Yesterday"),
        (datetime(2026, 11, 27, tzinfo=UTC), "Friday, 27 November"),
        (datetime(2025, 11, 27, tzinfo=UTC), "Thursday, 27 November 2025"),
    ],
)
def test_days_are_named_by_their_distance(day: datetime, said: str) -> None:
    assert divider(day.date(), NOW.date()) == said


@pytest.mark.parametrize(
    ("local", "quiet"),
    [
        ("2026-11-25T07:59", True),
        ("2026-11-25T08:00", False),
        ("2026-11-25T18:59", False),
        ("2026-11-25T19:00", True),
        ("2026-11-28T12:00", True),
    ],
)
def test_evenings_nights_and_weekends_are_quiet(local: str, quiet: bool) -> None:  # noqa: FBT001 - pytest passes it by name
    assert is_quiet(datetime.fromisoformat(local)) is quiet
