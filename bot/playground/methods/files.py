"""The files.* methods: asked for, uploaded to an address of its own, then shown in a message."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.playground.errors import SlackRefusalError
from bot.playground.payloads import file_payload
from bot.playground.records import Json, Message, Upload

if TYPE_CHECKING:
    from bot.playground.call import Call
    from bot.playground.state import State


def get_upload_url(call: Call) -> Json:
    """Say where a file of this length goes."""
    name, length = call.text("filename"), call.number("length", 0)
    if not name or length < 1:
        raise SlackRefusalError("invalid_arguments", "filename and length are required")
    upload = Upload(f"F{call.state.number():08d}", name, length)
    call.state.uploads[upload.id] = upload
    url = f"{call.base_url}/upload/v1/{upload.id}"
    return {"ok": True, "upload_url": url, "file_id": upload.id}


def take_upload(state: State, file_id: str, content: bytes) -> bool:
    """Take a file's content; say whether it was asked for, and is as long as was said."""
    with state.lock:
        upload = state.uploads.get(file_id)
        if upload is None or len(content) != upload.length:
            return False
        upload.content = content
        return True


def complete_upload(call: Call) -> Json:
    """Show uploaded files in a conversation; unlike a message they need the id of one."""
    given = call.decoded("files")
    if not isinstance(given, list) or not given:
        raise SlackRefusalError("invalid_arguments", "files are required")
    if call.text("channel_id") in call.state.people:
        raise SlackRefusalError("channel_not_found")
    conversation = call.postable("channel_id", public=False)
    files = [_file(call, each) for each in given]
    for each in files:
        del call.state.uploads[each["id"]]
    call.state.post(
        Message(
            conversation.id,
            "",
            call.state.app.bot_user_id,
            call.text("initial_comment"),
            by_app=True,
            files=files,
        )
    )
    return {"ok": True, "files": [file_payload(each) for each in files]}


def _file(call: Call, given: object) -> Json:
    named = given if isinstance(given, dict) else {}
    upload = call.state.uploads.get(str(named.get("id")))
    if upload is None or upload.content is None:
        raise SlackRefusalError("file_not_found")
    return {
        "id": upload.id,
        "name": upload.name,
        "title": str(named.get("title") or upload.name),
        "content": upload.content.decode(errors="replace"),
    }


def shown_file(state: State, file_id: str) -> Json | None:
    """Return a file that a message shows."""
    with state.lock:
        shown = (each for some in state.messages.values() for one in some for each in one.files)
        return next((each for each in shown if each["id"] == file_id), None)
