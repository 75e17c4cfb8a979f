"""The simulated Slack's Web API, called with Slack's own client."""

from __future__ import annotations

import http.client
import itertools
import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.playground import App, Conversation, Fault, Kind, Person, Refusal, Slack, workspace
from tests.scenario.playground.calls import refused

if TYPE_CHECKING:
    from collections.abc import Callable

Json = dict[str, Any]


def test_auth_test_tells_whose_token_it_is_and_its_scopes(client: WebClient) -> None:
    answer = client.auth_test()
    assert answer["user_id"] == "U0WINWIN"
    assert answer["team_id"] == "T01WINWIN"
    assert answer["bot_id"] == "B01WINWIN"
    scopes = "commands,chat:write,users:read,im:history,app_mentions:read"
    assert answer.headers["x-oauth-scopes"] == scopes


@pytest.mark.parametrize(
    ("token", "error"),
    [
        ("", "not_authed"),
        ("xoxb-wrong", "invalid_auth"),
        ("xapp-playground", "not_allowed_token_type"),
    ],
)
def test_refuses_wrong_tokens(slack: Slack, token: str, error: str) -> None:
    answer = httpx.post(f"{slack.api_url}auth.test", data={"token": token}, trust_env=False).json()
    assert answer == {"ok": False, "error": error}


def test_unknown_method(client: WebClient) -> None:
    assert refused(lambda: client.api_call("chat.shout")) == "unknown_method"


def test_a_token_without_the_scope_is_told_which(client: WebClient, slack: Slack) -> None:
    slack.state.app.scopes = ("commands",)
    with pytest.raises(SlackApiError) as error:
        client.chat_postMessage(channel="U01LENA", text="hi")
    assert error.value.response["error"] == "missing_scope"
    assert error.value.response["needed"] == "chat:write"
    assert error.value.response["provided"] == "commands"


@pytest.mark.parametrize(
    ("method", "args", "needed"),
    [
        ("conversations.open", {"users": "U01LENA"}, "im:write"),
        ("conversations.history", {"channel": "C01LAUNCH"}, "channels:history"),
        ("conversations.members", {"channel": "C01LAUNCH"}, "channels:read"),
        ("conversations.info", {"channel": "C01LAUNCH"}, "channels:read"),
        ("conversations.info", {"channel": "C03SECRET"}, "groups:read"),
        ("users.info", {"user": "U01LENA"}, "users:read"),
        ("users.list", {}, "users:read"),
        ("chat.update", {"channel": "C01LAUNCH", "ts": "1.0", "text": "x"}, "chat:write"),
    ],
)
def test_each_method_needs_its_scope(
    client: WebClient, slack: Slack, method: str, args: Json, needed: str
) -> None:
    members = {"U01LENA", "U0WINWIN"}
    slack.state.conversations["C03SECRET"] = Conversation(
        "C03SECRET", Kind.PRIVATE, "secret", members
    )
    slack.state.app.scopes = ("commands",)
    with pytest.raises(SlackApiError) as error:
        client.api_call(method, params=args)
    assert error.value.response["error"] == "missing_scope"
    assert error.value.response["needed"] == needed


def test_a_person_as_channel_opens_the_direct_message(client: WebClient, slack: Slack) -> None:
    answer = client.chat_postMessage(channel="U01LENA", text="Hello")
    assert answer["channel"].startswith("D")
    assert [message.text for message in slack.inbox("lena")] == ["Hello"]
    again = client.chat_postMessage(channel=answer["channel"], text="Again")
    assert again["channel"] == answer["channel"]
    assert float(again["ts"]) > float(answer["ts"])


def test_every_ts_is_the_clocks_and_no_two_are_equal() -> None:
    moment = datetime(2026, 11, 27, 16, 0, tzinfo=UTC)
    with Slack(workspace(clock=lambda: moment)) as slack:
        client = WebClient("xoxb-playground", base_url=slack.api_url)
        stamps = [client.chat_postMessage(channel="C01LAUNCH", text="x")["ts"] for _ in range(3)]
    assert stamps == ["1795795200.000000", "1795795200.000001", "1795795200.000002"]


