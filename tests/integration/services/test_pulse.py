"""Who is asked for a pulse, and who may answer it, on both databases."""

import threading
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain.asides import Aside, AskedAside
from bot.domain.errors import NotAllowedError, NotYoursError, PersonError
from bot.domain.expectation import Action, Visibility
from bot.domain.pulse import Said, Statement
from bot.services.pulse import pulse_due, pulse_shown
from tests.integration.services.house import (
    ANA,
    BOB,
    KEN,
    LAUNCH,
    LENA,
    OTHER,
    STRANGER,
    House,
    profile,
)

MONTH = date(2026, 11, 1)
KEY = f"{LAUNCH}/2026-11"
ZOE = "U08ZOE"
ALL_YES = dict.fromkeys(Statement, Said.YES)
ENDED = datetime(2026, 12, 1, 12, tzinfo=UTC)


def team(house: House, *others: str, channel: str = LAUNCH) -> None:
    """Let Lena agree on something with each of the others, in the channel."""
    house.slack.known[ZOE] = profile(ZOE)
    for owner in others or (ANA, BOB, KEN, ZOE):
        house.agree(LENA, owner, channel=channel)


def due(house: House, user: str = LENA) -> str | None:
    with house.reading() as uow:
        return pulse_due(uow, house.member(user), house.now)


def asked(house: House, *users: str, key: str = KEY) -> None:
    with house.store.write(house.workspace) as uow:
        for user in users:
            one = AskedAside(user=user, kind=Aside.PULSE, key=key, at=house.now, message="m")
            uow.asides.add(one)


def test_five_with_something_agreed_are_asked_from_the_fifteenth_on(house: House) -> None:
    house.now = datetime(2026, 11, 13, 9, tzinfo=UTC)
    team(house)
    assert due(house) is None
    house.passes(days=2)
    assert due(house) == due(house, ANA) == KEY
    asked(house, LENA)
    assert due(house) is None
    house.now = datetime(2026, 12, 15, 9, tzinfo=UTC)
    assert due(house) == f"{LAUNCH}/2026-12"


def test_of_two_channels_the_one_asked_about_longest_ago_comes_first(house: House) -> None:
    early, late = sorted((LAUNCH, OTHER))
    for channel in (early, late):
        team(house, channel=channel)
    turns = []
    for month in (11, 12):
        house.now = datetime(2026, month, 16, 9, tzinfo=UTC)
        key = due(house)
        assert key is not None
        asked(house, LENA, key=key)
        turns.append(key)
    assert turns == [f"{early}/2026-11", f"{late}/2026-12"]
    assert due(house) == f"{early}/2026-12"
    asked(house, LENA, key=f"{early}/2026-12")
    assert due(house) is None
    house.now = datetime(2027, 1, 16, 9, tzinfo=UTC)
    assert due(house) == f"{early}/2027-01", "both were asked about last month"


def test_four_are_not_asked(house: House) -> None:
    team(house, ANA, BOB, KEN)
    house.ask(LENA, ZOE)  # only asked
    house.agree(LENA, ZOE, visibility=Visibility.PRIVATE)
    house.agree(LENA, ZOE, channel=None)
    assert due(house) is None
    house.agree(LENA, ZOE)
    assert due(house) == KEY


def test_who_left_is_not_counted_among_the_five(house: House) -> None:
    team(house)
    house.slack.known[ZOE] = profile(ZOE)
    with house.store.write(house.workspace) as uow:
        gone = uow.members.get(ZOE)
        assert gone is not None
        uow.members.save(replace(gone, active=False))
    assert due(house) is None


def test_who_has_nothing_agreed_there_is_not_asked(house: House) -> None:
    team(house)
    house.answer.act(house.actor(LENA), 1, Action.DROP)
    assert due(house, ANA) is None
    assert due(house) == KEY  # Ana took part these ninety days


def test_only_who_was_asked_answers_and_once(house: House) -> None:
    team(house)
    asked(house, LENA)
    with pytest.raises(NotYoursError):
        house.pulse.answer(house.actor(ANA), KEY, ALL_YES)
    house.pulse.answer(house.actor(LENA), KEY, ALL_YES)
    with pytest.raises(NotAllowedError) as refused:
        house.pulse.answer(house.actor(LENA), KEY, ALL_YES)
    assert refused.value.reason == "pulse_answered"
    with pytest.raises(NotAllowedError):
        house.pulse.asked(house.actor(LENA), KEY)
    with pytest.raises(PersonError):
        house.pulse.answer(house.actor(STRANGER), KEY, ALL_YES)


def test_a_month_that_is_over_takes_no_answer(house: House) -> None:
    team(house)
    asked(house, LENA)
    house.now = ENDED
    with pytest.raises(NotAllowedError) as refused:
        house.pulse.answer(house.actor(LENA), KEY, ALL_YES)
    assert refused.value.reason == "pulse_over"


def test_a_list_says_what_became_of_it(house: House) -> None:
    team(house)
    asked(house, LENA)

    def stands() -> str:
        with house.reading() as uow:
            view = pulse_shown(uow, house.member(LENA), KEY, house.now)
        assert view is not None
        return view.answered

    assert stands() == ""
    house.pulse.answer(house.actor(LENA), KEY, ALL_YES)
    assert stands() == "answered"
    house.now = ENDED
    assert stands() == "over"


def test_all_at_once_are_all_counted_and_each_once(house: House) -> None:
    team(house)
    users = (LENA, ANA, BOB, KEN, ZOE)
    asked(house, *users)
    twice = [house.actor(user) for user in users for _ in range(2)]
    start = threading.Barrier(len(twice))
    refused = []

    def answer(place: int) -> None:
        start.wait()
        try:
            house.pulse.answer(twice[place], KEY, ALL_YES)
        except NotAllowedError as error:
            refused.append(error.reason)

    threads = [threading.Thread(target=answer, args=(place,)) for place in range(len(twice))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with house.store.write(house.workspace) as uow:
        uow.pulse.close(ENDED)
        (pulse,) = uow.pulse.released(LAUNCH, ENDED, ENDED + timedelta(days=1))
    assert pulse.answers == 5
    assert len(refused) == 5
