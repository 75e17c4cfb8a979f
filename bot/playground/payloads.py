"""The shapes in which Slack shows its things: in answers and in what it delivers."""

from __future__ import annotations

import time
import uuid
from copy import deepcopy
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.playground.inputs import kept_values
from bot.playground.records import Conversation, Json, Kind, Message, Person, View

if TYPE_CHECKING:
    from bot.playground.state import State


def person_payload(state: State, person: Person, *, locale: bool = False) -> Json:
    """Return a user object."""
    body: Json = {
        "id": person.id,
        "team_id": person.team_id or state.team.id,
        "name": person.name,
        "deleted": person.deleted,
        "real_name": person.real_name,
        "profile": {
            "real_name": person.real_name,
            "real_name_normalized": person.real_name,
            "display_name": person.display_name,
            "display_name_normalized": person.display_name,
            "team": person.team_id or state.team.id,
        },
        "is_bot": person.is_bot,
        "is_app_user": False,
        "updated": int(time.time()),
    }
    if person.team_id is not None:
        body["is_stranger"] = True
    if not person.deleted:
        offset = state.clock().astimezone(ZoneInfo(person.tz)).utcoffset()
        body |= {
            "tz": person.tz,
            "tz_label": person.tz,
            "tz_offset": int(offset.total_seconds()) if offset else 0,
            "is_admin": False,
            "is_owner": False,
            "is_restricted": person.is_guest,
            "is_ultra_restricted": person.is_guest,
        }
    if locale:
        body["locale"] = person.locale
    return body


def conversation_payload(state: State, conversation: Conversation) -> Json:
    """Return a conversation object."""
    bot = state.app.bot_user_id
    body: Json = {
        "id": conversation.id,
        "is_channel": conversation.kind is Kind.CHANNEL,
        "is_group": conversation.kind is Kind.PRIVATE,
        "is_im": conversation.kind is Kind.DIRECT,
        "is_mpim": conversation.kind is Kind.GROUP,
        "is_private": conversation.kind is not Kind.CHANNEL,
        "is_archived": conversation.archived,
        "context_team_id": state.team.id,
    }
    if conversation.kind is Kind.DIRECT:
        body["user"] = next(iter(conversation.members - {bot}), bot)
    else:
        body |= {
            "name": conversation.name,
            "name_normalized": conversation.name,
            "is_member": bot in conversation.members,
            "is_general": False,
        }
    return body


def message_payload(state: State, message: Message, *, metadata: bool = True) -> Json:
    """Return a message object."""
    body: Json = {
        "type": "message",
        "user": message.user,
        "ts": message.ts,
        "text": message.text,
        "team": state.team.id,
    }
    if message.by_app:
        body |= {"bot_id": state.app.bot_id, "app_id": state.app.id}
    if message.blocks:
        body["blocks"] = deepcopy(message.blocks)
    if message.thread_ts:
        body["thread_ts"] = message.thread_ts
    if message.edited_ts:
        body["edited"] = {"user": message.user, "ts": message.edited_ts}
    if message.files:
        body["files"] = [file_payload(each) for each in message.files]
    if metadata and message.metadata is not None:
        body["metadata"] = deepcopy(message.metadata)
    return body


def file_payload(file: Json) -> Json:
    """Return a file object, without its content."""
    return {
        "id": file["id"],
        "name": file["name"],
        "title": file["title"],
        "size": len(file["content"].encode()),
    }


def view_payload(state: State, view: View) -> Json:
    """Return a view object, with what stands in its inputs."""
    return {
        "id": view.id,
        "team_id": state.team.id,
        "type": view.type,
        "blocks": deepcopy(view.blocks),
        "private_metadata": view.private_metadata,
        "callback_id": view.callback_id,
        "state": {"values": deepcopy(view.values)},
        "hash": view.hash,
        "title": deepcopy(view.title),
        "clear_on_close": view.clear_on_close,
        "notify_on_close": view.notify_on_close,
        "close": deepcopy(view.close),
        "submit": deepcopy(view.submit),
        "previous_view_id": view.previous_view_id,
        "root_view_id": view.root_view_id,
        "app_id": state.app.id,
        "external_id": view.external_id,
        "app_installed_team_id": state.team.id,
        "bot_id": state.app.bot_id,
    }


def _interaction(state: State, kind: str, person: Person) -> Json:
    return {
        "type": kind,
        "token": "playground",
        "api_app_id": state.app.id,
        "team": {"id": state.team.id, "domain": state.team.domain},
        "enterprise": None,
        "is_enterprise_install": False,
        "user": {
            "id": person.id,
            "username": person.name,
            "name": person.name,
            "team_id": person.team_id or state.team.id,
        },
    }


def _channel(conversation: Conversation) -> Json:
    return {"id": conversation.id, "name": conversation.shown_name}


