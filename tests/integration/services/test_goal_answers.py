"""What lists ask about goals, and what follows from the answers."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from bot.domain.asides import Aside, AskedAside
from bot.domain.errors import NotAllowedError, NotYoursError, UnknownIdError
from bot.domain.expectation import Action, Visibility
from bot.domain.goal import GoalStatus, Measure
from bot.domain.views import AsideView
from bot.services.asides import SOURCES, asides_due
from bot.services.goals import GoalDraft
from tests.integration.services.house import ANA, BOB, KEN, LENA, House, day

REVIEW = "G-1/2026-11-23"
MOST = "G-1/2026-Q4"
GOAL = GoalDraft(title="launch", day=day(30).day, champion=ANA, review_on=day(23).day)


def due(house: House, user: str) -> list[str]:
    """Return the keys of what somebody's list would ask now, of goals."""
    house.directory.member(house.workspace, user)
    with house.reading() as uow:
        member = uow.members.get(user)
        assert member is not None
        return [one.key for one in asides_due(uow, member, house.now)]


def ask(house: House, user: str, kind: Aside, key: str) -> None:
    """Let a list have asked somebody."""
    with house.store.write(house.workspace) as uow:
        uow.asides.add(AskedAside(user=user, kind=kind, key=key, at=house.now, message="m0"))


def shown(house: House, user: str, kind: Aside, key: str) -> AsideView:
    """Return what the list says by now."""
    with house.reading() as uow:
        member = uow.members.get(user)
        assert member is not None
        view = SOURCES[kind].show(uow, member, key, house.now)
    assert view is not None
    return view


def heavy(house: House, owner: str = KEN, other: str = BOB) -> None:
    """Let one carry two of a goal's three, and another the third."""
    house.goals.create(house.actor(LENA), replace(GOAL, review_on=None))
    for who in (owner, owner, other):
        house.agree(LENA, who, goal=1)


def test_its_champion_is_asked_on_the_review_day_once(house: House) -> None:
    house.goals.create(house.actor(LENA), replace(GOAL, review_on=day(24).day))
    assert due(house, ANA) == []
    house.passes(days=1)
    assert due(house, ANA) == ["G-1/2026-11-24"]
    assert due(house, LENA) == []
    ask(house, ANA, Aside.GOAL_REVIEW, "G-1/2026-11-24")
    house.passes(days=1)
    assert due(house, ANA) == []


def test_still_right_moves_the_day_on_once(house: House) -> None:
    house.goals.create(house.actor(LENA), GOAL)
    ask(house, ANA, Aside.GOAL_REVIEW, REVIEW)
    actor = house.actor(ANA, None)
    assert house.goal_answers.still_right(actor, REVIEW) == date(2026, 11, 30)
    assert house.goal_answers.still_right(actor, REVIEW) == date(2026, 11, 30)
    assert house.goals.show(house.actor(ANA), 1).goal.review_on == date(2026, 11, 30)
    with pytest.raises(NotAllowedError) as refused:
        house.goal_answers.still_right(house.actor(ANA, None), REVIEW)
    assert refused.value.reason == "goal_moved"
    assert shown(house, ANA, Aside.GOAL_REVIEW, REVIEW).answered == "moved"


def test_nobody_else_answers_a_review(house: House) -> None:
    house.goals.create(house.actor(LENA), GOAL)
    with pytest.raises(UnknownIdError):
        house.goal_answers.still_right(house.actor(ANA, None), REVIEW)  # not asked yet
    ask(house, ANA, Aside.GOAL_REVIEW, REVIEW)
    with pytest.raises(UnknownIdError):
        house.goal_answers.still_right(house.actor(LENA, None), REVIEW)
    house.goals.edit(house.actor(LENA), 1, replace(GOAL, champion=BOB))
    with pytest.raises(NotYoursError):
        house.goal_answers.still_right(house.actor(ANA, None), REVIEW)
    assert shown(house, ANA, Aside.GOAL_REVIEW, REVIEW).answered == "handed_on"


def test_on_its_day_a_goal_is_changed_or_closed(house: House) -> None:
    house.goals.create(house.actor(LENA), replace(GOAL, day=day(23).day))
    ask(house, ANA, Aside.GOAL_REVIEW, REVIEW)
    assert "next" not in shown(house, ANA, Aside.GOAL_REVIEW, REVIEW).args
    with pytest.raises(NotAllowedError) as refused:
        house.goal_answers.still_right(house.actor(ANA, None), REVIEW)
    assert refused.value.reason == "goal_day"
    house.goals.close(house.actor(ANA), 1, GoalStatus.MET, "done", "Ask earlier.")
    assert shown(house, ANA, Aside.GOAL_REVIEW, REVIEW).answered == "closed"
    assert house.goals.show(house.actor(BOB), 1).goal.learnt == "Ask earlier."


