"""How what is finished counts."""

import pytest

from bot.domain.conversation import (
    Details,
    remedy_ended,
    remedy_opened,
    repaired,
    withdraw_unanswered,
)
from bot.domain.due import Due
from bot.domain.errors import InvalidInputError, NotAllowedError
from bot.domain.expectation import Action, Kind, Outcome, Status
from tests.unit.conversation.story import LENA, REN, Story, at, day, hour


def outcome(story: Story) -> Outcome | None:
    return story.did(Action.CONFIRM, LENA, "2027-02-01 10:00").now.outcome


@pytest.mark.parametrize(
    ("due", "when", "finished", "expected"),
    [
        (day("11-27"), "11-27 23:59", None, Outcome.KEPT),
        (day("11-27"), "11-28 00:01", None, Outcome.LATE),
        (day("11-27"), "11-30 10:00", day("11-27"), Outcome.KEPT),
        (day("11-27"), "11-30 10:00", hour("11-27 23:00"), Outcome.KEPT),
        (hour("11-27 17:00"), "11-27 17:00", None, Outcome.KEPT),
        (hour("11-27 17:00"), "11-27 17:01", None, Outcome.LATE),
        (hour("11-27 17:00"), "11-27 18:00", hour("11-27 16:59"), Outcome.KEPT),
        (hour("11-27 17:00"), "11-30 10:00", day("11-26"), Outcome.KEPT),
        (hour("11-27 17:00"), "11-30 10:00", day("11-28"), Outcome.LATE),
    ],
)
def test_finished_by_the_due_is_kept(
    due: Due, when: str, finished: Due | None, expected: Outcome
) -> None:
    assert outcome(Story(due=due).agreed().done(when, finished)) is expected


@pytest.mark.parametrize("finished", [day("11-28"), hour("11-27 11:00")])
def test_nothing_was_finished_in_the_future(finished: Due) -> None:
    with pytest.raises(InvalidInputError) as refused:
        Story().agreed().done("11-27 10:00", finished)
    assert "finished_on" in refused.value.errors


def test_on_a_day_due_at_an_hour_the_hour_is_needed() -> None:
    with pytest.raises(InvalidInputError) as refused:
        Story(due=hour("11-27 17:00")).agreed().done("11-30 10:00", day("11-27"))
    assert "finished_on" in refused.value.errors


def test_the_report_is_as_precise_as_the_due() -> None:
    report = Story(due=hour("11-27 17:00")).agreed().done("11-26 10:00").now.last_report
    assert report is not None
    assert report.finished_on == hour("11-26 10:00")
    report = Story().agreed().done("11-26 10:00").now.last_report
    assert report is not None
    assert report.finished_on == day("11-26")


def test_the_date_of_confirming_never_counts() -> None:
    story = Story().agreed().done("11-27 10:00").did(Action.CONFIRM, LENA, "12-18 10:00")
    assert story.now.outcome is Outcome.KEPT


def test_moved_in_time_is_kept_changed_in_time() -> None:
    story = Story().agreed().suggested(REN, "11-26 10:00", day("12-02"))
    story.did(Action.ACCEPT, LENA, "11-26 11:00").done("12-02 10:00")
    assert outcome(story) is Outcome.KEPT_CHANGED


def test_asked_in_time_and_answered_after_due_is_in_time() -> None:
    story = Story().agreed().suggested(REN, "11-27 10:00", day("12-02"))
    story.did(Action.ACCEPT, LENA, "11-30 11:00").done("12-02 10:00")
    assert outcome(story) is Outcome.KEPT_CHANGED


def test_a_counter_after_due_to_one_in_time_is_in_time() -> None:
    story = Story().agreed().suggested(REN, "11-27 10:00", day("12-04"))
    story.suggested(LENA, "11-30 10:00", day("12-02"))
    story.did(Action.ACCEPT, REN, "11-30 11:00").done("12-02 10:00")
    assert outcome(story) is Outcome.KEPT_CHANGED


def test_moved_after_due_is_late() -> None:
    story = Story().agreed().suggested(REN, "11-28 10:00", day("12-02"))
    story.did(Action.ACCEPT, LENA, "11-30 11:00").done("12-02 10:00")
    assert outcome(story) is Outcome.LATE


def test_each_move_must_be_in_time() -> None:
    story = Story().agreed().suggested(REN, "11-28 10:00", day("12-02"))
    story.did(Action.ACCEPT, LENA, "11-28 11:00").suggested(REN, "12-01 10:00", day("12-04"))
    story.did(Action.ACCEPT, LENA, "12-01 11:00").done("12-03 10:00")
    assert outcome(story) is Outcome.LATE


def test_moved_in_time_but_finished_after_it_is_late() -> None:
    story = Story().agreed().suggested(REN, "11-26 10:00", day("12-02"))
    story.did(Action.ACCEPT, LENA, "11-26 11:00").done("12-03 10:00")
    assert outcome(story) is Outcome.LATE


def test_moved_earlier_is_simply_kept() -> None:
    story = Story().agreed().suggested(LENA, "11-24 10:00", day("11-26"))
    story.did(Action.ACCEPT, REN, "11-24 11:00").done("11-26 10:00")
    assert outcome(story) is Outcome.KEPT


def test_a_change_of_what_is_only_proposed_moves_nothing() -> None:
    story = Story().suggested(REN, "11-23 11:00", day("12-02")).agreed("11-23 12:00")
    assert outcome(story.done("12-02 10:00")) is Outcome.KEPT


