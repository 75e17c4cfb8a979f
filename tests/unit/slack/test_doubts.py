"""Why a typed date is asked instead of taken, as people read it."""

import pytest

from bot.domain.language import Doubt
from bot.slack.words.doubts import asked


@pytest.mark.parametrize(
    ("date", "doubt", "text"),
    [
        ("by 03/04", Doubt.AMBIGUOUS, "“by 03/04” can mean more than one day."),
        ("by yesterday", Doubt.PAST, "“by yesterday” cannot be a due date: it is past."),
        ("by Nov 31", Doubt.IMPOSSIBLE, "“by Nov 31” cannot be a due date: there is no such day"),
        ("by soon", Doubt.VAGUE, "“by soon” names no single day."),
        ("by tomorrow", Doubt.DAY_OFF, "“by tomorrow” is on a day on which you do not work."),
        ("by <!channel>", None, "“by &lt;!channel&gt;” can mean more than one day."),
    ],
)
def test_the_reason_is_the_one_there_is(date: str, doubt: Doubt | None, text: str) -> None:
    assert text in asked(date, doubt)


@pytest.mark.parametrize("doubt", Doubt)
def test_every_reason_is_a_sentence_that_people_know(doubt: Doubt) -> None:
    text = asked("by then", doubt)
    assert text.endswith((".", "?"))
    assert "_" not in text
