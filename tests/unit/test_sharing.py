"""What two show only where both want to: no order of answering and sharing shows it before."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.errors import AlreadySharedError
from bot.domain.learnt import Learnt, write
from bot.domain.opinions import Exchange, Opinion, Said, Topic
from bot.domain.sharing import Sharing

ANA, BOB, EVE = "UANA", "UBOB", "UEVE"
NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
BOTH = frozenset({ANA, BOB})
NOBODY_YET = Exchange(between=BOTH, said={})


def said(by: str, opinion: Opinion = Opinion.YES) -> Said:
    other = BOB if by == ANA else ANA
    return Said(topic=Topic.FAIRNESS, about="2026-Q4", by=by, other=other, opinion=opinion, at=NOON)


STEPS = st.lists(
    st.tuples(st.sampled_from(["say", "share", "unshare"]), st.sampled_from([ANA, BOB, EVE])),
    max_size=12,
)


@given(STEPS)
def test_nothing_shows_before_both_share(steps: list[tuple[str, str]]) -> None:
    """Follow by hand who answered and who wants to show it, and look with each one's eyes."""
    exchange, spoke, wants, shown = NOBODY_YET, set[str](), set[str](), False
    for step, user in steps:
        if step == "say":
            exchange = exchange.say(said(user))
            spoke |= {user} & BOTH
        elif step == "share":
            exchange = exchange.share(user, NOON)
            wants |= {user} & spoke
            shown = shown or wants == BOTH
        else:
            try:
                exchange = exchange.unshare(user)
                assert not shown
                wants -= {user}
            except AlreadySharedError:
                assert shown
        for reader, other in ((ANA, BOB), (BOB, ANA)):
            expected = {reader} & spoke | ({other} if shown else set())
            assert set(exchange.seen_by(reader)) == expected
        assert exchange.seen_by(EVE) == {}


@given(STEPS)
def test_what_the_other_did_changes_nothing_that_one_reads_before(
    steps: list[tuple[str, str]],
) -> None:
    """One reads the same, whether the other answered and wants to show it, or never did a thing."""
    with_other, alone = NOBODY_YET, NOBODY_YET
    for step, user in steps:
        if step == "unshare" and with_other.is_shown:
            break
        with_other = _step(with_other, step, user)
        alone = _step(alone, step, user) if user == ANA else alone
        if with_other.is_shown:
            break
        assert with_other.seen_by(ANA) == alone.seen_by(ANA)


def _step(exchange: Exchange, step: str, user: str) -> Exchange:
    if step == "say":
        return exchange.say(said(user))
    return exchange.share(user, NOON) if step == "share" else exchange.unshare(user)


def test_another_answer_counts_until_both_share() -> None:
    exchange = NOBODY_YET.say(said(ANA)).share(ANA, NOON).say(said(ANA, Opinion.NOT_LATELY))
    assert exchange.seen_by(ANA)[ANA].opinion is Opinion.NOT_LATELY
    assert exchange.seen_by(ANA)[ANA].shares
    shown = exchange.say(said(BOB)).share(BOB, NOON)
    assert shown.say(said(ANA)) == shown
    assert shown.seen_by(BOB)[ANA].opinion is Opinion.NOT_LATELY


def test_both_read_when_it_was_shown() -> None:
    exchange = NOBODY_YET.say(said(ANA)).say(said(BOB)).share(ANA, NOON)
    exchange = exchange.share(BOB, NOON + timedelta(hours=1))
    later = exchange.share(ANA, NOON + timedelta(hours=2))
    assert {one.shown_at for one in later.seen_by(BOB).values()} == {NOON + timedelta(hours=1)}


@pytest.mark.parametrize("among", [frozenset({ANA}), BOTH])
def test_all_of_those_concerned_have_to_agree(among: frozenset[str]) -> None:
    sharing = Sharing(among=among)
    for user in sorted(among):
        assert not sharing.is_shown
        sharing = sharing.share(user, NOON)
    assert sharing.is_shown
    assert sharing.share(EVE, NOON + timedelta(days=1)) == sharing
    with pytest.raises(AlreadySharedError):
        sharing.unshare(ANA)


def test_who_is_not_concerned_cannot_show_it() -> None:
    sharing = Sharing(among=BOTH).share(EVE, NOON).share(ANA, NOON)
    assert sharing.wanted_by == {ANA}
    assert not sharing.is_shown


def line() -> Learnt:
    return write(42, ANA, BOB, "Agree the test data first.", NOON)


def test_another_line_has_nobody_who_shares_it() -> None:
    half = replace(line(), sharing=line().sharing.share(BOB, NOON))
    other = half.rewritten("Bob was slow.", NOON)
    assert (other.text, other.sharing.wanted_by) == ("Bob was slow.", frozenset())
    assert half.rewritten(half.text, NOON) == half


def test_a_line_that_is_shown_stays_as_it_was_read() -> None:
    sharing = line().sharing.share(BOB, NOON).share(ANA, NOON)
    shown = replace(line(), sharing=sharing)
    assert shown.rewritten("Bob was slow.", NOON) == shown


def test_of_a_commitment_the_owner_alone_decides() -> None:
    alone = write(42, ANA, None, "Start earlier.", NOON)
    assert alone.sharing.share(ANA, NOON).is_shown
