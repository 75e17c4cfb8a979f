"""Changes and let-gos of what is agreed: who answers, and what rests meanwhile."""

import pytest

from bot.domain.conversation import Details
from bot.domain.errors import InvalidInputError, NotAllowedError, NotYoursError
from bot.domain.expectation import Action, Outcome, PendingKind, Status
from bot.domain.schedule.resting import is_late, is_resting
from bot.domain.terms import Wording
from tests.unit.conversation.story import LENA, REN, Story, at, day


def test_a_change_waits_for_the_other_and_the_old_terms_stay_in_force() -> None:
    story = Story().agreed().suggested(REN, "11-24 10:00", day("12-02"))
    now = story.now
    assert now.pending is not None
    assert (now.pending.kind, now.pending.author) == (PendingKind.TERMS, REN)
    assert (now.terms.version, now.due, now.last_version) == (1, day("11-27"), 2)
    assert story.change.new_terms == (now.pending.terms,)
    with pytest.raises(NotYoursError) as refused:
        story.did(Action.ACCEPT, REN, "11-24 11:00")
    assert refused.value.whose == (LENA,)


def test_accepting_puts_the_new_terms_in_force() -> None:
    story = Story().agreed().suggested(REN, "11-24 10:00", day("12-02"))
    story.did(Action.ACCEPT, LENA, "11-24 11:00")
    now = story.now
    assert (now.status, now.pending, now.terms.version) == (Status.ACTIVE, None, 2)
    assert (now.due, now.due_at) == (day("12-02"), at("12-03 00:00"))
    assert story.change.accepted_terms == (now.terms,)
    assert now.terms.accepted_at == at("11-24 11:00")


def test_accepting_a_let_go_releases() -> None:
    story = Story().agreed().did(Action.LET_GO, REN, "11-24 10:00")
    assert story.did(Action.ACCEPT, LENA, "11-24 11:00").now.status is Status.RELEASED
    assert story.now.pending is None


def test_a_new_due_that_passed_cannot_be_accepted() -> None:
    story = Story().agreed().suggested(REN, "11-24 10:00", day("11-25"))
    with pytest.raises(NotAllowedError) as refused:
        story.did(Action.ACCEPT, LENA, "11-26 09:00")
    assert refused.value.reason == "due_passed"


@pytest.mark.parametrize("by", [REN, LENA])
def test_either_keeps_it_as_it_was(by: str) -> None:
    story = Story().agreed().suggested(REN, "11-24 10:00", day("12-02"))
    story.did(Action.KEEP, by, "11-24 11:00")
    assert (story.now.pending, story.now.terms.version) == (None, 1)
    assert story.change.event.version == 2  # what was not agreed


def test_versions_are_never_used_twice() -> None:
    story = Story().agreed().suggested(REN, "11-24 10:00", day("12-02"))
    story.did(Action.KEEP, LENA, "11-24 11:00").suggested(REN, "11-24 12:00", day("12-03"))
    assert story.now.last_version == 3


def test_a_counter_starts_from_what_waits_and_awaits_its_author() -> None:
    story = Story().agreed()
    words = Wording(result="ship half of it")
    story.did(Action.CHANGE, REN, "11-24 10:00", details=Details(wording=words))
    story.suggested(LENA, "11-24 11:00", day("11-26"))
    pending = story.now.pending
    assert pending is not None
    assert pending.terms is not None
    assert (pending.author, pending.ordinal, pending.terms.version) == (LENA, 2, 3)
    assert (pending.terms.wording, pending.terms.due) == (words, day("11-26"))
    assert (pending.at, pending.asked_at) == (at("11-24 10:00"), at("11-24 11:00"))


def test_a_let_go_takes_the_place_of_a_change() -> None:
    story = Story().agreed().suggested(REN, "11-24 10:00", day("12-02"))
    story.did(Action.LET_GO, REN, "11-24 11:00")
    assert story.now.pending is not None
    assert story.now.pending.kind is PendingKind.LET_GO


def test_only_the_owner_asks_to_be_let_go() -> None:
    with pytest.raises(NotYoursError):
        Story().agreed().did(Action.LET_GO, LENA, "11-24 10:00")


def test_nothing_changed_is_no_change() -> None:
    with pytest.raises(InvalidInputError):
        Story().agreed().suggested(REN, "11-24 10:00", day("11-27"))


def test_a_change_lapses_after_five_workdays_of_the_other() -> None:
    story = Story(due=day("12-18")).agreed().suggested(REN, "11-24 10:00", day("12-21"))
    story.reached("pending", "11-24 10:01")
    assert story.clock("12-01 23:59") is None
    assert story.clock("12-02 00:00") is Action.LAPSE
    story.ticked("12-02 00:00")
    assert (story.now.status, story.now.pending, story.now.due) == (
        Status.ACTIVE,
        None,
        day("12-18"),
    )


def test_a_counter_has_five_workdays_of_its_own() -> None:
    story = Story(due=day("12-18")).agreed().suggested(REN, "11-24 10:00", day("12-21"))
    story.suggested(LENA, "11-30 10:00", day("12-22")).reached("pending", "11-30 10:01")
    assert story.clock("12-07 23:59") is None
    assert story.clock("12-08 00:00") is Action.LAPSE


def test_while_one_asked_in_time_waits_the_due_rests() -> None:
    story = Story().agreed().suggested(REN, "11-27 18:00", day("12-04"))
    monday = at("11-30 10:00")
    assert is_resting(story.now)
    assert not is_late(story.now, monday)
    with pytest.raises(NotAllowedError):
        story.did(Action.MISSED, LENA, "11-30 10:00")
    assert story.did(Action.CANNOT, REN, "11-30 10:00").now.status is Status.HANDED_BACK


