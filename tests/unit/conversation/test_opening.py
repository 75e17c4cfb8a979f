"""How expectations begin, and who can be asked."""

from dataclasses import replace

import pytest

from bot.domain.conversation import Details, People, open_expectation
from bot.domain.due import Due
from bot.domain.errors import InvalidInputError, NotYoursError, PersonError
from bot.domain.expectation import Action, Kind, Status, Visibility
from bot.domain.terms import Wording
from tests.unit.conversation.story import LENA, REN, Story, at, day, hour, people


def begin(
    everyone: People, by: str, kind: Kind, due: Due | None = None, result: str = "ship"
) -> None:
    open_expectation(
        kind=kind,
        number=1,
        wording=Wording(result=result),
        due=due or day("11-27"),
        people=everyone,
        by=by,
        at=at("11-23 10:00"),
    )


def test_a_request_awaits_the_owner() -> None:
    story = Story(Kind.REQUEST)
    assert (story.now.status, story.now.awaited) == (Status.PROPOSED, REN)
    assert (story.change.event.seq, story.change.event.verb) == (1, Action.REQUEST)
    assert story.change.new_terms == (story.now.terms,)
    assert story.now.due_at == at("11-28 00:00")


def test_an_offer_awaits_the_requester() -> None:
    story = Story(Kind.OFFER)
    assert (story.now.owner, story.now.awaited) == (REN, LENA)
    assert story.change.event.actor == REN


def test_a_commitment_is_active_at_once_and_has_no_requester() -> None:
    story = Story(Kind.COMMITMENT)
    assert (story.now.status, story.now.requester) == (Status.ACTIVE, None)
    assert story.now.terms.accepted_at == at("11-23 10:00")


@pytest.mark.parametrize(("kind", "by"), [(Kind.REQUEST, REN), (Kind.OFFER, LENA)])
def test_nobody_speaks_for_another(kind: Kind, by: str) -> None:
    with pytest.raises(NotYoursError):
        begin(people(), by, kind)


@pytest.mark.parametrize(
    ("field", "reason"), [("is_bot", "bot"), ("active", "gone"), ("is_stranger", "stranger")]
)
def test_bots_people_who_left_and_strangers_cannot_be_asked(field: str, reason: str) -> None:
    everyone = people()
    values = {"is_bot": True, "active": False, "is_stranger": True}
    match field:
        case "is_bot":
            owner = replace(everyone.owner, is_bot=values[field])
        case "active":
            owner = replace(everyone.owner, active=values[field])
        case _:
            owner = replace(everyone.owner, is_stranger=values[field])
    with pytest.raises(PersonError) as refused:
        begin(replace(everyone, owner=owner), LENA, Kind.REQUEST)
    assert (refused.value.user, refused.value.reason) == (REN, reason)


def test_nobody_asks_themselves() -> None:
    everyone = people()
    with pytest.raises(PersonError) as refused:
        begin(replace(everyone, requester=everyone.owner), REN, Kind.REQUEST)
    assert refused.value.reason == "self"


def test_a_request_needs_somebody_who_asks() -> None:
    with pytest.raises(InvalidInputError) as refused:
        begin(people(alone=True), REN, Kind.OFFER)
    assert "who" in refused.value.errors


def test_a_commitment_takes_nobody() -> None:
    with pytest.raises(PersonError):
        begin(people(), REN, Kind.COMMITMENT)


@pytest.mark.parametrize("due", [day("11-22"), hour("11-23 09:59")])
def test_what_is_over_cannot_be_due(due: Due) -> None:
    with pytest.raises(InvalidInputError) as refused:
        begin(people(), LENA, Kind.REQUEST, due)
    assert "when" in refused.value.errors


def test_today_can_be_due() -> None:
    begin(people(), LENA, Kind.REQUEST, day("11-23"))


def test_nothing_cannot_be_expected() -> None:
    with pytest.raises(InvalidInputError) as refused:
        begin(people(), LENA, Kind.REQUEST, result=" ")
    assert "what" in refused.value.errors


def test_who_is_asked_may_keep_it_private_while_answering() -> None:
    story = Story(tell_channel=True)
    story.did(Action.ACCEPT, REN, "11-23 11:00", keep_private=True)
    assert story.now.visibility is Visibility.PRIVATE
    assert not story.now.tell_channel


def test_who_is_asked_may_keep_it_private_by_suggesting_a_change() -> None:
    change = Details(due=day("11-30"))
    story = Story().did(Action.CHANGE, REN, "11-23 11:00", details=change, keep_private=True)
    assert story.now.visibility is Visibility.PRIVATE


def test_who_accepts_may_untick_tell_the_channel() -> None:
    story = Story(tell_channel=True)
    story.did(Action.ACCEPT, REN, "11-23 11:00", untell=True)
    assert not story.now.tell_channel
    assert story.now.visibility is Visibility.CHANNEL
