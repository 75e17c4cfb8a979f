"""Own words that come in quiet hours: the next list carries them, or *Send now*, each once."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.conversation import Details
from bot.domain.errors import NotYoursError
from bot.domain.expectation import Action
from bot.domain.messages import Moment
from bot.domain.views import CardView
from bot.services.own_words import Said
from bot.services.scene import Acted
from tests.integration.following.town import Post, Town
from tests.integration.services.house import ANA, BOB, LENA, day

MONDAY_NIGHT = datetime(2026, 11, 23, 20, tzinfo=UTC)  # 21:00 in Berlin
TUESDAY_LIST = datetime(2026, 11, 24, 8, 30, tzinfo=UTC)  # 09:30 in Berlin
A_DAY = timedelta(days=1)


def asked(town: Town) -> int:
    """Let Lena ask Ana on Monday, in the daytime."""
    number = town.ask(LENA, ANA, due=day(30)).expectation.number
    town.rest()
    return number


def say(town: Town, number: int, gain: str, by: str = ANA) -> Acted:
    return town.answer.add_words(town.actor(by), number, Said(gain=gain))


def gains(card: CardView | None, author: str = ANA) -> list[str]:
    return [one.gain for one in card.words if one.author == author] if card else []


def read(posts: list[Post], author: str = ANA) -> list[str]:
    """Return the gains that posts tell, in their lines and cards."""
    found: list[str] = []
    for post in posts:
        if isinstance(post.view, CardView):
            found += gains(post.card, author)
        else:
            found += [gain for line in post.list.held for gain in gains(line.card, author)]
    return found


def test_words_of_the_next_night_are_in_the_next_list_each_time(town: Town) -> None:
    number = asked(town)
    town.until(MONDAY_NIGHT)
    town.answer.act(town.actor(ANA), number, Action.ACCEPT)
    (carried,) = town.to(LENA, town.until(TUESDAY_LIST))
    assert [line.moment for line in carried.list.held] == [Moment.ACCEPTED]
    for nights, gain in ((1, "peace"), (2, "quiet")):
        town.until(MONDAY_NIGHT + nights * A_DAY)
        (told,) = say(town, number, gain).told
        morning = TUESDAY_LIST + nights * A_DAY
        assert (told.at_once, told.when) == (False, morning)
        assert read(town.to(LENA, town.until(morning))) == [gain]
    assert town.held_for(LENA) == []
    assert read(town.to(LENA, town.until(TUESDAY_LIST + 3 * A_DAY))) == []


def test_words_said_twice_in_a_night_are_read_once_as_they_stand(town: Town) -> None:
    number = asked(town)
    town.until(MONDAY_NIGHT)
    town.answer.act(town.actor(ANA), number, Action.ACCEPT)
    for gain in ("peace", "quiet"):
        say(town, number, gain)
        town.until(town.now + timedelta(hours=1))
    assert read(town.to(LENA, town.until(TUESDAY_LIST))) == ["quiet"]


@pytest.mark.parametrize("at_night", [False, True])
def test_send_now_brings_them_once_however_the_yes_was_read(town: Town, *, at_night: bool) -> None:
    number = asked(town)
    if at_night:
        town.until(MONDAY_NIGHT)
    town.answer.act(town.actor(ANA), number, Action.ACCEPT)
    town.until(MONDAY_NIGHT + A_DAY)
    said = say(town, number, "peace")
    assert [told.may_send_now for told in said.told] == [True]
    assert said.event is not None
    sent = town.answer.send_now(town.actor(ANA), number, said.event.seq)
    assert [(told.reader.user, told.at_once) for told in sent.told] == [(LENA, True)]
    town.answer.send_now(town.actor(ANA), number, said.event.seq)
    before = len(town.sent.posts)
    town.rest()
    assert read(town.to(LENA, town.sent.posts[before:])) == ["peace"]
    assert read(town.to(LENA, town.until(TUESDAY_LIST + 3 * A_DAY))) == []


def test_who_asked_may_send_theirs_now_although_the_yes_was_the_others(town: Town) -> None:
    number = asked(town)
    town.answer.act(town.actor(ANA), number, Action.ACCEPT)
    town.until(MONDAY_NIGHT)
    said = say(town, number, "a launch", by=LENA)
    assert said.event is not None
    town.answer.send_now(town.actor(LENA), number, said.event.seq)
    before = len(town.sent.posts)
    town.rest()
    assert read(town.to(ANA, town.sent.posts[before:]), LENA) == ["a launch"]
    assert town.held_for(ANA) == []


def test_who_said_nothing_sends_nothing(town: Town) -> None:
    number = asked(town)
    town.until(MONDAY_NIGHT)
    accepted = town.answer.act(town.actor(ANA), number, Action.ACCEPT)
    assert accepted.event is not None
    with pytest.raises(NotYoursError):
        town.answer.send_now(town.actor(LENA), number, accepted.event.seq)
    with pytest.raises(NotYoursError):
        town.answer.send_now(town.actor(BOB), number, accepted.event.seq)


def test_a_change_said_yes_to_and_words_about_it_are_two_messages(town: Town) -> None:
    number = asked(town)
    town.answer.act(town.actor(ANA), number, Action.ACCEPT)
    town.answer.act(town.actor(LENA), number, Action.CHANGE, Details(due=day(27)))
    town.until(MONDAY_NIGHT)
    town.answer.act(town.actor(ANA), number, Action.ACCEPT)
    said = say(town, number, "peace")
    assert said.event is not None
    town.answer.send_now(town.actor(ANA), number, said.event.seq)
    before = len(town.sent.posts)
    town.rest()
    assert sorted(town.moments(LENA, town.sent.posts[before:])) == [
        Moment.ACCEPTED,
        Moment.CHANGED_IN_TIME,
    ]
