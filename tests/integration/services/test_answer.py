"""Answering, changing, finishing: through the store, and as each side reads it."""

from datetime import UTC, date, datetime

import pytest

from bot.domain.conversation import Details
from bot.domain.errors import (
    InvalidInputError,
    NotAllowedError,
    NotYoursError,
    PastDueError,
    PersonError,
    StaleError,
    UnknownIdError,
)
from bot.domain.expectation import (
    Action,
    CheckIn,
    Kind,
    Outcome,
    Seen,
    Status,
    Visibility,
)
from bot.domain.messages import Moment
from bot.domain.schedule.timed import Later
from bot.domain.terms import Wording
from bot.services.propose import Draft
from tests.integration.services.house import ANA, BOB, BOT, KEN, LENA, House, day


def overdue(house: House) -> int:
    number = house.agree(due=day(24))
    house.now = datetime(2026, 11, 25, 10, tzinfo=UTC)
    return number


def missed(house: House) -> int:
    number = overdue(house)
    house.answer.act(house.actor(ANA), number, Action.CANNOT, Details(note="the data came late"))
    return number


def test_a_whole_conversation(house: House) -> None:
    house.ask()
    acted = house.answer.act(house.actor(ANA), 1, Action.CHANGE, Details(due=day(30)))
    assert acted.expectation.terms.version == 2
    assert acted.previous is not None
    assert acted.previous.due == day(27)
    assert [(told.reader.user, told.moment) for told in acted.told] == [
        (LENA, Moment.SUGGESTED_CHANGE)
    ]
    accepted = house.answer.act(house.actor(LENA), 1, Action.ACCEPT, seen=Seen(version=2))
    assert (accepted.expectation.status, accepted.expectation.due) == (Status.ACTIVE, day(30))
    done = house.answer.act(house.actor(ANA), 1, Action.DONE, Details(link="https://x.test/1"))
    assert done.moves == {Action.UNDO, Action.ASK}
    assert [(told.reader.user, told.moment) for told in done.told] == [(LENA, Moment.DONE)]
    confirmed = house.answer.act(house.actor(LENA), 1, Action.CONFIRM)
    assert confirmed.expectation.outcome is Outcome.KEPT
    assert house.held_for(ANA) == [(1, "kept")]
    assert [event.verb for event in house.events(1)] == [
        Action.REQUEST,
        Action.CHANGE,
        Action.ACCEPT,
        Action.DONE,
        Action.CONFIRM,
    ]
    with house.reading() as uow:
        versions = uow.expectations.terms(1)
    assert [(terms.author, terms.accepted_at is not None) for terms in versions] == [
        (LENA, False),
        (ANA, True),
    ]


def test_what_is_pressed_is_what_was_read(house: House) -> None:
    house.ask()
    house.answer.act(house.actor(LENA), 1, Action.CHANGE, Details(due=day(26)))
    with pytest.raises(StaleError):
        house.answer.act(house.actor(ANA), 1, Action.ACCEPT, seen=Seen(version=1))
    assert house.stored(1).status is Status.PROPOSED
    assert len(house.events(1)) == 2
    house.answer.act(house.actor(ANA), 1, Action.ACCEPT)  # typed: acts on the present terms


def test_an_outdated_press_brings_old_messages_up_to_date(house: House) -> None:
    house.ask()
    post = house.post_of(1, 1, ANA)
    assert post is not None
    house.answer.act(house.actor(ANA), 1, Action.ACCEPT)
    woken = house.woken
    with pytest.raises(NotAllowedError):
        house.answer.act(house.actor(ANA), 1, Action.DECLINE, seen=Seen(version=1))
    assert house.woken > woken


def test_only_the_one_asked_answers(house: House) -> None:
    house.ask()
    with pytest.raises(NotYoursError) as refused:
        house.answer.act(house.actor(LENA), 1, Action.ACCEPT)
    assert refused.value.whose == (ANA,)
    assert house.stored(1).status is Status.PROPOSED


def test_hidden_and_unknown_are_the_same(house: House) -> None:
    house.ask()
    for number in (1, 99):
        with pytest.raises(UnknownIdError) as refused:
            house.answer.act(house.actor(BOB), number, Action.ACCEPT)
        assert refused.value.id == f"E-{number}"