def test_who_carries_most_is_asked_alone(house: House) -> None:
    heavy(house)
    assert due(house, KEN) == [MOST]
    for other in (LENA, ANA, BOB):
        assert due(house, other) == []
    view = shown(house, KEN, Aside.CONCENTRATION, MOST)
    assert (view.who, view.args, view.answered) == (ANA, {"mine": "2", "open": "3"}, "")


def test_what_is_only_proposed_or_a_commitment_is_not_carried(house: House) -> None:
    house.goals.create(house.actor(LENA), replace(GOAL, review_on=None))
    house.agree(LENA, BOB, goal=1)
    house.agree(LENA, KEN, goal=1)
    for _ in range(3):
        house.ask(LENA, KEN, goal=1)
    assert due(house, KEN) == []
    for number in (3, 4):
        house.answer.act(house.actor(KEN), number, Action.ACCEPT)
    assert due(house, KEN) == [MOST]
    house.answer.act(house.actor(KEN), 3, Action.DONE)  # done is carried no more
    assert due(house, KEN) == [MOST]
    house.answer.act(house.actor(KEN), 4, Action.DONE)
    assert due(house, KEN) == []


def test_what_is_private_between_two_others_counts_for_neither_number(house: House) -> None:
    heavy(house)
    before = shown(house, KEN, Aside.CONCENTRATION, MOST)
    for _ in range(2):
        house.agree(LENA, BOB, goal=1, visibility=Visibility.PRIVATE)
    assert shown(house, KEN, Aside.CONCENTRATION, MOST) == before
    house.agree(LENA, KEN, goal=1, visibility=Visibility.PRIVATE)  # one's own
    house.agree(KEN, BOB, goal=1, visibility=Visibility.PRIVATE)  # and what one is a party to
    view = shown(house, KEN, Aside.CONCENTRATION, MOST)
    assert view.args == {"mine": "3", "open": "5"}


def test_a_private_one_alone_does_not_make_somebody_a_second_carrier(house: House) -> None:
    house.goals.create(house.actor(LENA), replace(GOAL, review_on=None))
    for _ in range(3):
        house.agree(LENA, KEN, goal=1)
    house.agree(LENA, BOB, goal=1, visibility=Visibility.PRIVATE)
    assert due(house, KEN) == []


def test_it_is_asked_once_a_quarter(house: House) -> None:
    heavy(house)
    ask(house, KEN, Aside.CONCENTRATION, MOST)
    assert due(house, KEN) == []
    house.passes(days=40)
    assert due(house, KEN) == ["G-1/2027-Q1"]


def test_a_champion_who_carries_most_can_raise_it_with_who_set_the_goal(house: House) -> None:
    heavy(house, owner=ANA)
    assert shown(house, ANA, Aside.CONCENTRATION, MOST).who == LENA


def test_who_sets_keeps_and_carries_a_goal_alone_may_find_it_fine(house: House) -> None:
    house.goals.create(house.actor(ANA), replace(GOAL, review_on=None))
    for who in (ANA, ANA, BOB):
        house.agree(LENA, who, goal=1)
    assert due(house, ANA) == [MOST]
    view = shown(house, ANA, Aside.CONCENTRATION, MOST)
    assert (view.who, view.args) == (LENA, {"mine": "2", "open": "3"})
    ask(house, ANA, Aside.CONCENTRATION, MOST)
    house.goal_answers.leave_it(house.actor(ANA, None), MOST)
    assert shown(house, ANA, Aside.CONCENTRATION, MOST).answered == "fine"


def leaves(house: House, user: str) -> None:
    house.directory.member(house.workspace, user)
    with house.store.write(house.workspace) as uow:
        member = uow.members.get(user)
        assert member is not None
        uow.members.save(replace(member, active=False))


def test_where_the_champion_left_who_set_the_goal_stands_in(house: House) -> None:
    heavy(house)
    leaves(house, ANA)
    assert shown(house, KEN, Aside.CONCENTRATION, MOST).who == LENA
    ask(house, KEN, Aside.CONCENTRATION, MOST)
    house.goal_answers.raise_it(house.actor(KEN, None), MOST, "")
    with house.reading() as uow:
        message = uow.messages.by_slot(f"raised/G-1/2026-Q4/{KEN}")
    assert message is not None
    assert message.to == LENA


