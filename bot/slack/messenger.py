"""The port `Slack` on Slack's Web API: posts once, and says what became of it."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse

from bot.services.ports import Content, LaterError, Posted, Profile, RefusedError, UnknownError
from bot.services.timing import Timing
from bot.slack.advice import Advice
from bot.slack.blocks.kit import CHART
from bot.slack.text import storable
from bot.slack.verdict import NOT_JSON, verdict

METADATA_TYPE = "winwin_message"

_SLACKBOT = "USLACKBOT"
_DIRECT = "D"
"""Begins the ids of people's direct messages."""

_NO_SCOPE = "missing_scope"

_PAGE = 200
_MOST_PAGES = 10
"""So much of a conversation is read back."""


class Messenger:
    """Slack for the services, in one workspace."""

    def __init__(
        self, client: WebClient, team_id: str, timing: Timing, advice: Advice | None = None
    ) -> None:
        self._client = client
        self._team_id = team_id
        self._timing = timing
        self._advice = advice or Advice(team_id)
        self._takes_charts = True

    def profile(self, user: str) -> Profile:
        """Read who somebody is."""
        answer = self._call(lambda: self._client.users_info(user=user, include_locale=True))
        return profile_of(answer["user"], self._team_id)

    def post(self, to: str, content: Content, message_id: str) -> Posted:
        """Post to a channel, or to a person's direct messages."""
        answer = self._with_or_without_charts(
            content,
            lambda blocks: self._client.chat_postMessage(
                channel=to,
                text=content.text,
                blocks=blocks,
                metadata={
                    "event_type": METADATA_TYPE,
                    "event_payload": {"message_id": message_id},
                },
                unfurl_links=False,
                unfurl_media=False,
            ),
        )
        channel, ts = answer.get("channel"), answer.get("ts")
        if not isinstance(channel, str) or not isinstance(ts, str):
            raise UnknownError(NOT_JSON)
        return Posted(channel=channel, ts=ts)

    def update(self, channel: str, ts: str, content: Content) -> None:
        """Show the present state in a message that is there."""
        self._with_or_without_charts(
            content,
            lambda blocks: self._client.chat_update(
                channel=channel, ts=ts, text=content.text, blocks=blocks
            ),
        )

    def find(self, channel: str, message_id: str, since: datetime) -> tuple[Posted, ...]:
        """Read a conversation back; return each post that carries the id, the first one first.

        Raise RefusedError where it may not be read, and UnknownError where it is too long.
        """
        found: list[Posted] = []
        cursor = None
        for _ in range(_MOST_PAGES):
            answer = self._read(channel, partial(self._page, channel, since, cursor))
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
        self._call(lambda: self._client.chat_delete(channel=posted.channel, ts=posted.ts))

    def publish_home(self, user: str, view: Mapping[str, object]) -> None:
        """Show somebody's Home."""
        self._call(lambda: self._client.views_publish(user_id=user, view=dict(view)))

    def _with_or_without_charts(
        self, content: Content, send: Callable[[list[dict[str, Any]]], SlackResponse]
    ) -> SlackResponse:
        """Send a message; where Slack takes no charts it goes without, from then on.

        A refusal is definite, so nothing is posted twice; all that a chart shows is in the text.
        """
        blocks = _plain(content.blocks)
        plainer = [block for block in blocks if block["type"] != CHART]

        def call() -> SlackResponse:
            if len(plainer) == len(blocks) or not self._takes_charts:
                return send(plainer)
            try:
                return send(blocks)
            except SlackApiError as error:
                if error.response.get("error") != "invalid_blocks":
                    raise
            answer = send(plainer)
            self._takes_charts = False
            return answer

        return self._call(call)

    def _call(
        self, send: Callable[[], SlackResponse], by_design: str | None = None
    ) -> SlackResponse:
        """Call Slack; turn every failure into what may be done next.

        At a code that is to be expected nobody has to act.
        """
        try:
            return send()
        except (SlackApiError, OSError) as error:
            code, sent = verdict(error, self._timing)
            if code != by_design:
                self._advice.at(code)
            raise sent from error

    def _read(self, channel: str, page: Callable[[], SlackResponse]) -> SlackResponse:
        """Read from Slack; a scope that was not granted is a refusal, as nothing is lost by it.

        Winwin does not ask to read channels, so there nobody has to add one.
        """
        try:
            return self._call(page, None if channel.startswith(_DIRECT) else _NO_SCOPE)
        except LaterError as error:
            if error.code == _NO_SCOPE:
                raise RefusedError(error.code) from error
            raise


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


def _carries(message: Mapping[str, Any], message_id: str) -> bool:
    metadata = message.get("metadata") or {}
    payload = metadata.get("event_payload") or {}
    return metadata.get("event_type") == METADATA_TYPE and payload.get("message_id") == message_id
