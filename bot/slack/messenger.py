"""The port `Slack` on Slack's Web API: posts once, and says what became of it."""

import http.client
import json
import re
import socket
import ssl
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial
from http import HTTPStatus
from typing import Any
from urllib.error import HTTPError, URLError

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse

from bot.services.ports import Content, LaterError, Posted, Profile, RefusedError, UnknownError
from bot.slack.text import storable

METADATA_TYPE = "winwin_message"

_SLACKBOT = "USLACKBOT"

_UNKNOWN = frozenset({"fatal_error", "internal_error", "service_unavailable", "request_timeout"})
"""After these nobody knows whether Slack took the message."""

_SLOW_DOWN = frozenset({"ratelimited", "rate_limited"})

_MENDABLE = frozenset(
    {
        "account_inactive",
        "invalid_auth",
        "missing_scope",
        "not_authed",
        "token_expired",
        "token_revoked",
    }
)
"""Somebody can mend these; until then the message waits."""

_NOT_JSON = "not_json"
_CODE = re.compile(r"[a-z0-9_]+")

_PAGE = 200
_MOST_PAGES = 10
"""So much of a conversation is read back."""

_AFTER_MENDABLE = 300.0
_AFTER_REFUSED_CONNECTION = 5.0
_RETRY_AFTER = 30.0  # where Slack does not say
_LONGEST_RETRY_AFTER = 3600.0


class Messenger:
    """Slack for the services, in one workspace."""

    def __init__(self, client: WebClient, team_id: str) -> None:
        self._client = client
        self._team_id = team_id

    def profile(self, user: str) -> Profile:
        """Read who somebody is."""
        answer = _call(lambda: self._client.users_info(user=user, include_locale=True))
        return profile_of(answer["user"], self._team_id)

    def post(self, to: str, content: Content, message_id: str) -> Posted:
        """Post to a channel, or to a person's direct messages."""
        answer = _call(
            lambda: self._client.chat_postMessage(
                channel=to,
                text=content.text,
                blocks=_plain(content.blocks),
                metadata={
                    "event_type": METADATA_TYPE,
                    "event_payload": {"message_id": message_id},
                },
                unfurl_links=False,
                unfurl_media=False,
            )
        )
        return Posted(channel=answer["channel"], ts=answer["ts"])

    def update(self, channel: str, ts: str, content: Content) -> None:
        """Show the present state in a message that is there."""
        _call(
            lambda: self._client.chat_update(
                channel=channel, ts=ts, text=content.text, blocks=_plain(content.blocks)
            )
        )

    def find(self, channel: str, message_id: str, since: datetime) -> tuple[Posted, ...]:
        """Read a conversation back; return each post that carries the id, the first one first.

        Raise RefusedError where it may not be read, and UnknownError where it is too long.
        """
        found: list[Posted] = []
        cursor = None
        for _ in range(_MOST_PAGES):
            answer = _read(partial(self._page, channel, since, cursor))
            messages: list[dict[str, Any]] = answer.get("messages") or []
            found += [
                Posted(channel=channel, ts=each["ts"])
                for each in messages
                if _carries(each, message_id)
            ]
            cursor = (answer.get("response_metadata") or {}).get("next_cursor")
            if not cursor:
                return tuple(sorted(found, key=lambda posted: float(posted.ts)))
        raise UnknownError("history_too_long")

    def _page(self, channel: str, since: datetime, cursor: str | None) -> SlackResponse:
        return self._client.conversations_history(
            channel=channel,
            oldest=f"{since.timestamp():.6f}",
            include_all_metadata=True,
            limit=_PAGE,
            cursor=cursor,
        )

    def delete(self, posted: Posted) -> None:
        """Take a message back."""
        _call(lambda: self._client.chat_delete(channel=posted.channel, ts=posted.ts))

    def publish_home(self, user: str, view: Mapping[str, object]) -> None:
        """Show somebody's Home."""
        _call(lambda: self._client.views_publish(user_id=user, view=dict(view)))


def profile_of(user: Mapping[str, Any], team_id: str) -> Profile:
    """Read Slack's user object, as users.info and user_change give it."""
    shown = user.get("profile", {})
    name = shown.get("display_name") or shown.get("real_name") or user.get("real_name")
    return Profile(
        user=user["id"],
        name=storable(name or user.get("name") or user["id"]),
        zone=user.get("tz") or "",
        locale=user.get("locale") or "",
        active=not user.get("deleted", False),
        is_bot=bool(user.get("is_bot")) or user["id"] == _SLACKBOT,
        is_stranger=bool(user.get("is_stranger")) or user.get("team_id", team_id) != team_id,
    )


def _plain(blocks: Sequence[Mapping[str, object]]) -> list[dict[str, Any]]:
    return [dict(block) for block in blocks]


def _call(send: Callable[[], SlackResponse]) -> SlackResponse:
    """Call Slack; turn every failure into what may be done next."""
    try:
        return send()
    except SlackApiError as error:
        raise _classified(error) from error
    except URLError as error:  # also HTTPError
        raise _of_connection(error) from error
    except (OSError, http.client.HTTPException, json.JSONDecodeError) as error:
        raise UnknownError(type(error).__name__) from error


def _read(page: Callable[[], SlackResponse]) -> SlackResponse:
    """Read from Slack; a scope that was not granted is a refusal, as nothing is lost by it."""
    try:
        return _call(page)
    except LaterError as error:
        if error.code == "missing_scope":
            raise RefusedError(error.code) from error
        raise


def _carries(message: Mapping[str, Any], message_id: str) -> bool:
    metadata = message.get("metadata") or {}
    payload = metadata.get("event_payload") or {}
    return metadata.get("event_type") == METADATA_TYPE and payload.get("message_id") == message_id


def _classified(error: SlackApiError) -> Exception:
    response = error.response
    code = str(response.get("error") if isinstance(response.data, dict) else _NOT_JSON)
    if not _CODE.fullmatch(code):  # the SDK puts a sentence there, with the body in it
        code = _NOT_JSON
    if response.status_code == HTTPStatus.TOO_MANY_REQUESTS or code in _SLOW_DOWN:
        return LaterError("ratelimited", _retry_after(response.headers))
    if response.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR or code in _UNKNOWN:
        return UnknownError(code)
    if code == _NOT_JSON:
        return UnknownError(code)
    if code in _MENDABLE:
        return LaterError(code, _AFTER_MENDABLE)
    return RefusedError(code)


def _of_connection(error: URLError) -> Exception:
    if isinstance(error, HTTPError):
        return UnknownError(f"http_{error.code}")
    never_sent = (ConnectionRefusedError, socket.gaierror, ssl.SSLCertVerificationError)
    if isinstance(error.reason, never_sent):
        return LaterError(type(error.reason).__name__, _AFTER_REFUSED_CONNECTION)
    return UnknownError(type(error.reason).__name__)


def _retry_after(headers: Mapping[str, Any]) -> float:
    value = {name.lower(): value for name, value in headers.items()}.get("retry-after")
    text = str(value[0] if isinstance(value, list) else value)
    seconds = float(text) if text.isascii() and text.isdigit() else _RETRY_AFTER
    return min(max(seconds, 1.0), _LONGEST_RETRY_AFTER)
