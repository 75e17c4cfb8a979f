"""Slack says 429 to what somebody waits for, or to reading people: it is left alone until then."""

from collections.abc import Callable

import pytest

from bot.playground.faults import Fault
from tests.support.stage import Stage

POST, READ = "chat.postMessage", "users.info"
WAIT = (
    "Slack asks me to post nothing before Monday, 23 November, 10:11, Berlin time. Nothing was "
    "saved or posted; please try again then."
)


def calls(stage: Stage, method: str) -> int:
    return sum(call.name == method for call in stage.slack.traffic)


def held_back(stage: Stage) -> None:
    """Let the next post be told to wait for ten minutes and a half."""
    stage.slack.faults.add(POST, Fault.rate_limited(630))
    stage.expect("lena", "@ren to send the draft by thursday")


def newest(stage: Stage) -> str:
    return stage.slack.visible("lena", "launch")[-1].text


def here(stage: Stage) -> str:
    return stage.expect("lena", "summary here weekly fri 16:00")


def now(stage: Stage) -> str:
    return stage.expect("lena", "summary now")


def tell(stage: Stage) -> str:
    committed = stage.slack.visible("lena", "launch")[0]
    stage.press("lena", committed, "Tell the channel")
    view = stage.slack.modal("lena")
    return str(view.blocks) if view else newest(stage)


@pytest.mark.parametrize("asked", [here, now, tell])
def test_while_posting_is_held_back_it_is_said_and_nothing_is_done(
    stage: Stage, asked: Callable[[Stage], str]
) -> None:
    stage.expect("lena", "I will write the plan by friday")
    held_back(stage)
    before = calls(stage, POST)
    said = asked(stage)
    assert calls(stage, POST) == before
    assert WAIT in said
    assert stage.slack.messages("launch") == []
    stage.advance_by(minutes=11)
    assert len(stage.slack.messages("launch")) == 0
    asked(stage)
    assert len(stage.slack.messages("launch")) == 1


def test_a_first_post_that_slack_puts_off_holds_back_all_others(stage: Stage) -> None:
    stage.expect("lena", "@ren to book the room by friday")
    stage.expect("lena", "I will write the plan by friday")
    before = calls(stage, POST)
    stage.slack.faults.add(POST, Fault.rate_limited(600))
    assert "Friday" in here(stage)
    stage.expect("lena", "@ren to send the draft by thursday")
    assert calls(stage, POST) == before + 1
    stage.advance_by(minutes=9)
    assert calls(stage, POST) == before + 1
    stage.advance_by(minutes=2)
    assert len(stage.slack.messages("launch")) == 1
    assert "send the draft" in stage.last("ren").text


def test_a_summary_that_slack_puts_off_is_not_said_to_be_posted(stage: Stage) -> None:
    stage.expect("lena", "I will write the plan by friday")
    stage.slack.faults.add(POST, Fault.rate_limited(600))
    assert now(stage) == "It is on its way to the channel."
    stage.advance_by(minutes=11)
    assert len(stage.slack.messages("launch")) == 1


def test_reading_people_rests_while_slack_says_so(stage: Stage) -> None:
    stage.expect("lena", "@ren @maya @asha to book the room by friday")
    stage.advance_by(hours=23)
    stage.slack.faults.add(READ, Fault.rate_limited(3600), times=1_000)
    before = calls(stage, READ)
    stage.advance_by(hours=1, minutes=10)
    assert calls(stage, READ) == before + 1
    assert "book the room" in stage.expect("lena", "list")
    stage.expect("lena", "@ren to send the draft by thursday")
    assert calls(stage, READ) == before + 1
    stage.slack.faults.clear()
    stage.advance_by(hours=1)
    assert calls(stage, READ) == before + 5