def test_posting_is_refused_where_slack_refuses_it(client: WebClient, slack: Slack) -> None:
    state = slack.state
    state.conversations["C03OUT"] = Conversation("C03OUT", Kind.CHANNEL, "out", {"U01LENA"})
    state.conversations["C04OLD"] = Conversation(
        "C04OLD", Kind.CHANNEL, "old", {"U0WINWIN"}, archived=True
    )
    state.conversations["C05SECRET"] = Conversation("C05SECRET", Kind.PRIVATE, "s", {"U01LENA"})
    state.people["U09BOT"] = Person("U09BOT", "robot", "Robot", is_bot=True)
    between = state.direct("U01LENA", "U02REN")

    def post(channel: str, **more: object) -> Callable[[], object]:
        return lambda: client.api_call(
            "chat.postMessage", json={"channel": channel, "text": "x", **more}
        )

    assert refused(post("C99")) == "channel_not_found"
    assert refused(post("C03OUT")) == "not_in_channel"
    assert refused(post("C04OLD")) == "is_archived"
    assert refused(post("C05SECRET")) == "channel_not_found"
    assert refused(post(between.id)) == "channel_not_found"
    assert refused(post("U09BOT")) == "cannot_dm_bot"
    assert refused(post("C01LAUNCH", text="")) == "no_text"
    assert refused(post("C01LAUNCH", blocks="[")) == "invalid_blocks_format"
    assert refused(post("C01LAUNCH", blocks=[{"type": "x"}])) == "invalid_blocks"
    assert refused(post("C01LAUNCH", metadata={"event_type": 1})) == "invalid_metadata_format"
    big = {"event_type": "x", "event_payload": {"a": "b" * 17_000}}
    assert refused(post("C01LAUNCH", metadata=big)) == "metadata_too_large"
    state.app.messages_tab = False
    assert refused(post("U01LENA")) == "messages_tab_disabled"
    assert len(slack.refusals) == 12
    state.app.scopes += ("chat:write.public",)
    assert client.chat_postMessage(channel="C03OUT", text="x")["ok"]


def test_a_deactivated_persons_direct_message_still_takes_posts(
    client: WebClient, slack: Slack
) -> None:
    slack.state.people["U01LENA"].deleted = True
    assert client.chat_postMessage(channel="U01LENA", text="x")["ok"]


def test_text_is_cut_above_40000_and_noted(client: WebClient, slack: Slack) -> None:
    client.chat_postMessage(channel="C01LAUNCH", text="x" * 40_001)
    assert len(slack.messages("#launch")[0].text) == 40_000
    assert slack.refusals == [Refusal("chat.postMessage", "message_truncated")]


def test_update_and_delete(client: WebClient, slack: Slack) -> None:
    blocks = [{"type": "section", "text": {"type": "mrkdwn", "text": "old"}}]
    ts = client.chat_postMessage(channel="C01LAUNCH", text="old", blocks=blocks)["ts"]
    client.chat_update(channel="C01LAUNCH", ts=ts, text="new")
    (message,) = slack.messages("#launch")
    assert (message.text, message.blocks, message.ts) == ("new", [], ts)
    assert message.edited_ts is not None
    too_long = "x" * 4001
    assert refused(lambda: client.chat_update(channel="C01LAUNCH", ts=ts, text=too_long)) == (
        "msg_too_long"
    )
    assert refused(lambda: client.chat_update(channel="C01LAUNCH", ts="1.1", text="x")) == (
        "message_not_found"
    )
    slack.say("lena", "#launch", "mine")
    theirs = slack.messages("#launch")[-1].ts
    assert refused(lambda: client.chat_update(channel="C01LAUNCH", ts=theirs, text="x")) == (
        "cant_update_message"
    )
    assert refused(lambda: client.chat_delete(channel="C01LAUNCH", ts=theirs)) == (
        "cant_delete_message"
    )
    client.chat_delete(channel="C01LAUNCH", ts=ts)
    assert [each.text for each in slack.messages("#launch")] == ["mine"]


def test_an_ephemeral_message_is_seen_by_one_person_only(client: WebClient, slack: Slack) -> None:
    client.chat_postEphemeral(channel="C01LAUNCH", user="U01LENA", text="psst")
    assert [message.text for message in slack.visible("lena", "#launch")] == ["psst"]
    assert slack.visible("ren", "#launch") == []
    assert slack.messages("#launch") == []
    slack.state.conversations["C01LAUNCH"].members.remove("U02REN")
    for user, error in (("U02REN", "user_not_in_channel"), ("U99", "user_not_found")):
        args = {"channel": "C01LAUNCH", "user": user, "text": "x"}
        with pytest.raises(SlackApiError) as refusal:
            client.api_call("chat.postEphemeral", json=args)
        assert refusal.value.response["error"] == error


def test_permalink(client: WebClient, slack: Slack) -> None:
    ts = client.chat_postMessage(channel="C01LAUNCH", text="x")["ts"]
    link = client.chat_getPermalink(channel="C01LAUNCH", message_ts=ts)["permalink"]
    assert link == f"{slack.url}/archives/C01LAUNCH/p{ts.replace('.', '')}"
    assert refused(lambda: client.chat_getPermalink(channel="C01LAUNCH", message_ts="1.1")) == (
        "message_not_found"
    )


