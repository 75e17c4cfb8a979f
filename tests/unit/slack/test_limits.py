"""Whatever people type: what is shown stays within Slack's limits, and pings nobody."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, cast

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain.views import CardView, HomeView, ListView, MessageView, ShowView, SummaryView
from bot.playground.limits import check_message, check_view
from bot.slack.blocks.show import show, show_modal
from bot.slack.renderer import BlockRenderer
from tests.support.block_limits import broken, broken_view
from tests.unit.slack import views
from tests.unit.slack.given import shown

RENDERER = BlockRenderer("T0123456789")
SLOW = settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
PING = re.compile(r"<(?!@[UW]|#C|!date\^|https?://)")


def check(text: str, blocks: Sequence[Mapping[str, object]], *, pings: bool = True) -> None:
    assert broken(cast("Sequence[Mapping[str, Any]]", blocks), "message", text) == []
    check_message([dict(block) for block in blocks])
    for said in (text, shown(cast("Sequence[Mapping[str, Any]]", blocks))):
        assert not PING.search(said)
        assert not any(line == "…" for line in said.splitlines()[:1])
        assert pings or "<@" not in said


@SLOW
@given(views.cards())
def test_cards(view: CardView) -> None:
    content = RENDERER.message(view)
    check(content.text, content.blocks)


@SLOW
@given(views.lists())
def test_lists(view: ListView) -> None:
    content = RENDERER.message(view)
    if view.items or view.held or view.rest:
        check(content.text, content.blocks)


@SLOW
@given(views.summaries)
def test_summaries(view: SummaryView) -> None:
    content = RENDERER.message(view)
    check(content.text, content.blocks, pings=False)


@SLOW
@given(st.one_of(views.thanks_views, views.installed))
def test_greetings(view: MessageView) -> None:
    content = RENDERER.message(view)
    check(content.text, content.blocks)


@SLOW
@given(views.homes())
def test_homes(view: HomeView) -> None:
    rendered = RENDERER.home(view)
    assert broken_view(cast("Mapping[str, Any]", rendered)) == []
    check_view(cast("dict[str, Any]", rendered), "home")


@SLOW
@given(views.shows)
def test_shows(view: ShowView) -> None:
    content = show(view, "T0123456789")
    check(content.text, content.blocks)
    modal = show_modal(view, "T0123456789")
    assert broken_view(modal) == []
    check_view(modal, "modal")
