"""The JSON API with which the page, or a test of another process, drives the simulated Slack."""

from __future__ import annotations

import signal
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import httpx
import pytest

from bot.playground import Slack, workspace
from bot.playground.control import next_friday
from tests.scenario.playground.other_app import OtherApp, over_http

if TYPE_CHECKING:
    from collections.abc import Iterator

Json = dict[str, Any]


class MovedTime:
    """A clock that the page moves."""

    def __init__(self) -> None:
        self.at = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)

    def now(self) -> datetime:
        return self.at

    def advance(self, to: datetime) -> None:
        self.at = to

    def next_list(self, user: str) -> datetime | None:
        return self.at + timedelta(hours=5) if user == "U01LENA" else None


@pytest.fixture
def api(slack: Slack) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=f"{slack.url}/_playground/", trust_env=False) as client:
        yield client


@pytest.fixture
def other(slack: Slack) -> Iterator[OtherApp]:
    with over_http(slack) as app:
        yield app


def post(api: httpx.Client, verb: str, **body: object) -> Json:
    answer: Json = api.post(verb, json=body).json()
    return answer


def screen(api: httpx.Client, user: str, where: str = "") -> Json:
    shown: Json = api.get("screen", params={"user": user, "where": where}).json()
    return shown


def test_a_form_from_command_to_submission(
    slack: Slack, api: httpx.Client, other: OtherApp
) -> None:
    result = post(api, "command", user="U01LENA", where="C01LAUNCH", command="/expect", text="form")
    assert result["acknowledged"]
    slack.wait_until(lambda: slack.modal("lena"))
    (modal,) = screen(api, "U01LENA")["modals"]
    assert modal["title"]["text"] == "Order"
    refused = post(api, "submit", user="U01LENA", values={"name/text": "wrong", "size/size": "l"})
    assert refused["errors"] == {"name": "Not that one."}
    assert screen(api, "U01LENA")["modals"][0]["errors"] == {"name": "Not that one."}
    offered = post(
        api,
        "suggest",
        user="U01LENA",
        wanted="topping/topping",
        query="On",
        **{"in": {"view_id": modal["id"]}},
    )
    assert [each["value"] for each in offered["options"]] == ["onions"]
    assert post(api, "submit", user="U01LENA", values={"name/text": "Lena"})["acknowledged"]
    assert screen(api, "U01LENA")["modals"] == []
    assert other.seen[-1]["view"]["state"]["values"]["name"]["text"]["value"] == "Lena"


def test_messages_are_pressed_and_each_sees_their_own(
    slack: Slack, api: httpx.Client, other: OtherApp
) -> None:
    post(api, "command", user="U01LENA", where="C01LAUNCH", command="/expect", text="post")
    slack.wait_until(lambda: slack.messages("#launch"))
    (message,) = screen(api, "U02REN", "C01LAUNCH")["messages"]
    place = {"channel": message["channel"], "ts": message["ts"]}
    pressed = post(api, "press", user="U02REN", wanted="answer/accept", **{"in": place})
    assert pressed["acknowledged"]
    slack.wait_until(lambda: slack.messages("#launch")[0].text == "Accepted 42")
    post(api, "command", user="U01LENA", where="C01LAUNCH", command="/expect", text="x")
    assert len(screen(api, "U01LENA", "C01LAUNCH")["messages"]) == 2
    assert len(screen(api, "U02REN", "C01LAUNCH")["messages"]) == 1
    post(api, "open_home", user="U01LENA")
    slack.wait_until(lambda: slack.home("lena"))
    assert screen(api, "U01LENA")["home"]["type"] == "home"
    assert other.seen
    assert post(api, "refusals") == {"refusals": []}
    assert "auth.test" in {each["name"] for each in post(api, "traffic")["traffic"]}


