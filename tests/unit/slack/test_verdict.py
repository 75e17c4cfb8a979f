"""Every failure of a call has its verdict: later, never, or nobody knows."""

from __future__ import annotations

import socket
import ssl
from datetime import timedelta

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse

from bot.services.ports import LaterError, RefusedError, UnknownError
from bot.services.timing import Timing
from bot.slack.codes import MEANINGS, Fate, meaning
from bot.slack.deadline import AnswerLostError, NotSentError
from bot.slack.verdict import verdict

TIMING = Timing()


def answered(
    code: object, status: int = 200, headers: dict[str, object] | None = None
) -> SlackApiError:
    response = SlackResponse(
        client=WebClient(),
        http_verb="POST",
        api_url="",
        req_args={},
        data={"ok": False, "error": code},
        headers=dict(headers or {}),
        status_code=status,
    )
    return SlackApiError("", response)  # type: ignore[no-untyped-call]  # the SDK's own


@pytest.mark.parametrize("code", ["fatal_error", "internal_error", "service_unavailable"])
def test_nobody_knows_after_an_error_of_slacks_own(code: str) -> None:
    assert isinstance(verdict(answered(code), TIMING)[1], UnknownError)
    assert isinstance(verdict(answered(code, 500), TIMING)[1], UnknownError)


@pytest.mark.parametrize("status", [500, 502, 503, 504])
@pytest.mark.parametrize("code", ["Received a response in a non-JSON format: <html>", "odd", ""])
def test_nobody_knows_after_a_broken_server(status: int, code: str) -> None:
    assert isinstance(verdict(answered(code, status), TIMING)[1], UnknownError)


@pytest.mark.parametrize(
    "code",
    [
        "channel_not_found",
        "not_in_channel",
        "is_archived",
        "user_not_found",
        "user_disabled",
        "restricted_action",
        "msg_too_long",
        "invalid_blocks",
        "a_code_of_tomorrow",
    ],
)
def test_a_no_is_one_for_good(code: str) -> None:
    name, raised = verdict(answered(code), TIMING)
    assert name == code
    assert isinstance(raised, RefusedError)


@pytest.mark.parametrize(
    ("code", "holds_back"),
    [
        ("token_revoked", True),
        ("account_inactive", True),
        ("invalid_auth", True),
        ("missing_scope", True),
        ("messages_tab_disabled", False),
    ],
)
def test_what_somebody_can_mend_waits(code: str, *, holds_back: bool) -> None:
    raised = verdict(answered(code), TIMING)[1]
    assert isinstance(raised, LaterError)
    assert (raised.seconds, raised.holds_back) == (300.0, holds_back)
    assert meaning(code).do


@pytest.mark.parametrize(
    ("named", "seconds"),
    [
        (None, 30),
        ("", 30),
        ("-5", 30),
        ("soon", 30),
        ("1e12", 30),
        ("1.5", 30),
        ("²", 30),
        ("Wed, 21 Oct 2026 07:28:00 GMT", 30),
        ("0", 1),
        ("17", 17),
        (["18"], 18),
        ("1000000000000", 3600),
        ("9" * 5000, 3600),
    ],
)
@pytest.mark.parametrize(("status", "code"), [(429, "ratelimited"), (200, "ratelimited")])
def test_an_absurd_retry_after_does_no_harm(
    named: object, seconds: int, status: int, code: str
) -> None:
    headers = {} if named is None else {"Retry-After": named}
    name, raised = verdict(answered(code, status, headers), TIMING)
    assert name == "ratelimited"
    assert isinstance(raised, LaterError)
    assert raised.seconds == seconds
    assert raised.holds_back


def test_a_429_without_words_is_one_all_the_same() -> None:
    raised = verdict(answered("Received a response in a non-JSON format: ", 429), TIMING)[1]
    assert isinstance(raised, LaterError)


@pytest.mark.parametrize(("status", "kind"), [(403, LaterError), (407, LaterError)])
def test_a_proxy_that_turns_it_away_is_to_be_mended(status: int, kind: type[Exception]) -> None:
    assert isinstance(verdict(answered("<html>", status), TIMING)[1], kind)


@pytest.mark.parametrize("status", [200, 302, 408])
def test_another_answer_without_words_tells_nothing(status: int) -> None:
    assert isinstance(verdict(answered("<html>", status), TIMING)[1], UnknownError)


@pytest.mark.parametrize(
    ("cause", "code"),
    [
        (socket.gaierror(-2, "Name or service not known"), "name_not_known"),
        (ConnectionRefusedError(), "connection_refused"),
        (ssl.SSLCertVerificationError(), "certificate_not_trusted"),
        (ssl.SSLEOFError(), "tls_failed"),
        (TimeoutError(), "not_connected"),
        (ConnectionResetError(), "not_connected"),
    ],
)
def test_what_never_left_waits(cause: Exception, code: str) -> None:
    name, raised = verdict(NotSentError(cause), TIMING)
    assert name == code
    assert isinstance(raised, LaterError)
    assert raised.seconds == TIMING.unreachable / timedelta(seconds=1)
    assert meaning(code).do


@pytest.mark.parametrize(
    ("cause", "code"),
    [
        (TimeoutError(), "timed_out"),
        (ConnectionResetError(), "answer_lost"),
        (ssl.SSLError(), "answer_lost"),
        (ConnectionRefusedError(), "answer_lost"),
    ],
)
def test_what_may_have_left_is_of_unknown_fate(cause: Exception, code: str) -> None:
    name, raised = verdict(AnswerLostError(cause), TIMING)
    assert name == code
    assert isinstance(raised, UnknownError)


def test_whoever_has_to_wait_for_somebody_is_told_what_to_do() -> None:
    for code, found in MEANINGS.items():
        assert found.says, code
        if found.fate in {Fate.WAITS, Fate.WAITS_ALONE}:
            assert found.do, code
        if found.do:
            assert found.do.endswith("."), code
