"""Commitments and series: what differs in them."""

import pytest

from bot.domain.conversation import Details, end_series, next_clock
from bot.domain.errors import NotAllowedError, NotYoursError
from bot.domain.expectation import CLOCK, Action, CheckIn, Kind, Outcome, Status
from tests.unit.conversation.story import FRIDAYS, LENA, REN, Story, at, day


class TestCommitment:
    """A commitment's owner changes, drops and finishes alone."""

    def test_a_change_is_in_force_at_once(self) -> None:
        story = Story(Kind.COMMITMENT).suggested(REN, "11-24 10:00", day("12-02"))
        now = story.now
        assert (now.pending, now.due, now.terms.version) == (None, day("12-02"), 2)
        assert story.change.new_terms == (now.terms,)
        assert now.terms.accepted_at == at("11-24 10:00")

    def test_done_is_met_by_the_owners_word(self) -> None:
        story = Story(Kind.COMMITMENT).done("11-27 10:00")
        now = story.now
        assert (now.status, now.outcome, now.self_confirmed) == (
            Status.MET,
            Outcome.KEPT,
            True,
        )
        assert now.closed_at == at("11-27 10:00")

    def test_done_may_be_undone_until_the_end_of_the_next_workday(self) -> None:
        story = Story(Kind.COMMITMENT).done("11-27 10:00")
        with pytest.raises(NotAllowedError) as refused:
            story.did(Action.UNDO, REN, "12-01 00:00")
        assert refused.value.reason == "undo_over"
        now = story.did(Action.UNDO, REN, "11-30 23:59").now
        assert (now.status, now.outcome, now.self_confirmed, now.closed_at) == (
            Status.ACTIVE,
            None,
            False,
            None,
        )

    def test_it_is_let_go_alone(self) -> None:
        story = Story(Kind.COMMITMENT).did(Action.DROP, REN, "11-24 10:00")
        assert story.now.status is Status.RELEASED

    @pytest.mark.parametrize(
        "action", [Action.LET_GO, Action.ASK, Action.MISSED, Action.REMEDY, Action.CONFIRM]
    )
    def test_there_is_nobody_to_ask(self, action: Action) -> None:
        with pytest.raises(NotAllowedError):
            Story(Kind.COMMITMENT).did(action, REN, "12-24 10:00")


class TestSeries:
    """A series has slots in place of a due, and nothing to finish."""

    def test_it_starts_at_the_first_slot_after_the_yes(self) -> None:
        story = Story(rrule=FRIDAYS)
        story.did(Action.ACCEPT, REN, "11-28 10:00", details=Details(next_slot=day("12-04")))
        assert (story.now.due, story.now.terms.due) == (day("12-04"), day("11-27"))

    def test_after_its_last_slot_it_cannot_be_accepted(self) -> None:
        story = Story(rrule=FRIDAYS)
        with pytest.raises(NotAllowedError) as refused:
            story.did(Action.ACCEPT, REN, "11-28 10:00", details=Details(next_slot=None))
        assert refused.value.reason == "due_passed"

    def test_cannot_is_handed_back_at_any_time(self) -> None:
        story = Story(rrule=FRIDAYS).agreed()
        assert story.did(Action.CANNOT, REN, "12-10 10:00").now.status is Status.HANDED_BACK

    def test_a_changed_rule_takes_its_next_slot(self) -> None:
        story = Story(rrule=FRIDAYS).agreed()
        monday = Details(rrule="FREQ=WEEKLY;BYDAY=MO")
        story.did(Action.CHANGE, LENA, "11-24 10:00", details=monday)
        story.did(Action.ACCEPT, REN, "11-24 11:00", details=Details(next_slot=day("11-30")))
        assert (story.now.terms.rrule, story.now.due) == ("FREQ=WEEKLY;BYDAY=MO", day("11-30"))

    def test_its_next_slot_wakes_the_clock(self) -> None:
        story = Story(rrule=FRIDAYS).agreed()
        assert next_clock(story.now, story.people) == at("11-28 00:00")

    def test_silence_counts_from_the_first_slot_that_passed(self) -> None:
        story = Story(rrule=FRIDAYS).agreed()
        assert story.clock("2027-06-01 10:00") is None
        for slot in ("12-04", "12-11"):
            story.moved_on(day(slot))
        assert story.now.due_at == at("12-12 00:00")
        # Twenty workdays after Friday 27 November end with Friday 25 December.
        assert story.clock("12-25 23:59") is None
        assert story.clock("12-26 00:00") is Action.LAPSE

    def test_a_word_starts_its_silence_again(self) -> None:
        story = Story(rrule=FRIDAYS).agreed().moved_on(day("12-04"))
        story.said(CheckIn.ON_TRACK, REN, "12-01 10:00")
        assert story.clock("2027-06-01 10:00") is None
        story.moved_on(day("12-11"))
        assert story.clock("2027-01-01 23:59") is None
        assert story.clock("2027-01-02 00:00") is Action.LAPSE

    @pytest.mark.parametrize("by", [REN, LENA, CLOCK])
    def test_either_or_its_last_slot_ends_it(self, by: str) -> None:
        story = Story(rrule=FRIDAYS).agreed()
        change = end_series(story.now, by=by, at=at("12-18 10:00"), last_event=2)
        assert change.after.status is Status.RELEASED
        assert (change.event.actor, change.event.verb) == (by, Action.DROP)

    def test_nobody_else_ends_it(self) -> None:
        with pytest.raises(NotYoursError):
            end_series(
                Story(rrule=FRIDAYS).agreed().now,
                by="U0EVE",
                at=at("12-18 10:00"),
                last_event=2,
            )
        with pytest.raises(NotAllowedError):
            end_series(Story().agreed().now, by=REN, at=at("11-24 10:00"), last_event=2)

    def test_a_series_of_ones_own_can_be_changed_alone(self) -> None:
        story = Story(Kind.COMMITMENT, rrule=FRIDAYS)
        details = Details(rrule="FREQ=WEEKLY;BYDAY=MO", next_slot=day("11-30"))
        now = story.did(Action.CHANGE, REN, "11-24 10:00", details=details).now
        assert (now.terms.rrule, now.due, now.pending) == (
            "FREQ=WEEKLY;BYDAY=MO",
            day("11-30"),
            None,
        )