def command_payload(
    state: State,
    person: Person,
    conversation: Conversation,
    *,
    command: str,
    text: str,
    base_url: str,
) -> Json:
    """Return the form of a slash command."""
    return {
        "token": "playground",
        "team_id": state.team.id,
        "team_domain": state.team.domain,
        "channel_id": conversation.id,
        "channel_name": conversation.shown_name,
        "user_id": person.id,
        "user_name": person.name,
        "command": command,
        "text": text,
        "api_app_id": state.app.id,
        "is_enterprise_install": "false",
        "response_url": base_url + state.new_response_url(person.id, conversation.id),
        "trigger_id": state.new_trigger(person.id),
    }


def shortcut_payload(state: State, person: Person, callback_id: str) -> Json:
    """Return a global shortcut."""
    return _interaction(state, "shortcut", person) | {
        "callback_id": callback_id,
        "action_ts": f"{time.time():.6f}",
        "trigger_id": state.new_trigger(person.id),
    }


def message_action_payload(
    state: State, person: Person, message: Message, callback_id: str, base_url: str
) -> Json:
    """Return a message shortcut."""
    conversation = state.conversations[message.channel]
    return _interaction(state, "message_action", person) | {
        "callback_id": callback_id,
        "action_ts": f"{time.time():.6f}",
        "trigger_id": state.new_trigger(person.id),
        "response_url": base_url + state.new_response_url(person.id, conversation.id, message.ts),
        "message_ts": message.ts,
        "channel": _channel(conversation),
        "message": message_payload(state, message),
    }


def actions_payload(
    state: State, person: Person, where: Message | View, action: Json, base_url: str
) -> Json:
    """Return a block_actions payload for one action in a message or view."""
    body = _interaction(state, "block_actions", person) | {"actions": [action]}
    if isinstance(where, View):
        return body | {
            "trigger_id": state.new_trigger(person.id, where.id if where.type == "modal" else None),
            "container": {"type": "view", "view_id": where.id},
            "view": view_payload(state, where),
        }
    conversation = state.conversations[where.channel]
    values = state.message_values.get((person.id, where.channel, where.ts), {})
    body |= {
        "trigger_id": state.new_trigger(person.id),
        "response_url": base_url + state.new_response_url(person.id, conversation.id, where.ts),
        "container": {
            "type": "message",
            "message_ts": where.ts,
            "channel_id": conversation.id,
            "is_ephemeral": where.to is not None,
        },
        "channel": _channel(conversation),
        "state": {"values": deepcopy(kept_values(where.blocks, values))},
    }
    if where.to is None:  # Slack does not send an ephemeral message back
        body["message"] = message_payload(state, where)
    return body


def submission_payload(state: State, person: Person, view: View) -> Json:
    """Return a view_submission payload."""
    return _interaction(state, "view_submission", person) | {
        "trigger_id": state.new_trigger(person.id, view.id),
        "view": view_payload(state, view),
        "response_urls": [],
    }


def closed_payload(state: State, person: Person, view: View, *, cleared: bool) -> Json:
    """Return a view_closed payload."""
    return _interaction(state, "view_closed", person) | {
        "view": view_payload(state, view),
        "is_cleared": cleared,
    }


def suggestion_payload(
    state: State,
    person: Person,
    where: Message | View,
    *,
    block_id: str,
    action_id: str,
    value: str,
) -> Json:
    """Return a block_suggestion payload: what an external select asks while one types."""
    body = _interaction(state, "block_suggestion", person) | {
        "block_id": block_id,
        "action_id": action_id,
        "value": value,
    }
    if isinstance(where, View):
        return body | {
            "container": {"type": "view", "view_id": where.id},
            "view": view_payload(state, where),
        }
    return body | {
        "container": {
            "type": "message",
            "message_ts": where.ts,
            "channel_id": where.channel,
            "is_ephemeral": where.to is not None,
        },
        "channel": _channel(state.conversations[where.channel]),
        "message": message_payload(state, where),
    }


def event_payload(state: State, event: Json) -> Json:
    """Wrap an event as the Events API delivers it."""
    return {
        "token": "playground",
        "team_id": state.team.id,
        "context_team_id": state.team.id,
        "context_enterprise_id": None,
        "api_app_id": state.app.id,
        "event": event,
        "type": "event_callback",
        "event_id": f"Ev{uuid.uuid4().hex[:10].upper()}",
        "event_time": int(time.time()),
        "authorizations": [
            {
                "enterprise_id": None,
                "team_id": state.team.id,
                "user_id": state.app.bot_user_id,
                "is_bot": True,
                "is_enterprise_install": False,
            }
        ],
        "is_ext_shared_channel": False,
        "event_context": "4-playground",
    }
