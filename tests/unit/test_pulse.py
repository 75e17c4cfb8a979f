"""When a month's pulse is over, and how it is named."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.domain.pulse import Pulse, Said, Statement, ends_at, month_of, pulse_key, read_pulse_key


@pytest.mark.parametrize(
    ("month", "end"),
    [
        (date(2026, 11, 1), datetime(2026, 12, 1, 12, tzinfo=UTC)),
        (date(2026, 12, 1), datetime(2027, 1, 1, 12, tzinfo=UTC)),
        (date(2027, 2, 1), datetime(2027, 3, 1, 12, tzinfo=UTC)),
    ],
)
def test_a_month_ends_when_it_is_over_in_every_zone(month: date, end: datetime) -> None:
    assert ends_at(month) == end
    last_second = end - timedelta(seconds=1)
    assert month_of(last_second.astimezone(ZoneInfo("Etc/GMT+12")).date()) == month
    assert month_of(end.astimezone(ZoneInfo("Etc/GMT+12")).date()) != month


def test_keys_are_read_as_they_were_written() -> None:
    assert pulse_key("C01", date(2026, 11, 1)) == "C01/2026-11"
    assert read_pulse_key("C01/2026-11") == ("C01", date(2026, 11, 1))


@pytest.mark.parametrize("key", ["", "C01", "/2026-11", "C01/2026", "C01/2026-13", "C01/v1"])
def test_other_keys_are_refused(key: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_pulse_key(key)


def test_answers_are_as_many_as_to_each_statement() -> None:
    counts = {each: {Said.YES: 3, Said.PARTLY: 0, Said.NO: 2} for each in Statement}
    assert Pulse(channel="C01", month=date(2026, 11, 1), counts=counts).answers == 5
