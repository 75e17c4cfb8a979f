"""What a day means, typed on each weekday, before and after five, at ends of months and years."""

# ruff: noqa: E501 - a row of a table is one line

from datetime import date

import pytest

from tests.unit.language.table import asked, context, rows

# The week from Monday, 23 November 2026, with the hour of typing.
EACH_WEEKDAY = {
    ("23", "09"): """
        by today       | 2026-11-23
        eod            | 2026-11-23
        by tomorrow    | 2026-11-24
        by monday      | ? 2026-11-23 2026-11-30
        by friday      | 2026-11-27
        by next monday | 2026-11-30
        by next friday | ? 2026-11-27 2026-12-04
        by next sunday | ? 2026-11-29 2026-12-06
        by eow         | 2026-11-27
        by 5pm         | 2026-11-23T17:00:00+01:00
        in 3 days      | 2026-11-26
        in 5 days      | ? 2026-11-27 2026-11-28 2026-11-30
        in 3 workdays  | 2026-11-26
    """,
    ("23", "18"): """
        by today       | 2026-11-23
        by friday      | 2026-11-27
        by 5pm         | ? 2026-11-24T17:00:00+01:00
        by today 5pm   | ? 2026-11-24T17:00:00+01:00
        by 19:00       | 2026-11-23T19:00:00+01:00
    """,
    ("24", "09"): """
        by tuesday      | ? 2026-11-24 2026-12-01
        by friday       | 2026-11-27
        by monday       | 2026-11-30
        by next tuesday | 2026-12-01
        by next monday  | 2026-11-30
        by next friday  | ? 2026-11-27 2026-12-04
        by eow          | 2026-11-27
        by 5pm          | 2026-11-24T17:00:00+01:00
    """,
    ("24", "18"): """
        by tomorrow     | 2026-11-25
        by 5pm          | ? 2026-11-25T17:00:00+01:00
        by tomorrow 5pm | 2026-11-25T17:00:00+01:00
    """,
    ("25", "09"): """
        by wednesday      | ? 2026-11-25 2026-12-02
        by this wednesday | ? 2026-11-25 2026-12-02
        by wed 5pm        | ? 2026-11-25T17:00:00+01:00 2026-12-02T17:00:00+01:00
        by wed 08:00      | ? 2026-12-02T08:00:00+01:00
        by this friday    | 2026-11-27
        by next thursday  | ? 2026-11-26 2026-12-03
        by next tuesday   | 2026-12-01
    """,
    ("25", "18"): """
        by wed 5pm  | ? 2026-12-02T17:00:00+01:00
        by 5pm      | ? 2026-11-26T17:00:00+01:00
    """,
    ("26", "09"): """
        by tomorrow    | 2026-11-27
        by friday      | 2026-11-27
        by next friday | ? 2026-11-27 2026-12-04
        in 2 days      | ? 2026-11-27 2026-11-28 2026-11-30
        in 3 workdays  | 2026-12-01
    """,
    ("26", "18"): """
        by 5pm         | ? 2026-11-27T17:00:00+01:00
        by friday 5pm  | 2026-11-27T17:00:00+01:00
    """,
    ("27", "09"): """
        by today         | 2026-11-27
        by tomorrow      | ? 2026-11-27 2026-11-28 2026-11-30
        by tomorrow noon | ? 2026-11-27T12:00:00+01:00 2026-11-28T12:00:00+01:00 2026-11-30T12:00:00+01:00
        by friday        | ? 2026-11-27 2026-12-04
        by fri           | ? 2026-11-27 2026-12-04
        by next friday   | 2026-12-04
        by saturday      | 2026-11-28
        by next saturday | ? 2026-11-28 2026-12-05
        by eow           | 2026-11-27
        in 1 workdays    | 2026-11-30
    """,
    ("27", "18"): """
        by eow       | 2026-11-27
        by eow 5pm   | ? 2026-11-30T17:00:00+01:00
        by 5pm       | ? 2026-11-30T17:00:00+01:00
    """,
    ("28", "09"): """
        by today        | ? 2026-11-28 2026-11-30
        eod             | ? 2026-11-28 2026-11-30
        by tomorrow     | ? 2026-11-29 2026-11-30
        by friday       | 2026-12-04
        by next friday  | 2026-12-04
        by next monday  | 2026-11-30
        by next sunday  | ? 2026-11-29 2026-12-06
        by saturday     | ? 2026-11-28 2026-12-05
        by sunday       | 2026-11-29
        by eow          | ? 2026-11-30 2026-12-01 2026-12-02
        by 5pm          | ? 2026-11-28T17:00:00+01:00 2026-11-30T17:00:00+01:00
        by saturday 5pm | ? 2026-11-28T17:00:00+01:00 2026-12-05T17:00:00+01:00
        by sunday 5pm   | 2026-11-29T17:00:00+01:00
        in 2 hours      | 2026-11-28T11:00:00+01:00
        in 3 workdays   | 2026-12-02
    """,
    ("28", "18"): """
        by 5pm       | ? 2026-11-30T17:00:00+01:00
        by today 5pm | ? 2026-11-30T17:00:00+01:00
    """,
    ("29", "09"): """
        by today       | ? 2026-11-29 2026-11-30
        by tomorrow    | 2026-11-30
        by monday      | 2026-11-30
        by next monday | 2026-11-30
        by next friday | 2026-12-04
        by next sunday | 2026-12-06
        by eow         | ? 2026-11-30 2026-12-01 2026-12-02
    """,
    ("29", "18"): """
        by tomorrow 5pm | 2026-11-30T17:00:00+01:00
        by 5pm          | ? 2026-11-30T17:00:00+01:00
    """,
}