def test_who_may_see_it_but_is_no_party_is_told_whose_it_is(house: House) -> None:
    house.agree()
    with pytest.raises(NotYoursError) as refused:
        house.answer.act(house.actor(BOB), 1, Action.DONE)
    assert set(refused.value.whose) == {LENA, ANA}
    with pytest.raises(UnknownIdError):
        house.answer.act(house.actor(BOB, channel=None), 1, Action.DONE)


def test_a_second_delivery_has_no_second_effect(house: House) -> None:
    house.ask()
    actor = house.actor(ANA, key="press-1")
    first = house.answer.act(actor, 1, Action.ACCEPT, seen=Seen(version=1))
    again = house.answer.act(actor, 1, Action.ACCEPT, seen=Seen(version=1))
    assert again.repeated
    assert again.event == first.event
    assert again.expectation == house.stored(1)
    assert [told.at_once for told in again.told] == [True]
    assert len(house.events(1)) == 2


def test_a_refused_press_leaves_no_key(house: House) -> None:
    house.ask()
    actor = house.actor(ANA, key="press-1")
    with pytest.raises(NotAllowedError):
        house.answer.act(actor, 1, Action.CONFIRM)
    with house.reading() as uow:
        assert uow.inbox.answer("press-1") is None


def test_it_may_be_made_private_while_answering(house: House) -> None:
    house.ask()
    acted = house.answer.act(house.actor(ANA), 1, Action.ACCEPT, keep_private=True)
    assert acted.expectation.visibility is Visibility.PRIVATE


def test_a_change_to_what_is_agreed_waits(house: House) -> None:
    house.agree()
    acted = house.answer.act(
        house.actor(ANA), 1, Action.CHANGE, Details(due=day(28), note="the data is late")
    )
    assert acted.expectation.pending is not None
    assert acted.off_day is not None
    assert acted.off_day.before == day(27)
    assert [told.moment for told in acted.told] == [Moment.CHANGE_TO_AGREED]
    kept = house.answer.act(house.actor(LENA), 1, Action.KEEP)
    assert (kept.expectation.pending, kept.expectation.due) == (None, day(27))


def test_a_change_to_the_past_is_refused_with_readings(house: House) -> None:
    house.agree()
    with pytest.raises(PastDueError) as refused:
        house.answer.act(house.actor(ANA), 1, Action.CHANGE, Details(due=day(20)))
    assert refused.value.readings == (day(23), day(24), day(25))
    assert house.stored(1).pending is None


def test_an_owner_who_drops_what_another_counts_on_asks_to_be_let_go(house: House) -> None:
    house.agree()
    acted = house.answer.act(house.actor(ANA), 1, Action.DROP)
    assert acted.event is not None
    assert acted.event.verb is Action.LET_GO
    assert acted.expectation.status is Status.ACTIVE
    house.answer.act(house.actor(LENA), 1, Action.ACCEPT)
    assert house.stored(1).status is Status.RELEASED


def test_words_are_asked_for_where_a_move_says_nothing_without(house: House) -> None:
    house.agree()
    with pytest.raises(InvalidInputError) as refused:
        house.answer.act(house.actor(ANA), 1, Action.CANNOT)
    assert set(refused.value.errors) == {"note"}


def test_a_mistaken_done_is_undone(house: House) -> None:
    house.agree()
    house.answer.act(house.actor(ANA), 1, Action.DONE)
    house.answer.act(house.actor(ANA), 1, Action.UNDO)
    assert house.stored(1).status is Status.ACTIVE
    assert house.stored(1).first_report is None


def test_returned_work_is_due_on_the_next_workday_or_later(house: House) -> None:
    house.agree(due=day(23))
    house.answer.act(house.actor(ANA), 1, Action.DONE)
    acted = house.answer.act(
        house.actor(LENA), 1, Action.RETURN, Details(note="the totals", due=day(27))
    )
    assert (acted.expectation.status, acted.expectation.due) == (Status.ACTIVE, day(24))
    assert acted.expectation.pending is not None
    assert acted.expectation.pending.terms is not None
    assert acted.expectation.pending.terms.due == day(27)


