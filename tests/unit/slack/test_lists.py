"""A member's list: one thing in full, more as lines with their answers, held notices first."""

# ruff: noqa: ANN401 - values are built from their fields' names

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from bot.domain.due import Due
from bot.domain.expectation import Action, Expectation, Period, Question, Seen, Status
from bot.domain.member import Member
from bot.domain.messages import Moment, Prompt
from bot.domain.thanks import Thanks
from bot.domain.views import AskedItem, HeldLine, ListView
from bot.slack.blocks.lists import list_message
from bot.slack.ids import Press, Verb
from tests.unit.slack.given import (
    FULL,
    LENA,
    NOW,
    OTTO,
    PEOPLE,
    TEAM,
    asked,
    event,
    labels,
    let_go,
    reported,
    shown,
    suggested,
    terms,
    view,
)

ITEM = "*ship the billing API* (E-42)"
LENAS, OTTOS = "<@U0LENA>", "<@U0OTTO>"
TODAY, TOMORROW = Due(date(2026, 11, 25)), Due(date(2026, 11, 26))
AGREED = asked(Status.ACTIVE)
OWNERS = (Action.DONE, Action.CHANGE, Action.CANNOT, Action.LET_GO)
CHECK_IN = [
    "On track",
    "At risk",
    "Done",
    "Need help",
    "Suggest a change",
    "I cannot do it",
    "Ask me later",
    "Why do I get this?",
]


def item(
    prompt: Prompt, expectation: Expectation, reader: Member, *moves: Action, **more: Any
) -> AskedItem:
    """Return one question of a list."""
    return AskedItem(prompt=prompt, card=view(Moment.LIST, expectation, reader, *moves, **more))


def listed(reader: Member, *items: AskedItem, **more: Any) -> ListView:
    """Return a list of Wednesday."""
    values = {"held": (), "rest": 0, **more}
    day = date(2026, 11, 25)
    return ListView(reader=reader, day=day, items=items, people=PEOPLE, now=NOW, **values)


def numbered(number: int, expectation: Expectation, result: str) -> Expectation:
    """Return the same with another number and result."""
    wording = replace(expectation.terms.wording, result=result)
    return replace(expectation, number=number, terms=replace(expectation.terms, wording=wording))


