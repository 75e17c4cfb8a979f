"""After five kept between two the owner is asked less, unless they want it otherwise."""

import pytest

from bot.domain.expectation import Outcome
from bot.domain.member import Cadence, Stoppable
from bot.domain.trust import LEFT_OUT, are_kept, wants_fewer
from tests.support.values import member

K, C = Outcome.KEPT, Outcome.KEPT_CHANGED


@pytest.mark.parametrize(
    ("last", "kept"),
    [
        ([], False),
        ([K, K, K, K], False),
        ([K, K, K, K, K], True),
        ([K, C, K, C, K], True),
        ([K, K, K, K, Outcome.LATE], False),
        ([Outcome.MISSED, K, K, K, K], False),
    ],
)
def test_five_in_a_row(last: list[Outcome], *, kept: bool) -> None:
    assert are_kept(last) is kept


def test_what_was_settled_neither_makes_nor_ends_it() -> None:
    assert {Outcome.FORGIVEN, Outcome.REPAIRED} == LEFT_OUT


def test_ones_own_setting_stands_above_it() -> None:
    assert wants_fewer(member("UANA"))
    assert not wants_fewer(member("UANA", cadence=Cadence.DAILY))
    assert not wants_fewer(member("UANA", cadence=Cadence.WEEKLY))
    assert not wants_fewer(member("UANA", stopped=frozenset({Stoppable.FEWER_WITH_TRUST})))