def test_thanks_with_done_are_a_line_that_the_channel_may_read(house: House) -> None:
    house.agree()
    house.answer.act(
        house.actor(ANA), 1, Action.DONE, Details(thanks_to=KEN, thanks_for="the keys")
    )
    with house.reading() as uow:
        thanks = uow.thanks.get(1)
    assert thanks is not None
    assert (thanks.by, thanks.to, thanks.text, thanks.expectation) == (ANA, KEN, "the keys", 1)
    assert not thanks.kept_between
    assert house.held_for(KEN) == [(0, "thanks")]
    number = house.ask(visibility=Visibility.PRIVATE).expectation.number
    house.answer.act(house.actor(ANA), number, Action.ACCEPT)
    house.answer.act(
        house.actor(ANA), number, Action.DONE, Details(thanks_to=KEN, thanks_for="the keys")
    )
    with house.reading() as uow:
        private = uow.thanks.get(2)
    assert private is not None
    assert (private.channel, private.kept_between) == (None, True)


def test_nobody_thanks_a_bot(house: House) -> None:
    house.agree()
    with pytest.raises(PersonError):
        house.answer.act(
            house.actor(ANA), 1, Action.DONE, Details(thanks_to=BOT, thanks_for="the keys")
        )
    assert house.stored(1).status is Status.ACTIVE


def test_check_ins_reach_the_other_only_where_they_should(house: House) -> None:
    house.agree()
    on_track = house.answer.check_in(house.actor(ANA), 1, CheckIn.ON_TRACK)
    assert on_track.told == ()
    at_risk = house.answer.check_in(house.actor(ANA), 1, CheckIn.AT_RISK, "no test data")
    assert [(told.reader.user, told.moment) for told in at_risk.told] == [(LENA, Moment.AT_RISK)]
    helped = house.answer.check_in(house.actor(LENA), 1, CheckIn.OFFER_HELP)
    assert [(told.reader.user, told.moment) for told in helped.told] == [(ANA, Moment.HELP_OFFERED)]
    with pytest.raises(NotYoursError):
        house.answer.check_in(house.actor(LENA), 1, CheckIn.ON_TRACK)
    with pytest.raises(StaleError):
        house.answer.check_in(house.actor(ANA), 1, CheckIn.AT_RISK, seen=Seen(version=9))


def test_somebody_else_may_offer_help_and_learns_nothing_by_it(house: House) -> None:
    house.agree()
    house.answer.act(house.actor(ANA), 1, Action.ASK, Details(note="who signs?"))
    actor = house.actor(KEN)
    for _ in range(2):
        helped = house.answer.check_in(actor, 1, CheckIn.OFFER_HELP, "I can")
        assert helped.expectation.question is None
        assert helped.moves == frozenset()
        assert [told.reader.user for told in helped.told] == [ANA]
    with pytest.raises(NotYoursError):
        house.answer.check_in(house.actor(KEN), 1, CheckIn.AT_RISK)


def test_all_on_track_says_so_where_it_can(house: House) -> None:
    house.agree()
    house.ask()  # only proposed
    house.agree(ANA, LENA)  # somebody else's
    actor = house.actor(ANA, key="all-1")
    assert house.answer.all_on_track(actor, (3, 2, 1, 99)) == (1,)
    assert house.answer.all_on_track(actor, (3, 2, 1, 99)) == (1,)
    assert [event.verb for event in house.events(1)][2:] == [CheckIn.ON_TRACK]


def test_ask_me_later_stays_with_who_said_it(house: House) -> None:
    house.agree()
    acted = house.answer.later(house.actor(ANA), 1, Later.HOUR)
    assert acted.ask_again_at == datetime(2026, 11, 23, 11, tzinfo=UTC)
    assert acted.told == ()
    with house.reading() as uow:
        message = uow.messages.by_slot(f"later/E-1/3/{ANA}")
    assert message is not None
    assert message.not_before == acted.ask_again_at
    assert message.to == ANA


def test_send_now_wakes_nobody_who_is_away(house: House) -> None:
    house.ask(LENA, BOB)
    with pytest.raises(NotYoursError):
        house.answer.send_now(house.actor(BOB), 1, 1)
    sent = house.answer.send_now(house.actor(LENA), 1, 1)
    assert [told.at_once for told in sent.told] == [True]
    assert house.held_for(BOB) == []
    again = house.answer.send_now(house.actor(LENA), 1, 1)
    assert [told.at_once for told in again.told] == [True]
    house.configure.away(house.actor(ANA), date(2026, 12, 1))
    house.ask(LENA, ANA)
    with pytest.raises(NotAllowedError) as refused:
        house.answer.send_now(house.actor(LENA), 2, 1)
    assert refused.value.reason == "away"


