"""What is owed back: a need with a day is agreed by the same yes, the other way round."""

from dataclasses import replace
from datetime import date

import pytest

from bot.domain.conversation import Details, People, owed
from bot.domain.conversation.owed import Followed, Need, Step
from bot.domain.expectation import Action, Expectation, Kind, Outcome, Status, Visibility
from bot.domain.member import Member
from bot.domain.terms import Wording
from tests.unit.conversation.story import LENA, REN, Story, at, day


def needing(text: str = "the test data", by: str = "2026-11-25") -> Details:
    """Return a change that says what Ren needs from Lena."""
    return Details(wording=Wording(result="ship billing API", needs=text, needs_by=by))


def proposed(text: str = "the test data", by: str = "2026-11-25", author: str = LENA) -> Story:
    """Return what waits for a yes and names a need; it is Lena's request."""
    return Story().did(Action.CHANGE, author, "11-23 10:30", details=needing(text, by))


def yes(story: Story, when: str = "11-23 11:00") -> tuple[Story, Followed]:
    """Let who is awaited accept, and make what is owed back as E-43."""
    before, by = story.now, story.now.awaited
    assert by is not None
    assert owed.step_at_yes(before, None, story.people, at(when)) is Step.MAKE
    story.did(Action.ACCEPT, by, when)
    made = owed.make(story.now, story.now.terms, number=43, by=by, people=story.people, at=at(when))
    return story, made


def step(story: Story, back: Expectation | None, when: str) -> Step:
    return owed.step_at_yes(story.now, back, story.people, at(when))


def changed(story: Story, back: Expectation, when: str) -> Followed:
    """Let Lena accept a change of Ren's, and what is owed back follow."""
    pending = story.now.pending
    assert pending is not None
    story.did(Action.ACCEPT, LENA, when)
    return owed.change(
        back,
        story.now.terms,
        proposed_at=pending.at,
        by=LENA,
        people=story.people,
        at=at(when),
        last_event=2,
    )


@pytest.mark.parametrize(
    ("text", "by", "expected"),
    [
        ("the test data", "2026-11-25", Need(text="the test data", day=date(2026, 11, 25))),
        ("the test data", "", None),
        (" ", "2026-11-25", None),
    ],
)
def test_a_need_is_owed_only_with_words_and_a_day(text: str, by: str, expected: object) -> None:
    assert owed.need_of(proposed(text, by).now.terms) == expected


def test_a_yes_to_a_request_makes_it_the_other_way_round() -> None:
    _, made = yes(proposed())
    back = made.after
    assert (back.owner, back.requester, back.owed_for) == (LENA, REN, 42)
    assert (back.status, back.number, back.due) == (Status.ACTIVE, 43, day("11-25"))
    assert back.terms.wording == Wording(result="the test data")
    assert back.terms.accepted_at == at("11-23 11:00")
    assert (back.channel, back.visibility) == ("C1", Visibility.CHANNEL)
    assert not back.tell_channel


def test_who_wrote_the_terms_offered_it_or_asked_for_it() -> None:
    _, offered = yes(proposed(author=LENA))
    assert offered.after.kind is Kind.OFFER
    assert [(e.seq, e.actor, e.verb) for e in offered.events] == [
        (1, LENA, Action.OFFER),
        (2, REN, Action.ACCEPT),
    ]
    _, asked = yes(proposed(author=REN))
    assert asked.after.kind is Kind.REQUEST
    assert [(e.seq, e.actor, e.verb) for e in asked.events] == [
        (1, REN, Action.REQUEST),
        (2, LENA, Action.ACCEPT),
    ]


def test_a_long_need_keeps_all_its_words() -> None:
    text = "x" * 350
    _, made = yes(proposed(text))
    wording = made.after.terms.wording
    assert (len(wording.result), wording.result + wording.done_means) == (300, text)


def test_what_stays_between_the_two_does_so_both_ways() -> None:
    story = proposed()
    story.did(Action.ACCEPT, REN, "11-23 11:00", keep_private=True)
    made = owed.make(
        story.now,
        story.now.terms,
        number=43,
        by=REN,
        people=story.people,
        at=at("11-23 11:00"),
    )
    assert made.after.visibility is Visibility.PRIVATE


def test_a_day_that_passed_before_the_yes_is_not_agreed_to() -> None:
    story = proposed(by="2026-11-24")
    assert step(story, None, "11-24 23:59") is Step.MAKE
    assert step(story, None, "11-25 00:01") is Step.NOTHING


def test_nothing_is_owed_to_or_by_who_left() -> None:
    story = proposed()
    assert story.people.requester is not None
    gone = replace(story.people.requester, active=False)
    people = People(owner=story.people.owner, requester=gone)
    assert owed.step_at_yes(story.now, None, people, at("11-23 11:00")) is Step.NOTHING


