"""What `winwin doctor` and the log say where somebody has to act."""

from __future__ import annotations

import json
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest

from bot.cli.doctor_outbox import outbox
from bot.playground import Fault
from bot.slack.clients import Clients
from bot.slack.identity import IdentityError, TokenRefusedError, identify

if TYPE_CHECKING:
    import io
    from collections.abc import Callable

    from tests.support.stage import Stage

POST = "chat.postMessage"


def to(user: str) -> Callable[[dict[str, Any]], bool]:
    return lambda args: args.get("channel") == user


def clients(stage: Stage) -> Clients:
    return Clients(api_url=stage.slack.api_url, token=stage.slack.state.app.bot_token)


def test_a_sound_outbox_is_said_to_be_so(stage: Stage) -> None:
    stage.expect("lena", "@ren to send the draft by friday")
    lines = [finding.line for finding in outbox(stage.database_url, stage.clock.at)]
    assert lines == ["ok    messages: all of the last 7 days were delivered, or are on their way"]


def test_each_reason_is_counted_with_what_to_do(stage: Stage) -> None:
    faults = stage.slack.faults
    faults.add(POST, Fault.slack_error("msg_too_long"), 99, when=to("U02REN"))
    faults.add(POST, Fault.slack_error("messages_tab_disabled"), 99, when=to("U04ASHA"))
    stage.expect("lena", "@ren @asha to send the draft by friday")
    stage.expect("lena", "@ren to send the plan by friday")
    lines = [finding.line for finding in outbox(stage.database_url, stage.clock.at)]
    assert lines == [
        (
            "look  messages: 2 never delivered (msg_too_long): Slack does not take how the message "
            "is made. This is a bug in Winwin: report it with the code and the log line"
        ),
        (
            "look  messages: 1 waiting (messages_tab_disabled): direct messages to Winwin are "
            "switched off. An admin switches on the Messages Tab, and that people may write in it "
            "(api.slack.com/apps, App Home)"
        ),
    ]
    faults.clear()
    stage.advance_by(minutes=10)
    assert "draft" in stage.last("asha").text


def test_a_home_that_is_switched_off_is_named_with_what_to_do(stage: Stage) -> None:
    stage.slack.open_home("ren")
    stage.settle()
    stage.slack.faults.add("views.publish", Fault.slack_error("not_enabled"), 99)
    stage.expect("lena", "@ren to send the draft by friday")
    lines = [finding.line for finding in outbox(stage.database_url, stage.clock.at)]
    assert lines == [
        (
            "look  home: 1 person does not see Home as it is (not_enabled): the Home tab is "
            "switched off. An admin switches on the Home Tab (api.slack.com/apps, App Home)"
        )
    ]
    stage.slack.faults.clear()
    stage.slack.open_home("ren")
    stage.settle()
    assert "ok" in next(outbox(stage.database_url, stage.clock.at)).line


REVOKED = Fault.slack_error("token_revoked")
ADMIN = "An admin installs Winwin again"


@pytest.mark.parametrize(
    ("fault", "said", "advised"),
    [
        (REVOKED, f"Slack does not accept Winwin's token. Nothing was saved. {ADMIN}", True),
        (Fault.rate_limited(30), "Slack asked Winwin to slow down. Nothing was saved.", False),
        (Fault.http(500), "Slack did not answer me as it should. Nothing was saved;", False),
        (Fault.drop_before(), "Slack did not answer me as it should. Nothing was saved;", False),
    ],
    ids=["revoked", "slow down", "in trouble", "dropped"],
)
def test_a_form_that_slack_does_not_open_says_why(
    fault: Fault, said: str, *, advised: bool, stage: Stage, logs: io.StringIO
) -> None:
    stage.slack.faults.add("views.open", fault)
    assert said in stage.expect("lena", "")
    assert "request failed" not in logs.getvalue()
    assert "slack did not answer a request" in logs.getvalue()
    assert ("somebody has to act" in logs.getvalue()) is advised


def test_one_whose_direct_messages_are_off_keeps_nobody_else_waiting(stage: Stage) -> None:
    stage.slack.faults.add(POST, Fault.slack_error("messages_tab_disabled"), 99, when=to("U04ASHA"))
    stage.expect("lena", "@asha @ren to send the draft by friday")
    stage.expect("lena", "@ren to send the plan by friday")
    assert len(stage.inbox("ren")) == 2
    stage.slack.open_home("asha")
    stage.settle()
    home = stage.slack.home("asha")
    assert home is not None
    assert "cannot reach you yet: direct messages to Winwin are switched off." in str(home.blocks)


def test_home_says_why_a_list_does_not_come(stage: Stage) -> None:
    stage.expect("lena", "@ren to send the draft by friday")
    stage.press("ren", stage.last("ren"), "Accept")
    stage.slack.faults.add(
        POST, Fault.slack_error("messages_tab_disabled"), 9999, when=to("U02REN")
    )
    stage.advance_by(days=4)
    stage.slack.open_home("ren")
    stage.settle()
    home = stage.slack.home("ren")
    assert home is not None
    assert (
        str(home.blocks).count(
            "Your list cannot reach you yet: direct messages to Winwin are switched off. "
            "An admin switches on the Messages Tab"
        )
        == 1
    )
    stage.slack.faults.clear()
    stage.advance_by(hours=1)
    stage.slack.open_home("ren")
    stage.settle()
    assert "Your list" not in str(stage.slack.home("ren"))


def test_the_log_says_what_to_do_once_not_once_a_message(stage: Stage, logs: io.StringIO) -> None:
    stage.slack.faults.add(POST, Fault.slack_error("is_archived"), 99, when=to("U02REN"))
    for what in ("draft", "plan", "brief"):
        stage.expect("lena", f"@ren to send the {what} by friday")
    lines = [json.loads(line) for line in logs.getvalue().splitlines()]
    advice = [line for line in lines if line["event"] == "somebody has to act"]
    assert [line["code"] for line in advice] == ["is_archived"]
    assert advice[0]["advice"]
    assert sum(line["event"] == "message refused" for line in lines) == 3


@pytest.mark.parametrize(
    "fault", [Fault.http(503), Fault.slack_error("ratelimited"), Fault.garbled(), Fault.cut()]
)
def test_a_slack_in_trouble_says_nothing_about_the_token(stage: Stage, fault: Fault) -> None:
    stage.slack.faults.add("auth.test", fault)
    with closing(clients(stage)) as made, pytest.raises(IdentityError) as raised:
        identify(made.interactive())
    assert not isinstance(raised.value, TokenRefusedError)


def test_a_token_that_is_revoked_is_refused(stage: Stage) -> None:
    stage.slack.faults.add("auth.test", Fault.slack_error("token_revoked"))
    with closing(clients(stage)) as made, pytest.raises(TokenRefusedError, match="SLACK_BOT_TOKEN"):
        identify(made.interactive())
