"""A Bolt app that is not ours works against the simulated Slack, over HTTP and Socket Mode."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from bot.playground import DrivingError, Person, Slack, app_of, snapshot, workspace
from tests.scenario.playground.other_app import OtherApp, over_http, over_socket_mode

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(params=[over_http, over_socket_mode], ids=["http", "socket"])
def other(request: pytest.FixtureRequest, slack: Slack) -> Iterator[OtherApp]:
    with request.param(slack) as app:
        yield app
    assert slack.refusals == []


def texts(slack: Slack, user: str, where: str = "#launch") -> list[str]:
    return [message.text for message in slack.visible(user, where)]


def test_a_command_arrives_encoded_and_its_answer_is_ephemeral(
    slack: Slack, other: OtherApp
) -> None:
    slack.state.user_groups["design"] = "S01DESIGN"
    typed = "@ren @here @design see #support & <b> https://x.y/z?a=1&b=2, a@b.co by friday @nobody"
    result = slack.command("lena", "#launch", "/expect", typed)
    assert result.acknowledged
    assert result.error is None
    body = other.seen[-1]
    assert body["text"] == (
        "<@U02REN|ren> <!here> <!subteam^S01DESIGN|@design> see <#C02SUPPORT|support> &amp; "
        "&lt;b&gt; <https://x.y/z?a=1&amp;b=2>, <mailto:a@b.co|a@b.co> by friday @nobody"
    )
    assert {key: body[key] for key in ("command", "user_id", "channel_id", "team_id")} == {
        "command": "/expect",
        "user_id": "U01LENA",
        "channel_id": "C01LAUNCH",
        "team_id": "T01WINWIN",
    }
    assert texts(slack, "lena") == [f"You said {body['text']}"]
    assert texts(slack, "ren") == []
    slack.command("lena", "#launch", "/expect", "loud")
    assert texts(slack, "ren") == ["for all"]


def test_a_command_in_a_direct_message_says_so(slack: Slack, other: OtherApp) -> None:
    assert slack.command("lena", "@ren", "/expect", "hello").acknowledged
    assert other.seen[-1]["channel_name"] == "directmessage"
    assert texts(slack, "lena", "@ren") == ["You said hello"]


def test_a_form_is_filled_in_and_submitted(slack: Slack, other: OtherApp) -> None:
    slack.command("lena", "#launch", "/expect", "form")
    result = slack.submit("lena", {"Size": "Small"})
    assert result.errors == {"name": "Please complete this required field."}
    assert len(other.seen) == 1
    values = {"Name": "Lena", "Day": date(2026, 12, 4), "Size": "Large", "Topping": "Olives"}
    result = slack.submit("lena", values)
    assert result.acknowledged
    assert slack.modal("lena") is None
    assert other.seen[-1]["view"]["state"]["values"] == {
        "name": {"text": {"type": "plain_text_input", "value": "Lena"}},
        "day": {"date": {"type": "datepicker", "selected_date": "2026-12-04"}},
        "size": {
            "size": {
                "type": "static_select",
                "selected_option": {"text": {"type": "plain_text", "text": "Large"}, "value": "l"},
            }
        },
        "topping": {
            "topping": {
                "type": "external_select",
                "selected_option": {
                    "text": {"type": "plain_text", "text": "Olives"},
                    "value": "olives",
                },
            }
        },
    }
    slack.wait_until(lambda: [each.text for each in slack.inbox("lena")] == ["Thanks, Lena"])


def test_a_forms_answers(slack: Slack, other: OtherApp) -> None:
    slack.command("lena", "#launch", "/expect", "form")
    slack.wait_until(lambda: slack.modal("lena"))
    first = slack.modal("lena")
    result = slack.submit("lena", {"Name": "wrong", "Size": "Small"})
    assert result.errors == {"name": "Not that one."}
    assert slack.modal("lena") is first
    slack.submit("lena", {"Name": "update"})
    updated = slack.modal("lena")
    assert updated is not None
    assert updated.private_metadata == "updated"
    assert updated.values["name"]["text"]["value"] == "update"
    slack.submit("lena", {"Name": "push"})
    assert len(slack.state.screens.stacks["U01LENA"]) == 2
    slack.submit("lena", {"Name": "anything", "Size": "Large"})
    assert slack.modal("lena") is None
    assert other.seen[-1]["view"]["previous_view_id"] == updated.id


def test_errors_at_no_input_are_noted_as_a_refusal(slack: Slack, other: OtherApp) -> None:
    slack.command("lena", "#launch", "/expect", "form")
    slack.submit("lena", {"Name": "stray", "Size": "Small"})
    assert other.seen
    assert [(each.method, each.error) for each in slack.refusals] == [
        ("view_submission", "invalid_errors")
    ]
    slack.state.refusals.clear()


def test_a_button_in_a_modal_updates_it_and_keeps_what_was_typed(
    slack: Slack, other: OtherApp
) -> None:
    slack.command("lena", "#launch", "/expect", "form")
    slack.fill("lena", {"Name": "Lena"})  # waits for the form
    view = slack.modal("lena")
    assert view is not None
    assert slack.press("lena", view, "More").acknowledged
    assert other.seen[-1]["view"]["state"]["values"]["name"]["text"]["value"] == "Lena"
    slack.wait_until(lambda: slack.modal("lena") is not view)
    after = slack.modal("lena")
    assert after is not None
    assert after.private_metadata == "more"
    assert after.values["name"]["text"]["value"] == "Lena"
    assert slack.close_modal("lena").acknowledged
    assert other.seen[-1]["type"] == "view_closed"
    assert other.seen[-1]["is_cleared"] is False


def test_buttons_and_menus_of_a_message(slack: Slack, other: OtherApp) -> None:
    slack.command("lena", "#launch", "/expect", "post")
    slack.wait_until(lambda: slack.messages("#launch"))
    (message,) = slack.messages("#launch")
    old = snapshot(message)
    assert slack.choose("ren", message, "Cook", "maya").acknowledged
    chosen = other.seen[-1]
    assert chosen["actions"][0]["selected_user"] == "U03MAYA"
    assert chosen["state"]["values"]["answer"]["cook"]["selected_user"] == "U03MAYA"
    slack.press("ren", message, "Later")
    slack.wait_until(lambda: texts(slack, "ren")[-1] == "later")
    slack.press("ren", message, "Accept")
    slack.wait_until(lambda: message.text == "Accepted 42")
    payload = other.seen[-1]
    assert payload["container"] == {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": "C01LAUNCH",
        "is_ephemeral": False,
    }
    assert payload["message"]["text"] == "Order"
    assert payload["user"]["id"] == "U02REN"
    with pytest.raises(DrivingError, match="Accept"):
        slack.press("ren", message, "Accept")
    assert slack.press("maya", old, "Accept").acknowledged
    with pytest.raises(DrivingError, match="only: Later, Never, Accept, Cook"):
        slack.press("ren", old, "Decline")


def test_shortcuts(slack: Slack, other: OtherApp) -> None:
    slack.say("ren", "#launch", "I could write the draft")
    (message,) = slack.messages("#launch")
    slack.message_shortcut("lena", message, "turn_into_expectation")
    assert other.seen[-1]["message"]["user"] == "U02REN"
    slack.wait_until(lambda: slack.modal("lena"))
    slack.global_shortcut("ren", "new_expectation")
    slack.wait_until(lambda: slack.modal("ren"))
    view = slack.modal("ren")
    assert view is not None
    assert view.private_metadata == "shortcut"


def test_events(slack: Slack, other: OtherApp) -> None:
    slack.open_home("lena")
    slack.wait_until(lambda: slack.home("lena"))
    assert slack.mention("lena", "#launch", "to @ren").acknowledged
    slack.wait_until(lambda: "Heard: <@U0WINWIN> to <@U02REN>" in texts(slack, "ren"))
    slack.dm("ren", "hello")
    slack.wait_until(lambda: [m.text for m in slack.inbox("ren")] == ["hello", "Heard: hello"])
    slack.user_changed("ren", tz="Europe/Paris")
    assert other.seen[-1]["event"]["user"]["tz"] == "Europe/Paris"
    slack.join(Person("U05NOOR", "noor", "Noor Ali", "Africa/Cairo"), "#launch")
    assert other.seen[-1]["event"]["type"] == "team_join"
    assert len({body["event_id"] for body in other.seen}) == len(other.seen)
    assert other.seen[-1]["authorizations"][0]["user_id"] == "U0WINWIN"


def test_what_an_app_fails_at_is_not_acknowledged(slack: Slack, other: OtherApp) -> None:
    slack.delivery.patience = 0.5
    other.fail = True
    result = slack.command("lena", "#launch", "/expect", "x")
    assert not result.acknowledged
    assert result.error == ("dispatch_failed" if slack.app_url else "operation_timeout")
    assert texts(slack, "lena") == []


def test_a_late_answer_is_a_timeout(slack: Slack) -> None:
    slack.delivery.patience = 0.2
    with over_http(slack) as other:
        other.nap = 0.4
        result = slack.command("lena", "#launch", "/expect", "x")
        assert (result.acknowledged, result.error) == (False, "operation_timeout")
        other.nap = 0.0
    assert texts(slack, "lena") == []


def test_no_app_at_all(slack: Slack) -> None:
    result = slack.command("lena", "#launch", "/expect", "x")
    assert (result.acknowledged, result.error) == (False, "operation_timeout")
    slack.app_url = "http://127.0.0.1:9/slack/events"
    result = slack.command("lena", "#launch", "/expect", "x")
    assert (result.acknowledged, result.error) == (False, "dispatch_failed")


def test_events_are_retried_three_times_with_the_same_id() -> None:
    with Slack(workspace(), retry_delays=(0.0, 0.0, 0.0)) as slack, over_http(slack):
        slack.app_url = str(slack.app_url).replace("/slack/events", "/nowhere")
        result = slack.open_home("lena")
        assert (result.acknowledged, result.status, result.attempts) == (False, 404, 4)
        tries = [each for each in slack.traffic if each.name == "event app_home_opened"]
        assert [each.headers.get("x-slack-retry-num") for each in tries] == [None, "1", "2", "3"]
        assert tries[1].headers["x-slack-retry-reason"] == "http_error"
        assert len({each.request["event_id"] for each in tries}) == 1


def test_only_what_the_manifest_names_is_delivered_and_granted() -> None:
    manifest = {
        "display_information": {"name": "Other"},
        "features": {
            "app_home": {"messages_tab_enabled": True},
            "slash_commands": [{"command": "/expect", "should_escape": False}],
            "shortcuts": [{"name": "Go", "type": "global", "callback_id": "go"}],
        },
        "oauth_config": {"scopes": {"bot": ["commands"], "bot_optional": ["chat:write"]}},
        "settings": {"event_subscriptions": {"bot_events": ["message.im"]}},
    }
    assert app_of(manifest).scopes == ("commands",)
    app = app_of(manifest, optional=True)
    assert app.scopes == ("commands", "chat:write")
    assert app.global_shortcuts == {"go": "Go"}
    with Slack(workspace(app=app)) as slack, over_http(slack) as other:
        assert slack.open_home("lena").error == "not_subscribed"
        assert slack.dm("lena", "hello").acknowledged
        slack.command("lena", "#launch", "/expect", "@ren & co")
        assert [body.get("text") for body in other.seen] == [None, "@ren & co"]


def test_socket_mode_connections_are_refreshed(slack: Slack) -> None:
    with over_socket_mode(slack) as other:
        slack.sockets.refresh()
        slack.wait_until(lambda: slack.sockets.count == 1, seconds=15)
        assert slack.command("lena", "#launch", "/expect", "x").acknowledged
        assert other.seen


def test_several_connections_share_the_envelopes(slack: Slack) -> None:
    with over_socket_mode(slack) as one, over_socket_mode(slack) as two:
        for _ in range(4):
            assert slack.command("lena", "#launch", "/expect", "x").acknowledged
        assert (len(one.seen), len(two.seen)) == (2, 2)
