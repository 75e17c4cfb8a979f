"""A party's own words: who may say them, who reads them back, and when both sides gain."""

from dataclasses import replace

import pytest

from bot.domain.errors import InvalidInputError, NotAllowedError, NotYoursError, StaleError
from bot.domain.expectation import Expectation, Kind, Status
from bot.domain.own_words import (
    OwnWords,
    add_words,
    both_gain,
    latest_of,
    may_add_words,
    silent_gain,
    to_read_back,
)
from bot.domain.terms import Gains, Wording
from tests.unit.slack.given import LENA, MAYA, NOW, OTTO, asked, terms


def agreed(**gains: str) -> Expectation:
    """Return what Lena asked and Otto agreed to."""
    wording = Wording(result="ship it", gains=Gains(**gains))
    return asked(Status.ACTIVE, terms=replace(terms(), wording=wording, accepted_at=NOW))


def said(author: str, ordinal: int = 1, understood: str = "", gain: str = "") -> OwnWords:
    return OwnWords(
        number=42,
        ordinal=ordinal,
        author=author,
        at=NOW,
        version=1,
        understood=understood,
        gain=gain,
    )


def add(it: Expectation, by: str, before: tuple[OwnWords, ...] = (), **words: str) -> OwnWords:
    lines = {"understood": "", "gain": "", "need": "", **words}
    return add_words(it, by=by, at=NOW, before=before, **lines)


def test_each_party_of_what_is_agreed_may_say_how_they_understand_it() -> None:
    it = agreed()
    assert add(it, OTTO.user, understood=" the API only ") == said(
        OTTO.user, understood="the API only"
    )
    assert add(it, LENA.user, before=(said(OTTO.user, 4),), need="news").ordinal == 5


def test_nothing_at_all_is_no_word() -> None:
    with pytest.raises(InvalidInputError) as refused:
        add(agreed(), OTTO.user, gain="  ")
    assert refused.value.errors.keys() == {"understood"}


def test_nobody_else_may() -> None:
    assert not may_add_words(agreed(), MAYA.user)
    with pytest.raises(NotYoursError):
        add(agreed(), MAYA.user, gain="fame")


@pytest.mark.parametrize("status", [each for each in Status if each is not Status.ACTIVE])
def test_not_before_the_yes_and_not_after_the_end(status: Status) -> None:
    assert not may_add_words(asked(status), OTTO.user)
    with pytest.raises(NotAllowedError):
        add(asked(status), OTTO.user, gain="peace")


def test_a_commitment_has_nobody_to_read_them() -> None:
    alone = replace(agreed(), kind=Kind.COMMITMENT, requester=None)
    with pytest.raises(NotAllowedError):
        add(alone, OTTO.user, gain="peace")


def test_the_others_latest_words_are_read_back() -> None:
    words = (said(OTTO.user, 1), said(LENA.user, 2), said(OTTO.user, 3))
    assert latest_of(words, OTTO.user) == words[2]
    assert to_read_back(agreed(), words, 3, LENA.user) == words[2]
    for ordinal, by in ((1, LENA.user), (3, OTTO.user), (2, LENA.user), (9, LENA.user)):
        with pytest.raises(StaleError):
            to_read_back(agreed(), words, ordinal, by)
    with pytest.raises(NotYoursError):
        to_read_back(agreed(), words, 3, MAYA.user)


OTTOS, LENAS = said(OTTO.user, gain="a quiet week"), said(LENA.user, 2, gain="fewer calls")


@pytest.mark.parametrize(
    ("it", "words", "expected"),
    [
        (agreed(), (), False),
        (agreed(owner="peace"), (), False),
        (agreed(requester="a launch"), (), False),
        (agreed(owner="peace", requester="a launch"), (), True),
        (agreed(owner=" ", requester="a launch"), (), False),
        (agreed(team="trust", requester="a launch"), (), False),
        (agreed(requester="a launch"), (OTTOS,), True),
        (agreed(owner="peace"), (OTTOS,), False),
        (agreed(owner="peace"), (LENAS,), True),
        (agreed(), (OTTOS, LENAS), True),
        (agreed(), (OTTOS, replace(LENAS, gain="", need="news")), False),
        (asked(terms=replace(agreed(owner="a", requester="b").terms, accepted_at=None)), (), False),
        (replace(agreed(owner="a", requester="b"), requester=None), (), False),
        (replace(agreed(owner="a", requester="b"), status=Status.MET), (), True),
    ],
    ids=[
        "neither", "owner's only", "requester's only", "both in the terms", "a blank is none",
        "the team's is nobody's", "the owner's added", "the same one twice",
        "the requester's added", "both added", "a need is no gain", "never agreed",
        "a commitment", "finished since",
    ],
)  # fmt: skip
def test_both_gain(it: Expectation, words: tuple[OwnWords, ...], *, expected: bool) -> None:
    assert both_gain(it, words) is expected


def test_whose_gain_was_left_out() -> None:
    assert silent_gain(agreed(), LENA.user) == OTTO.user
    assert silent_gain(agreed(), OTTO.user) == LENA.user
    assert silent_gain(agreed(owner="peace"), LENA.user) is None
    assert silent_gain(agreed(owner="peace"), OTTO.user) == LENA.user
    assert silent_gain(replace(agreed(), requester=None), OTTO.user) is None
