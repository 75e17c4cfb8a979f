"""The dates of a series: reported, objected to, ended."""

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain.errors import NotAllowedError, NotYoursError
from bot.domain.expectation import Action, Period, PeriodOutcome, Status
from tests.integration.services.house import ANA, BOB, LENA, House, day

FRIDAY = date(2026, 11, 27)


@pytest.fixture
def number(house: House) -> int:
    number = house.ask(due=day(27), rrule="FREQ=WEEKLY;BYDAY=FR").expectation.number
    house.answer.act(house.actor(ANA), number, Action.ACCEPT)
    house.now = datetime(2026, 11, 27, 10, tzinfo=UTC)
    return number


def periods(house: House, number: int) -> list[tuple[date, PeriodOutcome, bool]]:
    with house.reading() as uow:
        found = uow.expectations.periods(number)
    return [(one.date, one.outcome, one.settled_at is not None) for one in found]


def test_one_tap_reports_a_date(house: House, number: int) -> None:
    acted = house.answer.period(house.actor(ANA), number, FRIDAY, PeriodOutcome.KEPT)
    assert acted.period is not None
    assert acted.expectation.status is Status.ACTIVE
    assert periods(house, number) == [(FRIDAY, PeriodOutcome.KEPT, False)]
    assert house.stored(number).next_clock_at == datetime(2026, 11, 27, 23, tzinfo=UTC)


def test_not_this_time_is_over_at_once(house: House, number: int) -> None:
    house.answer.period(house.actor(ANA), number, FRIDAY, PeriodOutcome.NOT_THIS_TIME)
    assert periods(house, number) == [(FRIDAY, PeriodOutcome.NOT_THIS_TIME, True)]
    with pytest.raises(NotAllowedError):
        house.answer.period(house.actor(ANA), number, FRIDAY, PeriodOutcome.KEPT)


def test_what_is_missing_opens_it_again(house: House, number: int) -> None:
    house.answer.period(house.actor(ANA), number, FRIDAY, PeriodOutcome.KEPT)
    house.answer.period(house.actor(LENA), number, FRIDAY, PeriodOutcome.OPEN, "the totals")
    assert periods(house, number) == [(FRIDAY, PeriodOutcome.OPEN, False)]


def test_after_the_next_workday_it_stands(house: House, number: int) -> None:
    house.answer.period(house.actor(ANA), number, FRIDAY, PeriodOutcome.KEPT)
    house.now = datetime(2026, 12, 1, 10, tzinfo=UTC)
    with pytest.raises(NotAllowedError):
        house.answer.period(house.actor(LENA), number, FRIDAY, PeriodOutcome.OPEN)


def test_each_says_their_own(house: House, number: int) -> None:
    with pytest.raises(NotYoursError):
        house.answer.period(house.actor(LENA), number, FRIDAY, PeriodOutcome.KEPT)
    with pytest.raises(NotYoursError):
        house.answer.period(house.actor(ANA), number, FRIDAY, PeriodOutcome.OPEN)
    with pytest.raises(NotYoursError):
        house.answer.period(house.actor(BOB), number, FRIDAY, PeriodOutcome.KEPT)


def test_a_date_that_is_not_due_has_nothing_to_report(house: House, number: int) -> None:
    for other in (FRIDAY + timedelta(days=7), FRIDAY - timedelta(days=1)):
        with pytest.raises(NotAllowedError):
            house.answer.period(house.actor(ANA), number, other, PeriodOutcome.KEPT)


def test_a_second_tap_of_the_same_delivery_is_answered(house: House, number: int) -> None:
    actor = house.actor(ANA, key="tap-1")
    house.answer.period(actor, number, FRIDAY, PeriodOutcome.KEPT)
    assert house.answer.period(actor, number, FRIDAY, PeriodOutcome.KEPT).repeated


def test_either_ends_it_after_three_not_kept_and_not_before(house: House, number: int) -> None:
    with pytest.raises(NotAllowedError):
        house.answer.end_series(house.actor(ANA), number)
    with house.store.write(house.workspace) as uow:
        for week in range(3):
            when = FRIDAY - timedelta(weeks=week + 1)
            uow.expectations.save_period(
                Period(
                    number=number,
                    date=when,
                    slot_at=datetime(when.year, when.month, when.day, tzinfo=UTC),
                    outcome=PeriodOutcome.UNANSWERED,
                )
            )
    house.answer.go_on(house.actor(ANA), number)
    acted = house.answer.end_series(house.actor(ANA), number)
    assert acted.expectation.status is Status.RELEASED
    assert acted.event is not None
    assert acted.event.verb is Action.DROP
