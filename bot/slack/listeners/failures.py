"""The one place where a request that failed is answered, whatever it was."""

import uuid
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

import structlog
from slack_bolt import BoltResponse
from slack_sdk.errors import SlackApiError

from bot.domain.errors import UnknownIdError, WinwinError
from bot.domain.expectation import Expectation
from bot.domain.trouble import StoreError, UncertainError
from bot.services.actor import Actor
from bot.services.inbox import TooLateError
from bot.services.ports import RefusedError
from bot.services.timing import Timing
from bot.slack.blocks import refusals
from bot.slack.blocks.kit import Rendered
from bot.slack.deadline import AnswerLostError, NotSentError
from bot.slack.ids import MalformedValueError
from bot.slack.listeners.desk import (
    Desk,
    field_errors,
    nothing,
    notice,
    replace_view,
    reply,
)
from bot.slack.listeners.form_errors import at_inputs
from bot.slack.payloads import Incoming, in_modal, key_of, mention, message_to_bot, pressed_in
from bot.slack.verdict import verdict

log = structlog.get_logger(__name__)

Body = Mapping[str, Any]

_UNOPENED = frozenset({"expired_trigger_id", "invalid_trigger_id"})

_THERE = frozenset({"exchanged_trigger_id", "hash_conflict", "not_found"})
"""What Slack says where the first of two has opened the form, or where it changed or was closed
before it was to get its next fields."""


class Failures:
    """Bolt's error handler: it words refusals, and gives what nobody expected an id."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def __call__(self, error: Exception, body: Body) -> BoltResponse:
        """Answer a failed request with 200 and words; an event that may yet succeed with 500.

        Where the change was committed all the same, by this request or by an earlier delivery of
        the same thing, no failure is told.
        """
        try:
            return self._answer(error, body, self._saved(error, body))
        except Exception as another:  # noqa: BLE001 - past this, nothing would be acknowledged
            return self._answer(another, body)

    def _saved(self, error: Exception, body: Body) -> Rendered | None:
        """Return what is told of a change that was committed; None where none is known."""
        if isinstance(error, UncertainError):  # it was looked for already
            return None
        try:
            before = self._desk.deliveries.before(self._desk.workspace, key_of(body))
        except StoreError:
            return None
        except Exception:
            log.exception("earlier delivery not read", kind=_kind(body))
            return None
        return None if before is None else refusals.saved_already(before)

    def _answer(self, error: Exception, body: Body, saved: Rendered | None = None) -> BoltResponse:
        if _code(error) in _THERE:
            return nothing()
        kind = _kind(body)
        # What came too late is tried again: Slack may have given up on this delivery, or not.
        expected = isinstance(error, (WinwinError, MalformedValueError)) or saved is not None
        content = self._content(error, body)
        content = saved or content
        if kind == "event" and not expected:
            return BoltResponse(status=HTTPStatus.INTERNAL_SERVER_ERROR, body="")
        if kind == "command":
            return reply(content)
        if kind == "view_submission":
            errors = {} if saved else at_inputs(error, content, body["view"], self._name)
            return field_errors(errors) if errors else replace_view(notice(content))
        if kind == "event":
            return self._answer_event(body, content)
        return self._desk.whisper(_incoming(body), content)

    def _content(self, error: Exception, body: Body) -> Rendered:
        if isinstance(error, WinwinError):
            return self._refusal(error, body)
        if isinstance(error, TooLateError):
            return refusals.too_slow()
        if isinstance(error, StoreError):
            log.warning(
                "request not saved",
                kind=_kind(body),
                trouble=error.trouble.value,
                certain=not isinstance(error, UncertainError),
                said=error.said,
            )
            return refusals.store_failed(error)
        if _code(error) in _UNOPENED:
            log.warning("form not opened", error=_code(error))
            return refusals.too_slow()
        if (code := _not_answered(error)) is not None:
            self._desk.advice.at(code)
            log.warning("slack did not answer a request", kind=_kind(body), code=code)
            return refusals.slack_failed(code)
        reference = uuid.uuid4().hex[:8]
        log.error("request failed", reference=reference, kind=_kind(body), exc_info=error)
        return refusals.failed(reference)

    def _name(self, user: str) -> str:
        member = self._desk.directory.members(self._desk.workspace, [user]).get(user)
        return member.name if member else user

    def _refusal(self, error: WinwinError, body: Body) -> Rendered:
        user = _user(body)
        pressed = _kind(body) not in {"command", "event"}
        item = self._item(error, user)
        return refusals.refused(error, item, self._desk.pen(user), pressed=pressed)

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
            return self._desk.say(mention(body, self._desk.identity.bot_user), content)
        return nothing()


def _not_answered(error: Exception) -> str | None:
    """Return why Slack did not do it; None where it is Slack's no for good, or none of Slack's."""
    if not isinstance(error, (SlackApiError, NotSentError, AnswerLostError)):
        return None
    code, raised = verdict(error, Timing())
    return None if isinstance(raised, RefusedError) else code


def _code(error: Exception) -> str:
    """Return Slack's word for a failure; empty where it is none of Slack's."""
    return str(error.response.get("error")) if isinstance(error, SlackApiError) else ""


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
    return Incoming(
        user=_user(body),
        key="",
        trigger=body.get("trigger_id"),
        place=pressed_in(body),
        in_modal=in_modal(body),
    )
