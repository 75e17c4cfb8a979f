"""After due and after done: closing, lapsing, returning, settling, differing, leaving."""

from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest

from bot.domain.conversation import (
    Details,
    may_close_from,
    with_owner_zone,
)
from bot.domain.errors import InvalidInputError, NotAllowedError, NotYoursError
from bot.domain.expectation import (
    CLOCK,
    Action,
    CheckIn,
    Expectation,
    Outcome,
    PendingKind,
    Status,
)
from tests.unit.conversation.story import BERLIN, LENA, REN, Story, at, day, hour


def overdue() -> Story:
    """Due on Friday, asked on Monday at 09:30 what happened."""
    return Story().agreed().reached("overdue", "11-30 09:30")


def test_closing_needs_the_owner_to_have_been_asked() -> None:
    story = Story().agreed()
    assert may_close_from(story.now, story.people) is None
    with pytest.raises(NotAllowedError) as refused:
        story.did(Action.MISSED, LENA, "12-04 10:00")
    assert refused.value.reason == "too_early"


def test_closing_waits_for_one_full_workday_of_the_owners() -> None:
    story = overdue()
    assert may_close_from(story.now, story.people) == at("12-02 00:00")
    with pytest.raises(NotAllowedError):
        story.did(Action.MISSED, LENA, "12-01 23:59")
    story.did(Action.MISSED, LENA, "12-02 00:00")
    assert (story.now.status, story.now.outcome) == (Status.MISSED, Outcome.MISSED)


def test_closing_is_open_whatever_the_owner_answered() -> None:
    story = (
        overdue().said(CheckIn.AT_RISK, REN, "12-01 10:00").said(CheckIn.LATER, REN, "12-01 11:00")
    )
    assert story.did(Action.MISSED, LENA, "12-02 10:00").now.status is Status.MISSED


def test_closing_waits_while_the_owner_is_away() -> None:
    story = overdue().away(REN, "12-07", since="12-01")
    assert may_close_from(story.now, story.people) == at("12-08 00:00")


def test_closing_waits_while_the_owners_question_is_open() -> None:
    story = overdue().did(Action.ASK, REN, "12-01 10:00")
    assert may_close_from(story.now, story.people) == at("12-10 00:00")


def test_nothing_is_closed_while_something_waits() -> None:
    story = overdue().suggested(REN, "12-01 10:00", day("12-04"))
    with pytest.raises(NotAllowedError) as refused:
        story.did(Action.MISSED, LENA, "12-03 10:00")
    assert refused.value.reason == "pending"


def test_a_new_due_has_not_been_asked_about() -> None:
    story = overdue().suggested(REN, "11-30 10:00", day("12-04"))
    assert story.did(Action.ACCEPT, LENA, "11-30 11:00").now.asked == ()


def test_before_due_nobody_is_asked_what_happened() -> None:
    assert Story().agreed().reached("overdue", "11-27 09:30").now.asked == ()


def test_cannot_before_due_is_handed_back_and_needs_words() -> None:
    story = Story().agreed()
    with pytest.raises(InvalidInputError) as refused:
        story.did(Action.CANNOT, REN, "11-24 10:00", details=Details())
    assert "note" in refused.value.errors
    assert story.did(Action.CANNOT, REN, "11-27 23:00").now.status is Status.HANDED_BACK


def test_cannot_after_due_is_missed() -> None:
    story = Story().agreed().did(Action.CANNOT, REN, "11-28 10:00")
    assert (story.now.status, story.now.outcome) == (Status.MISSED, Outcome.MISSED)


def test_silence_lapses_twenty_workdays_after_due() -> None:
    story = overdue()
    assert story.clock("12-25 23:59") is None
    assert story.clock("12-26 00:00") is Action.LAPSE
    story.ticked("12-26 00:00")
    assert (story.now.status, story.now.outcome) == (Status.LAPSED, None)


@pytest.mark.parametrize("by", [REN, LENA])
def test_a_word_of_either_starts_the_twenty_workdays_again(by: str) -> None:
    story = overdue()
    story.said(CheckIn.AT_RISK if by == REN else CheckIn.OFFER_HELP, by, "12-01 10:00")
    assert story.clock("12-29 23:59") is None
    assert story.clock("12-30 00:00") is Action.LAPSE


def test_silence_before_due_does_not_count() -> None:
    story = Story(due=day("2027-03-05")).agreed()
    assert story.clock("2027-03-08 10:00") is None
    assert story.clock("2027-04-03 00:00") is Action.LAPSE


def test_returned_it_is_due_at_the_end_of_the_owners_next_workday() -> None:
    story = Story().agreed().done("11-27 10:00").did(Action.RETURN, LENA, "11-27 15:00")
    assert (story.now.status, story.now.due) == (Status.ACTIVE, day("11-30"))
    assert (story.now.returns, story.now.pending) == (1, None)


def test_returned_early_the_old_due_stays() -> None:
    story = Story().agreed().done("11-24 10:00").did(Action.RETURN, LENA, "11-24 15:00")
    assert story.now.due == day("11-27")