def test_history_is_newest_first_paged_and_shows_metadata_when_asked(
    client: WebClient, slack: Slack
) -> None:
    metadata = {"event_type": "winwin", "event_payload": {"message_id": "m1"}}
    channel = client.chat_postMessage(channel="U01LENA", text="0", metadata=metadata)["channel"]
    for number in range(1, 5):
        client.chat_postMessage(channel=channel, text=str(number))
    client.chat_postMessage(channel="C01LAUNCH", text="elsewhere")
    assert slack.inbox("lena")[0].metadata == metadata

    first = client.conversations_history(channel=channel, limit=3)
    assert [each["text"] for each in first["messages"]] == ["4", "3", "2"]
    assert first["has_more"]
    cursor = first["response_metadata"]["next_cursor"]
    rest = client.conversations_history(
        channel=channel, limit=3, cursor=cursor, include_all_metadata=True
    )
    assert [each["text"] for each in rest["messages"]] == ["1", "0"]
    assert rest["messages"][1]["metadata"] == metadata
    plain = client.conversations_history(channel=channel)
    assert "metadata" not in plain["messages"][-1]

    oldest = plain["messages"][1]["ts"]
    since = client.conversations_history(channel=channel, oldest=oldest)
    assert [each["text"] for each in since["messages"]] == ["4"]
    since = client.conversations_history(channel=channel, oldest=oldest, inclusive=True)
    assert [each["text"] for each in since["messages"]] == ["4", "3"]
    assert refused(lambda: client.conversations_history(channel="D99")) == "channel_not_found"
    assert refused(lambda: client.conversations_history(channel=channel, cursor="?")) == (
        "invalid_cursor"
    )


def test_opening_conversations(client: WebClient, slack: Slack) -> None:
    slack.state.app.scopes += ("im:write", "mpim:write")
    opened = client.conversations_open(users="U01LENA")["channel"]["id"]
    assert opened == slack.dm_with("lena").id
    group = client.conversations_open(users=["U01LENA", "U02REN"])["channel"]["id"]
    assert slack.state.conversations[group].members == {"U01LENA", "U02REN", "U0WINWIN"}
    assert refused(lambda: client.conversations_open(users="U99")) == "user_not_found"
    slack.state.people["U02REN"].deleted = True
    assert refused(lambda: client.conversations_open(users="U02REN")) == "user_disabled"


def test_members_info_and_people(client: WebClient, slack: Slack) -> None:
    slack.state.app.scopes += ("channels:read",)
    members = client.conversations_members(channel="C01LAUNCH", limit=3)
    assert members["members"] == ["U01LENA", "U02REN", "U03MAYA"]
    cursor = members["response_metadata"]["next_cursor"]
    rest = client.conversations_members(channel="C01LAUNCH", limit=3, cursor=cursor)
    assert rest["members"] == ["U04ASHA", "U0WINWIN"]
    assert client.conversations_info(channel="C01LAUNCH")["channel"]["name"] == "launch"
    ren = client.users_info(user="U02REN", include_locale=True)["user"]
    assert (ren["tz"], ren["tz_offset"], ren["locale"]) == ("Asia/Tokyo", 32400, "en-US")
    assert refused(lambda: client.users_info(user="U99")) == "user_not_found"
    slack.state.people["U02REN"].deleted = True
    assert "tz" not in client.users_info(user="U02REN")["user"]
    first = client.users_list(limit=3)
    assert len(first["members"]) == 3
    rest = client.users_list(limit=3, cursor=first["response_metadata"]["next_cursor"])
    assert [each["id"] for each in rest["members"]] == ["U04ASHA", "U0WINWIN"]


