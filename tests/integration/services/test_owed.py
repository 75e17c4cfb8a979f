"""What is owed back: made by the same yes, numbered without a gap, and told in one message."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from itertools import count
from typing import TYPE_CHECKING

import pytest

from bot.domain.conversation import Details
from bot.domain.errors import InvalidInputError, NotYoursError, StaleError, WinwinError
from bot.domain.expectation import Action, Kind, Outcome, Seen, Status, Visibility
from bot.domain.terms import Wording
from bot.services.forget import Forget
from bot.services.propose import Draft
from bot.services.scene import Acted
from tests.integration.services.house import (
    ANA,
    BOB,
    KEN,
    LAUNCH,
    LENA,
    MONDAY,
    House,
    day,
    request,
)

if TYPE_CHECKING:
    from collections.abc import Callable

NEEDING = Wording(result="send the draft", needs="the figures", needs_by="2026-11-25")


def needing(text: str = "the figures", by: str = "2026-11-26") -> Details:
    return Details(wording=replace(NEEDING, needs=text, needs_by=by))


def act(house: House, user: str, action: Action, details: Details | None = None) -> Acted:
    return house.answer.act(house.actor(user), 1, action, details)


def test_one_yes_agrees_to_both(house: House) -> None:
    house.ask(wording=NEEDING)
    acted = act(house, ANA, Action.ACCEPT)
    first, back = house.stored(1), house.stored(2)
    assert (first.owed, back.owed_for) == (2, 1)
    assert (back.owner, back.requester, back.kind) == (LENA, ANA, Kind.OFFER)
    assert (back.status, back.due, back.channel) == (Status.ACTIVE, day(25), first.channel)
    assert [event.verb for event in house.events(2)] == [Action.OFFER, Action.ACCEPT]
    assert acted.owed == back
    assert house.post_of(1, 2, LENA) is not None  # one message tells both
    assert house.post_of(2, 1, ANA) is house.post_of(2, 2, LENA) is None
    assert house.held_for(LENA) == house.held_for(ANA) == []
    assert house.ask().expectation.number == 3


def test_it_lives_on_as_any_other(house: House) -> None:
    house.agree(wording=NEEDING)
    house.answer.act(house.actor(LENA), 2, Action.DONE)
    house.answer.act(house.actor(ANA), 2, Action.CONFIRM)
    assert house.stored(2).outcome is Outcome.KEPT
    assert house.stored(1).status is Status.ACTIVE


def test_what_is_kept_between_two_is_so_both_ways(house: House) -> None:
    house.ask(wording=NEEDING)
    house.answer.act(house.actor(ANA), 1, Action.ACCEPT, keep_private=True)
    assert house.stored(2).visibility is Visibility.PRIVATE


def test_each_of_several_is_owed_their_own(house: House) -> None:
    draft = replace(request(ANA, BOB), wording=NEEDING)
    house.propose.create(house.actor(LENA), draft)
    house.answer.act(house.actor(BOB), 2, Action.ACCEPT)
    house.answer.act(house.actor(ANA), 1, Action.ACCEPT)
    assert (house.stored(3).requester, house.stored(4).requester) == (BOB, ANA)


def test_a_counter_of_the_owner_asks_for_it(house: House) -> None:
    house.ask()
    act(house, ANA, Action.CHANGE, needing())
    act(house, LENA, Action.ACCEPT)
    back = house.stored(2)
    assert (back.kind, back.owner, back.terms.author) == (Kind.REQUEST, LENA, ANA)


def test_a_delivery_that_comes_twice_makes_one(house: House) -> None:
    house.ask(wording=NEEDING)
    actor = house.actor(ANA, key="press")
    for _ in range(2):
        assert house.answer.act(actor, 1, Action.ACCEPT).owed == house.stored(2)
    assert house.ask().expectation.number == 3


def test_a_refused_yes_takes_no_number(house: House) -> None:
    house.ask(wording=NEEDING)
    with pytest.raises(NotYoursError):
        act(house, LENA, Action.ACCEPT)
    with pytest.raises(StaleError):
        house.answer.act(house.actor(ANA), 1, Action.ACCEPT, seen=Seen(version=9))
    assert house.ask().expectation.number == 2


def test_a_change_moves_it_and_a_need_that_is_dropped_lets_it_go(house: House) -> None:
    house.agree(wording=NEEDING)
    act(house, ANA, Action.CHANGE, needing(by="2026-11-26"))
    act(house, LENA, Action.ACCEPT)
    back = house.stored(2)
    assert (back.due, back.moved_in_time, back.terms.version) == (day(26), True, 2)
    act(house, LENA, Action.CHANGE, needing("", ""))
    act(house, ANA, Action.ACCEPT)
    assert house.stored(2).status is Status.RELEASED
    assert house.stored(1).owed == 2
    assert [event.seq for event in house.events(2)] == [1, 2, 3, 4, 5]


def test_a_need_that_comes_later_is_owed_from_then_on(house: House) -> None:
    house.agree()
    act(house, LENA, Action.CHANGE, needing())
    act(house, ANA, Action.ACCEPT)
    assert (house.stored(2).kind, house.stored(2).due) == (Kind.OFFER, day(26))


def test_a_change_that_is_not_agreed_leaves_it(house: House) -> None:
    house.agree(wording=NEEDING)
    act(house, ANA, Action.CHANGE, needing(by="2026-11-26"))
    act(house, LENA, Action.KEEP)
    assert house.stored(2).due == day(25)


def test_a_day_that_is_over_is_refused_at_its_field(house: House) -> None:
    past = replace(NEEDING, needs_by="2026-11-22")
    with pytest.raises(InvalidInputError) as refused:
        house.ask(wording=past)
    assert set(refused.value.errors) == {"needs_by"}
    house.agree()
    with pytest.raises(InvalidInputError) as refused:
        act(house, ANA, Action.CHANGE, needing(by="2026-11-20"))
    assert set(refused.value.errors) == {"needs_by"}


def test_the_day_ends_where_it_is_owed(house: House) -> None:
    """Monday 19:00 in Tokyo, where Ken owes it; a Monday is over there five hours later."""
    wording = replace(NEEDING, needs_by="2026-11-23")
    house.ask(KEN, LENA, wording=wording)
    house.passes(hours=5)
    with pytest.raises(InvalidInputError):
        house.ask(KEN, LENA, wording=wording)
    house.ask(LENA, KEN, wording=wording)


def test_a_passed_need_does_not_stand_in_the_way_of_another_change(house: House) -> None:
    house.agree(wording=NEEDING)
    house.passes(days=3)
    act(house, ANA, Action.CHANGE, Details(wording=replace(NEEDING, why="customers wait")))
    act(house, LENA, Action.ACCEPT)
    assert house.stored(2).due == day(25)


def test_an_offer_may_need_something_too(house: House) -> None:
    draft = Draft(kind=Kind.OFFER, wording=NEEDING, due=day(27), for_whom=ANA)
    house.propose.create(house.actor(LENA), draft)
    act(house, ANA, Action.ACCEPT)
    back = house.stored(2)
    assert (back.owner, back.requester, back.kind) == (ANA, LENA, Kind.REQUEST)


def test_a_commitment_owes_nothing_back(house: House) -> None:
    draft = Draft(kind=Kind.COMMITMENT, wording=NEEDING, due=day(27))
    house.propose.create(house.actor(LENA), draft)
    act(house, LENA, Action.CHANGE, needing())
    assert house.ask().expectation.number == 2


def test_a_yes_and_a_change_at_once_leave_no_gap(house: House) -> None:
    house.directory.members(house.workspace, (LENA, ANA))

    def press(number: int, user: str, action: Action, details: Details | None) -> object:
        try:
            return house.answer.act(house.actor(user), number, action, details)
        except WinwinError as refused:
            return refused

    taken = 0
    for _ in range(6):
        number = house.ask(wording=NEEDING).expectation.number
        taken += 1
        assert number == taken
        calls: list[Callable[[], object]] = [
            partial(press, number, ANA, Action.ACCEPT, None),
            partial(press, number, LENA, Action.CHANGE, needing("", "")),
        ]
        with ThreadPoolExecutor(2) as pool:
            list(pool.map(lambda call: call(), calls))
        first = house.stored(number)
        if first.owed is not None:
            taken += 1
            assert (first.owed, house.stored(taken).owed_for) == (taken, number)


@pytest.mark.parametrize("countered", [False, True])
def test_who_is_forgotten_takes_their_words_out_of_it_too(house: House, *, countered: bool) -> None:
    """Also where the other wrote the terms that were agreed, and left the need as it stood."""
    long = "the figures " + "of each month " * 30
    house.ask(wording=replace(NEEDING, needs=long))
    if countered:
        act(house, ANA, Action.CHANGE, Details(due=day(30)))
    act(house, LENA if countered else ANA, Action.ACCEPT)
    house.answer.act(
        house.actor(LENA), 2, Action.DONE, Details(thanks_to=ANA, thanks_for="the keys")
    )
    ids = count(1)
    forget = Forget(house.store, house.clock, house.wake, lambda: f"{next(ids):032x}")
    assert forget.forget(house.actor(LENA)).known
    with house.reading() as uow:
        said = [terms.wording for number in (1, 2) for terms in uow.expectations.terms(number)]
        thanks = uow.thanks.in_channel(LAUNCH, MONDAY, MONDAY.replace(year=2027))
    assert "figures" not in str(said)
    assert "each month" not in str(said)
    assert "figures" not in str(thanks)
