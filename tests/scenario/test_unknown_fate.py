"""Posts whose answer was lost, through the simulated Slack: each is there once in the end."""

import io
import json
from collections.abc import Callable
from datetime import timedelta

import pytest

from bot.db.engine import open_store
from bot.playground import Message
from bot.playground.faults import Fault
from tests.support.stage import Stage

POST, HISTORY = "chat.postMessage", "conversations.history"


@pytest.fixture
def known(any_stage: Stage) -> Stage:
    """Return a stage on which Ren was written to before."""
    any_stage.expect("lena", "@ren to book the room by friday")
    return any_stage


def ask(stage: Stage, fault: Fault) -> None:
    """Ask Ren, with Slack failing on the message to him."""
    stage.slack.faults.add(POST, fault, when=lambda args: "draft" in str(args.get("text")))
    stage.expect("lena", "@ren to send the draft by thursday")


def drafts(stage: Stage) -> list[Message]:
    return stage.inbox("ren", about="draft")


def calls(stage: Stage, method: str) -> int:
    return sum(each.name == method for each in stage.slack.traffic)


def unknown(stage: Stage) -> int:
    store = open_store(stage.database_url)
    try:
        return store.outbox(stage.clock.at).unknown
    finally:
        store.close()


TAKEN: dict[str, Callable[[], Fault]] = {
    "dropped": Fault.drop_after,
    "garbled": Fault.garbled,
    "500": lambda: Fault.http(500, handled=True),
    "fatal_error": lambda: Fault.slack_error("fatal_error", handled=True),
}
NOT_TAKEN: dict[str, Callable[[], Fault]] = {
    "dropped": Fault.drop_before,
    "500": lambda: Fault.http(500),
    "internal_error": lambda: Fault.slack_error("internal_error"),
}


@pytest.mark.parametrize("kind", TAKEN)
def test_taken_and_the_answer_lost_it_is_found_and_works(known: Stage, kind: str) -> None:
    ask(known, TAKEN[kind]())
    assert len(drafts(known)) == 1
    known.advance_by(seconds=59)
    assert calls(known, HISTORY) == 0
    known.advance_by(minutes=10)
    assert calls(known, HISTORY) == 1
    (message,) = drafts(known)
    known.press("ren", message, "Accept")
    assert "agreed" in known.last("lena", about="draft").text
    assert unknown(known) == 0


@pytest.mark.parametrize("kind", NOT_TAKEN)
def test_not_taken_it_is_sent_once_after_two_looks(known: Stage, kind: str) -> None:
    ask(known, NOT_TAKEN[kind]())
    known.advance_by(seconds=119)
    assert drafts(known) == []
    known.advance_by(minutes=10)
    assert calls(known, HISTORY) == 2
    assert len(drafts(known)) == 1
    assert unknown(known) == 0


@pytest.mark.parametrize("fault", [Fault.http(503), Fault.rate_limited(30), Fault.drop_before()])
def test_a_history_that_fails_is_read_again(stage: Stage, fault: Fault) -> None:
    stage.expect("lena", "@ren to book the room by friday")
    ask(stage, Fault.drop_after())
    stage.slack.faults.add(HISTORY, fault, times=3)
    stage.advance_by(minutes=10)
    assert calls(stage, HISTORY) == 4
    assert len(drafts(stage)) == 1
    assert unknown(stage) == 0


def test_without_the_scope_it_stays_unknown(stage: Stage) -> None:
    stage.expect("lena", "@ren to book the room by friday")
    ask(stage, Fault.drop_after())
    stage.slack.faults.add(HISTORY, Fault.slack_error("missing_scope"))
    stage.advance_by(hours=2)
    assert calls(stage, HISTORY) == 1
    assert len(drafts(stage)) == 1
    assert unknown(stage) == 1


def press_it(stage: Stage) -> None:
    stage.press("ren", drafts(stage)[0], "Accept")


MEETINGS: dict[str, Callable[[Stage], object]] = {
    "home": lambda stage: stage.slack.open_home("ren"),
    "messages": lambda stage: stage.slack.open_home("ren", tab="messages"),
    "a line": lambda stage: stage.slack.dm("ren", "back"),
    "a press": press_it,
}


@pytest.mark.parametrize("meeting", MEETINGS)
def test_the_first_message_is_found_where_somebody_shows_up(stage: Stage, meeting: str) -> None:
    ask(stage, Fault.drop_after())
    stage.advance_by(minutes=20)
    assert calls(stage, HISTORY) == 0
    MEETINGS[meeting](stage)
    stage.advance_by(minutes=10)
    assert calls(stage, HISTORY) == 1
    assert len(drafts(stage)) == 1
    assert unknown(stage) == 0


def test_what_only_one_person_sees_does_not_tell_where_they_meet_the_bot(stage: Stage) -> None:
    ask(stage, Fault.drop_after())
    stage.slack.command("ren", "@lena", "/expect", "help")
    theirs = stage.slack.state.conversation("@lena", seen_by="U02REN")
    stage.press("ren", stage.slack.visible("ren", theirs)[-1], "All commands")
    stage.slack.state.refusals.clear()  # the bot cannot write there
    stage.advance_by(minutes=10)
    assert calls(stage, HISTORY) == 0


