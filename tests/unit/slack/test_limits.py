"""Whatever people type: what is shown stays within Slack's limits, and pings nobody."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, cast

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain.charter import Charter, CharterLine, CharterVersion
from bot.domain.expectation import Expectation
from bot.domain.member import Member
from bot.domain.own_words import OwnWords
from bot.domain.views import (
    CardView,
    CharterView,
    HomeView,
    ListView,
    MessageView,
    ShowView,
    SummaryView,
)
from bot.playground.limits import check_message, check_view
from bot.slack.blocks.changes import changes_modal
from bot.slack.blocks.charter import charter_changes
from bot.slack.blocks.forms.charter import charter_form
from bot.slack.blocks.forms.expect import Form, expectation_form
from bot.slack.blocks.forms.own_words import words_form, worth_form
from bot.slack.blocks.forms.pulse import pulse_form
from bot.slack.blocks.show import show, show_modal
from bot.slack.ids import Origin, Press, Verb
from bot.slack.pen import Pen
from bot.slack.renderer import BlockRenderer
from tests.support.block_limits import broken, broken_view
from tests.unit.slack import views
from tests.unit.slack.given import LENA, NOW, shown

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
@given(views.charters)
def test_charters(view: CharterView) -> None:
    content = RENDERER.message(view)
    check(content.text, content.blocks, pings=view.reader is not None)


def test_the_forms_of_a_channels_own() -> None:
    line = CharterLine(title="&" * 60, text="<" * 138)
    words = CharterVersion(version=9, author="U0LENA", at=NOW, lines=(line,) * 7)
    other = replace(words, version=10, lines=(replace(line, text="é" * 138),) * 7)
    charter = Charter(channel="C0", words=words, review_on=NOW.date())
    origin = Origin(press=Press(verb=Verb.CHARTER_EDIT, key="C0123456789/v9"))
    pen = Pen.of(LENA, {}, NOW)
    for form in (
        charter_form(None, origin, NOW.date()),
        charter_form(charter, origin, NOW.date()),
        charter_changes([(words, other)] * 10, pen),
        charter_changes([], pen),
        pulse_form("C0123456789", NOW.date(), origin, pen),
    ):
        assert broken_view(form) == []
        check_view(form, "modal")


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
    for page in (0, 1):
        changes = changes_modal(view, page)
        assert broken_view(changes) == []
        check_view(changes, "modal")
        assert not PING.search(shown(cast("Sequence[Mapping[str, Any]]", changes["blocks"])))


@SLOW
@given(views.expectations(), views.members, views.own_words)
def test_own_words(it: Expectation, me: Member, words: OwnWords) -> None:
    origin = Origin(press=Press(verb=Verb.ADD_WORDS, number=it.number))
    ask = Origin(press=Press(verb=Verb.FORM_ASK))
    worth = (me.name, me.worth or "x")
    for form in (
        words_form(it, origin, me, views.NOW, reads=me.name, before=words),
        worth_form(replace(me, worth=(me.worth or "")[:300]), origin),
        expectation_form(Form(), ask, me, views.NOW, worth=worth),
    ):
        assert broken_view(form) == []
        check_view(form, "modal")
