"""Give and take: counts of what was done each way, by the reader's own calendar."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.domain.give_and_take import Counts, Given, Quarter, give_and_take

ANA, BOB, EVE = "UANA", "UBOB", "UEVE"
BERLIN = ZoneInfo("Europe/Berlin")
AT = datetime(2026, 11, 25, 12, tzinfo=UTC)


def gave(by: str, to: str, at: datetime) -> Given:
    return Given(number=1, by=by, to=to, at=at)


def test_each_way_is_counted_and_others_are_not() -> None:
    counted = give_and_take(
        ANA,
        [gave(ANA, BOB, AT), gave(ANA, BOB, AT), gave(BOB, ANA, AT), gave(BOB, EVE, AT)],
        BERLIN,
        AT,
    )
    assert counted.lately == Counts(given=2, taken=1)
    assert counted.in_all == Counts(given=2, taken=1)


def test_nothing_is_nothing() -> None:
    counted = give_and_take(ANA, [], BERLIN, AT)
    assert counted.lately == counted.in_all == Counts(given=0, taken=0)
    assert counted.quarters == ()


@pytest.mark.parametrize(
    ("ago", "counts"),
    [
        (timedelta(days=90), False),
        (timedelta(days=90) - timedelta(seconds=1), True),
        (timedelta(0), True),
        (-timedelta(seconds=1), False),
    ],
)
def test_lately_is_ninety_days(ago: timedelta, *, counts: bool) -> None:
    counted = give_and_take(ANA, [gave(BOB, ANA, AT - ago)], BERLIN, AT)
    assert counted.lately.taken == counts


def test_quarters_are_the_readers() -> None:
    """At 23:30 UTC on 30 September it is October in Berlin, and September in New York."""
    border = gave(ANA, BOB, datetime(2026, 9, 30, 23, 30, tzinfo=UTC))
    earlier = gave(BOB, ANA, datetime(2025, 2, 1, tzinfo=UTC))
    quarter_four, quarter_three = Quarter(year=2026, quarter=4), Quarter(year=2026, quarter=3)
    first = (Quarter(year=2025, quarter=1), Counts(given=0, taken=1))
    one = Counts(given=1, taken=0)
    in_berlin = give_and_take(ANA, [border, earlier], BERLIN, AT)
    in_new_york = give_and_take(ANA, [border, earlier], ZoneInfo("America/New_York"), AT)
    assert in_berlin.quarters == ((quarter_four, one), first)
    assert in_new_york.quarters == ((quarter_three, one), first)


@pytest.mark.parametrize(
    ("day", "key"),
    [
        (date(2026, 1, 1), "2026-Q1"),
        (date(2026, 3, 31), "2026-Q1"),
        (date(2026, 4, 1), "2026-Q2"),
        (date(2026, 9, 30), "2026-Q3"),
        (date(2026, 12, 31), "2026-Q4"),
    ],
)
def test_quarters_have_three_months(day: date, key: str) -> None:
    assert Quarter.of(day).key == key