def test_of_two_the_later_is_deleted(stage: Stage) -> None:
    stage.expect("lena", "@ren to book the room by friday")
    ask(stage, Fault.drop_after())
    (first,) = drafts(stage)
    state = stage.slack.state
    with state.lock:
        double = state.messages[first.channel][-1]
    state.post(double)
    assert len(drafts(stage)) == 2
    stage.advance_by(minutes=2)
    (left,) = drafts(stage)
    assert left.ts == first.ts
    assert calls(stage, "chat.delete") == 1


def test_a_double_that_cannot_be_deleted_now_is_deleted_later(stage: Stage) -> None:
    stage.expect("lena", "@ren to book the room by friday")
    ask(stage, Fault.drop_after())
    (first,) = drafts(stage)
    state = stage.slack.state
    with state.lock:
        double = state.messages[first.channel][-1]
    state.post(double)
    stage.slack.faults.add("chat.delete", Fault.http(500))
    stage.advance(stage.clock.at + timedelta(minutes=5))
    assert [left.ts for left in drafts(stage)] == [first.ts]


def test_a_post_is_found_behind_many_others(stage: Stage) -> None:
    stage.expect("lena", "@ren to book the room by friday")
    ask(stage, Fault.drop_after())
    (first,) = drafts(stage)
    state = stage.slack.state
    for _ in range(450):
        state.post(state.messages[first.channel][0])
    stage.advance_by(minutes=10)
    assert calls(stage, HISTORY) == 3
    assert len(drafts(stage)) == 1
    assert unknown(stage) == 0


LAUNCH = "C01LAUNCH"


def lose_in_channel(stage: Stage, fault: Fault) -> None:
    """Have Slack fail on the next post to the channel."""
    stage.slack.faults.add(POST, fault, when=lambda args: args.get("channel") == LAUNCH)


def tell_channel(stage: Stage, fault: Fault) -> str:
    """Have a commitment told to the channel, with Slack failing on it; return the answer."""
    stage.expect("lena", "I will write the notes by friday")
    lose_in_channel(stage, fault)
    stage.press("lena", answers(stage)[-1], "Tell the channel")
    return answers(stage)[-1].text


def answers(stage: Stage) -> list[Message]:
    """Return what only Lena reads in the channel."""
    return [each for each in stage.slack.visible("lena", "launch") if each.to]


def read_once_in_vain(stage: Stage) -> None:
    """See that the channel was read once, and that Slack did not let it."""
    refused = [(each.method, each.error) for each in stage.slack.refusals]
    assert refused == [(HISTORY, "missing_scope")]
    stage.slack.state.refusals.clear()


def told(stage: Stage) -> list[Message]:
    return [each for each in stage.slack.visible("lena", "launch") if each.to is None]


@pytest.mark.parametrize("fault", [Fault.http(500), Fault.http(500, handled=True)])
def test_who_told_the_channel_reads_that_nobody_knows(any_stage: Stage, fault: Fault) -> None:
    before = len(told(any_stage))
    answer = tell_channel(any_stage, fault)
    assert "Slack did not say" in answer
    there = len(told(any_stage))
    any_stage.advance_by(hours=2)
    (said,) = any_stage.inbox("lena", about="notes")
    assert f"<#{LAUNCH}> may not have been told: Slack had trouble" in said.text
    assert "Please look there; I do not post it again." in said.text
    any_stage.advance_by(hours=2)
    assert len(any_stage.inbox("lena", about="notes")) == 1
    assert len(told(any_stage)) == there <= before + 1
    read_once_in_vain(any_stage)


def test_the_answer_to_tell_the_channel_says_how_far_it_came(stage: Stage) -> None:
    assert tell_channel(stage, Fault.rate_limited(30)) == (
        "The channel is not told yet: Slack could not take the post. I try again."
    )
    stage.advance_by(minutes=2)
    assert len(told(stage)) == 1
    assert stage.inbox("lena", about="notes") == []


def test_who_set_a_summary_up_reads_that_nobody_knows_and_it_goes_on(any_stage: Stage) -> None:
    any_stage.expect("lena", "summary here weekly fri 16:00")
    any_stage.expect("lena", "@ren to book the room by friday")
    any_stage.press("ren", any_stage.last("ren", about="room"), "Accept")
    before = len(told(any_stage))
    lose_in_channel(any_stage, Fault.http(500))
    any_stage.advance_by(days=8)
    (said,) = any_stage.inbox("lena", about="summary")
    assert "may not have been posted: Slack had trouble" in said.text
    assert "The next one comes on Friday, " in said.text
    any_stage.advance_by(days=7)
    assert len(any_stage.inbox("lena", about="summary")) == 1
    assert len(told(any_stage)) == before + 1
    read_once_in_vain(any_stage)


def test_nobody_is_asked_to_add_a_scope_for_reading_channels(
    stage: Stage, logs: io.StringIO
) -> None:
    tell_channel(stage, Fault.http(500))
    stage.advance_by(hours=2)
    lines = [json.loads(line) for line in logs.getvalue().splitlines()]
    assert [line["code"] for line in lines if line["event"] == "message stays unknown"]
    assert [line for line in lines if line["event"] == "somebody has to act"] == []
    read_once_in_vain(stage)
