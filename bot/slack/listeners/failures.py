"""The one place where a request that failed is answered, whatever it was."""

import uuid
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

import structlog
from slack_bolt import BoltResponse
from slack_sdk.errors import SlackApiError

from bot.domain.errors import InvalidInputError, UnknownIdError, WinwinError
from bot.domain.expectation import Expectation
from bot.services.actor import Actor
from bot.services.inbox import TooLateError
from bot.slack.blocks import refusals
from bot.slack.blocks.kit import Rendered
from bot.slack.ids import MalformedValueError
from bot.slack.listeners.desk import Desk, field_errors, nothing, reply
from bot.slack.payloads import Incoming, Place, Typed, message_to_bot, place
from bot.slack.text import without_marks

log = structlog.get_logger(__name__)

Body = Mapping[str, Any]

_UNOPENED = frozenset({"expired_trigger_id", "exchanged_trigger_id", "invalid_trigger_id"})


class Failures:
    """Bolt's error handler: it words refusals, and gives what nobody expected an id."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def __call__(self, error: Exception, body: Body) -> BoltResponse:
        """Answer a failed request with 200 and words; an event that may yet succeed with 500."""
        kind = _kind(body)
        expected = isinstance(error, (WinwinError, TooLateError, MalformedValueError))
        content = self._content(error, body)
        if kind == "event" and not expected:
            return BoltResponse(status=HTTPStatus.INTERNAL_SERVER_ERROR, body="")
        if kind == "command":
            return reply(content)
        if kind == "view_submission":
            return field_errors(_at_fields(error, content, body["view"]))
        if kind == "event":
            return self._answer_event(body, content)
        return self._desk.whisper(_incoming(body), content)

    def _content(self, error: Exception, body: Body) -> Rendered:
        if isinstance(error, WinwinError):
            return self._refusal(error, body)
        if isinstance(error, TooLateError):
            return refusals.too_slow()
        if isinstance(error, SlackApiError) and error.response.get("error") in _UNOPENED:
            log.warning("form not opened", error=error.response.get("error"))
            return refusals.too_slow()
        reference = uuid.uuid4().hex[:8]
        log.error("request failed", reference=reference, kind=_kind(body), exc_info=error)
        return refusals.failed(reference)

    def _refusal(self, error: WinwinError, body: Body) -> Rendered:
        user = _user(body)
        return refusals.refused(error, self._item(error, user), self._desk.pen(user))

    def _item(self, error: WinwinError, user: str) -> Expectation | None:
        """Return the present state of what was refused, where the person may see it."""
        number = getattr(error, "number", None)
        if number is None:
            return None
        actor = Actor(workspace=self._desk.workspace, user=user)
        try:
            return self._desk.look.show(actor, number).card.expectation
        except UnknownIdError:
            return None

    def _answer_event(self, body: Body, content: Rendered) -> BoltResponse:
        event = body["event"]
        if event["type"] == "message":
            return self._desk.say(message_to_bot(body), content)
        if event["type"] == "app_mention":
            where = place(event["channel"], "")
            came = Typed(user=event["user"], key="", place=where, text="")
            return self._desk.say(came, content)
        return nothing()


def _kind(body: Body) -> str:
    if "command" in body:
        return "command"
    return "event" if body.get("type") == "event_callback" else str(body.get("type"))


def _user(body: Body) -> str:
    if "user_id" in body:
        return str(body["user_id"])
    user = body["user"] if "user" in body else body["event"]["user"]
    return str(user["id"] if isinstance(user, Mapping) else user)


def _incoming(body: Body) -> Incoming:
    """Return as much of a press or shortcut as an answer needs; its value may be malformed."""
    channel = body.get("channel") or {}
    where = place(channel["id"], channel.get("name", "")) if channel else Place()
    return Incoming(user=_user(body), key="", trigger=body.get("trigger_id"), place=where)


def _at_fields(error: Exception, content: Rendered, view: Body) -> dict[str, str]:
    """Put each sentence at its input; what belongs to none stands at the first."""
    inputs = [block["block_id"] for block in view["blocks"] if block["type"] == "input"]
    if isinstance(error, InvalidInputError):
        placed = {name: text for name, text in error.errors.items() if name in inputs}
        if placed:
            return placed
    return {inputs[0]: without_marks(content.text)}
