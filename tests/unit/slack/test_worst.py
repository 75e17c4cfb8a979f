"""The longest input at every place at once: each message still names its item."""

from dataclasses import replace

import pytest

from bot.domain.expectation import Action, Question, Status
from bot.domain.messages import Moment, Prompt
from bot.domain.own_words import OwnWords
from bot.domain.terms import Gains, Terms, Wording
from bot.domain.views import AskedItem, CardView, ListView
from bot.slack.blocks.card import card
from bot.slack.blocks.lists import list_message
from bot.slack.blocks.replies import acted, created
from tests.support.block_limits import broken
from tests.unit.slack.given import (
    FRIDAY_FIVE,
    LENA,
    MONDAY,
    NOW,
    OTTO,
    TEAM,
    asked,
    event,
    reported,
    shown,
    suggested,
    terms,
    view,
)

LONG = "&" * 3000
WORDING = Wording(
    result="&" * 300,
    why=LONG,
    gains=Gains(requester=LONG, owner=LONG, team=LONG),
    done_means=LONG,
    needs=LONG,
    needs_by="2026-11-26",
    guidelines=LONG,
    resources=LONG,
    accountability=LONG,
    consequences=LONG,
)
LINK = "https://example.org/" + "&" * 2500
NAMED = {member.user: replace(member, name="<" * 80) for member in (LENA, OTTO)}
CARDS = sorted(
    set(Moment) - {Moment.THANKS, Moment.LIST, Moment.SUMMARY, Moment.INSTALLED, Moment.HOME}
)


def worst(moment: Moment, *, waiting: bool) -> CardView:
    """Return a card in which everything is as long as it gets."""
    now: Terms = replace(terms(LENA, FRIDAY_FIVE), wording=WORDING, note=LONG)
    new = replace(now, version=2, wording=replace(WORDING, result="<" * 300), due=MONDAY)
    pending = replace(suggested(LENA), terms=new, note=LONG)
    it = asked(
        Status.ACTIVE,
        terms=now,
        pending=pending if waiting else None,
        question=Question(by=LENA.user, at=NOW, text=LONG),
        last_report=reported(link=LINK),
        link=LINK,
        remedy_of=41,
    )
    own = OwnWords(
        number=42,
        ordinal=1,
        author=OTTO.user,
        at=NOW,
        version=1,
        understood="&" * 1000,
        gain="&" * 1000,
        need="&" * 1000,
        read_back_at=NOW,
    )
    given = view(
        moment,
        it,
        OTTO,
        *Action,
        event=event(LENA, Action.ANSWER, LONG),
        previous=new,
        words=(own, replace(own, author=LENA.user, ordinal=2)),
        sides=(now, new),
        args={"what_happened": LONG, "reason": "&" * 300},
    )
    return replace(given, people=NAMED)


@pytest.mark.parametrize("waiting", [False, True])
@pytest.mark.parametrize("moment", CARDS)
def test_a_card(moment: Moment, waiting: bool) -> None:  # noqa: FBT001 - pytest names it
    message = card(worst(moment, waiting=waiting), TEAM)
    assert broken(message.blocks, "message", message.text) == []
    name = "E-41" if moment is Moment.REMEDY else "E-42"
    assert name in message.text.splitlines()[0]
    assert name in shown(message.blocks[:1])


@pytest.mark.parametrize("prompt", Prompt)
def test_a_list(prompt: Prompt) -> None:
    item = AskedItem(prompt=prompt, card=worst(Moment.LIST, waiting=True))
    alone = ListView(
        reader=OTTO, day=MONDAY.day, held=(), items=(item,), rest=0, people=NAMED, now=NOW
    )
    for given in (alone, replace(alone, items=(item,) * 5)):
        message = list_message(given, TEAM)
        assert broken(message.blocks, "message", message.text) == []
        assert "E-42" in message.text
        assert "E-42" in shown(message.blocks)


def test_replies() -> None:
    it = worst(Moment.AGREED, waiting=True).expectation
    for message in (
        created(it, OTTO, NAMED, NOW, moves=frozenset(Action)),
        acted(it, OTTO, NAMED, NOW),
    ):
        assert broken(message.blocks, "message", message.text) == []
        assert "E-42" in shown(message.blocks[:1])
