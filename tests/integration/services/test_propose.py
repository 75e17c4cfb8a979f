"""Asking, offering and committing."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.domain.due import Due
from bot.domain.errors import (
    InvalidInputError,
    NotAllowedError,
    NotInChannelError,
    NotYoursError,
    PastDueError,
    PersonError,
    UnknownIdError,
)
from bot.domain.expectation import Action, Kind, Status, Visibility
from bot.domain.goal import GoalStatus
from bot.domain.messages import MessageState, Moment
from bot.domain.terms import Wording
from bot.services.goals import GoalDraft
from bot.services.propose import Draft
from tests.integration.services.house import (
    ANA,
    BOB,
    BOT,
    GONE,
    KEN,
    LAUNCH,
    LENA,
    STRANGER,
    House,
    day,
    request,
)


def test_a_request_is_proposed_and_told_at_once(house: House) -> None:
    created = house.propose.create(house.actor(LENA), request(ANA))
    (item,) = created.items
    assert (item.expectation.id, item.expectation.status) == ("E-1", Status.PROPOSED)
    assert (item.expectation.requester, item.expectation.owner) == (LENA, ANA)
    assert (item.expectation.visibility, item.expectation.channel) == (Visibility.CHANNEL, LAUNCH)
    assert item.other is not None
    assert item.other.user == ANA
    assert item.moves == {Action.CHANGE, Action.DROP, Action.ASK}
    assert item.off_day is None
    (told,) = item.told
    assert (told.reader.user, told.moment, told.at_once) == (ANA, Moment.PROPOSAL, True)
    assert not created.repeated
    post = house.post_of(1, 1, ANA)
    assert post is not None
    assert post.to == ANA
    assert [event.verb for event in house.events(1)] == [Action.REQUEST]
    assert house.stored(1).next_clock_at is not None
    assert house.woken > 0


def test_who_sleeps_reads_it_in_the_next_list(house: House) -> None:
    (told,) = house.ask(LENA, BOB).told
    assert not told.at_once
    assert told.when == datetime(2026, 11, 23, 14, 30, tzinfo=UTC)  # 09:30 in New York
    assert told.may_send_now
    assert house.held_for(BOB) == [(1, "proposal")]
    assert house.post_of(1, 1, BOB) is None


def test_who_is_away_reads_it_on_the_day_of_return(house: House) -> None:
    house.configure.away(house.actor(ANA), date(2026, 12, 1))
    item = house.ask(LENA, ANA)
    (told,) = item.told
    assert (told.at_once, told.may_send_now, told.away_until) == (False, False, date(2026, 12, 1))
    assert told.day_ends_before
    assert item.off_day is not None
    assert item.off_day.away
    assert item.off_day.before is None  # she works on no day before the 27th that is still ahead


def test_a_day_off_offers_the_last_workday_before(house: House) -> None:
    item = house.ask(LENA, ANA, due=day(28))  # a Saturday
    assert item.off_day is not None
    assert (item.off_day.day, item.off_day.away) == (date(2026, 11, 28), False)
    assert item.off_day.before == day(27)


def test_an_hour_is_a_day_off_where_the_owner_is(house: House) -> None:
    friday_evening = Due(datetime(2026, 11, 27, 17, tzinfo=ZoneInfo("Europe/Berlin")))
    item = house.ask(LENA, KEN, due=friday_evening)  # 01:00 on Saturday in Tokyo
    assert item.off_day is not None
    assert item.off_day.day == date(2026, 11, 28)
    assert item.off_day.before == Due(datetime(2026, 11, 26, 17, tzinfo=ZoneInfo("Europe/Berlin")))


def test_several_owners_get_one_each_under_one_group(house: House) -> None:
    created = house.propose.create(house.actor(LENA), request(ANA, BOB, ANA))
    assert [item.expectation.id for item in created.items] == ["E-1", "E-2"]
    assert [item.expectation.owner for item in created.items] == [ANA, BOB]
    assert {item.expectation.group for item in created.items} == {1}
    assert [item.asked_too for item in created.items] == [(BOB,), (ANA,)]
    assert house.look.show(house.actor(BOB), 2).card.asked_too == (ANA,)


def test_an_offer_awaits_who_it_is_for(house: House) -> None:
    draft = Draft(kind=Kind.OFFER, for_whom=ANA, wording=Wording(result="check it"), due=day(25))
    (item,) = house.propose.create(house.actor(LENA), draft).items
    assert (item.expectation.owner, item.expectation.requester) == (LENA, ANA)
    assert item.expectation.awaited == ANA
    assert [told.moment for told in item.told] == [Moment.OFFER]


def test_a_commitment_is_ones_own_at_once(house: House) -> None:
    draft = Draft(kind=Kind.COMMITMENT, wording=Wording(result="write the brief"), due=day(25))
    (item,) = house.propose.create(house.actor(LENA), draft).items
    assert (item.expectation.status, item.expectation.requester) == (Status.ACTIVE, None)
    assert (item.other, item.told) == (None, ())
    assert {Action.DONE, Action.CHANGE, Action.DROP} <= item.moves


def test_in_direct_messages_it_is_private_unless_chosen(house: House) -> None:
    assert house.ask(LENA, ANA, channel=None).expectation.visibility is Visibility.PRIVATE
    chosen = house.ask(LENA, ANA, visibility=Visibility.PRIVATE)
    assert chosen.expectation.visibility is Visibility.PRIVATE


@pytest.mark.parametrize(
    ("user", "reason"),
    [
        (LENA, "self"),
        (BOT, "bot"),
        (GONE, "gone"),
        (STRANGER, "stranger"),
        ("U99NOBODY", "unknown"),
    ],
)
def test_who_cannot_be_asked_is_refused(house: House, user: str, reason: str) -> None:
    with pytest.raises(PersonError) as refused:
        house.propose.create(house.actor(LENA), request(ANA, user))
    assert (refused.value.user, refused.value.reason) == (user, reason)
    with pytest.raises(UnknownIdError):
        house.look.show(house.actor(LENA), 1)


def test_a_day_that_is_over_where_the_owner_is_offers_their_next_workdays(house: House) -> None:
    house.now = datetime(2026, 11, 24, 16, tzinfo=UTC)  # 01:00 on Wednesday in Tokyo
    with pytest.raises(PastDueError) as refused:
        house.propose.create(house.actor(LENA), request(KEN, due=day(24)))
    assert refused.value.user == KEN
    assert refused.value.readings == (day(25), day(26), day(27))


def test_an_hour_that_is_over_offers_the_same_hour_on_the_next_workday(house: House) -> None:
    berlin = ZoneInfo("Europe/Berlin")
    nine = Due(datetime(2026, 11, 23, 9, tzinfo=berlin))
    with pytest.raises(PastDueError) as refused:
        house.propose.create(house.actor(LENA), request(ANA, due=nine))
    assert refused.value.readings == (Due(datetime(2026, 11, 24, 9, tzinfo=berlin)),)


def test_what_is_missing_or_too_long_is_named_by_field(house: House) -> None:
    empty = Draft(kind=Kind.REQUEST, wording=Wording(result=" "), due=day(27))
    with pytest.raises(InvalidInputError) as refused:
        house.propose.create(house.actor(LENA), empty)
    assert set(refused.value.errors) == {"who", "what"}
    with pytest.raises(InvalidInputError) as refused:
        house.propose.create(house.actor(LENA), request(ANA, result="x" * 301))
    assert set(refused.value.errors) == {"what"}


def test_numbers_have_no_gaps_after_refusals(house: House) -> None:
    house.ask()
    with pytest.raises(InvalidInputError):
        house.ask(goal=7)
    assert house.ask().expectation.id == "E-2"


def test_a_second_delivery_is_answered_from_the_present_state(house: House) -> None:
    actor = house.actor(LENA, key="trigger-1")
    first = house.propose.create(actor, request(ANA, BOB))
    house.answer.act(house.actor(ANA), 1, Action.ACCEPT)
    again = house.propose.create(actor, request(ANA, BOB))
    assert again.repeated
    assert [item.expectation.id for item in again.items] == ["E-1", "E-2"]
    assert again.items[0].expectation.status is Status.ACTIVE
    assert [told.at_once for item in again.items for told in item.told] == [True, False]
    assert [told.when for told in again.items[1].told] == [first.items[1].told[0].when]
    assert house.ask().expectation.id == "E-3"


def test_a_goal_must_be_seen_and_open(house: House) -> None:
    goal = house.goals.create(house.actor(LENA), GoalDraft(title="ten customers", day=day(30).day))
    assert house.ask(goal=goal.goal.number).expectation.goal == 1
    with pytest.raises(InvalidInputError) as refused:
        house.ask(BOB, ANA, channel=None, goal=1)
    assert set(refused.value.errors) == {"goal"}
    house.goals.close(house.actor(LENA), 1, GoalStatus.MET, "done")
    with pytest.raises(InvalidInputError):
        house.ask(goal=1)


def test_a_channel_is_told_only_what_it_may_see(house: House) -> None:
    with pytest.raises(InvalidInputError) as refused:
        house.ask(tell_channel=True, visibility=Visibility.PRIVATE)
    assert set(refused.value.errors) == {"tell_channel"}
    with pytest.raises(InvalidInputError):
        house.ask(tell_channel=True, channel=None)
    house.ask(tell_channel=True)
    with house.reading() as uow:
        assert uow.messages.by_slot("tell/E-1") is None
    house.answer.act(house.actor(ANA), 1, Action.ACCEPT)
    with house.reading() as uow:
        message = uow.messages.by_slot("tell/E-1")
    assert message is not None
    assert message.to == LAUNCH


def test_the_accepter_may_untell_the_channel(house: House) -> None:
    house.ask(tell_channel=True)
    house.answer.act(house.actor(ANA), 1, Action.ACCEPT, untell=True)
    with house.reading() as uow:
        assert uow.messages.by_slot("tell/E-1") is None


def test_only_who_speaks_lets_the_channel_be_told(house: House) -> None:
    house.ask()
    assert house.propose.tell_channel(house.actor(LENA), 1).expectation.tell_channel
    with pytest.raises(NotYoursError):
        house.propose.tell_channel(house.actor(ANA), 1)
    with pytest.raises(UnknownIdError):
        house.propose.tell_channel(house.actor(BOB), 1)
    house.answer.act(house.actor(ANA), 1, Action.ACCEPT)
    with pytest.raises(NotAllowedError):
        house.propose.tell_channel(house.actor(LENA), 1)


def commit(house: House) -> None:
    draft = Draft(kind=Kind.COMMITMENT, wording=Wording(result="write it"), due=day(25))
    house.propose.create(house.actor(LENA), draft)


def test_a_commitment_is_told_at_once_and_once(house: House) -> None:
    commit(house)
    assert house.propose.tell_channel(house.actor(LENA), 1).expectation.tell_channel
    house.propose.tell_channel(house.actor(LENA), 1)
    assert [to for to, _ in house.slack.posted] == [LAUNCH]
    with house.reading() as uow:
        message = uow.messages.by_slot("tell/E-1")
    assert message is not None
    assert (message.state, message.id) == (MessageState.SENT, house.slack.posted[0][1])
    assert message.shows == (1,)


def test_where_the_bot_may_not_post_nothing_is_saved(house: House) -> None:
    commit(house)
    house.slack.is_shut_out = True
    with pytest.raises(NotInChannelError) as refused:
        house.propose.tell_channel(house.actor(LENA), 1)
    assert (refused.value.channel, refused.value.code) == (LAUNCH, "not_in_channel")
    assert not house.stored(1).tell_channel
    with house.reading() as uow:
        assert uow.messages.by_slot("tell/E-1") is None


def test_a_series_starts_at_the_first_slot_after_the_yes(house: House) -> None:
    item = house.ask(due=day(27), rrule="FREQ=WEEKLY;BYDAY=FR")
    assert item.off_day is None
    house.now = datetime(2026, 11, 30, 10, tzinfo=UTC)
    acted = house.answer.act(house.actor(ANA), 1, Action.ACCEPT)
    assert acted.expectation.due == Due(date(2026, 12, 4))
    assert acted.expectation.status is Status.ACTIVE
