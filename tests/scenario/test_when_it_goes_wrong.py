"""When it goes wrong: asked first, put right, forgiven, seen differently, helped, thanked."""

from datetime import UTC, datetime

import pytest

from bot.playground import Message, View
from tests.support.stage import Stage

THURSDAY = datetime(2026, 11, 26, 8, 30, tzinfo=UTC)
"""Asha's and Lena's list: 14:00 in Kolkata is past hers, 09:30 in Berlin."""


def labels(message: Message) -> list[str]:
    return [
        element["text"]["text"]
        for block in message.blocks
        if block["type"] == "actions"
        for element in block["elements"]
        if element["type"] == "button"
    ]


def modal(stage: Stage, user: str) -> View:
    view = stage.slack.modal(user)
    assert view is not None
    return view


def agree(stage: Stage, what: str = "send the draft", by: str = "wednesday") -> None:
    stage.expect("lena", f"@asha to {what} by {by}")
    stage.press("asha", stage.last("asha", about=what), "Accept")


def overdue(stage: Stage) -> Message:
    """Let the draft's day pass; return the question that asks its owner."""
    agree(stage)
    stage.advance(THURSDAY)
    return stage.last("asha", about="What happened?")


def test_nothing_counts_before_it_was_asked_what_happened(stage: Stage) -> None:
    agree(stage)
    stage.advance(datetime(2026, 11, 26, 2, 0, tzinfo=UTC))  # past due; nobody was asked yet
    assert stage.inbox("asha", about="What happened?") == []
    assert "E-1" in stage.expect("lena", "missed E-1")
    assert "agreed" in stage.expect("lena", "show E-1").splitlines()[0]
    stage.advance(THURSDAY)
    asked = stage.last("asha", about="What happened?")
    assert "Nothing is counted before" in asked.text
    stage.expect("lena", "missed E-1")
    assert "agreed" in stage.expect("lena", "show E-1").splitlines()[0]
    # One full workday of Asha's later Lena may close it; Asha is offered a way to put it right.
    stage.advance(datetime(2026, 11, 30, 8, 0, tzinfo=UTC))
    stage.expect("lena", "missed E-1")
    assert "not kept" in stage.expect("lena", "show E-1").splitlines()[0]
    told = stage.last("asha", about="not kept this time")
    assert labels(told)[:1] == ["Offer a remedy"]


def test_who_could_not_do_it_is_offered_to_put_it_right_and_it_is(stage: Stage) -> None:
    stage.press("asha", overdue(stage), "I cannot do it")
    assert stage.submit("asha", {"note": "The data came late."}) == {}
    reply = stage.last("asha", about="a way to put it right?")
    stage.press("asha", reply, "Offer a remedy")
    values: dict[str, object] = {"What": "send it with the data", "By when": "2026-12-01"}
    assert stage.submit("asha", values) == {}
    stage.press("lena", stage.last("lena", about="offers: *send it"), "Accept")
    stage.expect("asha", "done E-2")
    stage.press("lena", stage.last("lena", about="Does it fit?"), "Yes, it fits")
    assert "put right" in stage.expect("lena", "show E-1").splitlines()[0]
    card = next(m for m in stage.inbox("asha") if "E-1 is put right." in m.text)
    assert "kept" in card.text


def test_it_is_forgiven_once_and_an_open_remedy_is_withdrawn(stage: Stage) -> None:
    stage.press("asha", overdue(stage), "I cannot do it")
    assert stage.submit("asha", {"note": "The data came late."}) == {}
    stage.expect("asha", "remedy E-1 send it with the data by tuesday")
    offered = stage.last("lena", about="offers: *send it")
    stage.press("lena", offered, "It is settled")
    assert "settled" in stage.expect("lena", "show E-1").splitlines()[0]
    assert "taken back" in stage.expect("lena", "show E-2").splitlines()[0]
    told = stage.last("asha", about="says it is settled")
    assert "It counts nowhere." in told.text
    assert "It is settled already." in stage.expect("lena", "forgive E-1")
    assert "Offer a remedy" not in labels(stage.slack.visible("asha", "launch")[-1])


def test_both_say_how_they_see_it_and_both_read_both(any_stage: Stage) -> None:
    stage = any_stage
    agree(stage, by="friday")
    for missing in ("The prices.", "The prices, still."):
        stage.expect("asha", "done E-1")
        stage.press("lena", stage.last("lena", about="Does it fit?"), "Something is missing")
        assert stage.submit("lena", {"note": missing}) == {}
    returned = stage.last("asha", about="The prices, still.")
    stage.press("asha", returned, "See it differently")
    assert stage.submit("asha").keys() == {"note"}
    assert stage.submit("asha", {"How you see it": "Prices were never part of it."}) == {}
    told = stage.last("lena", about="sees it differently")
    assert "“Prices were never part of it.”" in told.text
    assert "How do you see it?" in told.text
    assert labels(told) == ["Say how I see it", "Talk it over"]
    stage.press("lena", told, "Say how I see it")
    assert stage.submit("lena", {"How you see it": "A draft without prices is no draft."}) == {}

    heard = stage.last("asha", about="both statements are kept")
    mine = stage.last("lena", about="both statements are kept")
    for message in (heard, mine):
        assert "“Prices were never part of it.”" in message.text
        assert "“A draft without prices is no draft.”" in message.text
        assert labels(message) == ["Talk it over"]
    for user in ("asha", "lena"):
        shown = stage.expect(user, "show E-1")
        assert "seen differently" in shown.splitlines()[0]
        assert "Prices were never" in shown
        assert "is no draft" in shown
    assert "E-1" in stage.expect("lena", "differ E-1 and another thing")
    assert "another thing" not in stage.expect("lena", "show E-1")


