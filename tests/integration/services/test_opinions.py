"""Worth it and fairness: asked by a list, answered alone, shown where both share."""

from dataclasses import replace
from datetime import datetime

import pytest

from bot.domain.asides import Aside, AskedAside
from bot.domain.errors import AlreadySharedError, NotAllowedError, UnknownIdError
from bot.domain.member import Member, Stoppable
from bot.domain.opinions import Opinion, Said, Topic
from bot.domain.views import AsideView
from bot.services.asides import SOURCES, Source, asides_due, note_asked, want_a_list
from bot.services.ports import UnitOfWork
from tests.integration.services.house import ANA, BOB, KEN, LENA, House
from tests.support.values import message

WORTH, FAIR = Topic.WORTH_IT, Topic.FAIRNESS


def due(house: House, user: str) -> AsideView | None:
    """Return the rare question that a list would ask somebody now."""
    with house.reading() as uow:
        reader = uow.members.get(user)
        assert reader is not None
        found = asides_due(uow, reader, house.now)
    assert len(found) <= 1
    return found[0] if found else None


def ask(house: House, user: str) -> AsideView:
    """Ask somebody what is due."""
    view = due(house, user)
    assert view is not None
    with house.store.write(house.workspace) as uow:
        reader = uow.members.get(user)
        assert reader is not None
        list_ = message(f"list-{user}-{house.now:%j}", to=user, sent_at=house.now)
        uow.messages.add(list_)
        note_asked(uow, reader, list_, (view,), house.now)
    return view


def kinds(*views: AsideView | None) -> list[Aside | None]:
    return [view.kind if view else None for view in views]


def test_who_finished_something_is_asked_once_whether_it_was_worth_it(house: House) -> None:
    house.agree(LENA, ANA)
    assert due(house, LENA) is None
    number = house.finish(LENA, ANA)
    asked = ask(house, LENA)
    assert (asked.kind, asked.key, asked.who) == (Aside.WORTH_IT, f"E-{number}", ANA)
    house.passes(days=7)
    assert due(house, LENA) is None, "there is nothing else to ask about"
    other = due(house, ANA)
    assert other is not None
    assert (other.key, other.who) == (f"E-{number}", LENA)


def test_at_most_one_a_week_and_the_latest_first(house: House) -> None:
    house.finish(LENA, ANA)
    house.passes(hours=1)
    second = house.finish(BOB, LENA)
    assert ask(house, LENA).key == f"E-{second}"
    house.passes(days=6)
    assert due(house, LENA) is None
    house.passes(days=1)
    assert kinds(due(house, LENA)) == [Aside.WORTH_IT]


