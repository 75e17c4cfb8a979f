"""Whether a notice goes at once or with the next list."""

from dataclasses import replace
from datetime import datetime

import pytest

from bot.domain.due import Due
from bot.domain.expectation import Pending, PendingKind, Status
from bot.domain.messages import Moment
from bot.domain.schedule.notices import LINES, delivery
from tests.unit.schedule.given import ANA, BOB, agreed, at, day, request, working

EVENING = at(11, 25, 20, 0)


def test_a_notice_goes_at_once_in_the_readers_hours() -> None:
    assert delivery(Moment.PROPOSAL, BOB, request(), at(11, 25, 12, 0)).at_once


@pytest.mark.parametrize(
    ("now", "carried"),
    [
        (EVENING, at(11, 26)),  # quiet hours
        (at(11, 26, 3, 0), at(11, 26)),
        (at(11, 28, 12, 0), at(11, 30)),  # a Saturday
        (at(11, 26, 8, 30), None),  # before the list, but not quiet
    ],
)
def test_otherwise_the_next_list_carries_it(now: datetime, carried: datetime | None) -> None:
    way = delivery(Moment.PROPOSAL, BOB, request(), now)
    assert way.held_until == carried
    assert way.may_send_now is (carried is not None)
    assert way.away_until is None


def test_who_is_away_is_not_disturbed_by_send_now() -> None:
    away = working(away_from=day(11, 24), away_until=day(12, 2))
    way = delivery(Moment.PROPOSAL, away, request(), at(11, 25, 12, 0))
    assert way.held_until == at(12, 2)
    assert way.away_until == day(12, 2)
    assert not way.may_send_now


@pytest.mark.parametrize(
    ("due", "at_once"),
    [
        (at(11, 25, 23, 0), True),
        (at(11, 26, 9, 0), True),
        (at(11, 26, 9, 30), True),  # with the list itself is too late
        (at(11, 26, 10, 0), False),  # the list comes first
        (at(11, 25, 19, 0), False),  # it is over
    ],
)
def test_it_goes_at_once_when_an_hour_falls_due_before_the_list(
    due: datetime,
    at_once: bool,  # noqa: FBT001 - a table's column
) -> None:
    way = delivery(Moment.QUESTION, BOB, request(due), EVENING)
    assert way.at_once is at_once
    assert not way.day_ends_before


def test_but_never_to_who_is_away() -> None:
    away = working(away_from=day(11, 24), away_until=day(12, 2))
    assert not delivery(Moment.QUESTION, away, request(at(11, 26, 9, 0)), EVENING).at_once


def test_a_suggested_hour_counts_too() -> None:
    terms = replace(agreed().terms, version=2, due=Due(at(11, 26, 9, 0)))
    pending = Pending(
        ordinal=1,
        kind=PendingKind.TERMS,
        author=ANA.user,
        at=EVENING,
        asked_at=EVENING,
        terms=terms,
    )
    assert delivery(Moment.CHANGE_TO_AGREED, BOB, agreed(pending=pending), EVENING).at_once


def test_a_day_that_ends_before_the_list_is_said_and_waits() -> None:
    tonight = delivery(Moment.PROPOSAL, BOB, request(day(11, 25)), EVENING)
    assert tonight.held_until == at(11, 26)
    assert tonight.day_ends_before
    tomorrow = delivery(Moment.PROPOSAL, BOB, request(day(11, 26)), EVENING)
    assert tomorrow.held_until == at(11, 26)
    assert not tomorrow.day_ends_before
    weekend = delivery(Moment.PROPOSAL, BOB, request(day(11, 29)), at(11, 27, 20, 0))
    assert weekend.day_ends_before


def test_no_other_day_is_offered_for_what_is_over_or_done() -> None:
    """Close as not kept, days later, once answered that another day may be better."""
    over = delivery(Moment.NOT_KEPT, BOB, agreed(day(11, 24)), EVENING)
    assert not over.at_once
    assert not over.day_ends_before
    done = replace(agreed(day(11, 25)), status=Status.DONE)
    assert not delivery(Moment.DONE, ANA, done, EVENING).day_ends_before


@pytest.mark.parametrize(
    "moment", [Moment.KEPT, Moment.CLOSED, Moment.THANKS, Moment.ENDED_UNANSWERED]
)
def test_what_asks_nothing_is_a_line_of_the_next_list(moment: Moment) -> None:
    assert moment in LINES
    way = delivery(moment, BOB, request(at(11, 25, 17, 0)), at(11, 25, 12, 0))
    assert way.held_until == at(11, 26)
    assert not way.may_send_now


def test_thanks_need_no_expectation() -> None:
    assert delivery(Moment.THANKS, BOB, None, at(11, 25, 12, 0)).held_until == at(11, 26)
