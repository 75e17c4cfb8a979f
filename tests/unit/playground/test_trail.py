"""How far the tour came, read from messages as the bot words them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.playground import Message, State, workspace
from bot.playground.trail import Stop, trail

LENA, ASHA, APP = "U01LENA", "U04ASHA", "U0WINWIN"
ITEM = "*test the checkout* (E-4)"
ASKED = (
    f"{ITEM}, by Wednesday, 25 November. <@{ASHA}> sees it at once. "
    f"Nothing is agreed until <@{ASHA}> answers."
)


def fresh() -> State:
    return workspace(clock=lambda: datetime(2026, 11, 24, 8, 0, tzinfo=UTC))


def reply(state: State, text: str, to: str = LENA) -> Message:
    return state.post(Message("C01LAUNCH", "", APP, text, to=to, by_app=True))


def direct(state: State, to: str, text: str) -> Message:
    return state.post(Message(state.direct(to, APP).id, "", APP, text, by_app=True))


def test_before_anything_the_tour_asks_for_an_ask() -> None:
    assert trail(fresh()).stop is Stop.ASK


def test_an_ask_by_anybody_of_anybody_is_followed() -> None:
    state = fresh()
    reply(state, ASKED)
    found = trail(state)
    assert (found.item, found.asker, found.owner) == ("E-4", LENA, ASHA)
    assert found.stop is Stop.CHANGE


@pytest.mark.parametrize(
    ("to", "text", "comes"),
    [
        (LENA, f"{ITEM}: <@{ASHA}> suggests Thursday instead of Wednesday.", Stop.ACCEPT),
        (LENA, f"{ITEM}, by Thursday, 26 November: agreed.", Stop.WAIT),
        (ASHA, f"{ITEM}: agreed with <@{LENA}>, by Thursday, 26 November.", Stop.WAIT),
        (ASHA, f"{ITEM}, for <@{LENA}>, due Thursday: how is it going? On track.", Stop.ANSWER),
        (ASHA, f"Two things today.\nDue today: *x* (E-9).\nDue tomorrow: {ITEM}.", Stop.ANSWER),
        (ASHA, f"One thing today.\nDue tomorrow: {ITEM}. You said: on track.", Stop.FINISH),
        (LENA, f"{ITEM}, due Thursday: <@{ASHA}> sees a risk.", Stop.FINISH),
        (ASHA, f"{ITEM}: done. <@{LENA}> looks; without a word it is closed.", Stop.FINISH),
        (LENA, f"{ITEM}: kept. You say it fits. Nothing more to do.", Stop.WEEK),
        (LENA, f"{ITEM}: closed. You say it fits.", Stop.WEEK),
    ],
)
def test_each_message_says_how_far_it_came(to: str, text: str, comes: Stop) -> None:
    state = fresh()
    reply(state, ASKED)
    direct(state, to, text)
    assert trail(state).stop is comes


@pytest.mark.parametrize(
    "text",
    [
        f"<@{LENA}> asks you: {ITEM}, by Wednesday, 25 November.",
        f"{ITEM}: waiting for <@{LENA}>.",
        "*another* (E-40): kept. You say it fits.",
        "Two things today.\nDue tomorrow: *x* (E-9).\nTo answer: " + ITEM,
        "*x* (E-9): <@U02REN> suggests Friday instead of Thursday.",
    ],
)
def test_other_messages_move_nothing(text: str) -> None:
    state = fresh()
    reply(state, ASKED)
    direct(state, ASHA, text)
    assert trail(state).stop is Stop.CHANGE


def test_what_people_type_themselves_moves_nothing() -> None:
    state = fresh()
    reply(state, ASKED)
    state.post(Message("C01LAUNCH", "", LENA, f"{ITEM}: kept. <@{ASHA}> says it fits."))
    assert trail(state).stop is Stop.CHANGE


def test_what_was_there_before_the_tour_began_does_not_count() -> None:
    state = fresh()
    reply(state, ASKED)
    state.tour.since = state.next_ts()
    assert trail(state).stop is Stop.ASK


def test_an_offer_and_a_promise_are_no_ask() -> None:
    state = fresh()
    reply(state, "*draw it* (E-5), by Friday. It is yours: change it or let it go any time.")
    assert trail(state).stop is Stop.ASK


@pytest.mark.parametrize("end", ["declined", "taken back", "ended unanswered", "let go"])
def test_after_an_end_the_tour_needs_another_ask(end: str) -> None:
    state = fresh()
    reply(state, ASKED)
    direct(state, LENA, f"{ITEM}: {end}.")
    assert trail(state).stop is Stop.ASK


def test_of_several_the_furthest_is_followed() -> None:
    state = fresh()
    reply(state, ASKED)
    direct(state, LENA, f"{ITEM}, by Thursday, 26 November: agreed.")
    reply(state, ASKED.replace("E-4", "E-5"))
    assert (trail(state).item, trail(state).stop) == ("E-4", Stop.WAIT)


def test_the_week_is_read_once_it_is_posted_in_a_channel() -> None:
    state = fresh()
    reply(state, ASKED)
    direct(state, LENA, f"{ITEM}: kept. You say it fits.")
    week = "*#launch, 23 to 27 November*\nSet up by Lena. Shared agreements only."
    reply(state, week)
    assert trail(state).stop is Stop.WEEK  # only Lena saw that preview
    state.post(Message("C01LAUNCH", "", APP, week, by_app=True))
    assert trail(state).stop is None
    reply(state, "Each Friday at 16:00, Berlin time, I post this channel's week here.")
    assert trail(state).stop is Stop.WEEK  # that was a first look, as it was set up
    assert trail(state).set_up
    state.post(Message("C01LAUNCH", "", APP, week, by_app=True))
    assert trail(state).stop is None
