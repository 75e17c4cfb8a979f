"""The dates of a series, in local time."""

from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.domain.due import Due
from bot.domain.member import Member
from bot.domain.schedule.series import (
    last_day,
    moved_to_workday,
    next_slot,
    nominal_dates,
    released_at,
    slots_between,
)
from bot.domain.terms import Terms, Wording
from tests.unit.schedule.given import ANA, BERLIN, BOB, MONDAY, at, day, working

NEW_YORK = ZoneInfo("America/New_York")


def series(rrule: str, first: date | datetime) -> Terms:
    return Terms(
        version=1,
        author=ANA.user,
        at=MONDAY,
        wording=Wording(result="keep the log green"),
        due=Due(first),
        rrule=rrule,
    )


def dates(terms: Terms, until: date) -> list[str]:
    return [f"{one:%a %d %b}" for one in nominal_dates(terms, until)]


@pytest.mark.parametrize(
    ("rrule", "first", "expected"),
    [
        ("FREQ=WEEKLY;BYDAY=FR", day(11, 27), ["Fri 27 Nov", "Fri 04 Dec", "Fri 11 Dec"]),
        (
            "FREQ=WEEKLY;BYDAY=MO,TH",
            day(11, 26),
            ["Thu 26 Nov", "Mon 30 Nov", "Thu 03 Dec", "Mon 07 Dec", "Thu 10 Dec"],
        ),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO", day(11, 30), ["Mon 30 Nov"]),
        ("FREQ=MONTHLY;BYDAY=-1FR", day(11, 27), ["Fri 27 Nov"]),
        ("FREQ=MONTHLY;BYMONTHDAY=1", day(12, 1), ["Tue 01 Dec"]),
        ("FREQ=WEEKLY;BYDAY=FR;UNTIL=20261204", day(11, 27), ["Fri 27 Nov", "Fri 04 Dec"]),
        (
            "FREQ=DAILY;INTERVAL=3",
            day(11, 30),
            ["Mon 30 Nov", "Thu 03 Dec", "Sun 06 Dec", "Wed 09 Dec"],
        ),
    ],
)
def test_rules_give_nominal_dates(rrule: str, first: date, expected: list[str]) -> None:
    assert dates(series(rrule, first), day(12, 11)) == expected


def test_the_last_day_is_included_for_hours_too() -> None:
    hourly = series("FREQ=WEEKLY;BYDAY=FR;UNTIL=20261204", at(11, 27, 10, 0))
    assert dates(hourly, day(12, 31)) == ["Fri 27 Nov", "Fri 04 Dec"]
    assert last_day("FREQ=WEEKLY;BYDAY=FR;UNTIL=20261204") == day(12, 4)
    assert last_day("FREQ=WEEKLY;BYDAY=FR") is None


def test_a_rule_without_an_end_is_looked_through_only_so_far() -> None:
    assert len(list(nominal_dates(series("FREQ=DAILY", day(11, 27)), date.max))) == 4000


def due_of(terms: Terms, after: datetime, owner: Member = BOB) -> str | None:
    slot = next_slot(terms, after, owner)
    return slot.due.iso() if slot else None


def test_the_next_slot_is_the_first_one_due_after_an_instant() -> None:
    fridays = series("FREQ=WEEKLY;BYDAY=FR", day(11, 27))
    assert due_of(fridays, at(11, 25)) == "2026-11-27"
    assert due_of(fridays, at(11, 27, 23, 59)) == "2026-11-27"
    assert due_of(fridays, at(11, 28, 0, 0)) == "2026-12-04"
    at_ten = series("FREQ=WEEKLY;BYDAY=FR", at(11, 27, 10, 0))
    assert due_of(at_ten, at(11, 27, 9, 59)) == "2026-11-27T10:00:00+01:00"
    assert due_of(at_ten, at(11, 27, 10, 0)) == "2026-12-04T10:00:00+01:00"


def test_there_is_none_after_the_last() -> None:
    short = series("FREQ=WEEKLY;BYDAY=FR;UNTIL=20261204", day(11, 27))
    assert due_of(short, at(12, 4, 12, 0)) == "2026-12-04"
    assert due_of(short, at(12, 5, 0, 0)) is None


def test_an_hour_stays_the_wall_time_of_the_typists_zone() -> None:
    mondays = series("FREQ=WEEKLY;BYDAY=MO", at(3, 23, 10, 0))
    slots = slots_between(mondays, BOB, at(3, 20), at(4, 7))
    assert [(one.due.iso(), one.at) for one in slots] == [
        ("2026-03-23T10:00:00+01:00", datetime(2026, 3, 23, 9, tzinfo=UTC)),
        ("2026-03-30T10:00:00+02:00", datetime(2026, 3, 30, 8, tzinfo=UTC)),
        ("2026-04-06T10:00:00+02:00", datetime(2026, 4, 6, 8, tzinfo=UTC)),
    ]


