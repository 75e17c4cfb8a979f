"""`/expect` as Slack sends it: signed, from many people, each with a trigger of its own."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import count
from urllib.parse import urlencode

from slack_sdk.signature import SignatureVerifier

from bench.slack import TEAM

SECRET = "8f742231b10e8888abcd99yyyzzz85a5"  # noqa: S105 - Slack's example, of no app
TOKEN = "xoxb-bench"  # noqa: S105 - of the Slack in bench/slack.py
CHANNEL = "C01LAUNCH"

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
"""10:00 where everybody is: what is said reaches them at once."""

_PEOPLE = 50
_verifier = SignatureVerifier(SECRET)


def person(number: int) -> str:
    """Return somebody's user id."""
    return f"U{number:04}"


def commands(prefix: str) -> Iterator[tuple[dict[str, str], bytes]]:
    """Yield headers and bodies of requests that each create one expectation."""
    for number in count():
        by, owner = person(number % _PEOPLE), person((number + 7) % _PEOPLE)
        yield signed(
            {
                "command": "/expect",
                "text": f"<@{owner}|them> to send the draft of the launch plan by friday",
                "user_id": by,
                "user_name": "somebody",
                "team_id": TEAM,
                "team_domain": "bench",
                "channel_id": CHANNEL,
                "channel_name": "launch",
                "api_app_id": "A01BENCH",
                "token": "unused",
                "response_url": "https://hooks.slack.com/commands/1/2",
                "trigger_id": f"{prefix}.{number}",
            }
        )


def signed(form: dict[str, str]) -> tuple[dict[str, str], bytes]:
    """Return a form as Slack posts it."""
    body = urlencode(form).encode()
    timestamp = str(int(time.time()))
    signature = _verifier.generate_signature(timestamp=timestamp, body=body)
    assert signature is not None  # noqa: S101 - it has a body
    headers = {
        "Content-Type": "application/x-www-form-urlencoded",
        "X-Slack-Request-Timestamp": timestamp,
        "X-Slack-Signature": signature,
    }
    return headers, body
