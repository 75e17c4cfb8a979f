"""How text is shown: unescaped once, white space collapsed, invisible signs kept."""

import pytest

from tests.unit.language.table import ANA, line

FAMILY = "👨\u200d👩\u200d👧"


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("a &amp; b", "a & b"),
        ("a &lt;b&gt; c", "a <b> c"),
        ("a &amp;lt; b", "a &lt; b"),
        ("a &amp;amp; b", "a &amp; b"),
        ("a &quot; b", "a &quot; b"),
        ("tell <@U02BOB|bob>", "tell @bob"),
        ("tell <@U02BOB>", "tell @U02BOB"),
        ("tell <@U02BOB|>", "tell @U02BOB"),
        ("tell &lt;@U02BOB&gt;", "tell <@U02BOB>"),
        ("post in <#C1|general>", "post in #general"),
        ("post in <#C1>", "post in #C1"),
        ("post in <#C1|>", "post in #C1"),
        ("tell <!here>", "tell @here"),
        ("tell <!subteam^S1|@team>", "tell @team"),
        ("tell <!subteam^S1>", "tell @S1"),
        ("read <http://a.example|the page>", "read the page"),
        ("read <http://a.example/?a=1&amp;b=2>", "read http://a.example/?a=1&b=2"),
        ("read <http://a.example|a &amp; b>", "read a & b"),
        ("write <mailto:a@b.example|a@b.example>", "write a@b.example"),
        ("at <!date^1767225600^{date}|new year>", "at new year"),
        ("1 < 2 and 3 > 2", "1 < 2 and 3 > 2"),
        ("a <b c", "a <b c"),
        ("<>", "<>"),
        ("a  b\t c\nd\r\ne", "a b c d e"),
        ("a\u00a0b\u202fc\u3000d\u2028e", "a b c d e"),
        ("a\u200bb", "a\u200bb"),
        ("a\ufeff \u200eb", "a\ufeff \u200eb"),
        (f"{FAMILY} x", f"{FAMILY} x"),
        ("می\u200cخواهم", "می\u200cخواهم"),  # noqa: RUF001 - Persian, as typed
        ('say "a  b"', 'say "a  b"'),
        ("say “a\u00a0b”", "say “a\u00a0b”"),
        ('say "<@U02BOB|bob>"', 'say "@bob"'),
        ("送ってください", "送ってください"),
        ("отправить отчёт", "отправить отчёт"),
        ("إرسال التقرير", "إرسال التقرير"),
        ("\u202eabc\u202c", "\u202eabc\u202c"),
        ("to \u200bship", "\u200bship"),
        ("ship it!", "ship it!"),
        ("\ud800 x", "\ud800 x"),
        ("a\x00b", "a\x00b"),
    ],
)
def test_result_shows(typed: str, shown: str) -> None:
    assert line(f"{ANA} {typed} by friday").result == shown
    assert line(f"{ANA} {typed}").result == shown


@pytest.mark.parametrize(
    "typed",
    [
        "by\u00a0friday",
        "by\u00a0\u202f friday",
        "by\nfriday",
        "by\u200b friday",
        "\u200bby fri\u200bday\u200f",
        "\u2068by friday\u2069",
        "by friday\ufeff",
        "by friday \u200b.",
        "by friday\u00a0!",
    ],
)
def test_invisible_signs_are_ignored_in_dates(typed: str) -> None:
    reading = line(f"{ANA} ship it {typed}")
    assert reading.due is not None
    assert reading.due.iso() == "2026-11-27"
    assert reading.result == "ship it"


@pytest.mark.parametrize("typed", ["by fri\u200dday", "by fri\u200cday", "by fri\u2060day"])
def test_joiners_are_no_invisible_signs(typed: str) -> None:
    assert line(f"{ANA} ship it {typed}").due is None
