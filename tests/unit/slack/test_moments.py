"""Each moment says its words, and carries the buttons that are open to its reader."""

from dataclasses import replace

import pytest

from bot.domain.messages import Moment
from bot.slack.blocks.card import card
from tests.unit.slack import moments_agreeing, moments_doing
from tests.unit.slack.given import (
    TEAM,
    labels,
)

CASES = moments_agreeing.CASES | moments_doing.CASES


@pytest.mark.parametrize("name", CASES)
def test_a_moment_says_its_words_and_offers_its_moves(name: str) -> None:
    given, text, buttons = CASES[name]
    message = card(given, TEAM)
    assert message.text == text
    assert labels(message.blocks) == buttons
    assert message.shows == (42,)


def test_every_moment_of_a_card_is_here() -> None:
    elsewhere = {Moment.THANKS, Moment.LIST, Moment.SUMMARY, Moment.INSTALLED, Moment.HOME}
    assert {given.moment for given, _, _ in CASES.values()} == set(Moment) - elsewhere


@pytest.mark.parametrize("name", CASES)
def test_what_may_not_be_done_now_has_no_button(name: str) -> None:
    given, _, _ = CASES[name]
    stripped = card(replace(given, moves=frozenset()), TEAM)
    moves = {"Accept", "Decline", "Suggest a change", "Change", "Done", "Undo", "Keep as it was"}
    moves |= {"Yes, it fits", "Something is missing", "Offer a remedy", "Not now", "Let it go"}
    if given.moment is not Moment.SERIES_QUESTION:
        assert not moves & set(labels(stripped.blocks))


@pytest.mark.parametrize("name", CASES)
def test_yes_and_no_stand_side_by_side_in_one_colour(name: str) -> None:
    given, _, _ = CASES[name]
    rows = [block for block in card(given, TEAM).blocks if block["type"] == "actions"]
    assert len(rows) <= 1
    assert "style" not in str(rows)
