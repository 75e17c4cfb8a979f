"""What is pressed is what was read: outdated, at once by two, and delivered again."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from bot.playground import Message, payloads, snapshot
from bot.playground.delivery import Answer, Envelope
from bot.playground.records import Json
from tests.support.stage import Stage, staged


def asked(stage: Stage) -> Message:
    """Let Asha ask Lena; return what Lena gets."""
    stage.expect("asha", "@lena to send the draft by friday")
    return stage.last("lena", about="draft")


def payload_of(stage: Stage, user: str, message: Message, label: str) -> Json:
    """Return what Slack sends when a button is pressed."""
    block, element = next(
        (block, element)
        for block in message.blocks
        for element in block.get("elements", [])
        if element.get("text", {}).get("text") == label
    )
    action = {
        "type": "button",
        "action_id": element["action_id"],
        "block_id": block["block_id"],
        "text": element["text"],
        "value": element["value"],
        "action_ts": stage.slack.state.next_ts(),
    }
    person = stage.slack.state.person(user)
    return payloads.actions_payload(stage.slack.state, person, message, action, stage.slack.url)


def deliver(stage: Stage, payload: Json) -> Answer:
    return stage.slack.delivery.send(Envelope.INTERACTIVE, payload)


def posted(stage: Stage, user: str, about: str) -> Message:
    """Return the newest message that was no answer to a press."""
    return [message for message in stage.inbox(user, about=about) if message.to is None][-1]


def whispered(stage: Stage, user: str) -> list[str]:
    return [message.text for message in stage.slack.inbox(user) if message.to is not None]


def test_a_button_on_terms_that_changed_does_nothing(stage: Stage) -> None:
    old = snapshot(asked(stage))
    stage.expect("asha", "change E-1 send the whole draft by 30 Nov")
    stage.press("lena", old, "Accept")
    said = whispered(stage, "lena")[-1]
    assert "send the whole draft" in said
    assert "Your press changed nothing" in said
    assert "waiting" in stage.expect("lena", "show E-1")
    stage.press("lena", posted(stage, "lena", about="whole draft"), "Accept")
    assert "agreed" in stage.expect("lena", "show E-1")


def test_a_button_that_was_used_does_nothing(stage: Stage) -> None:
    old = snapshot(asked(stage))
    stage.press("lena", old, "Accept")
    for label in ("Accept", "Decline"):
        stage.press("lena", old, label)
        assert "Your press changed nothing" in whispered(stage, "lena")[-1], label
        assert stage.slack.modal("lena") is None
    assert "agreed" in stage.expect("lena", "show E-1")


def test_a_form_that_was_opened_before_a_change_does_nothing(stage: Stage) -> None:
    proposal = asked(stage)
    assert stage.slack.press("lena", proposal, "Decline").acknowledged
    stage.expect("asha", "change E-1 send the whole draft by 30 Nov")
    errors = stage.submit("lena", {"Why": "no time for half of it"})
    assert "Your press changed nothing" in errors["note"]
    view = stage.slack.modal("lena")
    assert view is not None
    assert view.values["note"]["note"]["value"] == "no time for half of it"
    assert "waiting" in stage.expect("lena", "show E-1")


@pytest.mark.parametrize(
    "line", ["@lena to send the draft by friday", "I will send the draft for @lena by friday"]
)
def test_a_button_of_a_reply_that_is_old_does_nothing(stage: Stage, line: str) -> None:
    stage.expect("asha", line)
    reply = stage.slack.visible("asha", "launch")[-1]
    stage.press("lena", stage.last("lena", about="draft"), "Accept")
    stage.press("asha", reply, "Take back")
    said = stage.slack.visible("asha", "launch")[-1].text
    assert "Your press changed nothing" in said
    assert "agreed" in said
    assert "agreed" in stage.expect("asha", "show E-1")


def test_what_waited_changed_before_it_was_answered(stage: Stage) -> None:
    stage.press("lena", asked(stage), "Accept")
    stage.expect("lena", "change E-1 by 30 Nov")
    old = snapshot(stage.last("asha", about="suggests"))
    stage.expect("lena", "change E-1 by tuesday")
    stage.press("asha", old, "Accept")
    assert "Friday, 27 November" in stage.expect("asha", "show E-1").splitlines()[0]
    stage.press("asha", posted(stage, "asha", about="Tuesday"), "Accept")
    assert "Tuesday, 24 November" in stage.expect("asha", "show E-1").splitlines()[0]


def test_two_people_at_once(any_stage: Stage) -> None:
    stage = any_stage
    proposal = asked(stage)
    reply = stage.slack.visible("asha", "launch")[-1]
    presses = [
        payload_of(stage, "lena", proposal, "Accept"),
        payload_of(stage, "asha", reply, "Take back"),
    ]
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda payload: deliver(stage, payload), presses))
    assert [(answer.status, answer.body) for answer in answers] == [(200, "")] * 2
    stage.settle()
    told = [
        "Your press changed nothing" in " ".join(whispered(stage, "lena")),
        "Your press changed nothing" in stage.slack.visible("asha", "launch")[-1].text,
    ]
    assert sorted(told) == [False, True]
    first = stage.expect("lena", "show E-1").splitlines()[0]
    assert ("agreed" in first) == told[1]


@pytest.mark.parametrize("times", [2, 3])
def test_a_press_that_comes_again_has_one_effect(any_stage: Stage, times: int) -> None:
    stage = any_stage
    payload = payload_of(stage, "lena", asked(stage), "Accept")
    with ThreadPoolExecutor(times) as pool:
        answers = list(pool.map(lambda _: deliver(stage, payload), range(times)))
    assert [(answer.status, answer.body) for answer in answers] == [(200, "")] * times
    stage.settle()
    assert whispered(stage, "lena") == []
    assert len([m for m in stage.inbox("asha", about="agreed") if m.to is None]) == 1


def test_a_command_that_comes_again_is_answered_again(any_stage: Stage) -> None:
    stage = any_stage
    state = stage.slack.state
    payload = payloads.command_payload(
        state,
        state.person("lena"),
        state.conversation("launch"),
        command="/expect",
        text="<@U04ASHA|asha> to send the draft by friday",
        base_url=stage.slack.url,
    )
    with ThreadPoolExecutor(3) as pool:
        answers = list(
            pool.map(lambda _: stage.slack.delivery.send(Envelope.COMMAND, payload), range(3))
        )
    texts = set()
    for answer in answers:
        assert isinstance(answer.body, dict)
        texts.add(answer.body["text"])
    assert len(texts) == 1
    assert "(E-1), by Friday, 27 November" in texts.pop()
    stage.settle()
    assert len(stage.inbox("asha", about="draft")) == 1


def test_an_event_that_comes_again_is_one_line(stage: Stage) -> None:
    slack = stage.slack
    event = {
        "type": "message",
        "channel_type": "im",
        "channel": slack.dm_with("lena").id,
        "user": "U01LENA",
        "text": "<@U04ASHA> to send the draft by friday",
        "ts": slack.state.next_ts(),
    }
    payload = payloads.event_payload(slack.state, event)
    for _ in range(3):
        assert slack.deliver_event(payload).acknowledged
    stage.settle()
    assert len(stage.inbox("asha", about="draft")) == 1
    assert stage.expect("lena", "list").count("draft") == 1


@pytest.mark.parametrize("text", ["<@U04ASHA> to send the draft by friday", "list", "accept E-7"])
def test_a_line_to_the_bot_that_comes_again_is_answered_once(stage: Stage, text: str) -> None:
    slack = stage.slack
    event = {
        "type": "message",
        "channel_type": "im",
        "channel": slack.dm_with("lena").id,
        "user": "U01LENA",
        "text": text,
        "ts": slack.state.next_ts(),
    }
    payload = payloads.event_payload(slack.state, event)
    with ThreadPoolExecutor(3) as pool:
        answers = list(pool.map(lambda _: slack.deliver_event(payload), range(3)))
    assert all(answer.acknowledged for answer in answers)
    assert len([message for message in slack.inbox("lena") if message.by_app]) == 1


def test_what_comes_again_after_a_restart_has_one_effect(database_url: str) -> None:
    with staged(database_url) as before:
        payload = payload_of(before, "lena", asked(before), "Accept")
        assert deliver(before, payload).acknowledged
        before.settle()
    with staged(database_url) as after:
        assert deliver(after, payload).acknowledged
        after.settle()
        assert after.inbox("asha") == []
        assert "agreed" in after.expect("lena", "show E-1")
        after.slack.state.refusals.clear()  # the old message is not in the new workspace
