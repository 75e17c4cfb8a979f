"""`/expect export`: a file in one's direct messages, and of others only what one may see."""

import json
import urllib.request
from importlib.resources import files
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from typer.testing import CliRunner

from bot.__main__ import app as command_line
from bot.domain.member import Stoppable
from bot.playground import Message
from bot.playground.faults import Fault
from tests.support.stage import Stage

ASHA, LENA, REN = "U04ASHA", "U01LENA", "U02REN"


def sent_file(stage: Stage, user: str) -> Message:
    """Wait for the message that shows a file to somebody."""

    def with_file() -> list[Message]:
        return [message for message in stage.slack.inbox(user) if message.files]

    stage.slack.wait_until(with_file)
    return with_file()[-1]


def content(stage: Stage, user: str) -> dict[str, Any]:
    """Have one's export sent; return what it holds."""
    stage.expect(user, "export")
    found: dict[str, Any] = json.loads(sent_file(stage, user).files[0]["content"])
    return found


def live(stage: Stage) -> None:
    """Let Asha and Lena have something between them, and Ren and Lena something of their own."""
    stage.expect("lena", "@asha to send the draft by friday")
    stage.expect("asha", "accept E-1")
    stage.expect("lena", "@ren to read the brief by friday")
    stage.expect("ren", "accept E-2")
    stage.expect("asha", "thanks @lena for the coffee")
    stage.expect("ren", "thanks @lena for the tea")
    stage.advance_by(hours=24 * 3)


def say_on_track(stage: Stage) -> None:
    """Let Asha say, to herself, that it goes well."""
    stage.press("asha", stage.last("asha", about="how is it going"), "On track")


def test_one_gets_all_that_is_kept(any_stage: Stage) -> None:
    stage = any_stage
    live(stage)
    stage.expect("asha", "settings")
    asked = [one.value for one in Stoppable if one is not Stoppable.GAIN_HINT]
    assert stage.submit("asha", {"Besides, in lists and replies": asked}) == {}
    said = stage.expect("asha", "export")
    assert "comes as a file" in said
    message = sent_file(stage, "asha")
    assert stage.slack.dm_with("asha").id == message.channel
    found = json.loads(message.files[0]["content"])
    schema = json.loads((files("bot.cli") / "export.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator(schema).validate(found)
    assert [item["id"] for item in found["expectations"]] == ["E-1"]
    (member,) = found["members"]
    assert (member["id"], member["stopped"]) == (ASHA, ["gain_hint"])
    assert member["conversation"] == message.channel
    assert [one["text"] for one in found["thanks"]] == ["the coffee"]
    assert "proposal" in {one["moment"] for one in found["mine"]["messages"]}
    assert REN not in message.files[0]["content"]
    assert "brief" not in message.files[0]["content"]
    address = f"{stage.slack.url}/files/{message.files[0]['id']}"
    with urllib.request.urlopen(address) as opened:  # noqa: S310 - the simulated Slack's own
        assert json.load(opened) == found


def test_what_one_says_to_oneself_is_in_nobody_elses_export(stage: Stage) -> None:
    live(stage)
    say_on_track(stage)
    (mine,) = content(stage, "asha")["expectations"]
    assert [one["answer"] for one in mine["checkins"]] == ["on_track"]
    theirs = content(stage, "lena")
    assert "on_track" not in json.dumps(theirs)
    assert {item["id"] for item in theirs["expectations"]} == {"E-1", "E-2"}
    assert [member["id"] for member in theirs["members"]] == [LENA]
    assert "cadence" in theirs["members"][0]


def test_without_the_scope_it_says_what_to_do(stage: Stage) -> None:
    live(stage)
    granted = stage.slack.state.app.scopes
    stage.slack.state.app.scopes = tuple(each for each in granted if each != "files:write")
    stage.expect("asha", "export")

    def told() -> list[Message]:
        return stage.inbox("asha", about="could not be sent")

    stage.slack.wait_until(told)
    assert told()[-1].text == (
        "The file with what is kept about you could not be sent: Winwin was not granted what it "
        "needs. Whoever runs Winwin makes it with `winwin export --person U04ASHA`."
    )
    assert [each.error for each in stage.slack.refusals] == ["missing_scope"]
    stage.slack.state.refusals.clear()


@pytest.mark.parametrize("method", ["files.getUploadURLExternal", "files.completeUploadExternal"])
def test_when_slack_fails_it_says_so(stage: Stage, method: str) -> None:
    live(stage)
    stage.slack.faults.add(method, Fault.slack_error("internal_error"))
    stage.expect("asha", "export")
    stage.slack.wait_until(lambda: stage.inbox("asha", about="could not be sent"))


def test_from_the_privacy_of_home(stage: Stage) -> None:
    live(stage)
    assert stage.slack.open_home("asha").acknowledged
    stage.settle()
    home = stage.slack.home("asha")
    assert home is not None
    stage.slack.press("asha", home, "Privacy")
    view = stage.slack.modal("asha")
    assert view is not None
    stage.slack.press("asha", view, "Send me all of it")
    assert sent_file(stage, "asha").files[0]["name"] == "winwin.json"


def test_whoever_runs_it_makes_the_same(stage: Stage) -> None:
    live(stage)
    found = content(stage, "asha")
    runner, env = CliRunner(), {"DATABASE_URL": stage.database_url}
    made = runner.invoke(command_line, ["export", "--person", ASHA], env=env)
    assert made.exit_code == 0
    theirs = json.loads(made.output)
    assert theirs["expectations"] == found["expectations"]
    unknown = runner.invoke(command_line, ["export", "--person", "U0NOBODY"], env=env)
    assert unknown.exit_code == 1
    assert "nothing is kept about U0NOBODY" in unknown.output
    as_table = runner.invoke(command_line, ["export", "--person", ASHA, "--format", "csv"], env=env)
    assert as_table.exit_code == 1
