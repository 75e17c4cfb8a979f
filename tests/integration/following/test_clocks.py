"""What happens because time passed: once, also after a stop, and dates of a series."""

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain.conversation import Details, People, clock_action
from bot.domain.due import Due
from bot.domain.expectation import CLOCK, Action, Expectation, Outcome, PeriodOutcome, Status
from bot.domain.messages import Moment, Prompt
from bot.domain.views import AskedItem
from bot.services import plan_clocks
from tests.integration.following.town import Post, Town
from tests.integration.services.house import ANA, LENA, day

FRIDAY = date(2026, 11, 27)
WEEKLY = "FREQ=WEEKLY;BYDAY=FR"


def clock_events(town: Town, number: int) -> list[Action]:
    return [Action(event.verb.value) for event in town.events(number) if event.actor == CLOCK]


@pytest.mark.parametrize("asleep", [False, True])
def test_done_settles_once_after_five_workdays(town: Town, *, asleep: bool) -> None:
    number = town.agree()
    town.answer.act(town.actor(ANA), number, Action.DONE)
    town.rest()
    # Told on Monday the 23rd; Tuesday to Monday are five workdays.
    settles = datetime(2026, 11, 30, 23, tzinfo=UTC)
    assert town.stored(number).next_clock_at == settles
    if asleep:
        town.asleep_until(settles + timedelta(days=3))
    else:
        town.until(settles - timedelta(seconds=1))
        assert town.stored(number).status is Status.DONE
        town.until(settles)
    stored = town.stored(number)
    assert (stored.status, stored.outcome, stored.unconfirmed) == (Status.MET, Outcome.KEPT, True)
    town.until(settles + timedelta(days=10))
    assert clock_events(town, number) == [Action.SETTLE]


def test_a_proposal_without_a_word_lapses_once(town: Town) -> None:
    number = town.ask(due=day(24)).expectation.number
    town.until(datetime(2026, 12, 7, tzinfo=UTC))
    assert town.stored(number).status is Status.LAPSED
    assert clock_events(town, number) == [Action.LAPSE]
    lines = [
        (post.to, line.moment)
        for post in town.sent.posts
        if post.moment is Moment.LIST
        for line in post.list.held
    ]
    assert sorted(lines) == [
        (LENA, Moment.ENDED_UNANSWERED),
        (ANA, Moment.ENDED_UNANSWERED),
    ]


def test_a_waiting_change_lapses_and_its_author_hears_it(town: Town) -> None:
    number = town.agree(due=Due(date(2026, 12, 18)))
    town.rest()
    change = Details(due=Due(date(2026, 12, 21)))
    town.answer.act(town.actor(ANA), number, Action.CHANGE, change)
    town.until(datetime(2026, 12, 2, tzinfo=UTC))
    assert town.stored(number).pending is None
    assert town.stored(number).due == Due(date(2026, 12, 18))
    told = [
        line.moment
        for post in town.to(ANA)
        if post.moment is Moment.LIST
        for line in post.list.held
    ]
    assert [*town.moments(ANA), *told].count(Moment.CHANGE_LAPSED) == 1


def test_a_series_asks_on_its_day_and_is_unanswered_at_the_next(town: Town) -> None:
    number = town.agree(due=day(27), rrule=WEEKLY)
    town.until(datetime(2026, 11, 27, 20, tzinfo=UTC))
    asked = [item.prompt for post in town.to(ANA) for item in _items(post)]
    assert asked == [Prompt.PERIOD]
    town.until(datetime(2026, 11, 28, 1, tzinfo=UTC))
    assert _periods(town, number) == [(FRIDAY, PeriodOutcome.OPEN)]
    assert town.stored(number).due == Due(date(2026, 12, 4))
    town.until(datetime(2026, 12, 5, 1, tzinfo=UTC))
    assert _periods(town, number) == [
        (FRIDAY, PeriodOutcome.UNANSWERED),
        (date(2026, 12, 4), PeriodOutcome.OPEN),
    ]


def test_a_date_that_is_done_settles_at_the_end_of_the_next_workday(town: Town) -> None:
    number = town.agree(due=day(27), rrule=WEEKLY)
    town.until(datetime(2026, 11, 27, 10, tzinfo=UTC))
    town.answer.period(town.actor(ANA), number, FRIDAY, PeriodOutcome.KEPT)
    town.until(datetime(2026, 11, 30, 22, 59, tzinfo=UTC))
    assert _settled(town, number) == [False]
    town.until(datetime(2026, 11, 30, 23, 0, tzinfo=UTC))
    assert _settled(town, number) == [True]


