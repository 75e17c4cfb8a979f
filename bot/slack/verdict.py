"""From a failed call to what may be done next: try again later, never again, or look for it."""

import re
import socket
import ssl
from collections.abc import Mapping
from datetime import timedelta
from http import HTTPStatus
from typing import Any

from slack_sdk.errors import SlackApiError

from bot.services.ports import LaterError, RefusedError, SendError, UnknownError
from bot.services.timing import Timing
from bot.slack.codes import MEANINGS, Fate, meaning
from bot.slack.deadline import NotSentError

NOT_JSON = "not_json"
ANOTHER = "answered_by_another"

_LIMITED = "ratelimited"
_CODE = re.compile(r"[a-z0-9_]{1,100}")
_NOT_CONNECTED: tuple[tuple[type[Exception], str], ...] = (
    (socket.gaierror, "name_not_known"),
    (ConnectionRefusedError, "connection_refused"),
    (ssl.SSLCertVerificationError, "certificate_not_trusted"),
    (ssl.SSLError, "tls_failed"),
)
"""Why a connection was not made; the first that fits."""

_UNANSWERED = frozenset({HTTPStatus.REQUEST_TIMEOUT})
"""After these of the 4xx nobody knows whether the request was acted upon."""


_DIGITS = 9
"""A Retry-After of more is longer than any that is waited for."""


def verdict(error: SlackApiError | OSError, timing: Timing) -> tuple[str, SendError]:
    """Return a failed call's code, in Slack's words or ours, and what is to be raised for it."""
    if isinstance(error, SlackApiError):
        return _of_answer(error, timing)
    if isinstance(error, NotSentError):
        code = not_connected(error)
        return code, LaterError(code, timing.unreachable.total_seconds())
    cause = getattr(error, "cause", error)
    code = "timed_out" if isinstance(cause, TimeoutError) else "answer_lost"
    return code, UnknownError(code)


def not_connected(error: NotSentError) -> str:
    """Return why no connection was made, as a code of ours."""
    found = (code for kind, code in _NOT_CONNECTED if isinstance(error.cause, kind))
    return next(found, "not_connected")


def code_of(error: SlackApiError) -> str:
    """Return Slack's word for a refusal; the SDK puts a sentence there, with the body in it."""
    data = error.response.data
    code = str(data.get("error")) if isinstance(data, dict) else NOT_JSON
    return code if _CODE.fullmatch(code) else NOT_JSON


def _of_answer(error: SlackApiError, timing: Timing) -> tuple[str, SendError]:
    code, status = code_of(error), error.response.status_code
    fate = meaning(code).fate
    if status == HTTPStatus.TOO_MANY_REQUESTS or fate is Fate.SLOW_DOWN:
        wait = retry_after(error.response.headers, timing)
        return _LIMITED, LaterError(_LIMITED, wait.total_seconds())
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        code = code if code in MEANINGS and code != NOT_JSON else f"http_{status}"
        return code, UnknownError(code)
    if code == NOT_JSON and _turned_away(status):
        code, fate = ANOTHER, Fate.WAITS
    match fate:
        case Fate.UNKNOWN:
            return code, UnknownError(code)
        case Fate.WAITS | Fate.WAITS_ALONE:
            wait = timing.mendable
            alone = fate is Fate.WAITS_ALONE
            return code, LaterError(code, wait.total_seconds(), holds_back=not alone)
        case _:
            return code, RefusedError(code)


def _turned_away(status: int) -> bool:
    """Tell whether HTTP itself says that the request was not acted upon."""
    in_range = HTTPStatus.BAD_REQUEST <= status < HTTPStatus.INTERNAL_SERVER_ERROR
    return in_range and status not in _UNANSWERED


def retry_after(headers: Mapping[str, Any], timing: Timing) -> timedelta:
    """Return how long Slack wants to be left alone; what is no number of seconds names no time."""
    value = {name.lower(): value for name, value in headers.items()}.get("retry-after")
    text = str(value[0] if isinstance(value, list) and value else value).strip()
    if not (text.isascii() and text.isdigit()):
        return timing.slow_down
    named = timedelta(seconds=int(text)) if len(text) <= _DIGITS else timing.longest_slow_down
    return min(max(named, timing.backoff), timing.longest_slow_down)
