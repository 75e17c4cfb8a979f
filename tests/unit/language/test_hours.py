"""What an hour means, alone and with a day, and around clock changes."""

# ruff: noqa: E501 - a row of a table is one line

import pytest

from tests.unit.language.table import asked, context, rows

ON_A_WEDNESDAY_AT_TEN = """
    by 14:30                | 2026-11-25T14:30:00+01:00
    by 09:30                | ? 2026-11-26T09:30:00+01:00
    by 10:00                | ? 2026-11-26T10:00:00+01:00
    by 10:01                | 2026-11-25T10:01:00+01:00
    by 5pm                  | 2026-11-25T17:00:00+01:00
    by 5 PM                 | 2026-11-25T17:00:00+01:00
    by 5:30 pm              | 2026-11-25T17:30:00+01:00
    by 5:30pm               | 2026-11-25T17:30:00+01:00
    by 5 p.m.               | 2026-11-25T17:00:00+01:00
    by 9am                  | ? 2026-11-26T09:00:00+01:00
    by noon                 | 2026-11-25T12:00:00+01:00
    by 12pm                 | 2026-11-25T12:00:00+01:00
    by 12:30                | 2026-11-25T12:30:00+01:00
    at 17:00                | 2026-11-25T17:00:00+01:00
    before 5pm              | 2026-11-25T17:00:00+01:00
    before fri 5pm          | 2026-11-27T17:00:00+01:00
    before 9:30             | ? 2026-11-25T21:30:00+01:00 2026-11-26T09:30:00+01:00
    by 9:30                 | ? 2026-11-25T21:30:00+01:00 2026-11-26T09:30:00+01:00
    by 11:30                | 2026-11-25T11:30:00+01:00
    by 1:00                 | ? 2026-11-25T13:00:00+01:00 2026-11-26T01:00:00+01:00
    by friday 9:30          | ? 2026-11-27T09:30:00+01:00 2026-11-27T21:30:00+01:00
    by friday 13:00         | 2026-11-27T13:00:00+01:00
    by friday 09:30         | 2026-11-27T09:30:00+01:00
    by midnight             | ? 2026-11-26T00:00:00+01:00
    by 12am                 | ? 2026-11-26T00:00:00+01:00
    by 0:00                 | ? 2026-11-26T00:00:00+01:00
    by 24:00                | ? 2026-11-26T00:00:00+01:00
    by 25:00                | ? 2026-11-26 2026-11-27 2026-11-30
    by 14:75                | ? 2026-11-26 2026-11-27 2026-11-30
    by 13pm                 | ? 2026-11-26 2026-11-27 2026-11-30
    by friday midnight      | ? 2026-11-27T00:00:00+01:00 2026-11-28T00:00:00+01:00
    by friday 00:00         | ? 2026-11-27T00:00:00+01:00 2026-11-28T00:00:00+01:00
    by friday 25:00         | ? 2026-11-27
    by 5                    | ? 2026-11-25T17:00:00+01:00 2026-11-26T05:00:00+01:00 2026-12-05
    by friday at 5          | ? 2026-11-27T05:00:00+01:00 2026-11-27T17:00:00+01:00
    by fri 5pm              | 2026-11-27T17:00:00+01:00
    by 5pm on friday        | 2026-11-27T17:00:00+01:00
    by friday at noon       | 2026-11-27T12:00:00+01:00
    by friday, 5pm          | 2026-11-27T17:00:00+01:00
    by friday,5pm           | 2026-11-27T17:00:00+01:00
    by friday , 5pm         | 2026-11-27T17:00:00+01:00
    by tomorrow noon        | 2026-11-26T12:00:00+01:00
    by noon tomorrow        | 2026-11-26T12:00:00+01:00
    by fri. 17:00           | 2026-11-27T17:00:00+01:00
    by friday eod           | 2026-11-27
    by eod friday           | 2026-11-27
    by eod on friday        | 2026-11-27
    by eod tomorrow         | 2026-11-26
    by eod 5pm              | 2026-11-25T17:00:00+01:00
    by today 9am            | ? 2026-11-26T09:00:00+01:00
    by 25 nov 9am           | ? 2026-11-26T09:00:00+01:00
    by 2020-12-25 14:30     | ? 2026-11-26T14:30:00+01:00
    by saturday 5pm         | 2026-11-28T17:00:00+01:00
    by next week at 5pm     | ? 2026-11-26T17:00:00+01:00 2026-11-27T17:00:00+01:00 2026-11-30T17:00:00+01:00
    by Nov 31 5pm           | ? 2026-11-30T17:00:00+01:00 2026-12-01T17:00:00+01:00
    before friday 9:30      | ? 2026-11-27T09:30:00+01:00 2026-11-27T21:30:00+01:00
"""

