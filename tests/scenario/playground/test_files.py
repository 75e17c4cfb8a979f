"""Files in the simulated Slack: asked for, uploaded, shown; and what Slack refuses."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx
import pytest

from tests.scenario.playground.calls import refused

if TYPE_CHECKING:
    from slack_sdk import WebClient

    from bot.playground import Slack


@pytest.fixture(autouse=True)
def _granted(slack: Slack) -> None:
    slack.state.app.scopes = (*slack.state.app.scopes, "files:write")


def direct(slack: Slack) -> str:
    return slack.dm_with("lena").id


def test_a_file_is_shown_where_it_was_completed(slack: Slack, client: WebClient) -> None:
    client.files_upload_v2(
        channel=direct(slack), filename="all.json", title="All of it", content="{}"
    )
    message = slack.inbox("lena")[-1]
    (file,) = message.files
    assert (file["name"], file["title"], file["content"]) == ("all.json", "All of it", "{}")
    assert httpx.get(f"{slack.url}/files/{file['id']}").text == "{}"
    assert httpx.get(f"{slack.url}/files/F1").status_code == 404


def test_a_scope_is_needed(slack: Slack, client: WebClient) -> None:
    slack.state.app.scopes = ("chat:write",)
    assert refused(lambda: client.files_getUploadURLExternal(filename="a", length=1)) == (
        "missing_scope"
    )


@pytest.mark.parametrize(("name", "length"), [("", 2), ("a", 0)])
def test_a_name_and_a_length_are_needed(client: WebClient, name: str, length: int) -> None:
    def ask() -> object:
        return client.files_getUploadURLExternal(filename=name, length=length)

    assert refused(ask) == "invalid_arguments"


def test_what_was_not_uploaded_is_not_there(slack: Slack, client: WebClient) -> None:
    asked = client.files_getUploadURLExternal(filename="a", length=2)
    address, id_ = str(asked["upload_url"]), str(asked["file_id"])
    assert httpx.post(address, content=b"too long").status_code == 400

    def complete(channel: str) -> object:
        return client.files_completeUploadExternal(files=[{"id": id_}], channel_id=channel)

    assert refused(lambda: complete(direct(slack))) == "file_not_found"
    assert httpx.post(address, content=b"ok").status_code == 200
    assert refused(lambda: complete("U01LENA")) == "channel_not_found"
    assert refused(lambda: complete("C09NONE")) == "channel_not_found"
    complete(direct(slack))
    assert refused(lambda: complete(direct(slack))) == "file_not_found"