ALONE = {
    "unanswered": (
        item(
            Prompt.PROPOSAL,
            asked(),
            OTTO,
            Action.ACCEPT,
            Action.CHANGE,
            Action.ASK,
            Action.DECLINE,
            args={"remind_on": "2026-11-27"},
        ),
        (
            f"{ITEM}, by Friday, 27 November: {LENAS} waits for your answer; any helps. "
            "I remind you once more, on Friday, 27 November.\n"
            "Seen by you two, and <#C0LAUNCH> once it is agreed."
        ),
        [
            "Accept",
            "Suggest a change",
            "Ask a question",
            "Decline",
            "Keep it between us",
            "Show all of it",
        ],
    ),
    "a waiting change": (
        item(
            Prompt.CHANGE,
            asked(Status.ACTIVE, pending=suggested()),
            LENA,
            Action.ACCEPT,
            Action.CHANGE,
            Action.KEEP,
        ),
        (
            f"{ITEM}: {OTTOS} suggests Monday, 30 November instead of Friday, 27 November. "
            "“the tests take longer”"
        ),
        ["Accept", "Suggest a change", "Talk it over", "Keep as it was", "Show all of it"],
    ),
    "a let-go": (
        item(
            Prompt.LET_GO,
            asked(Status.ACTIVE, pending=let_go()),
            LENA,
            Action.ACCEPT,
            Action.KEEP,
            Action.CHANGE,
        ),
        f"{ITEM}: {OTTOS} asks to be let go. “the plan changed”",
        ["Let it go", "Keep as it was", "Suggest a change", "Talk it over"],
    ),
    "a question": (
        item(
            Prompt.QUESTION,
            asked(question=Question(by=OTTO.user, at=NOW, text="which API?")),
            LENA,
            Action.ANSWER,
        ),
        f"{ITEM}: {OTTOS} asks “which API?”",
        ["Answer", "Talk it over"],
    ),
    "unanswered, to the asker": (
        item(Prompt.UNANSWERED_TO_ASKER, asked(), LENA, Action.CHANGE, Action.DROP),
        f"{ITEM}: {OTTOS} has not answered, so please do not count on it yet.",
        ["Talk it over", "Change", "Take back"],
    ),
    "check-in": (
        item(Prompt.CHECK_IN, AGREED, OTTO, *OWNERS),
        (
            f"{ITEM}, for {LENAS}, due Friday, 27 November: how is it going? "
            f"On track and Ask me later stay with you; {LENAS} hears the rest."
        ),
        CHECK_IN,
    ),
    "overdue": (
        item(
            Prompt.OVERDUE,
            asked(Status.ACTIVE, terms=terms(LENA, Due(date(2026, 11, 23)))),
            OTTO,
            *OWNERS,
            other_may_close_from=datetime(2026, 11, 26, 23, tzinfo=UTC),
        ),
        (
            f"{ITEM}, for {LENAS}, was due Monday, 23 November. What happened? "
            f"Nothing is counted before Friday, 27 November. {LENAS} hears your answer."
        ),
        ["It is done", "I need more time", "I cannot do it", "Is it still needed?"],
    ),
    "overdue, asked again": (
        item(
            Prompt.OVERDUE,
            asked(Status.ACTIVE, terms=terms(LENA, Due(date(2026, 11, 23)))),
            OTTO,
            *OWNERS,
            other_may_close_from=datetime(2026, 11, 24, 23, tzinfo=UTC),  # that is today
        ),
        (
            f"{ITEM}, for {LENAS}, was due Monday, 23 November. What happened? "
            f"{LENAS} hears your answer."
        ),
        ["It is done", "I need more time", "I cannot do it", "Is it still needed?"],
    ),
    "overdue, to the asker": (
        item(
            Prompt.OVERDUE_TO_ASKER,
            asked(
                Status.ACTIVE,
                terms=terms(LENA, Due(date(2026, 11, 20))),
                asked=(
                    datetime(2026, 11, 23, 9, tzinfo=UTC),
                    datetime(2026, 11, 25, 9, tzinfo=UTC),
                ),
            ),
            LENA,
            Action.CHANGE,
            Action.DROP,
            Action.MISSED,
        ),
        (
            f"{ITEM} was due Friday, 20 November; {OTTOS} was asked on Monday, 23 November and "
            "Wednesday, 25 November. What now?"
        ),
        ["Another day", "Let it go", "Talk it over", "Close as not kept"],
    ),
    "done": (
        item(
            Prompt.DONE,
            asked(Status.DONE, last_report=reported()),
            LENA,
            Action.CONFIRM,
            Action.RETURN,
        ),
        f"{ITEM}: {OTTOS} is done. Finished: Wednesday, 25 November. Does it fit?",
        ["Yes, it fits", "Something is missing"],
    ),
    "a period": (
        item(
            Prompt.PERIOD,
            asked(Status.ACTIVE, terms=terms(rrule="FREQ=DAILY")),
            OTTO,
            period=Period(number=42, date=date(2026, 11, 25), slot_at=NOW),
        ),
        (
            f"{ITEM}, for {LENAS}, Wednesday, 25 November: done, or not this time? "
            f"{LENAS} sees either."
        ),
        ["Done", "Not this time"],
    ),
    "a period reported": (
        item(
            Prompt.PERIOD_DONE,
            asked(Status.ACTIVE, terms=terms(rrule="FREQ=DAILY")),
            LENA,
            period=Period(number=42, date=date(2026, 11, 24), slot_at=NOW),
        ),
        f"{ITEM}, Tuesday, 24 November: {OTTOS} is done. Does it fit?",
        ["Yes, it fits", "Something is missing"],
    ),
    "a series": (
        item(
            Prompt.SERIES_QUESTION,
            asked(Status.ACTIVE, terms=terms(rrule="FREQ=DAILY")),
            OTTO,
            Action.CHANGE,
        ),
        (
            f"{ITEM}: the last three dates went by without it. "
            "How shall it go on? Both of you are asked."
        ),
        ["Go on", "Change", "End it"],
    ),
}


@pytest.mark.parametrize("name", ALONE)
def test_one_thing_is_asked_in_full(name: str) -> None:
    asks, text, buttons = ALONE[name]
    message = list_message(listed(asks.card.reader, asks), TEAM)
    assert message.text == text
    assert labels(message.blocks) == buttons
    assert message.shows == (42,)


def test_every_prompt_is_here() -> None:
    assert {asks.prompt for asks, _, _ in ALONE.values()} == set(Prompt)


def four() -> tuple[AskedItem, ...]:
    """Return four things: two due, one to answer, one done."""
    today = numbered(1, asked(Status.ACTIVE, terms=terms(LENA, TODAY)), "the brief")
    tomorrow = numbered(2, asked(Status.ACTIVE, terms=terms(LENA, TOMORROW)), "the icons")
    answer = numbered(3, asked(), "the plan")
    done = numbered(4, asked(Status.DONE, owner=LENA.user, requester=OTTO.user), "the draft")
    return (
        item(Prompt.CHECK_IN, today, OTTO, *OWNERS),
        item(Prompt.CHECK_IN, tomorrow, OTTO, *OWNERS),
        item(Prompt.PROPOSAL, answer, OTTO, Action.ACCEPT, Action.CHANGE, Action.DECLINE),
        item(Prompt.DONE, done, OTTO, Action.CONFIRM, Action.RETURN),
    )