CLOCK_CHANGES = [
    # Berlin: 02:00 to 03:00 is missing on 28 March 2027, and doubled on 25 October 2026.
    ("Europe/Berlin", "2027-03-24T10:00:00+01:00", "by sunday 03:00", "2027-03-28T03:00:00+02:00"),
    (
        "Europe/Berlin",
        "2027-03-24T10:00:00+01:00",
        "by sunday 02:30",
        "? 2027-03-28T01:30:00+01:00 2027-03-28T03:30:00+02:00",
    ),
    (
        "Europe/Berlin",
        "2026-10-21T10:00:00+02:00",
        "by sunday 02:30",
        "? 2026-10-25T02:30:00+02:00 2026-10-25T02:30:00+01:00",
    ),
    ("Europe/Berlin", "2026-10-21T10:00:00+02:00", "by sunday 03:00", "2026-10-25T03:00:00+01:00"),
    (
        "Europe/Berlin",
        "2026-10-24T22:00:00+02:00",
        "in 5 hours",
        "2026-10-25T02:00:00+01:00",
    ),
    # New York: missing on 14 March 2027, doubled on 1 November 2026.
    (
        "America/New_York",
        "2027-03-10T10:00:00-05:00",
        "by 14 march 02:15",
        "? 2027-03-14T01:15:00-05:00 2027-03-14T03:15:00-04:00",
    ),
    (
        "America/New_York",
        "2026-10-28T10:00:00-04:00",
        "by 1 nov 01:15",
        "? 2026-11-01T01:15:00-04:00 2026-11-01T01:15:00-05:00",
    ),
    # Lord Howe moves by half an hour: 02:00 to 02:30 is missing on 3 October 2027.
    (
        "Australia/Lord_Howe",
        "2027-09-29T10:00:00+10:30",
        "by 3 oct 02:15",
        "? 2027-10-03T01:45:00+10:30 2027-10-03T02:45:00+11:00",
    ),
    # Santiago skips midnight on 5 September 2027; the day itself is certain.
    ("America/Santiago", "2027-09-01T10:00:00-04:00", "by 5 sep", "2027-09-05"),
    (
        "America/Santiago",
        "2027-09-01T10:00:00-04:00",
        "by 5 sep 00:30",
        "? 2027-09-04T23:30:00-04:00 2027-09-05T01:30:00-03:00",
    ),
    ("Asia/Kolkata", "2026-11-25T10:00:00+05:30", "by 5pm", "2026-11-25T17:00:00+05:30"),
    ("UTC", "2026-11-25T10:00:00+00:00", "by 5pm", "2026-11-25T17:00:00+00:00"),
    # The moment may come with any offset: it is Thursday in Auckland already.
    ("Pacific/Auckland", "2026-11-25T12:00:00+00:00", "by today", "2026-11-26"),
    ("Pacific/Auckland", "2026-11-25T12:00:00+00:00", "by 5pm", "2026-11-26T17:00:00+13:00"),
    (
        "Europe/Berlin",
        "2027-03-24T10:00:00+01:00",
        "every sunday at 02:30",
        "? FREQ=WEEKLY;BYDAY=SU 2027-03-28T01:30:00+01:00 2027-03-28T03:30:00+02:00",
    ),
]


@pytest.mark.parametrize(("typed", "expected", "result"), rows(ON_A_WEDNESDAY_AT_TEN))
def test_hours(typed: str, expected: str, result: str) -> None:
    assert asked(typed) == (expected, result)


@pytest.mark.parametrize(("zone", "now", "typed", "expected"), CLOCK_CHANGES)
def test_clock_changes(zone: str, now: str, typed: str, expected: str) -> None:
    assert asked(typed, context(now, zone)) == (expected, "ship it")