def test_a_commitment_and_what_needs_nothing_owe_nothing() -> None:
    assert step(Story(), None, "11-23 11:00") is Step.NOTHING
    assert step(Story(Kind.COMMITMENT), None, "11-23 11:00") is Step.NOTHING


def test_a_series_is_owed_its_need_once() -> None:
    story = Story(rrule="FREQ=WEEKLY;BYDAY=FR")
    story.did(Action.CHANGE, LENA, "11-23 10:30", details=needing())
    assert step(story, None, "11-23 11:00") is Step.MAKE
    story.agreed()
    made = owed.make(
        story.now,
        story.now.terms,
        number=43,
        by=REN,
        people=story.people,
        at=at("11-23 11:00"),
    )
    assert not made.after.is_series
    assert made.after.due == day("11-25")
    story.suggested(REN, "11-24 10:00", day("12-04"))
    assert step(story, made.after, "11-24 11:00") is Step.NOTHING


def test_a_change_that_leaves_the_need_leaves_what_is_owed() -> None:
    story, made = yes(proposed())
    story.suggested(REN, "11-24 10:00", day("12-02"))
    assert owed.need_at_yes(story.now) is None
    assert step(story, made.after, "11-24 11:00") is Step.NOTHING


def test_an_accepted_change_of_the_day_moves_it_in_good_time() -> None:
    story, made = yes(proposed())
    story.did(Action.CHANGE, REN, "11-24 10:00", details=needing(by="2026-11-26"))
    assert step(story, made.after, "11-26 09:00") is Step.CHANGE
    followed = changed(story, made.after, "11-26 09:00")
    after = followed.after
    assert (after.due, after.terms.version, after.pending) == (day("11-26"), 2, None)
    assert after.moved_in_time  # it was proposed before the day that it replaced
    assert not after.moved_late
    assert [(e.seq, e.actor, e.verb) for e in followed.events] == [
        (3, REN, Action.CHANGE),
        (4, LENA, Action.ACCEPT),
    ]


def test_what_waited_there_is_settled_by_it() -> None:
    story, made = yes(proposed())
    back = Story(number=43)
    back.change = replace(back.change, after=made.after)
    back.people = People(owner=_lena(story), requester=story.people.owner)
    back.suggested(LENA, "11-24 09:00", day("11-30"))
    story.did(Action.CHANGE, REN, "11-24 10:00", details=needing(by="2026-11-26"))
    followed = changed(story, back.now, "11-24 11:00")
    assert (followed.after.due, followed.after.pending) == (day("11-26"), None)
    assert followed.after.terms.version == 3


def test_what_the_two_said_there_besides_is_kept() -> None:
    story, made = yes(proposed())
    wording = Wording(result="the test data", done_means="all 200 rows")
    back = replace(made.after, terms=replace(made.after.terms, wording=wording))
    story.did(Action.CHANGE, REN, "11-24 10:00", details=needing(by="2026-11-26"))
    assert changed(story, back, "11-24 11:00").after.terms.wording == wording


def test_a_need_that_is_dropped_is_let_go() -> None:
    story, made = yes(proposed())
    story.did(Action.CHANGE, LENA, "11-24 10:00", details=needing("", ""))
    assert step(story, made.after, "11-24 11:00") is Step.LET_GO
    followed = owed.let_go(made.after, people=story.people, at=at("11-24 11:00"), last_event=2)
    assert (followed.after.status, followed.after.outcome) == (Status.RELEASED, None)
    assert [(e.seq, e.actor, e.verb) for e in followed.events] == [(3, REN, Action.DROP)]


@pytest.mark.parametrize("status", [Status.DONE, Status.MET])
def test_what_was_given_is_not_asked_for_again(status: Status) -> None:
    story, made = yes(proposed())
    outcome = Outcome.KEPT if status is Status.MET else None
    given = replace(made.after, status=status, outcome=outcome)
    story.did(Action.CHANGE, REN, "11-24 10:00", details=needing(by="2026-11-26"))
    assert step(story, given, "11-24 11:00") is Step.NOTHING
    story.did(Action.CHANGE, REN, "11-24 10:05", details=needing("the other data"))
    assert step(story, given, "11-24 11:00") is Step.MAKE


def test_what_ended_otherwise_is_agreed_anew() -> None:
    story, made = yes(proposed())
    ended = replace(made.after, status=Status.HANDED_BACK)
    story.did(Action.CHANGE, REN, "11-24 10:00", details=needing(by="2026-11-26"))
    assert step(story, ended, "11-24 11:00") is Step.MAKE


def _lena(story: Story) -> Member:
    assert story.people.requester is not None
    return story.people.requester
