"""What would be answered too late is not saved, and what nobody signed is not read."""

import io
import time
from datetime import timedelta

import httpx

from bot.playground.delivery import sign
from bot.playground.faults import Fault
from bot.services.timing import Timing
from tests.support.databases import Databases
from tests.support.stage import Stage, staged

BODY = b"command=/expect&text=the+secret&user_id=U01LENA&channel_id=C01LAUNCH&trigger_id=1.2"


def test_what_takes_too_long_is_undone_and_said(databases: Databases) -> None:
    url = databases.migrated("sqlite")
    with staged(url, timing=Timing(answer_within=timedelta(seconds=0.5))) as stage:
        stage.slack.faults.add("users.info", Fault.slow(0.7))
        said = stage.expect("lena", "@asha to send the draft by friday")
        assert said == "That took too long, so nothing was saved; please try again."
        assert stage.inbox("asha") == []
        assert stage.expect("lena", "list") == "You have nothing open."
        said = stage.expect("lena", "@asha to send the draft by friday")
        assert "(E-1)" in said  # the number was not lost either

        stage.press("asha", stage.last("asha", about="draft"), "Suggest a change")
        stage.slack.faults.add("users.info", Fault.slow(0.7))
        stage.clock.at += timedelta(days=2)  # profiles are read anew
        errors = stage.submit("asha", {"By when": "2026-11-30"})
        assert errors == {"note": "That took too long, so nothing was saved; please try again."}
        assert "Friday, 27 November" in stage.expect("lena", "show E-1")
    databases.drop(url)


def post(
    stage: Stage, timestamp: str, signature: bytes | str, body: bytes = BODY
) -> httpx.Response:
    assert stage.slack.app_url is not None
    headers = {
        b"Content-Type": b"application/x-www-form-urlencoded",
        b"X-Slack-Request-Timestamp": timestamp.encode(),
        b"X-Slack-Signature": signature if isinstance(signature, bytes) else signature.encode(),
    }
    return httpx.post(stage.slack.app_url, content=body, headers=headers, timeout=5)


def test_what_is_not_signed_by_slack_is_refused_and_not_logged(
    stage: Stage, logs: io.StringIO
) -> None:
    now = str(int(time.time()))
    old = str(int(time.time()) - 600)
    secret = stage.slack.state.app.signing_secret
    refused = [
        post(stage, "yesterday", sign(secret, now, BODY)),
        post(stage, "", sign(secret, now, BODY)),
        post(stage, "-1", sign(secret, now, BODY)),
        post(stage, "9" * 400, sign(secret, now, BODY)),
        post(stage, now, "v0=ünsigned".encode()),
        post(stage, now, "v0=" + "0" * 64),
        post(stage, now, ""),
        post(stage, now, sign("another secret", now, BODY)),
        post(stage, old, sign(secret, old, BODY)),
        post(stage, now, "v0=0", b"payload=the secret is no JSON"),
    ]
    assert [response.status_code for response in refused] == [401] * len(refused)
    assert post(stage, now, sign(secret, now, BODY)).status_code == 200
    assert "secret" not in logs.getvalue()
    assert "U01LENA" not in logs.getvalue()


def test_slack_may_ask_whether_anybody_is_there(stage: Stage) -> None:
    assert stage.slack.app_url is not None
    body = b'{"type": "url_verification", "challenge": "c1"}'
    now = str(int(time.time()))
    headers = {
        "Content-Type": "application/json",
        "X-Slack-Request-Timestamp": now,
        "X-Slack-Signature": sign(stage.slack.state.app.signing_secret, now, body),
    }
    response = httpx.post(stage.slack.app_url, content=body, headers=headers, timeout=5)
    assert response.status_code == 200
    assert "c1" in response.text
