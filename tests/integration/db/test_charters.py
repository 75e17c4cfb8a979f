"""Charters and the monthly pulse as they are stored, on both databases."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import text

from bot.db.engine import SqlStore
from bot.domain.charter import Charter, CharterLine, CharterVersion
from bot.domain.expectation import Kind, Status, Visibility
from bot.domain.pulse import Said, Statement
from tests.support.values import NOON, expectation, member, terms

NOVEMBER, OCTOBER = date(2026, 11, 1), date(2026, 10, 1)
ENDED = datetime(2026, 12, 1, 12, tzinfo=UTC)
ALL_YES = dict.fromkeys(Statement, Said.YES)
MIXED = {Statement.CLEAR: Said.NO, Statement.SHARE: Said.PARTLY, Statement.SAY_NO: Said.YES}
FIRST = CharterVersion(
    version=1,
    author="ULENA",
    at=NOON,
    lines=(
        CharterLine(title="When we say no", text="early, and with what would work"),
        CharterLine(text="No meetings on Friday"),
    ),
)
CHARTER = Charter(channel="C01", words=FIRST, review_on=date(2027, 3, 1))


@pytest.fixture
def workspace(store: SqlStore) -> int:
    return store.workspace("T1")


def test_a_charter_comes_back_as_it_went_in(store: SqlStore, workspace: int) -> None:
    second = replace(FIRST, version=2, author="UANA", lines=FIRST.lines[:1])
    changed = replace(CHARTER, words=second, heads_form=False)
    with store.write(workspace) as uow:
        assert uow.charters.get("C01") is None
        uow.charters.add_version("C01", FIRST)
        uow.charters.save(CHARTER)
    with store.write(workspace) as uow:
        assert uow.charters.get_for_update("C01") == CHARTER
        uow.charters.add_version("C01", second)
        uow.charters.save(changed)
    with store.read(workspace) as uow:
        assert uow.charters.get("C01") == changed
        assert uow.charters.version("C01", 1) == FIRST
        assert uow.charters.version("C01", 3) is None
        assert uow.charters.get("C02") is None


def test_a_yes_belongs_to_its_version(store: SqlStore, workspace: int) -> None:
    with store.write(workspace) as uow:
        for version in (FIRST, replace(FIRST, version=2)):
            uow.charters.add_version("C01", version)
        uow.charters.save(CHARTER)
        assert uow.charters.agree("C01", 1, "UZOE", NOON)
        assert uow.charters.agree("C01", 1, "UANA", NOON + timedelta(hours=1))
        assert not uow.charters.agree("C01", 1, "UANA", NOON + timedelta(hours=2))
        assert uow.charters.agreed("C01", 1) == ["UZOE", "UANA"]
        assert uow.charters.agreed("C01", 2) == []
        assert uow.charters.take_back("C01", 1, "UZOE")
        assert not uow.charters.take_back("C01", 1, "UZOE")
        assert uow.charters.agreed("C01", 1) == ["UANA"]


def test_a_review_is_its_authors_from_its_day_on(store: SqlStore, workspace: int) -> None:
    with store.write(workspace) as uow:
        uow.charters.add_version("C01", FIRST)
        uow.charters.save(CHARTER)
        uow.members.save(member("ULENA"))
        day = CHARTER.review_on
        assert uow.charters.to_review("ULENA", day, 5) == [CHARTER]
        assert uow.charters.to_review("ULENA", day - timedelta(days=1), 5) == []
        assert uow.charters.to_review("UANA", day, 5) == []


def test_a_charter_of_another_workspace_is_another(store: SqlStore, workspace: int) -> None:
    with store.write(workspace) as uow:
        uow.charters.add_version("C01", FIRST)
        uow.charters.save(CHARTER)
    with store.read(store.workspace("T2")) as uow:
        assert uow.charters.get("C01") is None


def answer(store: SqlStore, workspace: int, count: int, said: dict[Statement, Said]) -> None:
    with store.write(workspace) as uow:
        for number in range(count):
            assert uow.pulse.answer("C01", NOVEMBER, f"U{said is MIXED}{number}", said)


def test_answers_are_counted_once_and_nobody_twice(store: SqlStore, workspace: int) -> None:
    answer(store, workspace, 4, ALL_YES)
    answer(store, workspace, 2, MIXED)
    with store.write(workspace) as uow:
        assert not uow.pulse.answer("C01", NOVEMBER, "UTrue0", ALL_YES)
        assert uow.pulse.has_answered("C01", NOVEMBER, "UTrue0")
        assert not uow.pulse.has_answered("C01", OCTOBER, "UTrue0")
        assert uow.pulse.close(ENDED) == 1
        (pulse,) = uow.pulse.released("C01", ENDED, ENDED + timedelta(seconds=1))
    assert pulse.answers == 6
    assert pulse.counts == {
        Statement.CLEAR: {Said.YES: 4, Said.PARTLY: 0, Said.NO: 2},
        Statement.SHARE: {Said.YES: 4, Said.PARTLY: 2, Said.NO: 0},
        Statement.SAY_NO: {Said.YES: 6, Said.PARTLY: 0, Said.NO: 0},
    }


def test_nothing_is_shown_before_the_month_is_over(store: SqlStore, workspace: int) -> None:
    answer(store, workspace, 9, ALL_YES)
    with store.write(workspace) as uow:
        assert uow.pulse.close(ENDED - timedelta(seconds=1)) == 0
        assert uow.pulse.released("C01", datetime.min.replace(tzinfo=UTC), ENDED) == []
        assert uow.pulse.close(ENDED) == 1
        assert uow.pulse.close(ENDED) == 0
        week = timedelta(days=7)
        assert len(uow.pulse.released("C01", ENDED, ENDED + week)) == 1
        assert uow.pulse.released("C01", ENDED + timedelta(seconds=1), ENDED + week) == []
        assert uow.pulse.released("C02", ENDED, ENDED + week) == []


@pytest.mark.parametrize(("answers", "left"), [(4, 0), (5, 1)])
def test_who_answered_is_forgotten_and_of_too_few_also_what(
    store: SqlStore, workspace: int, answers: int, left: int
) -> None:
    answer(store, workspace, answers, ALL_YES)
    with store.write(workspace) as uow:
        uow.pulse.close(ENDED)
        connection = uow.pulse.connection
        assert connection.scalar(text("SELECT count(*) FROM pulse_answered")) == 0
        assert connection.scalar(text("SELECT count(*) FROM pulse")) == left


def test_a_closed_month_takes_no_more_answers(store: SqlStore, workspace: int) -> None:
    answer(store, workspace, 5, ALL_YES)
    with store.write(workspace) as uow:
        uow.pulse.close(ENDED)
        assert not uow.pulse.answer("C01", NOVEMBER, "UNEW", MIXED)
        (pulse,) = uow.pulse.released("C01", ENDED, ENDED + timedelta(days=1))
    assert pulse.answers == 5


def test_who_is_in_it(store: SqlStore, workspace: int) -> None:
    def made(number: int, status: Status, **more: object) -> None:
        uow.expectations.insert(expectation(number, status, **{"channel": "C01", **more}))

    since = NOON - timedelta(days=90)
    parties = {"UR1", "UO1", "UR4", "UO4", "UO7"}
    with store.write(workspace) as uow:
        for user in parties | {"UR2", "UO2", "UO3", "UR5", "UO5", "UO6", "UANA", "UR8", "UO8"}:
            uow.members.save(member(user))
        uow.members.save(member("ULEFT", active=False))
        uow.members.save(member("UBOT", is_bot=True))
        uow.members.save(member("UOUT", is_stranger=True))
        made(1, Status.ACTIVE, requester="UR1", owner="UO1")
        made(2, Status.PROPOSED, requester="UR2", owner="UO2")
        made(3, Status.ACTIVE, owner="UO3", visibility=Visibility.PRIVATE)
        made(4, Status.MET, requester="UR4", owner="UO4", closed_at=since)
        long_ago = since - timedelta(seconds=1)
        made(5, Status.MET, requester="UR5", owner="UO5", closed_at=long_ago)
        made(6, Status.ACTIVE, channel="C02", owner="UO6")
        made(7, Status.ACTIVE, kind=Kind.COMMITMENT, requester=None, owner="UO7")
        never = terms(accepted_at=None)
        made(8, Status.DECLINED, requester="UR8", owner="UO8", closed_at=NOON, terms=never)
        made(9, Status.ACTIVE, requester="UOUT", owner="ULEFT")
        made(10, Status.ACTIVE, requester="UBOT", owner="UO1")
        assert uow.pulse.in_it("C01", since, 9) == parties
        three = uow.pulse.in_it("C01", since, 3)
        assert len(three) == 3
        assert three < parties