def test_three_in_a_row_not_kept_ask_both(town: Town) -> None:
    town.agree(due=day(27), rrule=WEEKLY)
    town.until(datetime(2026, 12, 21, tzinfo=UTC))
    asked = [
        post.to
        for post in town.sent.posts
        for item in _items(post)
        if item.prompt is Prompt.SERIES_QUESTION
    ]
    assert asked == []
    town.until(datetime(2026, 12, 22, tzinfo=UTC))
    asked = [
        post.to
        for post in town.sent.posts
        for item in _items(post)
        if item.prompt is Prompt.SERIES_QUESTION
    ]
    assert sorted(asked) == [LENA, ANA]


def test_a_series_is_released_after_its_last_date(town: Town) -> None:
    number = town.agree(due=day(27), rrule=f"{WEEKLY};UNTIL=20261204")
    town.until(datetime(2026, 12, 4, 10, tzinfo=UTC))
    town.answer.period(town.actor(ANA), number, date(2026, 12, 4), PeriodOutcome.KEPT)
    town.until(datetime(2026, 12, 7, 22, 59, tzinfo=UTC))
    assert town.stored(number).status is Status.ACTIVE
    town.until(datetime(2026, 12, 7, 23, tzinfo=UTC))
    assert town.stored(number).status is Status.RELEASED
    assert clock_events(town, number) == [Action.DROP]


def test_what_stayed_open_ends_with_its_series_and_is_asked_no_more(town: Town) -> None:
    number = town.agree(due=day(27), rrule=f"{WEEKLY};UNTIL=20261127")
    town.until(datetime(2026, 11, 30, 23, 0, 1, tzinfo=UTC))
    assert town.stored(number).status is Status.RELEASED
    assert _periods(town, number) == [(FRIDAY, PeriodOutcome.UNANSWERED)]


def test_dates_that_passed_asleep_are_each_noted(town: Town) -> None:
    number = town.agree(due=day(27), rrule=WEEKLY)
    town.rest()
    town.asleep_until(datetime(2026, 12, 12, 10, tzinfo=UTC))
    assert _periods(town, number) == [
        (FRIDAY, PeriodOutcome.UNANSWERED),
        (date(2026, 12, 4), PeriodOutcome.UNANSWERED),
        (date(2026, 12, 11), PeriodOutcome.OPEN),
    ]


def test_dates_while_away_are_skipped(town: Town) -> None:
    number = town.agree(due=day(27), rrule=WEEKLY)
    town.configure.away(town.actor(ANA), date(2026, 12, 7))
    town.until(datetime(2026, 12, 12, 10, tzinfo=UTC))
    outcomes = dict(_periods(town, number))
    assert outcomes[date(2026, 12, 4)] is PeriodOutcome.SKIPPED
    assert outcomes[date(2026, 12, 11)] is PeriodOutcome.OPEN


def test_a_failing_clock_stands_in_nobodys_way(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = town.ask(due=day(24)).expectation.number, town.ask(due=day(24))
    lapses = datetime(2026, 11, 24, 23, tzinfo=UTC)
    town.until(lapses - timedelta(seconds=1))

    def broken(expectation: Expectation, at: datetime, people: People) -> Action | None:
        if expectation.number == first:
            msg = "this one cannot be looked at"
            raise ValueError(msg)
        return clock_action(expectation, at, people)

    monkeypatch.setattr(plan_clocks, "clock_action", broken)
    town.until(lapses + timedelta(minutes=20))
    assert town.stored(first).status is Status.PROPOSED
    assert town.stored(second.expectation.number).status is Status.LAPSED
    monkeypatch.undo()
    town.until(town.now + timedelta(minutes=15))
    assert town.stored(first).status is Status.LAPSED


def _items(post: Post) -> tuple[AskedItem, ...]:
    return post.list.items if post.moment is Moment.LIST else ()


def _periods(town: Town, number: int) -> list[tuple[date, PeriodOutcome]]:
    with town.reading() as uow:
        return [(one.date, one.outcome) for one in uow.expectations.periods(number)]


def _settled(town: Town, number: int) -> list[bool]:
    with town.reading() as uow:
        return [one.settled_at is not None for one in uow.expectations.periods(number)]