def test_nothing_new_is_answered_with_204(slack: Slack, api: httpx.Client) -> None:
    shown = screen(api, "U01LENA")
    params = {"user": "U01LENA", "since": shown["revision"]}
    assert api.get("screen", params=params).status_code == 204
    slack.say("lena", "#launch", "hello")
    assert api.get("screen", params=params).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"host": "evil.example"},
        {"host": "127.0.0.1.evil.example", "origin": "http://127.0.0.1.evil.example"},
    ],
)
def test_refuses_other_origins(api: httpx.Client, headers: dict[str, str]) -> None:
    assert api.get("screen", headers=headers).status_code == 403
    assert api.post("say", headers=headers, json={}).status_code == 403


def test_takes_json_only_which_no_foreign_form_can_send(api: httpx.Client) -> None:
    assert api.post("say", data={"user": "U01LENA"}).status_code == 415


@pytest.mark.parametrize(
    ("verb", "body"),
    [
        ("fly", {}),
        ("say", {"user": "U01LENA"}),
        ("say", {"user": "U99", "where": "C01LAUNCH", "text": "x"}),
        ("press", {"user": "U01LENA", "in": {"view_id": "V9"}, "wanted": "x"}),
        ("press", {"user": "U01LENA", "in": {"channel": "C9", "ts": "1"}, "wanted": "x"}),
        ("advance", {"user": "U01LENA", "to": "hour"}),
    ],
)
def test_says_what_cannot_be_done(api: httpx.Client, verb: str, body: Json) -> None:
    answer = api.post(verb, json=body)
    assert answer.status_code == 400
    assert answer.json()["error"]


def test_the_clock_is_moved() -> None:
    time = MovedTime()
    with Slack(workspace(clock=time.now), time=time) as slack:
        api = httpx.Client(base_url=f"{slack.url}/_playground/", trust_env=False)
        assert screen(api, "U01LENA")["clock"] is True
        assert post(api, "advance", user="U01LENA", to="hour")["now"].startswith("2026-11-25T10:00")
        assert post(api, "advance", user="U01LENA", to="list")["now"].startswith("2026-11-25T15:00")
        assert post(api, "advance", user="U02REN", to="list")["now"].startswith("2026-11-25T15:00")
        friday = post(api, "advance", user="U01LENA", to="friday")["now"]
        assert datetime.fromisoformat(friday) == datetime(2026, 11, 27, 15, 0, tzinfo=UTC)
        to = "2026-12-01T08:00:00+00:00"
        assert post(api, "advance", user="U01LENA", to=to)["now"] == to
        api.close()


def test_friday_at_four_is_always_ahead() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    at_four = datetime(2026, 11, 27, 16, 0, tzinfo=berlin)
    assert next_friday(at_four - timedelta(minutes=1), berlin) == at_four
    assert next_friday(at_four, berlin) == datetime(2026, 12, 4, 16, 0, tzinfo=berlin)


def test_a_used_port_is_answered_with_the_next_free_one() -> None:
    with Slack(workspace()) as first:
        port = int(first.url.rsplit(":", 1)[1])
        with Slack(workspace(), port=port, next_free_port=True) as second:
            assert second.url != first.url
            assert httpx.get(second.url, trust_env=False).status_code == 200
        with pytest.raises(OSError, match="in use"):
            Slack(workspace(), port=port).start()


def test_the_page_is_served_and_fetches_nothing_from_elsewhere(slack: Slack) -> None:
    with httpx.Client(base_url=slack.url, trust_env=False) as client:
        for path in ("/", "/archives/C01LAUNCH/p1795795200000000"):
            page = client.get(path)
            assert page.status_code == 200
            assert page.headers["content-type"].startswith("text/html")
            assert "default-src 'self'" in page.headers["content-security-policy"]
            assert "frame-ancestors 'none'" in page.headers["content-security-policy"]
            assert '<html lang="en-US"' in page.text
        assert client.get("/nowhere").status_code == 404


def test_a_process_of_its_own() -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "bot.playground", "--socket"], stdout=subprocess.PIPE, text=True
    )
    try:
        assert process.stdout is not None
        url = process.stdout.readline().strip()
        answer = httpx.post(
            f"{url}api/auth.test",
            headers={"authorization": "Bearer xoxb-playground"},
            trust_env=False,
        )
        assert answer.json()["ok"]
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=10) == 0
    finally:
        process.kill()
        process.communicate()