def test_a_return_never_turns_punctual_into_late() -> None:
    story = Story().agreed().done("11-27 10:00").did(Action.RETURN, LENA, "11-30 10:00")
    assert outcome(story.done("12-04 10:00")) is Outcome.KEPT


def test_what_is_agreed_after_a_return_changes_no_outcome() -> None:
    story = Story().agreed().done("11-27 10:00").did(Action.RETURN, LENA, "11-30 10:00")
    story.suggested(REN, "12-02 10:00", day("12-11"))
    story.did(Action.ACCEPT, LENA, "12-02 11:00").done("12-11 10:00")
    assert outcome(story) is Outcome.KEPT


def test_a_return_never_turns_late_into_punctual() -> None:
    story = Story().agreed().done("11-30 10:00").did(Action.RETURN, LENA, "11-30 11:00")
    assert outcome(story.done("12-01 10:00")) is Outcome.LATE


def test_an_undone_report_does_not_count() -> None:
    story = Story().agreed().done("11-27 10:00").did(Action.UNDO, REN, "11-27 11:00")
    assert (story.now.status, story.now.first_report, story.now.outcome) == (
        Status.ACTIVE,
        None,
        None,
    )
    assert outcome(story.done("11-30 10:00")) is Outcome.LATE


def test_undoing_a_later_report_leaves_the_first_standing() -> None:
    story = Story().agreed().done("11-27 10:00").did(Action.RETURN, LENA, "11-27 11:00")
    story.done("11-30 10:00").did(Action.UNDO, REN, "11-30 11:00").done("12-04 10:00")
    assert outcome(story) is Outcome.KEPT


def test_every_report_has_its_own_ordinal() -> None:
    story = Story().agreed().done("11-26 10:00").did(Action.UNDO, REN, "11-26 11:00")
    assert story.done("11-27 10:00").now.reports == 2


@pytest.mark.parametrize(
    ("action", "by", "when"),
    [
        (Action.CANNOT, REN, "11-24 10:00"),
        (Action.DROP, LENA, "11-24 10:00"),
    ],
)
def test_every_other_end_counts_nowhere(action: Action, by: str, when: str) -> None:
    assert Story().agreed().did(action, by, when).now.outcome is None


def missed() -> Story:
    return Story().agreed().did(Action.CANNOT, REN, "11-30 10:00")


def test_a_remedy_that_is_met_repairs() -> None:
    story = missed().did(Action.REMEDY, REN, "11-30 11:00", details=Details(remedy=43))
    assert story.now.open_remedy == 43
    with pytest.raises(NotAllowedError) as refused:
        story.did(Action.REMEDY, REN, "11-30 12:00")
    assert refused.value.reason == "has_open_remedy"
    remedy = Story(Kind.OFFER, day("12-04"), opened="11-30 11:00", remedy_of=42, number=43)
    assert repaired(story.now, remedy.now).outcome is Outcome.MISSED
    remedy.agreed("11-30 12:00").done("12-03 10:00").did(Action.CONFIRM, LENA, "12-03 11:00")
    after = repaired(story.now, remedy.now)
    assert (after.outcome, after.open_remedy) == (Outcome.REPAIRED, None)


def test_another_remedy_may_follow_one_that_was_declined() -> None:
    story = missed()
    remedy = Story(Kind.OFFER, day("12-04"), opened="11-30 11:00", remedy_of=42, number=43)
    linked = remedy_opened(story.now, remedy.now)
    declined = remedy.did(Action.DECLINE, LENA, "11-30 12:00").now
    assert linked.open_remedy == 43
    assert remedy_ended(linked, declined).open_remedy is None


def test_forgiven_first_stays_forgiven() -> None:
    story = missed().did(Action.REMEDY, REN, "11-30 11:00", details=Details(remedy=43))
    remedy = Story(Kind.OFFER, day("12-04"), opened="11-30 11:00", remedy_of=42, number=43)
    remedy.agreed("11-30 12:00")
    story.did(Action.FORGIVE, LENA, "12-01 10:00")
    remedy.done("12-03 10:00").did(Action.CONFIRM, LENA, "12-03 11:00")
    assert repaired(story.now, remedy.now).outcome is Outcome.FORGIVEN


def test_forgiving_happens_once_and_ends_remedies() -> None:
    story = missed().did(Action.FORGIVE, LENA, "11-30 11:00")
    assert (story.now.status, story.now.outcome) == (Status.MISSED, Outcome.FORGIVEN)
    for action, by in ((Action.FORGIVE, LENA), (Action.REMEDY, REN)):
        with pytest.raises(NotAllowedError) as refused:
            story.did(action, by, "11-30 12:00")
        assert refused.value.reason == "forgiven"


def test_forgiving_withdraws_a_remedy_that_nobody_answered() -> None:
    remedy = Story(Kind.OFFER, day("12-04"), opened="11-30 11:00", remedy_of=42, number=43)
    change = withdraw_unanswered(
        remedy.now, by=LENA, at=at("12-01 10:00"), people=remedy.people, last_event=1
    )
    assert change is not None
    assert change.after.status is Status.WITHDRAWN
    assert (change.event.actor, change.event.verb) == (LENA, Action.DROP)


def test_forgiving_leaves_a_remedy_that_was_agreed() -> None:
    remedy = Story(Kind.OFFER, day("12-04"), opened="11-30 11:00", remedy_of=42, number=43)
    remedy.agreed("11-30 12:00")
    change = withdraw_unanswered(
        remedy.now, by=LENA, at=at("12-01 10:00"), people=remedy.people, last_event=2
    )
    assert change is None
