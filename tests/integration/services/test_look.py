"""What is shown to whom: one item, lists, Home."""

from datetime import UTC, datetime

import pytest

from bot.domain.conversation import Details
from bot.domain.errors import InvalidInputError, UnknownIdError
from bot.domain.expectation import Action, CheckIn, Kind, Status, Visibility
from bot.domain.messages import Moment, Prompt
from bot.domain.terms import Gains, Wording
from bot.services.goals import GoalDraft
from bot.services.home import Pages
from bot.services.look import Scope
from bot.services.propose import Draft
from tests.integration.services.house import ANA, BOB, KEN, LENA, OTHER, House, day

RICH = Wording(result="send the draft", why="the board waits", gains=Gains(owner="a calm week"))


def test_a_party_sees_all_of_it_anywhere(house: House) -> None:
    house.agree(wording=RICH)
    house.answer.check_in(house.actor(ANA), 1, CheckIn.AT_RISK, "no data")
    for channel in (None, OTHER):
        shown = house.look.show(house.actor(LENA, channel), 1)
        assert shown.full
        assert shown.card.expectation.terms.wording == RICH
        assert [event.verb for event in shown.history][-1] == CheckIn.AT_RISK
        assert shown.check_ins == {CheckIn.OFFER_HELP}
    own = house.look.show(house.actor(ANA), 1)
    assert own.check_ins == {
        CheckIn.ON_TRACK,
        CheckIn.AT_RISK,
        CheckIn.NEED_HELP,
        CheckIn.LATER,
    }
    assert Action.DONE in own.card.moves


def test_what_one_says_to_oneself_the_other_never_sees(house: House) -> None:
    house.agree()
    house.answer.check_in(house.actor(ANA), 1, CheckIn.ON_TRACK)
    theirs = house.look.show(house.actor(LENA), 1).history
    own = house.look.show(house.actor(ANA), 1).history
    assert CheckIn.ON_TRACK not in {event.verb for event in theirs}
    assert CheckIn.ON_TRACK in {event.verb for event in own}


def test_others_see_only_what_was_agreed_and_only_there(house: House) -> None:
    number = house.ask(wording=RICH).expectation.number
    with pytest.raises(UnknownIdError):  # a proposal
        house.look.show(house.actor(BOB), number)
    house.answer.act(house.actor(ANA), number, Action.ACCEPT)
    house.answer.act(house.actor(ANA), number, Action.CHANGE, Details(due=day(30)))
    house.answer.act(house.actor(ANA), number, Action.ASK, Details(note="who signs?"))
    shown = house.look.show(house.actor(BOB), number)
    it = shown.card.expectation
    assert not shown.full
    assert (shown.history, shown.terms, shown.check_ins) == ((), (), frozenset())
    assert shown.card.moves == frozenset()
    assert it.terms.wording == Wording(result="send the draft")
    assert (it.pending, it.question, it.due) == (None, None, day(27))
    assert set(shown.card.people) == {LENA, ANA}
    for channel in (None, OTHER):
        with pytest.raises(UnknownIdError):
            house.look.show(house.actor(BOB, channel), number)


def test_others_never_see_that_something_is_overdue_or_reported(house: House) -> None:
    house.agree(due=day(24))
    house.now = datetime(2026, 11, 26, 10, tzinfo=UTC)
    before = house.look.show(house.actor(BOB), 1).card.expectation
    house.answer.act(house.actor(ANA), 1, Action.DONE)
    after = house.look.show(house.actor(BOB), 1).card.expectation
    assert before == after
    assert after.status is Status.ACTIVE


@pytest.mark.parametrize("end", [Action.DECLINE, Action.CANNOT])
def test_other_ends_are_not_there_for_others(house: House, end: Action) -> None:
    house.ask()
    if end is not Action.DECLINE:
        house.answer.act(house.actor(ANA), 1, Action.ACCEPT)
    house.answer.act(house.actor(ANA), 1, end, Details(note="no"))
    with pytest.raises(UnknownIdError) as hidden:
        house.look.show(house.actor(BOB), 1)
    with pytest.raises(UnknownIdError) as unknown:
        house.look.show(house.actor(BOB), 2)
    assert (hidden.value.id, unknown.value.id) == ("E-1", "E-2")


def test_what_is_private_is_not_there_for_others(house: House) -> None:
    house.agree(visibility=Visibility.PRIVATE)
    with pytest.raises(UnknownIdError):
        house.look.show(house.actor(BOB), 1)
    assert house.look.listing(house.actor(BOB), Scope.TEAM).items == ()


