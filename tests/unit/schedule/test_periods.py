"""How the dates of a series are asked about and reported."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from bot.domain.due import Due
from bot.domain.errors import NotAllowedError
from bot.domain.expectation import Period, PeriodOutcome
from bot.domain.member import Member
from bot.domain.messages import Asked, Prompt
from bot.domain.schedule.periods import (
    at_slot,
    open_period,
    reopen,
    report,
    settle,
    settle_due,
    three_in_a_row_not_kept,
)
from bot.domain.schedule.prompts import Candidate, due_prompts, needs_you
from bot.domain.schedule.series import Slot
from tests.unit.schedule.given import ANA, BOB, agreed, asked, at, day

FRIDAY = Slot(date=day(11, 27), due=Due(day(11, 27)), at=at(11, 28, 0, 0))
OPEN = open_period(42, FRIDAY)
SERIES = agreed(day(11, 27), rrule="FREQ=WEEKLY;BYDAY=FR")


def closed(outcome: str, on: date) -> Period:
    when = datetime(on.year, on.month, on.day, 17, tzinfo=BOB.zone)
    return Period(
        number=42, date=on, slot_at=when, outcome=PeriodOutcome(outcome), reported_at=when
    )


def test_a_slot_opens_a_period_and_a_skipped_one_is_over() -> None:
    assert (OPEN.date, OPEN.slot_at, OPEN.outcome) == (day(11, 27), FRIDAY.at, "open")
    assert open_period(42, replace(FRIDAY, skipped=True)).outcome is PeriodOutcome.SKIPPED


def test_done_settles_at_the_end_of_the_requesters_next_workday() -> None:
    done = report(OPEN, "kept", at(11, 27, 16, 0), ANA)
    assert (done.outcome, done.settled_at) == (PeriodOutcome.KEPT, None)
    assert settle_due(done, ANA) == at(12, 1, 0, 0)  # Friday's, at the end of Monday
    assert settle(done, at(12, 1, 0, 0)).settled_at == at(12, 1, 0, 0)
    assert settle_due(settle(done, at(12, 1, 0, 0)), ANA) is None
    assert settle_due(OPEN, ANA) is None


def test_not_this_time_and_a_commitments_done_settle_at_once() -> None:
    said = at(11, 27, 16, 0)
    assert report(OPEN, "not_this_time", said, ANA).settled_at == said
    assert report(OPEN, "kept", said, None).settled_at == said


def test_what_is_missing_opens_it_again() -> None:
    done = report(OPEN, "kept", at(11, 27, 16, 0), ANA)
    again = reopen(done, "the log of Tuesday")
    assert (again.outcome, again.reported_at) == (PeriodOutcome.OPEN, None)
    assert again.note == "the log of Tuesday"
    assert report(again, "kept", at(11, 30), ANA).outcome is PeriodOutcome.KEPT


def test_an_open_one_is_unanswered_at_the_next_slot() -> None:
    next_at = at(12, 5, 0, 0)
    assert at_slot(OPEN, next_at).outcome is PeriodOutcome.UNANSWERED
    done = report(OPEN, "kept", at(11, 27, 16, 0), ANA)
    assert at_slot(done, next_at) == done


def test_what_is_over_takes_no_report() -> None:
    said = at(11, 30)
    over = at_slot(OPEN, said)
    for period, outcome in ((over, "kept"), (OPEN, "unanswered"), (OPEN, "skipped")):
        with pytest.raises(NotAllowedError):
            report(period, outcome, said, ANA)
    for period in (over, OPEN, settle(report(OPEN, "kept", said, ANA), said)):
        with pytest.raises(NotAllowedError):
            reopen(period, "too late")


@pytest.mark.parametrize(
    ("outcomes", "expected"),
    [
        ("unanswered not_this_time unanswered", True),
        ("kept unanswered not_this_time unanswered", True),
        ("unanswered skipped unanswered open unanswered", True),
        ("unanswered unanswered", False),
        ("unanswered unanswered kept unanswered", False),
        ("unanswered unanswered unanswered kept", False),
        ("", False),
    ],
)
def test_three_in_a_row_not_kept(
    outcomes: str,
    expected: bool,  # noqa: FBT001 - a table's column
) -> None:
    periods = [closed(one, day(11, 2 + n)) for n, one in enumerate(outcomes.split())]
    assert three_in_a_row_not_kept(periods) is expected


def asks(
    reader: Member, now: datetime, *periods: Period, earlier: tuple[Asked, ...] = ()
) -> list[tuple[Prompt, str, int]]:
    other = ANA if reader is BOB else BOB
    candidate = Candidate(expectation=SERIES, other=other, periods=periods, asked=earlier)
    return [(one.prompt, one.key, one.ordinal) for one in due_prompts(reader, [candidate], now)]


def test_the_owner_is_asked_on_the_day_and_once_more() -> None:
    assert asks(BOB, at(11, 26), OPEN) == []
    first = (Prompt.PERIOD, "2026-11-27", 1)
    assert asks(BOB, at(11, 27), OPEN) == [first]
    once = asked(BOB, Prompt.PERIOD, "2026-11-27", at(11, 27))
    assert asks(BOB, at(11, 27), OPEN, earlier=(once,)) == []
    assert asks(BOB, at(11, 30), OPEN, earlier=(once,)) == [(Prompt.PERIOD, "2026-11-27", 2)]
    twice = asked(BOB, Prompt.PERIOD, "2026-11-27", at(11, 30), 2)
    assert asks(BOB, at(12, 1), OPEN, earlier=(once, twice)) == []
    assert asks(ANA, at(11, 27), OPEN) == []


def test_the_requester_is_asked_once_while_it_may_still_be_opened() -> None:
    done = report(OPEN, "kept", at(11, 27, 16, 0), ANA)
    assert asks(ANA, at(11, 30), done) == [(Prompt.PERIOD_DONE, "2026-11-27", 1)]
    once = asked(ANA, Prompt.PERIOD_DONE, "2026-11-27", at(11, 30))
    assert asks(ANA, at(12, 1), done, earlier=(once,)) == []
    assert asks(ANA, at(12, 1), settle(done, at(12, 1, 0, 0))) == []


def test_three_in_a_row_ask_both_and_three_more_ask_again() -> None:
    row = [closed("unanswered", day(11, number)) for number in (10, 11, 12)]
    for reader in (ANA, BOB):
        assert asks(reader, at(11, 16), *row) == [(Prompt.SERIES_QUESTION, "2026-11-12", 1)]
        once = asked(reader, Prompt.SERIES_QUESTION, "2026-11-12", at(11, 16))
        assert asks(reader, at(11, 17), *row, earlier=(once,)) == []
        five = [*row, *(closed("not_this_time", day(11, number)) for number in (16, 17))]
        assert asks(reader, at(11, 18), *five, earlier=(once,)) == []
        six = [*five, closed("unanswered", day(11, 18))]
        again = [(Prompt.SERIES_QUESTION, "2026-11-18", 1)]
        assert asks(reader, at(11, 19), *six, earlier=(once,)) == again


def test_home_shows_what_waits_of_a_series() -> None:
    owner = Candidate(expectation=SERIES, other=ANA, periods=(OPEN,))
    assert needs_you(BOB, owner, at(11, 26)) is None
    assert needs_you(BOB, owner, at(11, 27, 15, 0)) is Prompt.PERIOD
    done = report(OPEN, "kept", at(11, 27, 16, 0), ANA)
    requester = Candidate(expectation=SERIES, other=BOB, periods=(done,))
    assert needs_you(ANA, requester, at(11, 27, 17, 0)) is Prompt.PERIOD_DONE
