"""What Slack does with the app's answers to commands, forms and response_urls."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.playground.errors import SlackRefusalError
from bot.playground.limits import check_message, check_options, check_view
from bot.playground.records import Json, Message, View

if TYPE_CHECKING:
    from bot.playground.state import ResponseUrl, State

CUT_AT = 40_000


def show_reply(state: State, user: str, channel: str, body: object, method: str) -> str | None:
    """Show a command's answer, or what came to a response_url; return the error, if one."""
    if isinstance(body, str):
        body = {"text": body}
    if not isinstance(body, dict) or not (body.get("text") or body.get("blocks")):
        return None
    text = str(body.get("text") or "")
    if len(text) > CUT_AT:
        state.refuse(method, "msg_too_long")
        return "msg_too_long"
    try:
        blocks = check_message(body["blocks"]) if body.get("blocks") else []
    except SlackRefusalError as refusal:
        state.refuse(method, refusal.code, *refusal.messages)
        return refusal.code
    everyone = body.get("response_type") == "in_channel"
    state.post(
        Message(
            channel, "", state.app.bot_user_id, text, blocks,
            to=None if everyone else user, by_app=True,
        )
    )  # fmt: skip
    return None


def take_response_url(state: State, url: ResponseUrl, body: Json) -> str | None:
    """Do what was posted to a response_url; return the error, if one."""
    original = state.message(url.channel, url.message_ts) if url.message_ts else None
    if body.get("delete_original"):
        if original is not None:
            state.delete(original)
        return None
    if body.get("replace_original") and original is not None:
        try:
            blocks = check_message(body["blocks"]) if body.get("blocks") else []
        except SlackRefusalError as refusal:
            state.refuse("response_url", refusal.code, *refusal.messages)
            return refusal.code
        with state.lock:
            original.text, original.blocks = str(body.get("text") or ""), blocks
            state.touch()
        return None
    if not (body.get("text") or body.get("blocks")):
        return "no_text"
    return show_reply(state, url.user, url.channel, body, "response_url")


def take_submission(state: State, view: View, body: object) -> dict[str, str]:
    """Do what a view_submission was answered with; return the errors at its fields."""
    if isinstance(body, dict) and body.get("response_action"):
        try:
            with state.lock:
                return _respond(state, view, body)
        except SlackRefusalError as refusal:
            state.refuse("view_submission", refusal.code, *refusal.messages)
            return {}
    with state.lock:
        state.screens.pop(view)
        state.touch()
    return {}


def _respond(state: State, view: View, body: Json) -> dict[str, str]:
    action = body["response_action"]
    if action == "errors":
        errors = {str(key): str(text) for key, text in (body.get("errors") or {}).items()}
        inputs = {block["block_id"] for block in view.blocks if block["type"] == "input"}
        strangers = sorted(errors.keys() - inputs)
        if strangers or not errors:
            raise SlackRefusalError("invalid_errors", f"no input blocks: {', '.join(strangers)}")
        view.errors = errors
        state.touch()
        return errors
    if action == "clear":
        state.screens.clear(view.user)
    elif action in ("update", "push"):
        given = body.get("view")
        if not isinstance(given, dict):
            raise SlackRefusalError("invalid_arguments", "missing required field: view")
        checked = check_view(given, "modal")
        if action == "update":
            state.screens.update(view, checked)
        else:
            state.screens.push(view.user, checked)
    else:
        raise SlackRefusalError("invalid_arguments", f"unknown response_action: {action}")
    state.touch()
    return {}


def take_options(state: State, body: object) -> list[Json]:
    """Return the options that a block_suggestion was answered, groups flattened."""
    try:
        return check_options(body)
    except SlackRefusalError as refusal:
        state.refuse("block_suggestion", refusal.code, *refusal.messages)
        return []
