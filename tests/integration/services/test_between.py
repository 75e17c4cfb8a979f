"""What lies between two people: gathered for one of them, and only for the two."""

from datetime import timedelta

import pytest

from bot.domain.conversation import Details
from bot.domain.due import Due
from bot.domain.errors import PersonError
from bot.domain.expectation import Action, Visibility
from bot.domain.give_and_take import Counts
from bot.domain.terms import Wording
from bot.domain.views import BetweenView
from bot.services.own_words import Said as OwnWordsSaid
from tests.integration.services.house import ANA, BOB, BOT, GONE, KEN, LENA, STRANGER, House, day


def between(house: House, me: str = LENA, other: str = ANA) -> BetweenView:
    return house.between.view(house.actor(me), other)


def numbers(items: tuple[object, ...]) -> list[int]:
    return [it.number for it in items]  # type: ignore[attr-defined]  # expectations, or lines


def test_nothing_lies_between_people_who_just_met(house: House) -> None:
    view = between(house)
    assert (view.you_do, view.they_do, view.series, view.needs) == ((), (), (), ())
    assert (view.put_right, view.thanks, view.learnt) == ((), (), ())
    assert view.counts.quarters == ()


def test_what_is_open_lies_both_ways_wherever_it_was_made(house: House) -> None:
    mine = house.agree(ANA, LENA)
    theirs = house.agree(LENA, ANA, channel=None, visibility=Visibility.PRIVATE)
    series = house.agree(LENA, ANA, rrule="FREQ=WEEKLY;BYDAY=FR")
    asked = house.ask(LENA, ANA, due=day(30)).expectation.number
    house.agree(LENA, BOB)
    house.agree(BOB, ANA)
    view = between(house)
    assert numbers(view.you_do) == [mine]
    assert numbers(view.they_do) == [theirs, asked]
    assert numbers(view.series) == [series]
    turned = between(house, ANA, LENA)
    assert (numbers(turned.you_do), numbers(turned.they_do)) == ([theirs, asked], [mine])


def test_needs_are_those_of_what_is_agreed(house: House) -> None:
    wording = Wording(result="ship it", needs="the test data")
    house.ask(LENA, ANA, wording=wording)
    assert between(house).needs == ()
    agreed = house.agree(ANA, LENA, wording=wording)
    assert needed(house) == [(agreed, LENA, "the test data")]


def needed(house: House) -> list[tuple[int, str, str]]:
    return [(need.expectation.number, need.by, need.text) for need in between(house).needs]


def test_a_need_that_was_given_is_none_any_more(house: House) -> None:
    wording = Wording(result="ship it", needs="the test data", needs_by="2026-11-25")
    first = house.agree(LENA, ANA, wording=wording)
    back = house.stored(first).owed
    assert back is not None
    assert (first, ANA, "the test data") in needed(house)
    house.answer.act(house.actor(LENA), back, Action.DONE)
    house.answer.act(house.actor(ANA), back, Action.CONFIRM)
    assert needed(house) == []


def test_a_need_in_own_words_is_one_too_as_it_was_said_last(house: House) -> None:
    number = house.agree(LENA, ANA)
    for need in ("a chair", "a desk"):
        house.answer.add_words(house.actor(ANA), number, OwnWordsSaid(need=need), seen=None)
    house.answer.add_words(house.actor(LENA), number, OwnWordsSaid(gain="time"), seen=None)
    assert needed(house) == [(number, ANA, "a desk")]


def test_give_and_take_counts_what_was_finished_each_way(house: House) -> None:
    house.finish(LENA, ANA)
    house.finish(LENA, ANA)
    house.finish(ANA, LENA)
    house.finish(LENA, BOB)
    house.agree(LENA, ANA)
    assert between(house).counts.lately == Counts(given=1, taken=2)
    assert between(house, ANA, LENA).counts.lately == Counts(given=2, taken=1)
    house.passes(days=91)
    later = between(house).counts
    assert (later.lately, later.in_all) == (Counts(given=0, taken=0), Counts(given=1, taken=2))


def missed(house: House) -> int:
    """Let Lena ask Ana, who says afterwards that she could not."""
    number = house.agree(LENA, ANA, due=Due((house.now + timedelta(days=1)).date()))
    house.passes(days=3)
    house.answer.act(house.actor(ANA), number, Action.CANNOT, Details(note="ill"))
    return number


def test_what_was_put_right_is_shown_and_what_was_missed_is_not(house: House) -> None:
    forgiven, repaired, still_missed = missed(house), missed(house), missed(house)
    house.answer.act(house.actor(LENA), forgiven, Action.FORGIVE)
    offered = house.answer.remedy(
        house.actor(ANA),
        repaired,
        Wording(result="more"),
        Due((house.now + timedelta(days=2)).date()),
    )
    assert offered.remedy is not None
    remedy = offered.remedy.number
    house.answer.act(house.actor(LENA), remedy, Action.ACCEPT)
    house.answer.act(house.actor(ANA), remedy, Action.DONE)
    house.answer.act(house.actor(LENA), remedy, Action.CONFIRM)
    view = between(house)
    assert sorted(numbers(view.put_right)) == [forgiven, repaired]
    assert still_missed not in numbers(view.put_right)
    assert view.counts.lately == Counts(given=0, taken=1)


def test_thanks_between_the_two_are_listed_also_those_kept_between_them(house: House) -> None:
    house.thank.give(house.actor(LENA), ANA, "the review", private=True)
    house.thank.give(house.actor(ANA), LENA, "the plan")
    house.thank.give(house.actor(BOB), ANA, "the lunch")
    house.thank.give(house.actor(LENA), BOB, "the talk")
    assert [one.text for one in between(house).thanks] == ["the plan", "the review"]
    assert [one.text for one in between(house, ANA, LENA).thanks] == ["the plan", "the review"]


@pytest.mark.parametrize(
    ("who", "reason"),
    [(LENA, "oneself"), (BOT, "app"), (STRANGER, "stranger"), ("U99NOBODY", "unknown")],
)
def test_with_whom_nothing_can_lie(house: House, who: str, reason: str) -> None:
    with pytest.raises(PersonError) as refused:
        between(house, LENA, who)
    assert (refused.value.user, refused.value.reason) == (who, reason)


def test_who_has_left_is_looked_back_on(house: House) -> None:
    assert not between(house, LENA, GONE).other.active


def test_each_part_is_bounded(house: House) -> None:
    for _ in range(7):
        house.thank.give(house.actor(LENA), ANA, "the review")
        house.finish(KEN, ANA)
    assert len(between(house).thanks) == 5
