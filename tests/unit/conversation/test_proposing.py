"""What is proposed: answers, counters, questions and the clock."""

import pytest

from bot.domain.conversation import Details
from bot.domain.errors import InvalidInputError, NotAllowedError, NotYoursError
from bot.domain.expectation import Action, Kind, Status
from tests.unit.conversation.story import LENA, REN, Story, at, day, hour


def test_accepting_agrees_to_the_latest_terms() -> None:
    story = Story().agreed("11-23 11:00")
    assert story.now.status is Status.ACTIVE
    assert story.now.terms.accepted_at == at("11-23 11:00")
    assert story.change.accepted_terms == (story.now.terms,)
    assert story.change.new_terms == ()


def test_the_asker_cannot_accept_their_own_proposal() -> None:
    with pytest.raises(NotYoursError) as refused:
        Story().did(Action.ACCEPT, LENA, "11-23 11:00")
    assert refused.value.whose == (REN,)


def test_a_counter_awaits_the_other_and_is_a_new_version() -> None:
    story = Story().suggested(REN, "11-23 11:00", day("11-30"))
    assert (story.now.status, story.now.awaited) == (Status.PROPOSED, LENA)
    assert (story.now.terms.version, story.now.due) == (2, day("11-30"))
    assert story.now.due_at == at("12-01 00:00")
    assert story.now.terms.wording.result == "ship billing API"
    assert story.change.new_terms == (story.now.terms,)
    assert story.change.event.version == 2


def test_ones_own_proposal_can_be_changed_and_awaits_the_same() -> None:
    story = Story().suggested(LENA, "11-23 11:00", day("11-30"))
    assert (story.now.awaited, story.now.terms.version) == (REN, 2)


def test_a_new_version_has_not_reached_anybody() -> None:
    story = Story().reached("proposal", "11-23 10:01").suggested(REN, "11-23 11:00", day("11-30"))
    assert story.now.reached_at is None


def test_a_change_must_change_something() -> None:
    with pytest.raises(InvalidInputError):
        Story().suggested(REN, "11-23 11:00", day("11-27"))
    with pytest.raises(InvalidInputError):
        Story().did(Action.CHANGE, REN, "11-23 11:00", details=Details(note="hm"))


def test_a_change_cannot_name_what_is_over() -> None:
    with pytest.raises(InvalidInputError) as refused:
        Story().suggested(REN, "11-23 11:00", day("11-20"))
    assert "when" in refused.value.errors


def test_accepting_after_due_is_refused_but_another_day_can_be_suggested() -> None:
    story = Story()
    with pytest.raises(NotAllowedError) as refused:
        story.did(Action.ACCEPT, REN, "11-28 09:00")
    assert refused.value.reason == "due_passed"
    story.suggested(REN, "11-28 09:01", day("12-02")).agreed("11-30 09:00")
    assert (story.now.status, story.now.due) == (Status.ACTIVE, day("12-02"))


def test_a_day_lasts_until_midnight_where_the_owner_is() -> None:
    assert Story().agreed("11-27 23:59").now.status is Status.ACTIVE


def test_declining_needs_no_reason() -> None:
    story = Story().did(Action.DECLINE, REN, "11-23 11:00", details=Details())
    assert (story.now.status, story.now.closed_at) == (Status.DECLINED, at("11-23 11:00"))


def test_who_is_not_awaited_takes_it_back() -> None:
    assert Story().did(Action.DROP, LENA, "11-23 11:00").now.status is Status.WITHDRAWN


def test_who_made_the_counter_may_take_it_back() -> None:
    story = Story().suggested(REN, "11-23 11:00", day("11-30"))
    assert story.did(Action.DROP, REN, "11-23 12:00").now.status is Status.WITHDRAWN


def test_a_question_waits_and_its_answer_closes_it() -> None:
    story = Story().did(Action.ASK, REN, "11-23 11:00", details=Details(note="Which API?"))
    assert story.now.question is not None
    assert (story.now.question.by, story.now.question.text) == (REN, "Which API?")
    with pytest.raises(NotYoursError):
        story.did(Action.ANSWER, REN, "11-23 12:00")
    assert story.did(Action.ANSWER, LENA, "11-23 12:00").now.question is None


def test_without_a_question_there_is_no_answer() -> None:
    with pytest.raises(NotAllowedError) as refused:
        Story().did(Action.ANSWER, REN, "11-23 12:00")
    assert refused.value.reason == "no_question"


@pytest.mark.parametrize("action", [Action.ASK, Action.ANSWER])
def test_questions_and_answers_need_words(action: Action) -> None:
    story = Story().did(Action.ASK, LENA, "11-23 11:00")
    with pytest.raises(InvalidInputError) as refused:
        story.did(action, REN, "11-23 12:00", details=Details())
    assert "note" in refused.value.errors


def test_it_lapses_when_due_is_over_and_a_workday_passed_since_it_arrived() -> None:
    story = Story().reached("proposal", "11-23 10:01")
    assert story.clock("11-27 23:59") is None
    assert story.clock("11-28 00:00") is Action.LAPSE
    assert story.ticked("11-28 00:00").now.status is Status.LAPSED


