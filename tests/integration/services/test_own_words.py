"""Own words through the store: once, by a party, about what is agreed now."""

from datetime import timedelta

import pytest

from bot.domain.conversation import Details
from bot.domain.errors import NotYoursError, StaleError, UnknownIdError
from bot.domain.expectation import Action, Seen
from bot.domain.messages import Moment
from bot.domain.own_words import both_gain
from bot.services.own_words import Said
from tests.integration.services.house import ANA, BOB, LENA, House, day

PEACE = Said(understood="the draft only", gain="peace", need="numbers")


def words_of(house: House, number: int = 1) -> list[tuple[str, str]]:
    with house.store.read(house.workspace) as uow:
        return [(one.author, one.gain) for one in uow.own_words.about(number)]


def slots(house: House, number: int) -> list[str]:
    """Return the slots of messages about own words that there are, of three."""
    found = [f"words/E-{number}/{ordinal}/{user}" for ordinal in (1, 2) for user in (LENA, ANA)]
    with house.reading() as uow:
        return [slot for slot in found if uow.messages.by_slot(slot) is not None]


def test_they_are_said_once_however_often_they_come(house: House) -> None:
    number = house.agree()
    first = house.answer.add_words(house.actor(ANA, key="v:1"), number, PEACE)
    again = house.answer.add_words(house.actor(ANA, key="v:1"), number, PEACE)
    assert (first.repeated, again.repeated) == (False, True)
    assert words_of(house) == [(ANA, "peace")]


def test_a_yes_that_waits_to_be_sent_carries_them(house: House) -> None:
    number = house.agree()
    acted = house.answer.add_words(house.actor(ANA), number, PEACE)
    assert [(told.reader.user, told.moment, told.at_once) for told in acted.told] == [
        (LENA, Moment.ACCEPTED, True)
    ]
    assert slots(house, number) == []


def test_who_asked_adds_theirs_for_the_owner(house: House) -> None:
    number = house.agree()
    house.answer.add_words(house.actor(ANA), number, PEACE)
    with house.reading() as uow:
        assert not both_gain(house.stored(number), uow.own_words.about(number))
    acted = house.answer.add_words(house.actor(LENA), number, Said(gain="a launch"))
    assert [(told.reader.user, told.moment) for told in acted.told] == [(ANA, Moment.AGREED)]
    assert slots(house, number) == [f"words/E-{number}/2/{ANA}"]
    with house.reading() as uow:
        assert both_gain(house.stored(number), uow.own_words.about(number))


def test_it_is_no_change_of_the_terms(house: House) -> None:
    number = house.agree()
    before = house.answer.add_words(house.actor(ANA), number, PEACE).expectation
    assert (before.terms.version, before.last_version, before.pending) == (1, 1, None)
    assert before.owner_word_at == house.now


def test_what_was_read_has_to_be_in_force(house: House) -> None:
    number = house.agree()
    house.answer.act(house.actor(LENA), number, Action.CHANGE, Details(due=day(30)))
    house.answer.act(house.actor(ANA), number, Action.ACCEPT)
    with pytest.raises(StaleError):
        house.answer.add_words(house.actor(ANA), number, PEACE, seen=Seen(version=1))
    assert words_of(house) == []


def test_others_neither_add_nor_read_back(house: House) -> None:
    number = house.agree()
    house.answer.add_words(house.actor(ANA), number, PEACE)
    with pytest.raises(NotYoursError):
        house.answer.read_back(house.actor(BOB), number, 1)
    with pytest.raises(StaleError):
        house.answer.read_back(house.actor(ANA), number, 1)
    with pytest.raises(UnknownIdError):
        house.answer.read_back(house.actor(LENA), 99, 1)


def test_read_back_is_noted_when_it_was_said_first(house: House) -> None:
    number = house.agree()
    house.answer.add_words(house.actor(ANA), number, PEACE)
    first = house.now
    house.answer.read_back(house.actor(LENA), number, 1)
    house.now += timedelta(hours=1)
    house.answer.read_back(house.actor(LENA), number, 1)
    shown = house.look.show(house.actor(ANA), number)
    assert [one.read_back_at for one in shown.words] == [first]


def test_ones_own_line_is_for_who_asks(house: House) -> None:
    house.configure.say_worth(house.actor(ANA), "  a quiet \n afternoon ")
    assert house.configure.worth_of(house.workspace, ANA) == ("Ana", "a quiet afternoon")
    assert house.configure.worth_of(house.workspace, "U99NOBODY") is None
    house.configure.say_worth(house.actor(ANA), "")
    assert house.configure.worth_of(house.workspace, ANA) is None
