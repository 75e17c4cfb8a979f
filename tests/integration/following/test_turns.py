"""Several workspaces are sent for by one dispatcher: the trouble of one is its own."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import NoReturn

import pytest

from bot.domain.messages import Moment
from bot.services.deliver import Deliver
from bot.services.line import Line
from bot.services.reconcile import Reconcile
from bot.services.send import Send
from tests.integration.following.town import Town
from tests.integration.services.house import ANA


class Broken(Reconcile):
    """Cannot even begin."""

    def take(self, workspace: int) -> NoReturn:
        msg = f"workspace {workspace} cannot be looked into"
        raise RuntimeError(msg)


def line(town: Town, workspace: int, looks: type[Reconcile]) -> Line:
    reconcile = looks(town.store, town.sent, town.views, town.clock, town.new_id)
    return Line(workspace=workspace, slack=town.sent, renderer=town.views, reconcile=reconcile)


@pytest.mark.parametrize("order", [list, reversed], ids=["before it", "after it"])
def test_one_that_is_broken_delays_no_other(
    town: Town, order: Callable[[list[Line]], list[Line]]
) -> None:
    town.now = datetime(2026, 11, 23, 14, 30, tzinfo=UTC)  # 15:30 in Berlin
    other = town.store.workspace("T0OTHER")
    lines = [line(town, other, Broken), line(town, town.workspace, Reconcile)]
    both = tuple(order(lines))
    deliver = Deliver(town.store, town.look.home, town.clock, town.new_id)
    send = Send(lambda: both, deliver)
    town.ask()
    town.plan.tick(town.workspace)
    send.settle()
    assert town.moments(ANA) == [Moment.PROPOSAL]
