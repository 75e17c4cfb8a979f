"""What two people say of what lies between them, as both databases keep it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.db.engine import SqlStore, SqlUnitOfWork
from bot.domain.expectation import Kind, Status, Visibility
from bot.domain.learnt import Learnt, write
from bot.domain.opinions import FITTING, Opinion, Said, Topic
from tests.support.values import NOON, expectation

ANA, BOB, EVE = "UANA", "UBOB", "UEVE"
HOUR = timedelta(hours=1)


@pytest.fixture
def uow(store: SqlStore) -> Iterator[SqlUnitOfWork]:
    with store.write(store.workspace("T1")) as uow:
        uow.expectations.insert(expectation(1, Status.MET))
        uow.expectations.insert(expectation(2, Status.MET, visibility=Visibility.PRIVATE))
        uow.expectations.insert(expectation(3, Status.MET, channel="COTHER"))
        uow.expectations.insert(
            expectation(4, Status.MET, kind=Kind.COMMITMENT, requester=None, self_confirmed=True)
        )
        yield uow


def shared(line: Learnt, at: datetime) -> Learnt:
    sharing = line.sharing
    for user in sorted(sharing.among):
        sharing = sharing.share(user, at)
    return replace(line, sharing=sharing)


def test_a_line_is_kept_with_who_shares_it(uow: SqlUnitOfWork) -> None:
    line = write(1, ANA, BOB, "Ask first.", NOON)
    uow.learnt.save(line)
    assert uow.learnt.get(1, ANA) == line
    half = replace(line, sharing=line.sharing.share(BOB, NOON))
    uow.learnt.save(half)
    assert uow.learnt.get(1, ANA) == half
    whole = replace(half, sharing=half.sharing.share(ANA, NOON + HOUR))
    uow.learnt.save(whole)
    assert uow.learnt.get(1, ANA) == whole
    assert uow.learnt.get(1, BOB) is None
    assert uow.learnt.get(2, ANA) is None


def test_lines_are_found_by_what_they_are_about_and_between_whom(uow: SqlUnitOfWork) -> None:
    first, second = write(1, BOB, ANA, "b", NOON), write(1, ANA, BOB, "a", NOON + HOUR)
    alone = write(4, BOB, None, "c", NOON)
    third = write(3, ANA, BOB, "d", NOON + 2 * HOUR)
    for line in (third, second, alone, first):
        uow.learnt.save(line)
    assert uow.learnt.of_many({1, 4, 7}) == [first, second, alone]
    assert uow.learnt.of_many(()) == []
    assert uow.learnt.between(ANA, BOB, 9) == [third, second, first]
    assert uow.learnt.between(BOB, ANA, 1) == [third]
    assert uow.learnt.between(ANA, EVE, 9) == []


def test_a_channel_reads_what_both_shared_in_a_period_and_nothing_private(
    uow: SqlUnitOfWork,
) -> None:
    mine, theirs = write(1, ANA, BOB, "mine", NOON), write(1, BOB, ANA, "theirs", NOON)
    uow.learnt.save(shared(mine, NOON + HOUR))
    uow.learnt.save(replace(theirs, sharing=theirs.sharing.share(BOB, NOON)))
    uow.learnt.save(shared(write(2, ANA, BOB, "private", NOON), NOON))
    uow.learnt.save(shared(write(3, ANA, BOB, "of another channel", NOON), NOON))
    alone = shared(write(4, BOB, None, "alone", NOON), NOON)
    uow.learnt.save(alone)

    def read(since: datetime, until: datetime) -> list[str]:
        return [line.text for line in uow.learnt.in_channel("CTEAM", since, until)]

    assert read(NOON, NOON + 2 * HOUR) == ["alone", "mine"]
    assert read(NOON, NOON + HOUR) == ["alone"]
    assert read(NOON + HOUR, NOON + 2 * HOUR) == ["mine"]


@pytest.mark.parametrize(
    ("topic", "opinion"), [(topic, one) for topic, all_ in FITTING.items() for one in all_]
)
def test_every_opinion_is_kept(uow: SqlUnitOfWork, topic: Topic, opinion: Opinion) -> None:
    said = Said(topic=topic, about="E-1", by=ANA, other=BOB, opinion=opinion, at=NOON)
    uow.opinions.save(said)
    exchange = uow.opinions.exchange(topic, "E-1", ANA, BOB)
    assert exchange.said == {ANA: said}
    assert exchange.between == {ANA, BOB}
    shown = replace(said, shares=True, shown_at=NOON)
    uow.opinions.save(shown)
    assert uow.opinions.exchange(topic, "E-1", BOB, ANA).said == {ANA: shown}


def test_the_others_opinions_are_read_only_where_both_share(uow: SqlUnitOfWork) -> None:
    def say(by: str, other: str, about: str, **changes: object) -> Said:
        said = Said(
            topic=Topic.FAIRNESS,
            about=about,
            by=by,
            other=other,
            opinion=Opinion.MOSTLY,
            at=NOON,
        )
        said = replace(said, **changes)  # type: ignore[arg-type]  # fields by name
        uow.opinions.save(said)
        return said

    mine = say(ANA, BOB, "2026-Q3")
    say(BOB, ANA, "2026-Q3", shares=True)
    say(ANA, EVE, "2026-Q3")
    shown = say(BOB, ANA, "2026-Q4", shares=True, shown_at=NOON, at=NOON + HOUR)
    assert uow.opinions.seen_between(Topic.FAIRNESS, ANA, BOB, 9) == [shown, mine]
    assert uow.opinions.seen_between(Topic.FAIRNESS, ANA, BOB, 1) == [shown]
    assert uow.opinions.seen_between(Topic.WORTH_IT, ANA, BOB, 9) == []
