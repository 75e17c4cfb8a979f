"""What is pressed is what was read; and how people say that it is going."""

from dataclasses import replace

import pytest

from bot.domain.conversation import Details, check_in, check_ins
from bot.domain.errors import NotAllowedError, NotYoursError, StaleError
from bot.domain.expectation import Action, CheckIn, Seen, Status
from tests.unit.conversation.story import LENA, REN, Story, at, day


class TestPressed:
    """What is pressed is what was read."""

    @staticmethod
    def refused(story: Story, action: Action, by: str, seen: Seen) -> None:
        before = story.now
        with pytest.raises(StaleError):
            story.did(action, by, "11-25 10:00", seen=seen)
        assert story.now == before

    def test_outdated_terms_are_not_accepted(self) -> None:
        story = Story()
        old = story.now.seen
        story.suggested(LENA, "11-24 10:00", day("11-26"))
        self.refused(story, Action.ACCEPT, REN, old)
        assert story.did(Action.ACCEPT, REN, "11-25 10:00", seen=story.now.seen).now.due == day(
            "11-26"
        )

    def test_taking_back_what_was_asked_is_not_letting_go_what_was_agreed(self) -> None:
        story = Story()
        proposal = story.now.seen
        story.agreed()
        self.refused(story, Action.DROP, LENA, proposal)
        assert story.did(Action.DROP, LENA, "11-25 10:00", seen=story.now.seen).now.status is (
            Status.RELEASED
        )

    def test_countering_what_was_asked_is_not_changing_what_was_agreed(self) -> None:
        story = Story()
        proposal = story.now.seen
        story.agreed()
        details = Details(due=day("12-02"))
        for by in (LENA, REN):
            with pytest.raises(StaleError):
                story.did(Action.CHANGE, by, "11-25 10:00", seen=proposal, details=details)
        story.did(Action.CHANGE, REN, "11-25 10:00", seen=story.now.seen, details=details)
        assert story.now.pending is not None

    @pytest.mark.parametrize("action", [Action.ACCEPT, Action.KEEP, Action.CHANGE])
    def test_an_outdated_change_is_not_answered(self, action: Action) -> None:
        story = Story().agreed().suggested(REN, "11-24 10:00", day("12-02"))
        old = story.now.seen
        story.suggested(REN, "11-24 11:00", day("12-18"))
        self.refused(story, action, LENA, old)

    def test_one_does_not_answer_a_change_that_one_has_not_read(self) -> None:
        story = Story().agreed()
        card = story.now.seen
        story.suggested(LENA, "11-24 10:00", day("11-26"))
        self.refused(story, Action.LET_GO, REN, card)
        self.refused(story, Action.CHANGE, REN, card)

    def test_everything_but_an_answer_is_pressed_as_well_while_a_change_waits(self) -> None:
        story = Story().agreed()
        card = story.now.seen
        story.suggested(LENA, "11-24 10:00", day("11-26"))
        story.did(Action.DONE, REN, "11-25 10:00", details=Details(), seen=card)
        assert story.now.status is Status.DONE

    def test_what_was_done_under_other_terms_is_not_pressed(self) -> None:
        story = Story().agreed()
        card = story.now.seen
        story.suggested(LENA, "11-24 10:00", day("11-26")).did(Action.ACCEPT, REN, "11-24 11:00")
        self.refused(story, Action.DONE, REN, card)

    @pytest.mark.parametrize(("action", "by"), [(Action.CONFIRM, LENA), (Action.UNDO, REN)])
    def test_an_outdated_report_is_not_answered(self, action: Action, by: str) -> None:
        story = Story().agreed().done("11-24 10:00")
        old = story.now.seen
        story.did(Action.UNDO, REN, "11-24 11:00").done("11-24 12:00")
        self.refused(story, action, by, old)

    def test_of_two_who_accept_one_wins(self) -> None:
        story = Story()
        seen = story.now.seen
        story.did(Action.ACCEPT, REN, "11-24 10:00", seen=seen)
        with pytest.raises(NotAllowedError):
            story.did(Action.ACCEPT, REN, "11-24 10:00", seen=seen)

    def test_an_accept_after_the_other_took_it_back_is_refused(self) -> None:
        story = Story()
        seen = story.now.seen
        story.did(Action.DROP, LENA, "11-24 10:00", seen=seen)
        with pytest.raises(NotAllowedError):
            story.did(Action.ACCEPT, REN, "11-24 10:00", seen=seen)

    def test_what_is_typed_acts_on_the_present(self) -> None:
        story = Story().suggested(LENA, "11-24 10:00", day("11-26"))
        assert story.did(Action.ACCEPT, REN, "11-25 10:00").now.terms.version == 2

    def test_a_check_in_is_pressed_on_the_present_terms(self) -> None:
        story = Story().agreed()
        with pytest.raises(StaleError):
            check_in(
                story.now,
                CheckIn.ON_TRACK,
                by=REN,
                at=at("11-24 10:00"),
                last_event=2,
                seen=Seen(version=2),
            )


class TestCheckIns:
    """Check-ins are events of an active expectation, no moves."""

    def test_the_owner_says_how_it_goes_and_others_offer_help(self) -> None:
        agreed = Story().agreed().now
        of_owner = {CheckIn.ON_TRACK, CheckIn.AT_RISK, CheckIn.NEED_HELP, CheckIn.LATER}
        assert check_ins(agreed, REN) == of_owner
        assert check_ins(agreed, LENA) == {CheckIn.OFFER_HELP}

    def test_it_changes_nothing_but_the_last_word(self) -> None:
        story = Story().agreed()
        before = story.now
        story.said(CheckIn.AT_RISK, REN, "11-24 10:00")
        assert story.now == replace(before, owner_word_at=at("11-24 10:00"))
        assert (story.change.event.verb, story.change.event.seq) == (CheckIn.AT_RISK, 3)

    @pytest.mark.parametrize(("kind", "by"), [(CheckIn.ON_TRACK, LENA), (CheckIn.OFFER_HELP, REN)])
    def test_nobody_checks_in_for_another(self, kind: CheckIn, by: str) -> None:
        with pytest.raises(NotYoursError):
            Story().agreed().said(kind, by, "11-24 10:00")

    def test_only_what_is_active_is_checked_in(self) -> None:
        with pytest.raises(NotAllowedError):
            Story().said(CheckIn.ON_TRACK, REN, "11-24 10:00")