def test_a_statement_that_waits_for_the_morning_stands_in_the_list(stage: Stage) -> None:
    agree(stage, by="friday")
    for missing in ("The prices.", "The prices, still."):
        stage.expect("asha", "done E-1")
        stage.expect("lena", f"return E-1 {missing}")
    stage.advance(datetime(2026, 11, 23, 14, 30, tzinfo=UTC))  # 20:00 in Kolkata
    stage.expect("lena", "differ E-1 A draft without prices is no draft.")
    stage.advance(datetime(2026, 11, 24, 4, 30, tzinfo=UTC))
    listed = stage.last("asha", about="you see it differently")
    assert "“A draft without prices is no draft.”" in listed.text
    stage.expect("asha", "differ E-1 Prices were never part of it.")
    stage.advance(datetime(2026, 11, 24, 8, 30, tzinfo=UTC))
    listed = stage.last("lena", about="you see it differently")
    assert "“Prices were never part of it.”" in listed.text


def ask_for_help(stage: Stage, *, there: bool) -> None:
    agree(stage, "fill in the tax form", "friday")
    stage.advance_by(hours=1)
    stage.expect("asha", "show E-1")
    stage.press("asha", stage.slack.visible("asha", "launch")[-1], "Need help")
    assert "With your name, this line and what it is about." in str(modal(stage, "asha").blocks)
    values: dict[str, object] = {"What would help?": "Who knows box 7?"}
    if there:
        values["Help wanted"] = ["channel"]
    assert stage.submit("asha", values) == {}


def test_help_wanted_is_read_by_the_channel_only_where_its_owner_wants_that(stage: Stage) -> None:
    ask_for_help(stage, there=False)
    assert "“Who knows box 7?”" in stage.last("lena", about="asks for help").text
    stage.press("lena", stage.last("lena", about="asks for help"), "Offer help")
    assert stage.submit("lena", {"What can you offer?": "My tax adviser."}) == {}
    assert "“My tax adviser.”" in stage.last("asha", about="offers help").text
    stage.expect("lena", "summary now")
    assert "Help wanted" not in stage.slack.messages("launch")[-1].text


def test_who_offers_help_from_the_summary_reaches_the_owner_alone(stage: Stage) -> None:
    ask_for_help(stage, there=True)
    stage.expect("lena", "summary now")
    summary = stage.slack.messages("launch")[-1]
    before = len(stage.inbox("lena"))
    stage.press("maya", summary, "Offer help")
    form = str(modal(stage, "maya").blocks)
    assert "fill in the tax form" in form
    assert "Asha will read this." in form
    assert stage.submit("maya", {"What can you offer?": "I did one last year."}) == {}
    told = stage.last("asha", about="offers help")
    maya = stage.slack.state.person("maya").id
    assert f"<@{maya}> offers help. “I did one last year.”" in told.text
    assert f"&id={maya}" in str(told.blocks)  # Talk it over leads to Maya, not to Lena
    assert len(stage.inbox("lena")) == before
    assert "I did one last year." in stage.expect("asha", "show E-1")
    assert "I did one last year." not in stage.expect("lena", "show E-1")


def test_what_is_done_wants_no_help_any_more_also_when_it_is_taken_back(stage: Stage) -> None:
    ask_for_help(stage, there=True)
    stage.expect("asha", "done E-1")
    stage.expect("asha", "undo E-1")
    stage.expect("lena", "summary now")
    assert "Help wanted" not in stage.slack.messages("launch")[-1].text


def test_done_names_whom_to_thank(stage: Stage) -> None:
    agree(stage, by="friday")
    stage.expect("asha", "show E-1")
    stage.press("asha", stage.slack.visible("asha", "launch")[-1], "Done, with a link or day")
    maya = stage.slack.state.person("maya").id
    assert set(stage.submit("asha", {"Anyone to thank?": maya})) == {"thank_for"}
    assert stage.submit("asha", {"Thank them for what?": "the photos"}) == {}
    done = stage.last("lena", about="Does it fit?")
    assert f"With thanks to <@{maya}>." in done.text
    stage.advance_by(days=1)
    thanked = stage.last("maya", about="thanks you").text
    assert "thanks you: “the photos” A summary of #launch may carry it." in thanked
    assert "send the draft" not in thanked  # what the two agreed is not hers to read


@pytest.mark.parametrize("who", ["maya", "lena"])
def test_help_for_what_is_over_is_refused_in_words(stage: Stage, who: str) -> None:
    ask_for_help(stage, there=True)
    stage.expect("lena", "summary now")
    summary = stage.slack.messages("launch")[-1]
    stage.expect("lena", "drop E-1")
    stage.press(who, summary, "Offer help")
    assert stage.slack.modal(who) is None
