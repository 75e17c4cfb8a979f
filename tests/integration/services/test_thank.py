"""Thanks."""

import pytest

from bot.domain.errors import InvalidInputError, PersonError, UnknownIdError
from bot.domain.expectation import Action, Visibility
from tests.integration.services.house import ANA, BOB, LAUNCH, LENA, House


def test_thanks_wait_for_the_next_list_and_the_summary(house: House) -> None:
    thanked = house.thank.give(house.actor(LENA), ANA, "the  late\nreview")
    assert (thanked.thanks.text, thanked.thanks.channel) == ("the late review", LAUNCH)
    assert (thanked.channel_name, thanked.summary_on) == ("launch", None)
    assert thanked.other.user == ANA
    assert house.held_for(ANA) == [(0, "thanks")]


def test_either_keeps_it_between_the_two(house: House) -> None:
    house.thank.give(house.actor(LENA), ANA, "the review")
    with pytest.raises(UnknownIdError):
        house.thank.keep_between(house.actor(BOB), 1)
    kept = house.thank.keep_between(house.actor(ANA), 1)
    assert (kept.thanks.kept_between, kept.channel_name, kept.other.user) == (True, None, LENA)
    with house.reading() as uow:
        shared = [
            one
            for one in uow.thanks.in_channel(LAUNCH, house.now, house.now.replace(year=2027))
            if not one.kept_between
        ]
    assert shared == []


def test_in_direct_messages_no_channel_carries_it(house: House) -> None:
    thanked = house.thank.give(house.actor(LENA, None), ANA, "the review")
    assert (thanked.thanks.channel, thanked.channel_name) == (None, None)


def test_thanks_for_something_private_stay_out_of_the_channel(house: House) -> None:
    house.ask(LENA, ANA, visibility=Visibility.PRIVATE)
    house.answer.act(house.actor(ANA), 1, Action.ACCEPT)
    thanked = house.thank.give(house.actor(LENA), ANA, "the draft", number=1)
    assert thanked.thanks.channel is None
    with pytest.raises(UnknownIdError):
        house.thank.give(house.actor(BOB), ANA, "the draft", number=1)


def test_thanks_need_words_and_somebody_else(house: House) -> None:
    with pytest.raises(InvalidInputError) as refused:
        house.thank.give(house.actor(LENA), ANA, " ")
    assert set(refused.value.errors) == {"for"}
    with pytest.raises(PersonError):
        house.thank.give(house.actor(LENA), LENA, "myself")


def test_a_second_delivery_thanks_once(house: House) -> None:
    actor = house.actor(LENA, key="t1")
    first = house.thank.give(actor, ANA, "the review")
    again = house.thank.give(actor, ANA, "the review")
    assert first.thanks.number == again.thanks.number == 1
    assert len(house.held_for(ANA)) == 1
