"""Charters on both databases: who writes at once, agrees at once, and what comes twice."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from bot.domain.charter import words_key
from bot.domain.errors import (
    InvalidInputError,
    NoChannelError,
    NotAllowedError,
    NotYoursError,
    PersonError,
)
from bot.domain.views import CharterView
from bot.services.charter_views import review_due
from bot.services.charters import CharterDraft
from tests.integration.services.house import (
    ANA,
    BOB,
    KEN,
    LAUNCH,
    LENA,
    OTHER,
    STRANGER,
    House,
)

FIRST = words_key(LAUNCH, 1)


def write(house: House, user: str, text: str, version: int = 0, **more: str) -> CharterView:
    draft = CharterDraft(text=text, review_on=None, heads_form=True)
    return house.charters.write(house.actor(user, **more), words_key(LAUNCH, version), draft)


def at_once(count: int, do: Callable[[int], object]) -> list[Exception]:
    """Let several do something at the same moment; return how some were refused."""
    start = threading.Barrier(count)
    refused: list[Exception] = []

    def one(place: int) -> None:
        start.wait()
        try:
            do(place)
        except (InvalidInputError, NotAllowedError) as error:
            refused.append(error)

    threads = [threading.Thread(target=one, args=(place,)) for place in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return refused


def agreed(house: House, version: int) -> Sequence[str]:
    with house.reading() as uow:
        return uow.charters.agreed(LAUNCH, version)


def test_of_two_who_change_the_same_words_one_is_told(house: House) -> None:
    write(house, LENA, "one")
    users = (ANA, BOB, KEN)
    refused = at_once(3, lambda place: write(house, users[place], f"by {place}", 1))
    assert len(refused) == 2
    view = house.charters.show(house.actor(LENA))
    assert view.words is not None
    assert (view.words.version, view.words.author) != (1, LENA)


def test_all_who_agree_at_once_are_there_each_once(house: House) -> None:
    write(house, LENA, "one")
    users = (LENA, ANA, BOB, KEN) * 2
    assert at_once(8, lambda n: house.charters.agree(house.actor(users[n]), FIRST)) == []
    assert sorted(agreed(house, 1)) == sorted({LENA, ANA, BOB, KEN})


def test_a_yes_stays_with_its_words(house: House) -> None:
    write(house, LENA, "one")
    house.charters.agree(house.actor(ANA), FIRST)
    write(house, BOB, "two", 1)
    assert house.charters.show(house.actor(ANA)).agreed == ()
    assert agreed(house, 1) == [ANA]
    with pytest.raises(NotAllowedError):
        house.charters.agree(house.actor(KEN), FIRST)
    house.charters.take_back(house.actor(ANA), FIRST)
    assert agreed(house, 1) == []


def test_what_comes_twice_has_one_effect(house: House) -> None:
    write(house, LENA, "one", key="k1")
    assert write(house, LENA, "two", key="k1").words == house.charters.show(house.actor(LENA)).words
    for _ in range(2):
        house.charters.agree(house.actor(ANA, key="k2"), FIRST)
    house.charters.take_back(house.actor(ANA, key="k3"), FIRST)
    house.charters.agree(house.actor(ANA, key="k2"), FIRST)
    assert agreed(house, 1) == []


def test_only_the_channel_itself_leads_to_it(house: House) -> None:
    write(house, LENA, "one")
    for channel in (OTHER, None):
        with pytest.raises(NoChannelError):
            house.charters.agree(house.actor(ANA, channel), FIRST)
    with pytest.raises(NoChannelError):
        house.charters.show(house.actor(LENA, None))
    with pytest.raises(NoChannelError):
        house.charters.to_change(house.actor(ANA, None), FIRST)
    assert house.charters.to_change(house.actor(LENA, None), FIRST)[0] is not None
    with pytest.raises(PersonError):
        house.charters.show(house.actor(STRANGER))


def test_the_same_words_again_are_no_new_version(house: House) -> None:
    write(house, LENA, "a: b\nc")
    house.charters.agree(house.actor(ANA), FIRST)
    view = write(house, BOB, " a:  b \n\n c", 1)
    assert view.words is not None
    assert (view.words.version, view.words.author, view.agreed) == (1, LENA, (ANA,))


def test_who_agreed_first_is_asked_once_the_author_left(house: House) -> None:
    write(house, LENA, "one")
    for user in (KEN, ANA, BOB):
        house.passes(hours=1)
        house.charters.agree(house.actor(user), FIRST)
    members = {user: house.member(user) for user in (LENA, KEN, ANA, BOB)}
    with house.store.write(house.workspace) as uow:
        for gone in (LENA, KEN):
            uow.members.save(replace(members[gone], active=False))
    house.passes(days=100)
    with house.reading() as uow:
        keys = {user: review_due(uow, members[user], house.now) for user in members}
    key = keys[ANA]
    assert key is not None
    assert [user for user in members if keys[user]] == [ANA]
    with pytest.raises(NotYoursError):
        house.charters.still_right(house.actor(BOB, None), key)
    assert house.charters.to_change(house.actor(ANA, None), FIRST)[0] is not None
    assert house.charters.still_right(house.actor(ANA, None), key) > house.now.date()


def test_who_left_is_not_named_any_more(house: House) -> None:
    write(house, LENA, "one")
    house.charters.agree(house.actor(ANA), FIRST)
    gone = replace(house.member(ANA), active=False)
    with house.store.write(house.workspace) as uow:
        uow.members.save(gone)
    assert house.charters.show(house.actor(LENA)).agreed == ()