def test_list_alone_is_everything_open_that_one_is_a_party_to(house: House) -> None:
    house.ask(LENA, ANA, due=day(30))
    house.ask(ANA, LENA, due=day(26), channel=None)
    house.ask(BOB, KEN)
    declined = house.ask(LENA, ANA).expectation.number
    house.answer.act(house.actor(ANA), declined, Action.DECLINE)
    draft = Draft(kind=Kind.COMMITMENT, wording=Wording(result="write it"), due=day(25))
    house.propose.create(house.actor(LENA), draft)
    listing = house.look.listing(house.actor(LENA, None))
    assert [item.number for item in listing.items] == [5, 2, 1]
    assert not listing.more
    assert set(listing.people) >= {LENA, ANA}


def test_lists_are_paged_by_ten(house: House) -> None:
    for _ in range(11):
        house.ask()
    first = house.look.listing(house.actor(ANA))
    second = house.look.listing(house.actor(ANA), page=1)
    assert [item.number for item in first.items] == list(range(1, 11))
    assert first.more
    assert [item.number for item in second.items] == [11]
    assert not second.more


def test_list_team_is_what_was_agreed_here(house: House) -> None:
    house.ask(wording=RICH)
    house.agree(wording=RICH)
    house.agree(channel=OTHER)
    house.agree(visibility=Visibility.PRIVATE)
    listing = house.look.listing(house.actor(BOB), Scope.TEAM)
    assert [item.number for item in listing.items] == [2]
    assert listing.items[0].terms.wording == Wording(result="send the draft")
    with pytest.raises(InvalidInputError) as refused:
        house.look.listing(house.actor(BOB, None), Scope.TEAM)
    assert set(refused.value.errors) == {"channel"}


def test_list_who_is_what_lies_between_the_two(house: House) -> None:
    house.ask(LENA, ANA, channel=None)
    house.ask(ANA, LENA)
    house.ask(LENA, BOB)
    house.ask(ANA, BOB)
    listing = house.look.listing(house.actor(LENA), Scope.WHO, ANA)
    assert [item.number for item in listing.items] == [1, 2]
    assert listing.who == ANA
    assert house.look.listing(house.actor(LENA), Scope.WHO, KEN).items == ()


def test_home_has_what_waits_and_what_is_open(house: House) -> None:
    empty = house.look.home(house.workspace, ANA)
    assert (empty.needs_you, empty.you_do.items, empty.others_do.items) == ((), (), ())
    house.ask(LENA, ANA)
    house.agree(due=day(24))
    draft = Draft(kind=Kind.OFFER, for_whom=ANA, wording=Wording(result="check"), due=day(25))
    house.propose.create(house.actor(BOB), draft)
    house.now = datetime(2026, 11, 25, 10, tzinfo=UTC)
    home = house.look.home(house.workspace, ANA)
    assert [(item.card.expectation.number, item.prompt) for item in home.needs_you] == [
        (2, Prompt.OVERDUE),
        (3, Prompt.PROPOSAL),
        (1, Prompt.PROPOSAL),
    ]
    assert [item.card.moment for item in home.needs_you][1:] == [Moment.OFFER, Moment.PROPOSAL]
    assert [item.number for item in home.you_do.items] == [2, 1]
    assert [item.number for item in home.others_do.items] == [3]
    assert set(home.people) == {LENA, ANA, BOB}


def test_home_is_paged_and_counts_what_one_finished(house: House) -> None:
    for _ in range(12):
        house.ask(LENA, ANA)
    house.answer.act(house.actor(ANA), 1, Action.ACCEPT)
    house.answer.act(house.actor(ANA), 1, Action.DONE)
    house.answer.act(house.actor(LENA), 1, Action.CONFIRM)
    home = house.look.home(house.workspace, ANA)
    assert (len(home.needs_you), home.needs_more) == (10, True)
    assert (len(home.you_do.items), home.you_do.more) == (10, True)
    assert (home.finished, home.kept) == (1, 1)
    second = house.look.home(house.workspace, ANA, Pages(needs=1, you=1))
    assert [item.card.expectation.number for item in second.needs_you] == [12]
    assert not second.you_do.more


def test_home_has_ones_own_goals(house: House) -> None:
    house.goals.create(house.actor(LENA), GoalDraft(title="ten customers", day=day(30).day))
    assert [goal.number for goal in house.look.home(house.workspace, LENA).goals] == [1]
    assert house.look.home(house.workspace, BOB).goals == ()