def test_faults_on_demand(client: WebClient, slack: Slack) -> None:
    def post() -> object:
        return client.chat_postMessage(channel="C01LAUNCH", text="x")

    slack.faults.add("chat.postMessage", Fault.rate_limited(30))
    with pytest.raises(SlackApiError) as limited:
        post()
    assert limited.value.response.status_code == 429
    assert limited.value.response.headers["retry-after"] == "30"
    slack.faults.add("chat.postMessage", Fault.slack_error("fatal_error"))
    assert refused(post) == "fatal_error"
    slack.faults.add("*", Fault.http(503))
    with pytest.raises(SlackApiError) as broken:
        post()
    assert broken.value.response.status_code == 503
    slack.faults.add("chat.postMessage", Fault.drop_before())
    with pytest.raises(OSError, match=r"closed|reset"):
        post()
    assert slack.messages("#launch") == []
    slack.faults.add("chat.postMessage", Fault.drop_after())
    with pytest.raises(OSError, match=r"closed|reset"):
        post()
    assert len(slack.messages("#launch")) == 1
    slack.faults.add("chat.postMessage", Fault.garbled())
    with pytest.raises(SlackApiError):
        post()
    assert len(slack.messages("#launch")) == 2
    slack.faults.add("chat.postMessage", Fault.cut())
    with pytest.raises(http.client.IncompleteRead):
        post()
    assert len(slack.messages("#launch")) == 3
    slack.faults.add("chat.postMessage", Fault.rate_limited("soon"))
    with pytest.raises(SlackApiError) as absurd:
        post()
    assert absurd.value.response.headers["retry-after"] == "soon"
    slack.faults.add("chat.postMessage", Fault.rate_limited(None))
    with pytest.raises(SlackApiError) as silent:
        post()
    assert "retry-after" not in silent.value.response.headers
    slack.faults.add("chat.postMessage", Fault.slow(0.05), when=lambda args: args["text"] == "x")
    post()
    assert slack.traffic[-1].seconds >= 0.05
    assert slack.refusals == []


def test_a_trickle_never_ends(slack: Slack) -> None:
    slack.faults.add("api.test", Fault.trickling(0.001))
    with httpx.stream("POST", slack.api_url + "api.test", trust_env=False) as answer:
        assert b"".join(itertools.islice(answer.iter_raw(1), 20)) == b" " * 20


def test_faults_over_the_json_api(client: WebClient, slack: Slack) -> None:
    def drive(verb: str, body: Json) -> None:
        httpx.post(f"{slack.url}/_playground/{verb}", json=body, trust_env=False).raise_for_status()

    plan = {"method": "chat.postMessage", "fault": {"error": "is_archived", "handled": False}}
    drive("fault", plan | {"times": 9, "only": {"text": "y"}})
    assert client.chat_postMessage(channel="C01LAUNCH", text="x")["ok"]
    assert refused(lambda: client.chat_postMessage(channel="C01LAUNCH", text="y")) == "is_archived"
    drive("mend", {})
    assert client.chat_postMessage(channel="C01LAUNCH", text="y")["ok"]


def test_a_response_url_works_five_times(slack: Slack) -> None:
    path = slack.state.new_response_url("U01LENA", "C01LAUNCH")

    def answer(body: Json) -> httpx.Response:
        return httpx.post(slack.url + path, json=body, trust_env=False)

    assert answer({"text": "1"}).text == "ok"
    assert answer({"text": "2", "response_type": "in_channel"}).text == "ok"
    assert answer({"blocks": [{"type": "x"}]}).json()["error"] == "invalid_blocks"
    assert answer({}).json()["error"] == "no_text"
    assert answer({"text": "5"}).text == "ok"
    spent = answer({"text": "6"})
    assert (spent.status_code, spent.json()["error"]) == (404, "used_url")
    assert [message.text for message in slack.visible("lena", "#launch")] == ["1", "2", "5"]
    assert [message.text for message in slack.messages("#launch")] == ["2"]


def test_a_response_url_replaces_and_deletes_the_original(client: WebClient, slack: Slack) -> None:
    client.chat_postEphemeral(channel="C01LAUNCH", user="U01LENA", text="old")
    (message,) = slack.visible("lena", "#launch")
    url = slack.url + slack.state.new_response_url("U01LENA", "C01LAUNCH", message.ts)
    httpx.post(url, json={"replace_original": True, "text": "new"}, trust_env=False)
    assert [each.text for each in slack.visible("lena", "#launch")] == ["new"]
    httpx.post(url, json={"delete_original": True}, trust_env=False)
    assert slack.visible("lena", "#launch") == []


def test_an_uninstalled_apps_token_is_dead(client: WebClient, slack: Slack) -> None:
    slack.state.app.installed = False
    assert refused(client.auth_test) == "account_inactive"


def test_tokens_stand_in_no_record(client: WebClient, slack: Slack) -> None:
    client.auth_test()
    client.api_call("auth.test", params={"token": "xoxb-playground"})
    assert not re.search(r"xox[bp]-", str(slack.traffic))


def test_the_app_can_be_given_other_names() -> None:
    app = App(bot_user_id="U0OTHER", name="Other", bot_token="xoxb-other")
    with Slack(workspace(app=app)) as slack:
        answer = WebClient("xoxb-other", base_url=slack.api_url).auth_test()
        assert (answer["user_id"], answer["user"]) == ("U0OTHER", "other")
