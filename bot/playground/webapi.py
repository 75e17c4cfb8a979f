"""The Web API: who may call what, and which method answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.playground.call import Call
from bot.playground.errors import SlackRefusalError
from bot.playground.methods import chat, conversations, files, users, views

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.playground.records import Json
    from bot.playground.state import State


@dataclass(frozen=True, slots=True)
class Method:
    """A method and the scope that its token needs, where one is fixed."""

    answer: Callable[[Call], Json]
    scope: str | None = None
    app_level: bool = False


def _connections_open(call: Call) -> Json:
    ticket = call.state.new_ticket()
    host = call.base_url.removeprefix("http://")
    return {"ok": True, "url": f"ws://{host}/link/?ticket={ticket}&app_id={call.state.app.id}"}


METHODS = {
    "api.test": Method(lambda _call: {"ok": True}),
    "apps.connections.open": Method(_connections_open, app_level=True),
    "auth.test": Method(users.auth_test),
    "chat.postMessage": Method(chat.post_message, "chat:write"),
    "chat.postEphemeral": Method(chat.post_ephemeral, "chat:write"),
    "chat.update": Method(chat.update, "chat:write"),
    "chat.delete": Method(chat.delete, "chat:write"),
    "chat.getPermalink": Method(chat.get_permalink),
    "conversations.open": Method(conversations.open_),
    "conversations.history": Method(conversations.history),
    "conversations.members": Method(conversations.members),
    "conversations.info": Method(conversations.info),
    "files.getUploadURLExternal": Method(files.get_upload_url, "files:write"),
    "files.completeUploadExternal": Method(files.complete_upload, "files:write"),
    "users.info": Method(users.info, "users:read"),
    "users.list": Method(users.list_, "users:read"),
    "views.open": Method(views.open_),
    "views.push": Method(views.push),
    "views.update": Method(views.update),
    "views.publish": Method(views.publish),
}


def answer(state: State, name: str, token: str, args: Json, base_url: str) -> Json:
    """Answer one call; a refusal is remembered and answered with Slack's code."""
    try:
        method = _method(name)
        _authorise(state, method, token)
        call = Call(state, name, args, base_url)
        if method.scope is not None:
            call.need_scope(method.scope)
        with state.lock:
            return method.answer(call)
    except SlackRefusalError as refusal:
        state.refuse(name, refusal.code, *refusal.messages)
        return refusal.payload()


def _method(name: str) -> Method:
    if name not in METHODS:
        raise SlackRefusalError("unknown_method", req_method=name)
    return METHODS[name]


def _authorise(state: State, method: Method, token: str) -> None:
    if not token:
        raise SlackRefusalError("not_authed")
    if token not in (state.app.bot_token, state.app.app_token):
        raise SlackRefusalError("invalid_auth")
    if not state.app.installed:
        raise SlackRefusalError("account_inactive")
    if method.app_level != (token == state.app.app_token):
        raise SlackRefusalError("not_allowed_token_type")