DATES = """
    by 25 Dec             | 2026-12-25
    by Dec 25th           | 2026-12-25
    by Dec. 25            | 2026-12-25
    by december 25        | 2026-12-25
    by 25 December 2026   | 2026-12-25
    by Dec 25, 2026       | 2026-12-25
    by the 25th of December | 2026-12-25
    by 25th of Dec 2026   | 2026-12-25
    by 2026-12-25         | 2026-12-25
    by 25 Dec 14:30       | 2026-12-25T14:30:00+01:00
    by 2026-12-25 14:30   | 2026-12-25T14:30:00+01:00
    by 25 Nov             | 2026-11-25
    by 24 Nov             | ? 2027-11-24
    by 25 Sep             | 2027-09-25
    by 26 Sep             | ? 2027-09-26
    by 26 Sep 2027        | 2027-09-26
    by 24 Nov 2026        | ? 2026-11-26 2026-11-27 2026-11-30
    by 2025-12-25         | ? 2026-11-26 2026-11-27 2026-11-30
    by Nov 31             | ? 2026-11-30 2026-12-01
    by 2026-11-31         | ? 2026-11-30 2026-12-01
    by 30 Feb             | ? 2027-02-28 2027-03-01
    by 29 Feb             | ? 2027-02-28 2027-03-01
    by 29 Feb 2028        | 2028-02-29
    by 2027-02-29         | ? 2027-02-28 2027-03-01
    by 2026-13-01         | ? 2026-11-26 2026-11-27 2026-11-30
    by 13/04              | 2027-04-13
    by 4/13               | 2027-04-13
    by 13.04.             | 2027-04-13
    by 25.12.             | 2026-12-25
    by 25.12. 14:30       | 2026-12-25T14:30:00+01:00
    by 12/25              | 2026-12-25
    by 12/25/2026         | 2026-12-25
    by 25.12.2026         | 2026-12-25
    by 04/04              | 2027-04-04
    by 4.4.2027           | 2027-04-04
    by 11/11              | ? 2027-11-11
    by 03/04              | ? 2027-03-04 2027-04-03
    by 3.4.2027           | ? 2027-03-04 2027-04-03
    by 03/04 5pm          | ? 2027-03-04T17:00:00+01:00 2027-04-03T17:00:00+02:00
    by 31/11              | ? 2026-11-30 2026-12-01
    by 13/13              | ? 2026-11-26 2026-11-27 2026-11-30
    by 13/04/2026         | ? 2026-11-26 2026-11-27 2026-11-30
    by 25.12.26           | ? 2026-12-25
    by the 15th           | ? 2026-12-15
    by 15th               | ? 2026-12-15
    by march              | ? 2026-11-26 2026-11-27 2026-11-30
    in march              | ? 2026-11-26 2026-11-27 2026-11-30
    by march 2027         | ? 2026-11-26 2026-11-27 2026-11-30
    by next week          | ? 2026-11-26 2026-11-27 2026-11-30
    by next month         | ? 2026-11-26 2026-11-27 2026-11-30
    by soon               | ? 2026-11-26 2026-11-27 2026-11-30
    by yesterday          | ? 2026-11-26 2026-11-27 2026-11-30
    by saturday           | 2026-11-28
    until friday          | 2026-11-27
    on friday             | 2026-11-27
    before friday         | ? 2026-11-26 2026-11-27
    before today          | ? 2026-11-25
"""

