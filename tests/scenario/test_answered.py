"""Where what a press or a form did is read, wherever it was made."""

import pytest

from bot.playground import Conversation, Kind, Message, View, snapshot
from bot.playground.faults import Fault
from tests.support.stage import Stage

pytestmark = pytest.mark.usefixtures("logs")

BETWEEN = "D0LENAASHA"


def between(stage: Stage) -> str:
    """Return the direct message of Lena and Asha, in which the bot is not."""
    people = {"U01LENA", "U04ASHA"}
    stage.slack.state.conversations[BETWEEN] = Conversation(BETWEEN, Kind.DIRECT, "", people)
    return BETWEEN


def modal(stage: Stage, user: str) -> View:
    view = stage.slack.modal(user)
    assert view is not None
    return view


def whispers(stage: Stage, user: str) -> list[Message]:
    return [message for message in stage.slack.inbox(user) if message.to is not None]


def test_between_two_people_the_answer_takes_the_forms_place(stage: Stage) -> None:
    where = between(stage)
    slack = stage.slack
    assert slack.command("lena", where, "/expect", "@asha to call me by 03/04").acknowledged
    assert stage.submit("lena", {"By when": "2026-11-27"}) == {}
    assert "*call me* (E-1), by Friday, 27 November" in str(modal(stage, "lena").blocks)
    slack.close_modal("lena")
    assert "Seen by you two" in stage.last("asha", about="call me").text

    slack.command("lena", where, "/expect", "change E-1 by 05/04")
    assert stage.submit("lena", {"By when": "2026-11-30"}) == {}
    assert "by Monday, 30 November" in str(modal(stage, "lena").blocks)
    slack.close_modal("lena")

    slack.command("lena", where, "/expect", "@asha to write to me by friday")
    reply = slack.visible("lena", where)[-1]
    slack.press("lena", reply, "Take back")
    assert "taken back" in str(modal(stage, "lena").blocks)
    assert {refusal.error for refusal in slack.refusals} == {"channel_not_found"}
    slack.state.refusals.clear()


def test_what_a_form_did_is_said_where_no_message_shows_it(stage: Stage) -> None:
    stage.expect("asha", "@lena to send the draft by friday")
    dm = stage.slack.dm_with("lena")
    assert stage.slack.command("lena", dm, "/expect", "ask E-1").acknowledged
    assert stage.submit("lena", {"Your question": "Which draft?"}) == {}
    assert "E-1" in whispers(stage, "lena")[-1].text
    # From the message itself, the message shows it.
    count = len(whispers(stage, "lena"))
    stage.press("lena", stage.inbox("lena", about="asks you")[-1], "Decline")
    assert stage.submit("lena", {"Why": "no time"}) == {}
    assert len(whispers(stage, "lena")) == count


def test_whoever_is_written_to_later_is_named_to_who_pressed(stage: Stage) -> None:
    stage.expect("lena", "@maya to send icons by friday")  # 04:00 in New York
    stage.expect("maya", "accept E-1")
    reply = stage.slack.visible("maya", "launch")[-1]
    assert "at once" in reply.text
    stage.expect("lena", "change E-1 by thursday")
    reply = stage.slack.visible("lena", "launch")[-1]
    assert "Monday, 23 November" in reply.text
    assert [m for m in stage.inbox("maya", about="Thursday") if m.to is None] == []
    stage.press("lena", reply, "Send now")
    assert "Thursday" in stage.last("maya").text


def test_a_form_that_cannot_open_is_said(stage: Stage) -> None:
    late = Fault.slack_error("expired_trigger_id")
    stage.slack.faults.add("views.open", late)
    assert "That took too long" in stage.expect("lena", "")
    stage.expect("asha", "@lena to send the draft by friday")
    stage.slack.faults.add("views.open", late)
    stage.press("lena", stage.last("lena"), "Decline")
    assert "That took too long" in whispers(stage, "lena")[-1].text
    stage.slack.state.refusals.clear()


def test_where_slack_does_not_answer_in_time_the_person_is_still_told(stage: Stage) -> None:
    # Never handled: on a loaded machine the trigger would be over by then, which Slack refuses.
    stage.slack.faults.add("views.open", Fault(delay=2.4, drop=True, handled=False))
    said = stage.slack.command("lena", "launch", "/expect")
    assert said.acknowledged
    assert isinstance(said.body, dict)
    assert "Slack did not answer me as it should" in said.body["text"]
    # What was saved before an answer fails stays saved, and is not said to have failed.
    stage.expect("asha", "@lena to send the draft by friday")
    stage.slack.faults.add("chat.postEphemeral", Fault.slack_error("internal_error"))
    old = snapshot(stage.last("lena"))
    stage.press("lena", old, "Accept")
    stage.press("lena", old, "Accept")
    assert whispers(stage, "lena") == []
    assert "agreed" in stage.expect("lena", "show E-1").splitlines()[0]


def test_all_on_track_is_said_only_of_what_was_read(stage: Stage) -> None:
    for number in (1, 2, 3):
        stage.expect("asha", f"@lena to read page {number} by tomorrow")
        stage.expect("lena", f"accept E-{number}")
    stage.advance_by(hours=24)
    listed = next(m for m in stage.inbox("lena") if "All on track" in str(m.blocks))
    stage.expect("lena", "change E-2 by 30 Nov")
    stage.expect("asha", "accept E-2")
    stage.press("lena", snapshot(listed), "All on track")
    said = {n: "on track" in stage.expect("lena", f"show E-{n}") for n in (1, 2, 3)}
    assert (said[1], said[3]) == (True, True)
