"""How messages move, written down by hand; all else is refused."""

from itertools import product

import pytest

from bot.domain.delivery import Happening, ImpossibleError, then
from bot.domain.messages import MessageKind, MessageState

POSTS = """
    pending  claimed         sending
    sending  taken           sent
    sending  postponed       pending
    sending  refused         dead
    sending  nothing_to_say  cancelled
    sending  unclear         unknown
    sending  lease_over      unknown
    sending  given_up        dead
    unknown  found           sent
    unknown  not_there       pending
    unknown  unreadable      unknown
    unknown  given_up        dead
"""
OTHERS = """
    pending    claimed         sending
    sending    taken           sent
    sending    postponed       pending
    sending    refused         dead
    sending    nothing_to_say  cancelled
    sending    unclear         pending
    sending    lease_over      pending
    sending    given_up        dead
    sent       occasion        pending
    dead       occasion        pending
    cancelled  occasion        pending
"""


def moves(table: str) -> dict[tuple[str, str], str]:
    rows = (line.split() for line in table.split("\n") if line.strip())
    return {(state, happening): following for state, happening, following in rows}


@pytest.mark.parametrize("kind", MessageKind)
def test_every_state_and_happening(kind: MessageKind) -> None:
    legal = moves(POSTS if kind is MessageKind.POST else OTHERS)
    found = {}
    for state, happening in product(MessageState, Happening):
        try:
            found[state.value, happening.value] = then(kind, state, happening).value
        except ImpossibleError:
            continue
    assert found == legal


def test_a_post_of_unknown_fate_is_never_sent_again_unless_it_was_looked_for() -> None:
    out = {happening for (state, happening) in moves(POSTS) if state == "unknown"}
    again = {happening for happening in out if moves(POSTS)["unknown", happening] == "pending"}
    assert again == {"not_there"}
