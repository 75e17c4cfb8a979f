"""What is sent at a moment of its own."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.domain.expectation import Pending, PendingKind, Status
from bot.domain.schedule.timed import (
    TimedDelivery,
    TimedWay,
    hour_before,
    hour_slot,
    later_at,
    timed_delivery,
    wants_hour_before,
)
from tests.unit.schedule.given import ANA, BOB, MONDAY, agreed, at, clock, day, request, working

FIVE = agreed(at(11, 25, 17, 0))


def test_an_hour_before_an_agreed_hour() -> None:
    assert hour_before(FIVE, BOB, at(11, 25)) == at(11, 25, 16, 0)
    assert hour_before(FIVE, BOB, at(11, 25, 16, 0)) is None
    assert hour_slot(FIVE) == "hour/E-42/v1/U02BOB"


def test_a_day_a_proposal_and_a_series_have_none() -> None:
    assert hour_before(agreed(day(11, 25)), BOB, MONDAY) is None
    assert hour_before(request(at(11, 25, 17, 0)), BOB, MONDAY) is None
    weekly = agreed(at(11, 27, 17, 0), rrule="FREQ=WEEKLY;BYDAY=FR")
    assert hour_before(weekly, BOB, MONDAY) is None


def test_an_hour_is_an_hour_over_a_clock_change_too() -> None:
    sunday = agreed(at(3, 29, 3, 30), on=at(3, 23))
    before = hour_before(sunday, BOB, at(3, 27))
    assert before is not None
    assert before.astimezone(BOB.zone).replace(tzinfo=None) == datetime(2026, 3, 29, 1, 30)  # noqa: DTZ001 - the wall


@pytest.mark.parametrize(
    ("said", "wanted"),
    [(None, True), (at(11, 24, 23, 0), True), (at(11, 25, 9, 40), False)],
)
def test_only_when_nothing_was_said_that_day(
    said: datetime | None,
    wanted: bool,  # noqa: FBT001 - a table's column
) -> None:
    assert wants_hour_before(FIVE, BOB, said, at(11, 25, 16, 0)) is wanted


def test_nor_when_it_is_over_or_rests() -> None:
    four = at(11, 25, 16, 0)
    assert not wants_hour_before(replace(FIVE, status=Status.DONE), BOB, None, four)
    assert not wants_hour_before(FIVE, BOB, None, at(11, 25, 17, 0))
    pending = Pending(
        ordinal=1, kind=PendingKind.LET_GO, author=ANA.user, at=MONDAY, asked_at=MONDAY
    )
    assert not wants_hour_before(replace(FIVE, pending=pending), BOB, None, four)


@pytest.mark.parametrize(
    ("choice", "now", "expected"),
    [
        ("1h", at(11, 25, 10, 7), at(11, 25, 11, 7)),
        ("tomorrow", at(11, 25, 15, 0), at(11, 26)),
        ("tomorrow", at(11, 27, 15, 0), at(11, 30)),  # a Friday
        ("next_week", at(11, 25, 15, 0), at(11, 30)),
        ("next_week", at(11, 23, 8, 0), at(11, 30)),
        ("next_week", at(11, 29, 15, 0), at(11, 30)),  # a Sunday
    ],
)
def test_ask_me_later(choice: str, now: datetime, expected: datetime) -> None:
    assert later_at(choice, BOB, now) == expected


def test_later_passes_over_days_off() -> None:
    monday_off = working(workdays=frozenset({1, 2, 3}), check_in=clock("11:00"))
    assert later_at("next_week", monday_off, at(11, 25)) == at(12, 1, 11, 0)


def test_a_timed_message_goes_out_in_its_readers_hours() -> None:
    now = at(11, 25, 16, 0)
    assert timed_delivery(BOB, now, now + timedelta(hours=1)) == TimedDelivery(TimedWay.SEND)


@pytest.mark.parametrize(
    ("now", "due", "way", "carried"),
    [
        (at(11, 25, 20, 0), at(11, 26, 12, 0), "into_list", at(11, 26)),  # quiet
        (at(11, 25, 20, 0), at(11, 25, 21, 0), "falls_away", None),
        (at(11, 28, 12, 0), at(11, 28, 13, 0), "falls_away", None),  # a Saturday
        (at(11, 28, 12, 0), at(12, 1, 0, 0), "into_list", at(11, 30)),
        (at(11, 28, 12, 0), None, "into_list", at(11, 30)),
    ],
)
def test_a_quiet_moment_joins_the_list_or_falls_away(
    now: datetime, due: datetime | None, way: str, carried: datetime | None
) -> None:
    assert timed_delivery(BOB, now, due) == TimedDelivery(TimedWay(way), carried)


def test_what_a_stop_made_late_joins_the_next_list() -> None:
    now = at(11, 25, 12, 0)
    assert timed_delivery(BOB, now, None, late=True) == TimedDelivery(
        TimedWay.INTO_LIST, at(11, 26)
    )
    assert timed_delivery(BOB, now, at(11, 25, 17, 0), late=True).way is TimedWay.FALLS_AWAY


def test_who_is_away_gets_none() -> None:
    away = working(away_from=day(11, 25), away_until=day(11, 27))
    now = at(11, 25, 12, 0)
    assert timed_delivery(away, now, at(11, 27, 12, 0)).list_at == at(11, 27)
    assert timed_delivery(away, now, at(11, 26, 12, 0)).way is TimedWay.FALLS_AWAY
