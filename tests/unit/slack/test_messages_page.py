"""docs/messages.md holds every message, and none is longer than people like to read."""

import pytest

from bot.slack.blocks.card import card
from bot.slack.blocks.lists import list_message
from tests.unit.slack import moments_agreeing, moments_doing
from tests.unit.slack.given import OTTO, TEAM
from tests.unit.slack.messages_page import PAGE, everything, page
from tests.unit.slack.test_lists import ALONE, four, listed

MOST_WORDS = 60
CASES = moments_agreeing.CASES | moments_doing.CASES


def test_the_page_is_what_the_bot_says() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "make messages writes it anew"


@pytest.mark.parametrize("name", CASES)
def test_no_message_is_longer_than_sixty_words(name: str) -> None:
    text = card(CASES[name][0], TEAM).text
    assert len(text.split()) <= MOST_WORDS, text


def test_no_line_of_a_list_is_longer() -> None:
    views = [listed(item.card.reader, item) for item, *_ in ALONE.values()]
    texts = [list_message(view, TEAM).text for view in (*views, listed(OTTO, *four()))]
    long = [line for text in texts for line in text.splitlines() if len(line.split()) > MOST_WORDS]
    assert long == []


def test_no_sentence_is_longer_either_and_none_shouts() -> None:
    said = [text for _, texts in everything() for text in texts]
    assert [text for text in said if len(text.split()) > MOST_WORDS] == []
    assert [text for text in said if "!" in text] == []