def test_a_remedy_is_a_linked_offer_and_repairs_when_it_is_met(house: House) -> None:
    missed(house)
    acted = house.answer.remedy(house.actor(ANA), 1, Wording(result="send it with totals"), day(27))
    assert acted.remedy is not None
    assert (acted.remedy.number, acted.remedy.remedy_of, acted.remedy.kind) == (2, 1, Kind.OFFER)
    assert (acted.remedy.owner, acted.remedy.requester) == (ANA, LENA)
    assert [(told.reader.user, told.moment) for told in acted.told] == [(LENA, Moment.REMEDY)]
    assert house.stored(1).open_remedy == 2
    with pytest.raises(NotAllowedError):
        house.answer.remedy(house.actor(ANA), 1, Wording(result="another"), day(27))
    house.answer.act(house.actor(LENA), 2, Action.ACCEPT)
    house.answer.act(house.actor(ANA), 2, Action.DONE)
    house.answer.act(house.actor(LENA), 2, Action.CONFIRM)
    assert house.stored(1).outcome is Outcome.REPAIRED
    assert house.stored(1).open_remedy is None


def test_a_declined_remedy_leaves_room_for_another(house: House) -> None:
    missed(house)
    house.answer.remedy(house.actor(ANA), 1, Wording(result="send it"), day(27))
    house.answer.act(house.actor(LENA), 2, Action.DECLINE)
    assert house.stored(1).open_remedy is None
    assert house.stored(1).outcome is Outcome.MISSED
    house.answer.remedy(house.actor(ANA), 1, Wording(result="call them"), day(27))
    assert house.stored(1).open_remedy == 3


def test_forgiving_withdraws_an_unanswered_remedy(house: House) -> None:
    missed(house)
    house.answer.remedy(house.actor(ANA), 1, Wording(result="send it"), day(27))
    acted = house.answer.act(house.actor(LENA), 1, Action.FORGIVE)
    assert acted.expectation.outcome is Outcome.FORGIVEN
    assert house.stored(2).status is Status.WITHDRAWN
    assert house.stored(1).open_remedy is None
    assert (house.events(2)[-1].actor, house.events(2)[-1].verb) == (LENA, Action.DROP)


def test_a_remedy_needs_a_day_to_come_and_its_owner(house: House) -> None:
    missed(house)
    with pytest.raises(PastDueError):
        house.answer.remedy(house.actor(ANA), 1, Wording(result="send it"), day(24))
    with pytest.raises(NotYoursError):
        house.answer.remedy(house.actor(LENA), 1, Wording(result="send it"), day(27))
    with pytest.raises(NotAllowedError):
        house.answer.act(house.actor(ANA), 1, Action.REMEDY)
    assert house.ask().expectation.number == 2  # no number was lost


def test_a_second_delivery_of_a_remedy_makes_no_second_offer(house: House) -> None:
    missed(house)
    actor = house.actor(ANA, key="view-1")
    for _ in range(2):
        house.answer.remedy(actor, 1, Wording(result="send it"), day(27))
    assert house.ask().expectation.number == 3


def test_the_group_is_answered_one_by_one(house: House) -> None:
    house.ask(LENA, ANA, BOB)
    house.answer.act(house.actor(ANA), 1, Action.DECLINE, Details(note="no time"))
    assert house.stored(1).status is Status.DECLINED
    assert house.stored(2).status is Status.PROPOSED


def test_a_commitments_owner_is_alone_with_it(house: House) -> None:
    draft = Draft(kind=Kind.COMMITMENT, wording=Wording(result="write it"), due=day(25))
    house.propose.create(house.actor(LENA), draft)
    changed = house.answer.act(house.actor(LENA), 1, Action.CHANGE, Details(due=day(26)))
    assert (changed.expectation.due, changed.expectation.pending) == (day(26), None)
    done = house.answer.act(house.actor(LENA), 1, Action.DONE)
    assert (done.expectation.status, done.expectation.self_confirmed) == (Status.MET, True)
    undone = house.answer.act(house.actor(LENA), 1, Action.UNDO)
    assert undone.expectation.status is Status.ACTIVE
    dropped = house.answer.act(house.actor(LENA), 1, Action.DROP)
    assert dropped.expectation.status is Status.RELEASED