PERIODS = """
    by eom                    | 2026-11-30
    by eoq                    | 2026-12-31
    by eoy                    | 2026-12-31
    by end of november        | 2026-11-30
    by the end of november    | 2026-11-30
    by end of day             | ? 2026-11-25
    by the end of the month   | ? 2026-11-30
    by end of nov             | 2026-11-30
    by end of december        | 2026-12-31
    by end of january         | 2027-01-29
    by end of august          | 2027-08-31
    by end of september       | ? 2027-09-30
    by end of october         | ? 2027-10-29
    by end of november 2026   | 2026-11-30
    by end of october 2026    | ? 2026-11-26 2026-11-27 2026-11-30
    by end of november 5pm    | 2026-11-30T17:00:00+01:00
"""

OFFSETS = """
    in 3 days               | ? 2026-11-27 2026-11-28 2026-11-30
    in 3 days at 5pm        | ? 2026-11-27T17:00:00+01:00 2026-11-28T17:00:00+01:00 2026-11-30T17:00:00+01:00
    in 2 days               | 2026-11-27
    in a day                | 2026-11-26
    in 1 day                | 2026-11-26
    in 2 weeks              | 2026-12-09
    in a week               | 2026-12-02
    in 2 weeks at 5pm       | 2026-12-09T17:00:00+01:00
    at 5pm in 2 weeks       | 2026-12-09T17:00:00+01:00
    in a month              | 2026-12-25
    in 3 months             | 2027-02-25
    in 3 workdays           | 2026-11-30
    in 3 workdays at 5pm    | 2026-11-30T17:00:00+01:00
    in 10 minutes           | 2026-11-25T10:10:00+01:00
    in an hour              | 2026-11-25T11:00:00+01:00
    in 2 hours              | 2026-11-25T12:00:00+01:00
    in 999 days             | 2029-08-20
    in 1000 days            | ? 2026-11-26 2026-11-27 2026-11-30
    in 0 days               | ? 2026-11-26 2026-11-27 2026-11-30
    in two days             | ? 2026-11-26 2026-11-27 2026-11-30
    in a year               | ? 2026-11-26 2026-11-27 2026-11-30
    in 2 years              | ? 2026-11-26 2026-11-27 2026-11-30
"""