def test_a_day_named_by_a_return_waits_as_the_requesters_change() -> None:
    story = Story().agreed().done("11-27 10:00")
    details = Details(note="the tests", due=day("12-04"))
    story.did(Action.RETURN, LENA, "11-27 15:00", details=details)
    pending = story.now.pending
    assert pending is not None
    assert pending.terms is not None
    assert (pending.kind, pending.author, pending.terms.due) == (
        PendingKind.TERMS,
        LENA,
        day("12-04"),
    )
    assert story.now.due == day("11-30")
    assert story.change.new_terms == (pending.terms,)
    assert story.did(Action.ACCEPT, REN, "11-30 10:00").now.due == day("12-04")


def test_a_return_says_what_is_missing() -> None:
    with pytest.raises(InvalidInputError):
        Story().agreed().done("11-27 10:00").did(
            Action.RETURN, LENA, "11-27 15:00", details=Details(due=day("12-04"))
        )


def test_without_a_word_a_done_is_closed_as_fitting() -> None:
    story = Story().agreed().done("11-25 10:00").reached("report", "11-25 10:01")
    assert story.clock("12-02 23:59") is None
    assert story.clock("12-03 00:00") is Action.SETTLE
    story.ticked("12-03 00:00")
    assert (story.now.status, story.now.outcome) == (Status.MET, Outcome.KEPT)
    assert story.now.unconfirmed


def test_the_requesters_question_stops_the_settling() -> None:
    story = Story().agreed().done("11-25 10:00").reached("report", "11-25 10:01")
    story.did(Action.ASK, LENA, "11-26 10:00").did(Action.ANSWER, REN, "11-30 10:00")
    assert story.clock("12-07 23:59") is None
    assert story.clock("12-08 00:00") is Action.SETTLE


def test_the_owners_words_do_not_stop_the_settling() -> None:
    story = Story().agreed().done("11-25 10:00").reached("report", "11-25 10:01")
    story.did(Action.ASK, REN, "12-01 10:00")
    assert story.clock("12-03 00:00") is Action.SETTLE


def test_confirming_says_that_somebody_looked() -> None:
    story = Story().agreed().done("11-25 10:00").did(Action.CONFIRM, LENA, "11-25 11:00")
    assert not story.now.unconfirmed
    assert story.now.closed_at == at("11-25 11:00")


@pytest.mark.parametrize("by", [REN, LENA])
@pytest.mark.parametrize("reported", [True, False])
def test_after_two_returns_either_may_see_it_differently(by: str, *, reported: bool) -> None:
    story = Story().agreed()
    for hours in ("10", "12"):
        with pytest.raises(NotAllowedError):
            story.did(Action.DIFFER, by, f"11-25 {hours}:00")
        story.done(f"11-25 {hours}:01").did(Action.RETURN, LENA, f"11-25 {hours}:02")
    if reported:
        story.done("11-25 13:00")
    story.did(Action.DIFFER, by, "11-25 14:00")
    assert (story.now.status, story.now.outcome) == (Status.UNSETTLED, None)


@pytest.mark.parametrize(("first", "other"), [(REN, LENA), (LENA, REN)])
def test_of_one_seen_differently_each_says_once_how(first: str, other: str) -> None:
    story = Story().agreed()
    for hours in ("10", "12"):
        story.done(f"11-25 {hours}:01").did(Action.RETURN, LENA, f"11-25 {hours}:02")
    with pytest.raises(InvalidInputError):
        story.did(Action.DIFFER, first, "11-25 14:00", details=Details(note=" "))
    story.did(Action.DIFFER, first, "11-25 14:00")
    closed = story.now.closed_at
    with pytest.raises(NotYoursError):
        story.did(Action.DIFFER, first, "11-25 15:00")
    story.did(Action.DIFFER, other, "12-25 15:00")
    assert (story.now.status, story.now.unheard, story.now.closed_at) == (
        Status.UNSETTLED,
        None,
        closed,
    )
    for by in (first, other):
        with pytest.raises(NotAllowedError):
            story.did(Action.DIFFER, by, "12-26 10:00")


def leave(story: Story) -> Story:
    story.people = replace(story.people, owner=replace(story.people.owner, active=False))
    return story


@pytest.mark.parametrize("status", [Status.PROPOSED, Status.ACTIVE, Status.DONE])
def test_who_leaves_is_let_go(status: Status) -> None:
    story = Story()
    if status is not Status.PROPOSED:
        story.agreed()
    if status is Status.DONE:
        story.done("11-24 10:00")
    assert leave(story).ticked("11-24 11:00").now.status is Status.RELEASED
    assert story.change.event.actor == CLOCK
    assert story.change.event.verb is Action.GONE


def test_who_leaves_ends_what_waits() -> None:
    story = leave(Story().agreed().suggested(REN, "11-24 10:00", day("12-04")))
    assert story.ticked("11-24 11:00").now.pending is None


def test_what_is_over_stays_as_it_is_when_somebody_leaves() -> None:
    story = leave(Story().did(Action.DECLINE, REN, "11-24 10:00"))
    assert story.clock("11-24 11:00") is None


def ends(expectation: Expectation) -> str:
    return expectation.due_at.astimezone(BERLIN).strftime("%m-%d %H:%M")


def test_a_day_moves_with_its_owner_and_an_hour_does_not() -> None:
    story, timed = Story().agreed(), Story(due=hour("11-27 17:00")).agreed()
    tokyo = replace(story.people.owner, zone=ZoneInfo("Asia/Tokyo"))
    moved = replace(story.people, owner=tokyo)
    assert ends(with_owner_zone(story.now, moved)) == "11-27 16:00"
    assert ends(with_owner_zone(timed.now, moved)) == "11-27 17:00"
