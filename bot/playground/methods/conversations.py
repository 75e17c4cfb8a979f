"""The conversations.* methods."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.playground.call import KIND_SCOPES, Call, page
from bot.playground.errors import SlackRefusalError
from bot.playground.payloads import conversation_payload, message_payload

if TYPE_CHECKING:
    from bot.playground.records import Json

HISTORY_DEFAULT, HISTORY_MOST = 100, 999
MEMBERS_DEFAULT, MEMBERS_MOST = 100, 1000
MOST_IN_A_GROUP = 8


def open_(call: Call) -> Json:
    """Open the direct or group message with the people named."""
    ids = [each.strip() for each in call.text("users").split(",") if each.strip()]
    call.need_scope("im:write" if len(ids) <= 1 else "mpim:write")
    if not ids:
        raise SlackRefusalError("users_list_not_supplied")
    if len(ids) > MOST_IN_A_GROUP:
        raise SlackRefusalError("too_many_users")
    people = [call.state.people.get(each) for each in ids]
    if any(person is None for person in people):
        raise SlackRefusalError("user_not_found")
    for person in people:
        if person is not None and person.deleted:
            raise SlackRefusalError("user_disabled")
        if person is not None and person.is_bot:
            raise SlackRefusalError("cannot_dm_bot")
    bot = call.state.app.bot_user_id
    if len(ids) == 1:
        conversation = call.state.direct(ids[0], bot)
    else:
        conversation = call.state.group([*ids, bot])
    shown: Json = {"id": conversation.id}
    if call.flag("return_im"):
        shown = conversation_payload(call.state, conversation)
    return {"ok": True, "channel": shown}


def history(call: Call) -> Json:
    """Return a conversation's messages, the newest first."""
    conversation = call.readable()
    call.need_scope(f"{KIND_SCOPES[conversation.kind]}:history")
    if not call.is_member(conversation):
        raise SlackRefusalError("not_in_channel")
    oldest, latest = call.text("oldest"), call.text("latest")
    inclusive = call.flag("inclusive")

    def within(ts: str) -> bool:
        if inclusive and ts in (oldest, latest):
            return True
        return (not oldest or float(oldest) < float(ts)) and (
            not latest or float(ts) < float(latest)
        )

    messages = [
        message_payload(call.state, message, metadata=call.flag("include_all_metadata"))
        for message in reversed(call.state.seen(conversation.id))
        if within(message.ts)
    ]
    shown, more = page(call, messages, HISTORY_DEFAULT, HISTORY_MOST)
    body: Json = {"ok": True, "messages": shown, "has_more": bool(more["next_cursor"])}
    if body["has_more"]:
        body["response_metadata"] = more
    return body


def members(call: Call) -> Json:
    """Return who is in a conversation."""
    conversation = call.readable()
    call.need_scope(f"{KIND_SCOPES[conversation.kind]}:read")
    ids: list[Json] = [{"id": each} for each in sorted(conversation.members)]
    shown, more = page(call, ids, MEMBERS_DEFAULT, MEMBERS_MOST)
    return {"ok": True, "members": [each["id"] for each in shown], "response_metadata": more}


def info(call: Call) -> Json:
    """Describe a conversation."""
    conversation = call.readable()
    call.need_scope(f"{KIND_SCOPES[conversation.kind]}:read")
    return {"ok": True, "channel": conversation_payload(call.state, conversation)}