# The moment of typing, for what turns on the end of a month or a year.
ENDS: list[tuple[str, str]] = [
    (
        "2027-01-31T10:00:00+01:00",  # a Sunday
        """
        by eom              | ? 2027-02-01 2027-02-02 2027-02-03
        by end of january   | ? 2028-01-31
        in a month          | ? 2027-02-28 2027-03-01
        by 30 Nov           | 2027-11-30
        by 1 Dec            | ? 2027-12-01
        by eoq              | 2027-03-31
        by eoy              | 2027-12-31
        """,
    ),
    (
        "2026-12-31T10:00:00+01:00",  # a Thursday
        """
        by today            | 2026-12-31
        by tomorrow         | 2027-01-01
        by eoy              | 2026-12-31
        by eom              | 2026-12-31
        by 1 jan            | 2027-01-01
        by 31 dec           | 2026-12-31
        by 30 dec           | ? 2027-12-30
        by 31 oct           | 2027-10-31
        by 1 nov            | ? 2027-11-01
        by friday           | 2027-01-01
        """,
    ),
    (
        "2028-02-28T10:00:00+01:00",  # a Monday in a leap year
        """
        by 29 feb           | 2028-02-29
        by tomorrow         | 2028-02-29
        by eom              | 2028-02-29
        in 1 day            | 2028-02-29
        """,
    ),
    (
        "2028-02-29T10:00:00+01:00",
        """
        by 29 feb           | 2028-02-29
        in a month          | 2028-03-29
        by 28 feb           | ? 2029-02-28
        """,
    ),
    (
        "2027-12-01T10:00:00+01:00",
        """
        by 29 feb           | 2028-02-29
        """,
    ),
    (
        "2026-10-31T23:30:00+01:00",  # still October in Berlin, a Saturday
        """
        by eom              | ? 2026-11-02 2026-11-03 2026-11-04
        by end of october   | ? 2027-10-29
        """,
    ),
]


@pytest.mark.parametrize(
    ("day", "hour", "typed", "expected", "result"),
    [(*moment, *row) for moment, table in EACH_WEEKDAY.items() for row in rows(table)],
)
def test_on_each_weekday(day: str, hour: str, typed: str, expected: str, result: str) -> None:
    now = context(f"2026-11-{day}T{hour}:00:00+01:00")
    assert asked(typed, now) == (expected, result)


@pytest.mark.parametrize(
    ("typed", "expected", "result"), [*rows(DATES), *rows(PERIODS), *rows(OFFSETS)]
)
def test_on_a_wednesday(typed: str, expected: str, result: str) -> None:
    assert asked(typed) == (expected, result)


@pytest.mark.parametrize(
    ("now", "typed", "expected", "result"),
    [(now, *row) for now, table in ENDS for row in rows(table)],
)
def test_at_ends_of_months_and_years(now: str, typed: str, expected: str, result: str) -> None:
    assert asked(typed, context(now)) == (expected, result)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("by today", "? 2026-11-25 2026-11-26"),  # Wednesday is off here
        ("by tomorrow", "2026-11-26"),
        ("by friday", "2026-11-27"),
        ("in 2 workdays", "2026-11-30"),
        ("by eow", "2026-11-26"),
        ("by soon", "? 2026-11-26 2026-11-30 2026-12-01"),
        ("by 5pm", "? 2026-11-25T17:00:00+01:00 2026-11-26T17:00:00+01:00"),
        ("every workday", "2026-11-26 FREQ=WEEKLY;BYDAY=MO,TU,TH"),
    ],
)
def test_workdays_are_the_typists(typed: str, expected: str) -> None:
    part_time = context(workdays=frozenset({0, 1, 3}))
    assert asked(typed, part_time)[0] == expected


def test_a_holiday_is_no_workday() -> None:
    where = context(holidays=frozenset({date(2026, 11, 26)}))
    assert asked("by tomorrow", where)[0] == "? 2026-11-25 2026-11-26 2026-11-27"
    assert asked("in 1 workday", where)[0] == "2026-11-27"


def test_the_end_of_a_week_that_starts_on_sunday_is_asked() -> None:
    where = context(workdays=frozenset({6, 0, 1, 2, 3}))
    assert asked("by eow", where)[0] == "? 2026-11-26 2026-11-29"


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("by today", "? 2026-11-25 2026-11-26 2026-11-27"),
        ("by 24 nov", "? 2026-11-25 2026-11-26 2026-11-27"),
        ("by tuesday", "? 2026-12-01"),
        ("by tomorrow", "2026-11-25"),
        ("by 18:30", "2026-11-24T18:30:00-08:00"),
    ],
)
def test_what_is_past_where_the_owner_is_is_asked(typed: str, expected: str) -> None:
    # Tuesday evening in Los Angeles is Wednesday in Tokyo.
    where = context("2026-11-24T18:00:00-08:00", "America/Los_Angeles", owner_zones=("Asia/Tokyo",))
    assert asked(typed, where)[0] == expected