def test_where_both_keepers_left_it_is_told_all_the_same(house: House) -> None:
    heavy(house)
    leaves(house, ANA)
    leaves(house, LENA)
    assert due(house, KEN) == [MOST]
    assert shown(house, KEN, Aside.CONCENTRATION, MOST).who is None


def test_who_keeps_a_goal_alone_raises_it_with_who_asked_for_most_of_it(house: House) -> None:
    house.goals.create(house.actor(KEN), replace(GOAL, champion=KEN, review_on=None))
    house.agree(BOB, LENA, goal=1)
    house.agree(ANA, KEN, goal=1)
    for _ in range(2):
        house.agree(LENA, KEN, goal=1)
    assert shown(house, KEN, Aside.CONCENTRATION, MOST).who == LENA
    ask(house, KEN, Aside.CONCENTRATION, MOST)
    house.goal_answers.raise_it(house.actor(KEN, None), MOST, "")
    with house.reading() as uow:
        message = uow.messages.by_slot(f"raised/G-1/2026-Q4/{KEN}")
    assert message is not None
    assert message.to == LENA


def test_where_the_champion_left_who_set_the_goal_is_asked_to_review_it(house: House) -> None:
    house.goals.create(house.actor(LENA), GOAL)
    assert due(house, LENA) == []
    leaves(house, ANA)
    assert due(house, LENA) == [REVIEW]
    assert due(house, BOB) == []
    assert shown(house, LENA, Aside.GOAL_REVIEW, REVIEW).answered == ""
    ask(house, LENA, Aside.GOAL_REVIEW, REVIEW)
    moved = house.goal_answers.still_right(house.actor(LENA, None), REVIEW)
    assert moved == date(2026, 11, 30)


def test_raising_it_sends_the_champion_one_message(house: House) -> None:
    heavy(house)
    ask(house, KEN, Aside.CONCENTRATION, MOST)
    actor = house.actor(KEN, None)
    raised = house.goal_answers.raise_it(actor, MOST, "  Too much\nfor one. ")
    assert raised.said.note == "Too much for one."
    assert house.goal_answers.raise_it(actor, MOST, "again").said == raised.said
    with house.reading() as uow:
        message = uow.messages.by_slot(f"raised/G-1/2026-Q4/{KEN}")
    assert message is not None
    assert (message.to, message.id) == (ANA, raised.said.message)
    for again in (house.goal_answers.leave_it, house.goal_answers.asked):
        with pytest.raises(NotAllowedError):
            again(house.actor(KEN, None), MOST)
    assert shown(house, KEN, Aside.CONCENTRATION, MOST).answered == "raised"


def test_fine_so_tells_nobody(house: House) -> None:
    heavy(house)
    ask(house, KEN, Aside.CONCENTRATION, MOST)
    done = house.goal_answers.leave_it(house.actor(KEN, None), MOST)
    assert (done.way, done.said.message) == (None, None)
    with house.reading() as uow:
        assert uow.messages.by_slot(f"raised/G-1/2026-Q4/{KEN}") is None
    assert shown(house, KEN, Aside.CONCENTRATION, MOST).answered == "fine"


def test_others_cannot_find_out_that_somebody_was_asked(house: House) -> None:
    heavy(house)
    ask(house, KEN, Aside.CONCENTRATION, MOST)
    for user in (ANA, BOB, LENA):
        actor = house.actor(user)
        for press in (house.goal_answers.leave_it, house.goal_answers.asked):
            with pytest.raises(UnknownIdError) as refused:
                press(actor, MOST)
            assert refused.value.id == "G-1"
        with pytest.raises(UnknownIdError):
            house.goal_answers.raise_it(actor, MOST, "")


def test_what_was_spread_meanwhile_is_not_asked_any_more(house: House) -> None:
    heavy(house)
    ask(house, KEN, Aside.CONCENTRATION, MOST)
    house.agree(LENA, BOB, goal=1)
    assert shown(house, KEN, Aside.CONCENTRATION, MOST).answered == "over"


def test_the_measures_updates_say_who_and_when(house: House) -> None:
    measured = replace(GOAL, measure=Measure(start=Decimal(0), now=Decimal(2), target=Decimal(10)))
    house.goals.create(house.actor(LENA), measured)
    house.agree(LENA, KEN, goal=1)
    house.passes(days=1)
    house.goals.update(house.actor(KEN), 1, Decimal(7))
    seen = house.goals.show(house.actor(BOB), 1)
    assert [(one.by, one.value) for one in seen.updates] == [
        (KEN, Decimal(7)),
        (LENA, Decimal(2)),
    ]
    assert KEN in seen.people
