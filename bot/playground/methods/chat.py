"""The chat.* methods: messages are posted, changed and deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.playground.errors import SlackRefusalError
from bot.playground.limits import check_message
from bot.playground.payloads import message_payload
from bot.playground.records import Json, Message

if TYPE_CHECKING:
    from bot.playground.call import Call

CUT_AT = 40_000
UPDATE_LIMIT = 4_000
METADATA_LIMIT = 16_000


def post_message(call: Call) -> Json:
    """Post into a conversation; a person's id opens the direct message."""
    conversation = call.postable()
    text, blocks = content(call)
    metadata = _metadata(call)
    warnings: list[str] = []
    if len(text) > CUT_AT:
        text = text[:CUT_AT]
        warnings.append("message_truncated")
        call.state.refuse(call.method, "message_truncated")
    message = call.state.post(
        Message(
            conversation.id,
            "",
            call.state.app.bot_user_id,
            text,
            blocks,
            metadata,
            thread_ts=call.text("thread_ts") or None,
            by_app=True,
        )
    )
    body: Json = {
        "ok": True,
        "channel": conversation.id,
        "ts": message.ts,
        "message": message_payload(call.state, message),
    }
    if warnings:
        body["response_metadata"] = {"warnings": warnings}
    return body


def post_ephemeral(call: Call) -> Json:
    """Show a message to one member of a conversation."""
    conversation = call.postable(public=False)
    person = call.user()
    if person.id not in conversation.members:
        raise SlackRefusalError("user_not_in_channel")
    text, blocks = content(call)
    if len(text) > CUT_AT:
        raise SlackRefusalError("msg_too_long")
    message = call.state.post(
        Message(
            conversation.id,
            "",
            call.state.app.bot_user_id,
            text,
            blocks,
            to=person.id,
            by_app=True,
        )
    )
    return {"ok": True, "message_ts": message.ts}


def update(call: Call) -> Json:
    """Change one of the bot's own messages."""
    conversation = call.readable()
    message = _own(call, "cant_update_message")
    given = call.args
    text, blocks = content(call)
    if len(text) > UPDATE_LIMIT:
        raise SlackRefusalError("msg_too_long")
    with call.state.lock:
        message.text = text
        if given.get("blocks") is not None or given.get("text"):
            message.blocks = blocks
        if given.get("metadata") is not None:
            message.metadata = _metadata(call)
        if not blocks:  # Slack marks only what is rendered from text as edited
            message.edited_ts = call.state.next_ts()
        call.state.touch()
    return {
        "ok": True,
        "channel": conversation.id,
        "ts": message.ts,
        "text": message.text,
        "message": message_payload(call.state, message),
    }


def delete(call: Call) -> Json:
    """Delete one of the bot's own messages."""
    conversation = call.readable()
    message = _own(call, "cant_delete_message")
    call.state.delete(message)
    return {"ok": True, "channel": conversation.id, "ts": message.ts}


def get_permalink(call: Call) -> Json:
    """Return a link to a message, which opens it on the playground's page."""
    conversation = call.readable()
    message = call.state.message(conversation.id, call.text("message_ts"))
    if message is None or message.to:
        raise SlackRefusalError("message_not_found")
    link = f"{call.base_url}/archives/{conversation.id}/p{message.ts.replace('.', '')}"
    return {"ok": True, "channel": conversation.id, "permalink": link}


def content(call: Call) -> tuple[str, list[Json]]:
    """Return a message's text and checked blocks, or refuse."""
    text = call.text("text")
    blocks = call.decoded("blocks", "invalid_blocks_format")
    if not text and not blocks:
        raise SlackRefusalError("no_text")
    return text, check_message(blocks) if blocks else []


def _own(call: Call, error: str) -> Message:
    message = call.state.message(call.text("channel"), call.text("ts"))
    if message is None or message.to:
        raise SlackRefusalError("message_not_found")
    if not message.by_app:
        raise SlackRefusalError(error)
    return message


def _metadata(call: Call) -> Json | None:
    metadata = call.decoded("metadata", "invalid_metadata_format")
    if metadata is None:
        return None
    if not (
        isinstance(metadata, dict)
        and isinstance(metadata.get("event_type"), str)
        and isinstance(metadata.get("event_payload"), dict)
    ):
        raise SlackRefusalError("invalid_metadata_format")
    if len(str(metadata)) > METADATA_LIMIT:
        raise SlackRefusalError("metadata_too_large")
    return metadata
