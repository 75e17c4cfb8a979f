"""A channel's goals."""

from dataclasses import replace
from decimal import Decimal

import pytest

from bot.domain.errors import (
    InvalidInputError,
    NotAllowedError,
    NotYoursError,
    PastDueError,
    PersonError,
    UnknownIdError,
)
from bot.domain.expectation import Visibility
from bot.domain.goal import GoalStatus, Measure
from bot.services.goals import GoalDraft
from tests.integration.services.house import ANA, BOB, BOT, KEN, LENA, OTHER, House, day

TEN = GoalDraft(
    title="ten customers",
    day=day(30).day,
    measure=Measure(start=Decimal(0), now=Decimal(2), target=Decimal(10)),
    champion=ANA,
)


def test_a_goal_is_the_channels(house: House) -> None:
    shown = house.goals.create(house.actor(LENA), TEN)
    assert (shown.goal.id, shown.goal.creator, shown.goal.champion) == ("G-1", LENA, ANA)
    assert shown.goal.visibility == Visibility.CHANNEL
    assert (shown.may_close, shown.may_update) == (True, True)
    seen = house.goals.show(house.actor(BOB), 1)
    assert (seen.may_close, seen.may_update) == (False, False)
    for channel in (None, OTHER):
        with pytest.raises(UnknownIdError) as refused:
            house.goals.show(house.actor(BOB, channel), 1)
        assert refused.value.id == "G-1"
    assert house.goals.show(house.actor(ANA, None), 1).goal.number == 1


def test_its_keepers_say_it_anew(house: House) -> None:
    house.goals.create(house.actor(LENA), TEN)
    eleven = replace(TEN, title="eleven customers", champion=None)
    shown = house.goals.edit(house.actor(ANA), 1, eleven)
    assert (shown.goal.title, shown.goal.champion) == ("eleven customers", ANA)
    with pytest.raises(NotYoursError) as refused:
        house.goals.edit(house.actor(BOB), 1, eleven)
    assert refused.value.whose == (ANA, LENA)
    with pytest.raises(PastDueError):
        house.goals.edit(house.actor(LENA), 1, replace(eleven, day=day(20).day))
    house.goals.close(house.actor(LENA), 1, GoalStatus.MET, "done")
    with pytest.raises(NotAllowedError):
        house.goals.edit(house.actor(LENA), 1, eleven)


def test_what_cannot_be_a_goal_is_named_by_field(house: House) -> None:
    with pytest.raises(InvalidInputError) as refused:
        house.goals.create(house.actor(LENA), GoalDraft(title=" ", day=day(30).day))
    assert set(refused.value.errors) == {"what"}
    with pytest.raises(PastDueError):
        house.goals.create(house.actor(LENA), GoalDraft(title="x", day=day(20).day))
    with pytest.raises(PersonError):
        house.goals.create(house.actor(LENA), GoalDraft(title="x", day=day(30).day, champion=BOT))
    assert house.goals.create(house.actor(LENA), TEN).goal.number == 1


def test_the_measure_is_updated_by_who_has_a_part_in_it(house: House) -> None:
    house.goals.create(house.actor(LENA), TEN)
    house.ask(LENA, KEN, goal=1)
    with pytest.raises(NotYoursError) as refused:
        house.goals.update(house.actor(BOB), 1, Decimal(3))
    assert refused.value.whose == (ANA, LENA)
    shown = house.goals.update(house.actor(KEN), 1, Decimal("7.5"))
    assert shown.goal.measure is not None
    assert shown.goal.measure.now == Decimal("7.5")
    with house.reading() as uow:
        assert uow.goals.values_at([1], house.now) == {1: "7.5"}


def test_a_second_delivery_updates_once(house: House) -> None:
    house.goals.create(house.actor(LENA), TEN)
    actor = house.actor(ANA, key="u1")
    house.goals.update(actor, 1, Decimal(4))
    house.goals.update(house.actor(LENA), 1, Decimal(5))
    again = house.goals.update(actor, 1, Decimal(4))
    assert again.repeated
    assert again.goal.measure is not None
    assert again.goal.measure.now == Decimal(5)


def test_a_goal_without_a_measure_has_none_to_update(house: House) -> None:
    house.goals.create(house.actor(LENA), GoalDraft(title="launch", day=day(30).day))
    with pytest.raises(InvalidInputError) as refused:
        house.goals.update(house.actor(LENA), 1, Decimal(1))
    assert set(refused.value.errors) == {"measure"}


def test_its_keepers_close_and_reopen_it_within_seven_days(house: House) -> None:
    house.goals.create(house.actor(LENA), TEN)
    house.ask(LENA, KEN, goal=1)
    with pytest.raises(NotYoursError):
        house.goals.close(house.actor(KEN), 1, GoalStatus.MET, "done")
    with pytest.raises(InvalidInputError):
        house.goals.close(house.actor(ANA), 1, GoalStatus.MET, " ")
    closed = house.goals.close(house.actor(ANA), 1, GoalStatus.MET, "eleven signed")
    assert (closed.goal.status, closed.goal.note) == (GoalStatus.MET, "eleven signed")
    assert closed.reopen_until is not None
    with pytest.raises(NotAllowedError):
        house.goals.update(house.actor(ANA), 1, Decimal(9))
    with pytest.raises(NotYoursError):
        house.goals.reopen(house.actor(KEN), 1)
    assert house.goals.reopen(house.actor(LENA), 1).goal.status is GoalStatus.OPEN
    house.goals.close(house.actor(ANA), 1, GoalStatus.DROPPED, "no longer")
    house.passes(days=7, seconds=1)
    with pytest.raises(NotAllowedError) as refused:
        house.goals.reopen(house.actor(ANA), 1)
    assert refused.value.reason == "too_late"


def test_goals_are_listed_where_they_are_or_ones_own(house: House) -> None:
    for _ in range(11):
        house.goals.create(house.actor(LENA), TEN)
    house.goals.create(house.actor(LENA, None), GoalDraft(title="rest", day=day(30).day))
    first = house.goals.listing(house.actor(BOB))
    assert (len(first.goals), first.more) == (10, True)
    assert [goal.number for goal in house.goals.listing(house.actor(BOB), 1).goals] == [11]
    assert house.goals.listing(house.actor(BOB, None)).goals == ()
    assert house.goals.listing(house.actor(LENA, None), 1).goals[-1].number == 12


def test_what_is_under_it_is_shown_to_who_may_see_it(house: House) -> None:
    house.goals.create(house.actor(LENA), TEN)
    house.ask(LENA, KEN, goal=1)
    assert [item.number for item in house.goals.show(house.actor(KEN), 1).items] == [1]
    assert house.goals.show(house.actor(BOB), 1).items == ()