def test_a_rare_one_is_not_even_looked_for_to_see_whether_a_list_goes_out(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.finish(LENA, ANA)
    looked: list[Aside] = []

    def counted(kind: Aside, source: Source) -> Source:
        def due_of(uow: UnitOfWork, reader: Member, at: datetime) -> str | None:
            looked.append(kind)
            return source.due(uow, reader, at)

        return replace(source, due=due_of)

    sources = {kind: counted(kind, source) for kind, source in SOURCES.items()}
    monkeypatch.setattr("bot.services.asides.SOURCES", sources)
    assert kinds(due(house, LENA)) == [Aside.WORTH_IT]
    looked.clear()
    with house.reading() as uow:
        assert not want_a_list(uow, house.member(LENA), house.now)
    assert looked == [Aside.CHARTER_REVIEW, Aside.GOAL_REVIEW, Aside.CONCENTRATION]


def test_what_was_long_ago_is_not_asked_about(house: House) -> None:
    house.finish(LENA, ANA)
    house.passes(days=15)
    assert due(house, LENA) is None


def test_fairness_needs_enough_between_two_and_comes_once_a_quarter(house: House) -> None:
    for _ in range(2):
        house.finish(LENA, ANA)
    house.finish(LENA, BOB)
    assert kinds(due(house, LENA)) == [Aside.WORTH_IT]
    house.finish(ANA, LENA)
    view = ask(house, LENA)
    assert (view.kind, view.key, view.who) == (Aside.FAIRNESS, f"{ANA}/2026-Q4", ANA)
    house.passes(days=28)
    assert due(house, LENA) is None
    house.passes(days=14)  # a new quarter
    view = ask(house, LENA)
    assert view.key == f"{ANA}/2027-Q1"


def test_who_left_is_no_reason_to_ask(house: House) -> None:
    for _ in range(3):
        house.finish(LENA, ANA)
    with house.store.write(house.workspace) as uow:
        ana = uow.members.get(ANA)
        assert ana is not None
        uow.members.save(replace(ana, active=False))
    assert due(house, LENA) is None
    number = house.finish(LENA, BOB)
    view = ask(house, LENA)
    assert (view.kind, view.key) == (Aside.WORTH_IT, f"E-{number}")


def test_either_can_be_switched_off(house: House) -> None:
    for _ in range(3):
        house.finish(LENA, ANA)
    house.configure.stop_asking(house.actor(LENA), Stoppable.FAIRNESS)
    assert kinds(due(house, LENA)) == [Aside.WORTH_IT]
    house.configure.stop_asking(house.actor(LENA), Stoppable.WORTH_IT)
    assert due(house, LENA) is None
    assert kinds(due(house, ANA)) == [Aside.FAIRNESS]


def both_asked(house: House) -> str:
    number = house.finish(LENA, ANA)
    key = ask(house, LENA).key
    assert ask(house, ANA).key == key == f"E-{number}"
    return key


def test_each_reads_the_others_answer_once_both_share(house: House) -> None:
    key = both_asked(house)
    mine = house.opine.say(house.actor(LENA), WORTH, key, Opinion.FOUR)
    assert (mine.mine.opinion, mine.theirs) == (Opinion.FOUR, None)
    assert house.opine.share(house.actor(LENA), WORTH, key).theirs is None
    theirs = house.opine.say(house.actor(ANA), WORTH, key, Opinion.TWO)
    assert theirs.theirs is None
    assert [said.by for said in seen(house, ANA, LENA)] == [ANA]
    shown = house.opine.share(house.actor(ANA), WORTH, key)
    assert shown.theirs is not None
    assert shown.theirs.opinion is Opinion.FOUR
    assert {said.by for said in seen(house, LENA, ANA)} == {LENA, ANA}
    with pytest.raises(AlreadySharedError):
        house.opine.unshare(house.actor(LENA), WORTH, key)


def seen(house: House, reader: str, other: str) -> tuple[Said, ...]:
    return house.between.view(house.actor(reader), other).worth


def test_a_wish_taken_back_shows_nothing(house: House) -> None:
    key = both_asked(house)
    house.opine.say(house.actor(LENA), WORTH, key, Opinion.FOUR)
    house.opine.share(house.actor(LENA), WORTH, key)
    assert not house.opine.unshare(house.actor(LENA), WORTH, key).mine.shares
    house.opine.say(house.actor(ANA), WORTH, key, Opinion.TWO)
    assert house.opine.share(house.actor(ANA), WORTH, key).theirs is None


def test_the_others_list_does_not_move_before_both_share(house: House) -> None:
    key = both_asked(house)
    house.opine.say(house.actor(LENA), WORTH, key, Opinion.FOUR)
    house.opine.share(house.actor(LENA), WORTH, key)
    with house.reading() as uow:
        assert uow.messages.by_slot(f"update/list-{ANA}-{house.now:%j}") is None
        assert uow.messages.by_slot(f"update/list-{LENA}-{house.now:%j}") is not None


def test_another_answer_counts_until_both_share(house: House) -> None:
    key = both_asked(house)
    house.opine.say(house.actor(LENA), WORTH, key, Opinion.FOUR)
    again = house.opine.say(house.actor(LENA), WORTH, key, Opinion.ONE)
    assert again.mine.opinion is Opinion.ONE
    house.opine.say(house.actor(ANA), WORTH, key, Opinion.TWO)
    for user in (LENA, ANA):
        house.opine.share(house.actor(user), WORTH, key)
    read = house.opine.say(house.actor(LENA), WORTH, key, Opinion.FIVE)
    assert read.mine.opinion is Opinion.ONE


@pytest.mark.parametrize("user", [ANA, BOB, KEN])
def test_only_who_was_asked_can_answer_or_share(house: House, user: str) -> None:
    """Whoever tries learns the same, whether the other has answered or not."""
    house.finish(LENA, ANA)
    key = ask(house, LENA).key
    house.opine.say(house.actor(LENA), WORTH, key, Opinion.FIVE)
    with pytest.raises(UnknownIdError):
        house.opine.say(house.actor(user), WORTH, key, Opinion.ONE)
    with pytest.raises(UnknownIdError):
        house.opine.share(house.actor(user), WORTH, key)
    with pytest.raises(UnknownIdError):
        house.opine.unshare(house.actor(user), WORTH, key)


def test_who_has_not_answered_has_nothing_to_share(house: House) -> None:
    key = both_asked(house)
    with pytest.raises(UnknownIdError):
        house.opine.share(house.actor(LENA), WORTH, key)


def test_an_answer_has_to_fit_its_question(house: House) -> None:
    key = both_asked(house)
    with pytest.raises(NotAllowedError):
        house.opine.say(house.actor(LENA), WORTH, key, Opinion.MOSTLY)


def test_fairness_is_matched_whoever_is_asked_first(house: House) -> None:
    for _ in range(3):
        house.finish(LENA, ANA)
    mine, theirs = ask(house, LENA).key, ask(house, ANA).key
    assert (mine, theirs) == (f"{ANA}/2026-Q4", f"{LENA}/2026-Q4")
    house.opine.say(house.actor(ANA), FAIR, theirs, Opinion.NOT_LATELY)
    house.opine.share(house.actor(ANA), FAIR, theirs)
    house.opine.say(house.actor(LENA), FAIR, mine, Opinion.YES)
    shown = house.opine.share(house.actor(LENA), FAIR, mine)
    assert shown.theirs is not None
    assert shown.theirs.opinion is Opinion.NOT_LATELY


def test_a_second_delivery_changes_nothing(house: House) -> None:
    key = both_asked(house)
    actor = house.actor(LENA, key="p1")
    first = house.opine.say(actor, WORTH, key, Opinion.FOUR)
    assert house.opine.say(actor, WORTH, key, Opinion.FOUR) == first


def test_nothing_is_left_of_a_question_about_what_is_gone(house: House) -> None:
    with house.store.write(house.workspace) as uow:
        uow.asides.add(
            AskedAside(user=LENA, kind=Aside.WORTH_IT, key="E-99", at=house.now, message="m")
        )
    with pytest.raises(UnknownIdError):
        house.opine.say(house.actor(LENA), WORTH, "E-99", Opinion.ONE)
