"""When a member may be written to."""

from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest

from bot.domain.schedule.quiet import is_away_at, is_quiet, may_write, valid_settings
from tests.unit.schedule.given import BOB, at, clock, day, working


@pytest.mark.parametrize(
    ("hour", "minute", "quiet"),
    [
        (0, 0, True),
        (7, 59, True),
        (8, 0, False),
        (12, 0, False),
        (18, 59, False),
        (19, 0, True),
        (23, 59, True),
    ],
)
def test_the_standard_quiet_hours_cross_midnight(hour: int, minute: int, quiet: bool) -> None:  # noqa: FBT001 - a table's column
    assert is_quiet(BOB, at(11, 25, hour, minute)) is quiet


@pytest.mark.parametrize(("hour", "quiet"), [(11, False), (12, True), (13, True), (14, False)])
def test_quiet_hours_within_a_day(hour: int, quiet: bool) -> None:  # noqa: FBT001 - a table's column
    siesta = working(quiet_from=clock("12:00"), quiet_until=clock("14:00"))
    assert is_quiet(siesta, at(11, 25, hour, 0)) is quiet


@pytest.mark.parametrize("hour", [0, 3, 8, 19, 23])
def test_equal_ends_mean_no_quiet_hours(hour: int) -> None:
    open_all_day = working(quiet_from=clock("08:00"), quiet_until=clock("08:00"))
    assert not is_quiet(open_all_day, at(11, 25, hour, 0))


def test_days_off_are_quiet_all_day() -> None:
    assert is_quiet(BOB, at(11, 28, 12, 0))  # Saturday
    assert is_quiet(working(holidays=frozenset({day(12, 25)})), at(12, 25, 12, 0))
    assert not is_quiet(working(workdays=frozenset({5})), at(11, 28, 12, 0))


def test_away_is_quiet_until_the_day_of_return() -> None:
    away = working(away_from=day(11, 24), away_until=day(11, 26))
    assert [is_quiet(away, at(11, number, 12, 0)) for number in (23, 24, 25, 26)] == [
        False,
        True,
        True,
        False,
    ]
    assert is_away_at(away, at(11, 25, 12, 0))
    assert not is_away_at(away, at(11, 26, 0, 0))


def test_the_hours_are_those_of_the_members_own_zone() -> None:
    kolkata = working(zone=ZoneInfo("Asia/Kolkata"))
    assert not is_quiet(kolkata, at(11, 25, 14, 29))  # 18:59 there
    assert is_quiet(kolkata, at(11, 25, 14, 30))  # 19:00 there
    assert is_quiet(kolkata, at(11, 27, 20, 0))  # Saturday there


def test_nobody_writes_to_who_left() -> None:
    noon = at(11, 25, 12, 0)
    assert may_write(BOB, noon)
    assert not may_write(replace(BOB, active=False), noon)
    assert not may_write(BOB, at(11, 25, 20, 0))


def test_settings_that_make_no_sense_are_named_by_field() -> None:
    assert valid_settings(BOB) == {}
    assert set(valid_settings(working(check_in=clock("07:00")))) == {"check_in"}
    assert set(valid_settings(working(check_in=clock("19:00")))) == {"check_in"}
    assert valid_settings(working(check_in=clock("08:00"))) == {}
    assert set(valid_settings(working(workdays=frozenset()))) == {"workdays"}