def test_due_today_it_waits_for_one_workday_of_who_is_asked() -> None:
    story = Story(due=hour("11-23 12:00")).reached("proposal", "11-23 10:01")
    assert story.clock("11-24 23:59") is None
    assert story.clock("11-25 00:00") is Action.LAPSE


def test_it_lapses_after_ten_workdays_without_a_word() -> None:
    story = Story(due=day("2027-03-01")).reached("proposal", "11-23 10:01")
    assert story.clock("12-07 23:59") is None
    assert story.clock("12-08 00:00") is Action.LAPSE


def test_a_word_of_who_is_asked_starts_the_ten_workdays_again() -> None:
    story = Story(due=day("2027-03-01")).reached("proposal", "11-23 10:01")
    story.did(Action.ASK, LENA, "11-24 10:00").did(Action.ANSWER, REN, "11-25 10:00")
    assert story.clock("12-09 23:59") is None
    assert story.clock("12-10 00:00") is Action.LAPSE


def test_the_askers_own_words_do_not() -> None:
    story = Story(due=day("2027-03-01")).reached("proposal", "11-23 10:01")
    story.did(Action.ASK, LENA, "11-24 10:00")
    assert story.clock("12-08 00:00") is Action.LAPSE


def test_days_away_do_not_count() -> None:
    story = Story(due=day("2027-03-01")).reached("proposal", "11-23 10:01")
    story.away(REN, "11-30", since="11-24")  # four workdays
    assert story.clock("12-11 23:59") is None
    assert story.clock("12-12 00:00") is Action.LAPSE


def test_only_the_first_twenty_workdays_away_do_not_count() -> None:
    story = Story(due=day("2027-12-01")).reached("proposal", "11-23 10:01")
    story.away(REN, "2027-06-01", since="11-24")
    # Twenty workdays from Tuesday 24 November end on Monday 21 December; ten more on 4 January.
    assert story.clock("2027-01-04 23:59") is None
    assert story.clock("2027-01-05 00:00") is Action.LAPSE


def test_what_never_arrived_counts_like_days_away() -> None:
    story = Story(due=day("11-27"))
    assert story.clock("12-08 00:00") is None
    assert story.clock("2027-01-05 00:00") is Action.LAPSE


def test_an_open_question_stops_the_clock_of_who_asked() -> None:
    story = Story().reached("proposal", "11-23 10:01")
    story.did(Action.ASK, REN, "11-26 10:00")
    assert story.clock("11-28 00:00") is None
    story.did(Action.ANSWER, LENA, "12-01 10:00")
    assert story.clock("12-02 23:59") is None
    assert story.clock("12-03 00:00") is Action.LAPSE


def test_an_open_question_stops_it_for_five_workdays_of_who_owes_the_answer() -> None:
    story = Story().reached("proposal", "11-23 10:01")
    story.did(Action.ASK, REN, "11-26 10:00")  # Lena's fifth workday ends on Thursday 3 December
    assert story.clock("12-04 23:59") is None
    assert story.clock("12-05 00:00") is Action.LAPSE


def test_a_late_answer_does_not_lengthen_the_stop() -> None:
    story = Story(due=day("2027-03-01")).reached("proposal", "11-23 10:01")
    story.did(Action.ASK, REN, "11-23 11:00")  # the stop ends with Monday 30 November
    story.did(Action.ANSWER, LENA, "12-08 10:00")
    assert story.clock("12-14 23:59") is None
    assert story.clock("12-15 00:00") is Action.LAPSE


def test_days_away_of_who_owes_the_answer_do_not_count_either() -> None:
    story = Story().reached("proposal", "11-23 10:01")
    story.did(Action.ASK, REN, "11-26 10:00").away(LENA, "11-30", since="11-27")
    assert story.clock("12-07 23:59") is None
    assert story.clock("12-08 00:00") is Action.LAPSE


def test_a_series_lapses_with_its_last_slot() -> None:
    rrule = "FREQ=WEEKLY;BYDAY=FR;UNTIL=20261204"
    story = Story(rrule=rrule).reached("proposal", "11-23 10:01")
    assert story.clock("12-04 23:59") is None
    assert story.clock("12-05 00:00") is Action.LAPSE


def test_a_series_does_not_lapse_with_its_first_slot() -> None:
    story = Story(rrule="FREQ=WEEKLY;BYDAY=FR").reached("proposal", "11-23 10:01")
    assert story.clock("11-30 10:00") is None
    assert story.clock("12-08 00:00") is Action.LAPSE


def test_an_offer_lapses_by_the_requesters_clock() -> None:
    story = Story(Kind.OFFER).reached("proposal", "11-23 10:01")
    story.away(REN, "2027-01-11")
    assert story.clock("11-28 00:00") is Action.LAPSE


def test_an_ended_one_has_no_open_question() -> None:
    story = Story().did(Action.ASK, REN, "11-23 11:00").did(Action.DECLINE, REN, "11-23 12:00")
    assert story.now.question is None
