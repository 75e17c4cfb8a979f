"""Tables of typed text and expected reading, and the readings to hold against them.

A row is `typed | when | result`. When: a due; with an RRULE after it, a series; "?" and the
readings offered, where it is asked. Result: "ship it" where it is left out.
"""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.domain.language import Context, Reading, read

ANA = "<@U01ANA|ana>"
BOB = "<@U02BOB|bob>"
WEDNESDAY = "2026-11-25T10:00:00+01:00"
"""Wednesday, 25 November 2026, ten in the morning in Berlin."""


def context(
    now: str = WEDNESDAY,
    zone: str = "Europe/Berlin",
    locale: str = "en",
    *,
    workdays: frozenset[int] = frozenset(range(5)),
    holidays: frozenset[date] = frozenset(),
    owner_zones: tuple[str, ...] = (),
) -> Context:
    return Context(
        now=datetime.fromisoformat(now),
        zone=ZoneInfo(zone),
        locale=locale,
        workdays=workdays,
        holidays=holidays,
        owner_zones=tuple(map(ZoneInfo, owner_zones)),
    )


def line(typed: str, where: Context | None = None) -> Reading:
    return read(typed, where or context())


def when(reading: Reading) -> str:
    """Write a reading's date as the tables do."""
    parts = [reading.rrule] if reading.rrule else []
    if reading.due is not None:
        return " ".join([reading.due.iso(), *parts])
    return " ".join(["?", *parts, *(due.iso() for due in reading.readings)])


def asked(typed: str, where: Context | None = None) -> tuple[str, str]:
    """Return when and result of something asked of Ana."""
    reading = line(f"{ANA} ship it {typed}", where)
    assert reading.intent == "request"
    assert reading.owners == ("U01ANA",)
    assert ("when" in reading.questions) == (reading.due is None)
    return when(reading), reading.result


def rows(table: str) -> list[tuple[str, str, str]]:
    """Return typed, when and result of each row."""
    cells = [[cell.strip() for cell in row.split("|")] for row in table.strip().splitlines()]
    return [
        (typed, expected, result[0] if result else "ship it") for typed, expected, *result in cells
    ]