def test_one_asked_after_due_lets_nothing_rest() -> None:
    story = Story().agreed().suggested(REN, "11-28 10:00", day("12-04"))
    assert is_late(story.now, at("11-30 10:00"))
    assert story.did(Action.CANNOT, REN, "11-30 10:00").now.status is Status.MISSED


def test_refused_after_due_the_owner_has_until_the_end_of_the_next_workday() -> None:
    story = Story().agreed().suggested(REN, "11-27 18:00", day("12-04"))
    story.did(Action.KEEP, LENA, "11-30 10:00")
    assert (story.now.due, story.now.due_at) == (day("12-01"), at("12-02 00:00"))
    story.done("12-01 20:00").did(Action.CONFIRM, LENA, "12-02 10:00")
    assert story.now.outcome is Outcome.KEPT


def test_lapsed_after_due_the_owner_has_until_the_end_of_the_next_workday() -> None:
    story = Story().agreed().suggested(REN, "11-27 18:00", day("12-11"))
    story.reached("pending", "11-27 18:01").ticked("12-05 00:00")
    assert story.now.due == day("12-07")


def test_what_its_asker_takes_back_after_due_is_not_the_owners_fault() -> None:
    story = Story().agreed().suggested(LENA, "11-27 18:00", day("12-04"))
    story.did(Action.KEEP, LENA, "11-30 10:00")
    assert story.now.due == day("12-01")


def test_what_the_owner_refuses_after_due_moves_the_due_too() -> None:
    story = Story().agreed().suggested(LENA, "11-27 18:00", day("12-04"))
    story.did(Action.KEEP, REN, "11-30 10:00")
    assert story.now.due == day("12-01")


def test_what_the_owner_takes_back_after_due_moves_nothing() -> None:
    story = Story().agreed().suggested(REN, "11-27 18:00", day("12-04"))
    story.did(Action.KEEP, REN, "11-30 10:00")
    assert story.now.due == day("11-27")
    assert is_late(story.now, at("11-30 10:01"))


def test_what_ends_before_due_moves_nothing() -> None:
    story = Story().agreed().suggested(REN, "11-24 10:00", day("12-04"))
    assert story.did(Action.KEEP, LENA, "11-25 10:00").now.due == day("11-27")


def test_a_due_rests_once() -> None:
    story = Story().agreed().suggested(REN, "11-27 18:00", day("12-04"))
    story.did(Action.KEEP, LENA, "11-30 10:00").suggested(REN, "12-01 10:00", day("12-04"))
    assert not is_resting(story.now)
    assert is_late(story.now, at("12-02 10:00"))
    assert story.did(Action.KEEP, LENA, "12-02 11:00").now.due == day("12-01")


def test_a_newly_agreed_due_may_rest_again() -> None:
    story = Story().agreed().suggested(REN, "11-27 18:00", day("12-04"))
    story.did(Action.KEEP, LENA, "11-30 10:00").suggested(REN, "11-30 11:00", day("12-04"))
    story.did(Action.ACCEPT, LENA, "11-30 12:00").suggested(REN, "12-04 10:00", day("12-09"))
    assert is_resting(story.now)


def test_a_counter_to_one_in_time_keeps_the_due_resting() -> None:
    story = Story().agreed().suggested(REN, "11-27 18:00", day("12-04"))
    story.suggested(LENA, "11-30 10:00", day("12-02"))
    assert is_resting(story.now)
    story.did(Action.KEEP, REN, "12-01 10:00")
    assert story.now.due == day("12-02")


def test_an_owner_cannot_hold_the_due_open_with_one_suggestion_after_another() -> None:
    story = Story().agreed().suggested(REN, "11-27 18:00", day("12-04"))
    story.suggested(REN, "11-30 10:00", day("12-18"))
    assert is_late(story.now, at("11-30 10:01"))


def test_a_done_ends_what_waits_and_the_promise_stays_whole() -> None:
    story = Story().agreed().suggested(REN, "11-27 18:00", day("12-04")).done("11-30 10:00")
    assert story.now.pending is None
    assert story.did(Action.CONFIRM, LENA, "12-01 10:00").now.outcome is Outcome.KEPT


@pytest.mark.parametrize(
    ("action", "by", "to"),
    [
        (Action.CANNOT, REN, Status.HANDED_BACK),
        (Action.DROP, LENA, Status.RELEASED),
        (Action.DONE, REN, Status.DONE),
    ],
)
def test_ending_it_ends_what_waits(action: Action, by: str, to: Status) -> None:
    story = Story().agreed().suggested(REN, "11-24 10:00", day("12-04"))
    story.did(action, by, "11-25 10:00")
    assert (story.now.status, story.now.pending) == (to, None)


def test_a_change_of_words_alone_keeps_the_due() -> None:
    story = Story().agreed()
    story.did(
        Action.CHANGE, LENA, "11-24 10:00", details=Details(wording=Wording(result="ship more"))
    )
    story.did(Action.ACCEPT, REN, "11-24 11:00").done("11-27 10:00")
    assert story.did(Action.CONFIRM, LENA, "11-27 11:00").now.outcome is Outcome.KEPT


def test_a_change_of_words_after_due_needs_another_day() -> None:
    story = Story().agreed()
    with pytest.raises(InvalidInputError) as refused:
        story.did(
            Action.CHANGE, LENA, "11-30 10:00", details=Details(wording=Wording(result="less"))
        )
    assert "when" in refused.value.errors
