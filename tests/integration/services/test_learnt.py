"""Lines worth remembering: who may write, who reads, and when the channel does."""

import pytest

from bot.domain.conversation import Details
from bot.domain.errors import (
    AlreadySharedError,
    InvalidInputError,
    NotAllowedError,
    UnknownIdError,
)
from bot.domain.expectation import Action, Kind, Visibility
from bot.domain.terms import Wording
from bot.services.learnt import Line
from bot.services.propose import Draft
from bot.slack.blocks.between import line_said
from bot.slack.pen import Pen
from tests.integration.services.house import ANA, BOB, LAUNCH, LENA, House, day

LINE = Line(text="Agree the  test data\nfirst.", shares=False)
SHARED = Line(text="Agree the test data first.", shares=True)


def in_channel(house: House) -> list[str]:
    later = house.now.replace(year=2027)
    with house.reading() as uow:
        return [line.text for line in uow.learnt.in_channel(LAUNCH, house.now, later)]


def test_both_write_one_when_it_is_kept(house: House) -> None:
    number = house.finish(LENA, ANA)
    written = house.remember.write(house.actor(LENA), number, LINE)
    assert written is not None
    assert (written.learnt.text, written.learnt.by) == ("Agree the test data first.", LENA)
    house.remember.write(house.actor(ANA), number, Line(text="Ask sooner.", shares=False))
    lines = [line.text for line in house.look.show(house.actor(LENA), number).card.learnt]
    assert lines == ["Agree the test data first.", "Ask sooner."]
    assert house.look.show(house.actor(BOB), number).card.learnt == ()


def test_the_channel_reads_it_once_both_share(house: House) -> None:
    number = house.finish(LENA, ANA)
    house.remember.write(house.actor(LENA), number, SHARED)
    assert in_channel(house) == []
    assert house.remember.share(house.actor(ANA), number, LENA).learnt.sharing.is_shown
    assert in_channel(house) == ["Agree the test data first."]
    with pytest.raises(AlreadySharedError):
        house.remember.unshare(house.actor(LENA), number, LENA)


def test_other_words_for_what_the_channel_reads_are_not_taken_and_it_is_said(house: House) -> None:
    number = house.finish(LENA, ANA)
    first = house.remember.write(house.actor(LENA), number, SHARED)
    house.remember.share(house.actor(ANA), number, LENA)
    again = house.remember.write(house.actor(LENA), number, SHARED)
    other = house.remember.write(house.actor(LENA), number, Line(text="Ask.", shares=True))
    assert first is not None
    assert again is not None
    assert other is not None
    assert (first.stays, again.stays, other.stays) == (False, False, True)
    assert other.learnt.text == SHARED.text
    pen = Pen.of(house.member(LENA), {}, house.now)
    said = line_said(other.learnt, other.expectation, pen, stays=True).text
    assert "The shared line stays as it was; the new one is not kept." in said


def test_a_wish_can_be_taken_back_until_then(house: House) -> None:
    number = house.finish(LENA, ANA)
    house.remember.write(house.actor(LENA), number, SHARED)
    house.remember.unshare(house.actor(LENA), number, LENA)
    house.remember.share(house.actor(ANA), number, LENA)
    assert in_channel(house) == []


def test_other_words_are_not_shared_by_who_agreed_to_the_first(house: House) -> None:
    number = house.finish(LENA, ANA)
    house.remember.write(house.actor(LENA), number, LINE)
    house.remember.share(house.actor(ANA), number, LENA)
    house.remember.write(house.actor(LENA), number, Line(text="Ana was slow.", shares=True))
    assert in_channel(house) == []


def test_the_owner_writes_it_with_the_report_and_with_a_remedy(house: House) -> None:
    number = house.agree(LENA, ANA, due=day(24))
    house.answer.act(house.actor(ANA), number, Action.DONE, line=SHARED)
    with house.reading() as uow:
        line = uow.learnt.get(number, ANA)
    assert line is not None
    assert line.sharing.wanted_by == {ANA}
    missed = house.agree(LENA, ANA, due=day(24))
    house.passes(days=3)
    house.answer.act(house.actor(ANA), missed, Action.CANNOT, Details(note="ill"))
    house.answer.remedy(house.actor(ANA), missed, Wording(result="more"), day(30), line=LINE)
    with house.reading() as uow:
        about = uow.learnt.get(missed, ANA)
    assert about is not None
    assert (about.text, about.sharing.wanted_by) == ("Agree the test data first.", frozenset())


def test_what_is_private_has_no_channel_that_could_read_it(house: House) -> None:
    number = house.finish(LENA, ANA, visibility=Visibility.PRIVATE)
    written = house.remember.write(house.actor(LENA), number, SHARED)
    assert written is not None
    assert written.learnt.sharing.wanted_by == frozenset()
    with pytest.raises(NotAllowedError):
        house.remember.share(house.actor(ANA), number, LENA)


def test_of_a_commitment_its_owner_alone_decides(house: House) -> None:
    draft = Draft(kind=Kind.COMMITMENT, wording=Wording(result="tidy up"), due=day(27))
    number = house.propose.create(house.actor(LENA), draft).items[0].expectation.number
    house.answer.act(house.actor(LENA), number, Action.DONE, line=SHARED)
    assert in_channel(house) == ["Agree the test data first."]


def test_others_and_what_is_open_are_refused(house: House) -> None:
    number = house.finish(LENA, ANA)
    house.remember.write(house.actor(LENA), number, SHARED)
    with pytest.raises(UnknownIdError):
        house.remember.write(house.actor(BOB), number, LINE)
    with pytest.raises(UnknownIdError):
        house.remember.share(house.actor(BOB), number, LENA)
    with pytest.raises(UnknownIdError):
        house.remember.share(house.actor(LENA), number, ANA)
    with pytest.raises(NotAllowedError):
        house.remember.write(house.actor(LENA), house.agree(LENA, ANA), LINE)


def test_a_line_is_a_line(house: House) -> None:
    number = house.finish(LENA, ANA)
    with pytest.raises(InvalidInputError) as refused:
        house.remember.write(house.actor(LENA), number, Line(text="x" * 201, shares=False))
    assert set(refused.value.errors) == {"learnt"}
    assert house.remember.write(house.actor(LENA), number, Line(text=" ", shares=True)) is None


def test_a_second_delivery_writes_once(house: House) -> None:
    number = house.finish(LENA, ANA)
    actor = house.actor(LENA, key="s1")
    first = house.remember.write(actor, number, LINE)
    assert house.remember.write(actor, number, LINE) == first