def test_gaps_and_folds() -> None:
    every_day = replace(BOB, workdays=frozenset(range(7)))
    gap = series("FREQ=DAILY", datetime(2026, 3, 28, 2, 30, tzinfo=BERLIN))
    slots = slots_between(gap, every_day, at(3, 28, 12, 0), at(3, 30, 12, 0))
    assert [one.due.iso() for one in slots] == [
        "2026-03-29T03:30:00+02:00",
        "2026-03-30T02:30:00+02:00",
    ]
    assert [one.date for one in slots] == [day(3, 29), day(3, 30)]
    fold = series("FREQ=DAILY", datetime(2026, 10, 24, 2, 30, tzinfo=BERLIN))
    slots = slots_between(fold, every_day, at(10, 24, 12, 0), at(10, 26, 12, 0))
    assert [one.due.iso() for one in slots] == [
        "2026-10-25T02:30:00+02:00",
        "2026-10-26T02:30:00+01:00",
    ]


def test_a_day_ends_where_the_owner_is() -> None:
    kolkata = working(zone=ZoneInfo("Asia/Kolkata"))
    slot = next_slot(series("FREQ=WEEKLY;BYDAY=FR", day(11, 27)), at(11, 25), kolkata)
    assert slot is not None
    assert slot.at == datetime(2026, 11, 27, 18, 30, tzinfo=UTC)


def test_a_slot_on_a_day_off_moves_to_the_workday_before() -> None:
    holiday = working(holidays=frozenset({day(12, 25)}))
    fridays = series("FREQ=WEEKLY;BYDAY=FR", day(11, 27))
    slots = slots_between(fridays, holiday, at(12, 17), at(12, 31, 23, 0))
    assert [(one.date, one.due.day, one.skipped) for one in slots] == [
        (day(12, 18), day(12, 18), False),
        (day(12, 25), day(12, 24), False),
    ]
    # and once that is over, the date is not found again
    assert due_of(fridays, at(12, 25, 8, 0), holiday) == "2027-01-01"
    sunday = series("FREQ=WEEKLY;BYDAY=SU", at(11, 29, 10, 0))
    assert due_of(sunday, at(11, 26)) == "2026-11-27T10:00:00+01:00"


def test_unless_that_day_has_one() -> None:
    daily = series("FREQ=DAILY", day(11, 26))
    slots = slots_between(daily, BOB, at(11, 26), at(12, 1, 23, 0))
    assert [(f"{one.date:%a}", one.skipped) for one in slots] == [
        ("Thu", False),
        ("Fri", False),
        ("Sat", True),
        ("Sun", True),
        ("Mon", False),
    ]
    weekends = series("FREQ=WEEKLY;BYDAY=SA,SU", day(11, 28))
    slots = slots_between(weekends, BOB, at(11, 26), at(11, 30, 23, 0))
    assert [(one.due.day, one.skipped) for one in slots] == [
        (day(11, 27), False),
        (day(11, 29), True),
    ]
    taken = frozenset({day(11, 27)})
    assert moved_to_workday(Due(day(11, 28)), BOB, taken) is None
    assert moved_to_workday(Due(day(11, 28)), BOB, frozenset()) == Due(day(11, 27))


def test_slots_while_away_are_skipped() -> None:
    away = working(away_from=day(12, 1), away_until=day(12, 8))
    fridays = series("FREQ=WEEKLY;BYDAY=FR", day(11, 27))
    assert due_of(fridays, at(11, 28), away) == "2026-12-11"
    slots = slots_between(fridays, away, at(11, 28), at(12, 12))
    assert [(one.date, one.skipped) for one in slots] == [
        (day(12, 4), True),
        (day(12, 11), False),
    ]


def test_the_day_off_is_the_owners_for_another_zones_hour() -> None:
    tokyo = working(zone=ZoneInfo("Asia/Tokyo"))
    evening = datetime(2026, 11, 27, 17, 0, tzinfo=NEW_YORK)  # a Friday; Saturday 07:00 in Tokyo
    slot = next_slot(series("FREQ=WEEKLY;BYDAY=FR", evening), at(11, 25), tokyo)
    assert slot is not None
    assert slot.due.iso() == "2026-11-26T17:00:00-05:00"
    assert slot.date == day(11, 27)


def test_after_the_last_slot_the_owner_has_a_workday_to_report_it() -> None:
    friday = next_slot(series("FREQ=WEEKLY;BYDAY=FR", day(11, 27)), at(11, 25), BOB)
    assert friday is not None
    assert released_at(friday, BOB) == at(12, 1, 0, 0)