def test_several_things_are_a_line_each() -> None:
    message = list_message(listed(OTTO, *four(), rest=7), TEAM)
    assert message.text.splitlines() == [
        "Four things today.",
        f"Due today: *the brief* (E-1), for {LENAS}.",
        f"Due tomorrow: *the icons* (E-2), for {LENAS}.",
        f"To answer: *the plan* (E-3), from {LENAS}.",
        f"Done by {LENAS}: *the draft* (E-4).",
        "Anything else can wait.",
        "On track and Ask me later stay with you; the other side hears the rest.",
        "7 more in Home.",
    ]
    assert labels(message.blocks) == [
        *CHECK_IN,
        *CHECK_IN,
        "Accept",
        "Suggest a change",
        "Decline",
        "Keep it between us",
        "Show all of it",
        "Yes, it fits",
        "Something is missing",
        "All on track",
    ]
    assert message.shows == (1, 2, 3, 4)


def test_all_on_track_is_for_what_was_read() -> None:
    message = list_message(listed(OTTO, *four()), TEAM)
    rows: list[Any] = [block for block in message.blocks if block["type"] == "actions"]
    press = Press.decode(rows[0]["elements"][0]["value"])
    seen = Seen(version=1)
    assert (press.verb, press.items) == (Verb.ALL_ON_TRACK, ((1, seen), (2, seen)))


def test_an_answer_menu_names_its_item_and_what_each_answer_does() -> None:
    message = list_message(listed(OTTO, *four()), TEAM)
    menus: list[Any] = [block["accessory"] for block in message.blocks if "accessory" in block]
    assert [menu["placeholder"]["text"] for menu in menus] == ["Answer"] * 4
    numbers = [Press.decode(menu["options"][0]["value"]).number for menu in menus]
    assert numbers == [1, 2, 3, 4]
    described = [option["description"]["text"] for menu in menus for option in menu["options"]]
    assert all(described)


def test_what_is_answered_says_so_and_cannot_be_pressed_again() -> None:
    items = four()
    over = replace(items[0], card=replace(items[0].card, current=False, moves=frozenset()))
    given = listed(OTTO, over, *items[1:], answered={1: "on_track"})
    message = list_message(given, TEAM)
    line = f"Due today: *the brief* (E-1), for {LENAS}. You said: on track."
    assert line in message.text
    menus = [block for block in message.blocks if "accessory" in block]
    assert len(menus) == 3
    assert "All on track" not in labels(message.blocks)


def test_held_notices_come_first_a_line_each() -> None:
    declined = event(LENA, Action.DECLINE, "not this week")
    thanks = Thanks(number=1, by=LENA.user, to=OTTO.user, text="the late review", at=NOW)
    held = (
        HeldLine(
            moment=Moment.DECLINED,
            expectation=asked(Status.DECLINED, owner=LENA.user, requester=OTTO.user),
            event=declined,
        ),
        HeldLine(moment=Moment.THANKS, expectation=None, event=None, thanks=thanks),
    )
    message = list_message(listed(OTTO, *four()[:2], held=held), TEAM)
    assert message.text.splitlines()[:3] == [
        f"{ITEM}: {LENAS} said no. “not this week” It is closed.",
        f"{LENAS} thanks you: “the late review”",
        "Two things today.",
    ]
    assert shown(message.blocks).startswith(f"{ITEM}: {LENAS} said no.")


def test_held_notices_alone_ask_nothing() -> None:
    thanks = Thanks(number=1, by=LENA.user, to=OTTO.user, text="the review", at=NOW)
    held = (HeldLine(moment=Moment.THANKS, expectation=None, event=None, thanks=thanks),)
    message = list_message(listed(OTTO, held=held), TEAM)
    assert message.text == f"{LENAS} thanks you: “the review”"
    assert labels(message.blocks) == []


def test_a_menu_asks_first_before_something_is_closed() -> None:
    late = asked(Status.ACTIVE, terms=terms(LENA, Due(date(2026, 11, 20))))
    closing = item(Prompt.OVERDUE_TO_ASKER, late, LENA, Action.DROP, Action.MISSED)
    other = item(Prompt.UNANSWERED_TO_ASKER, numbered(2, asked(), "more"), LENA, Action.CHANGE)
    message = list_message(listed(LENA, closing, other), TEAM)
    menus: list[Any] = [block["accessory"] for block in message.blocks if "accessory" in block]
    verbs = [Press.decode(option["value"]).verb for option in menus[0]["options"]]
    assert verbs == [Verb.DROP_FORM, Verb.MISSED_FORM]


def test_a_proposal_alone_shows_its_terms_and_the_tick() -> None:
    told = asked(tell_channel=True, terms=replace(terms(), wording=FULL))
    moves = (Action.ACCEPT, Action.DECLINE)
    message = list_message(listed(OTTO, item(Prompt.PROPOSAL, told, OTTO, *moves)), TEAM)
    assert "Why: “customers wait”" in message.text
    assert any(block.get("block_id") == "tell" for block in message.blocks)


def test_a_menu_says_that_accepting_tells_the_channel() -> None:
    told = item(Prompt.PROPOSAL, asked(tell_channel=True), OTTO, Action.ACCEPT)
    message = list_message(listed(OTTO, told, *four()[:1]), TEAM)
    menus: list[Any] = [block["accessory"] for block in message.blocks if "accessory" in block]
    assert menus[0]["options"][0]["description"]["text"] == "It is agreed, and the channel is told"
