"""The views.* methods: modals and Home tabs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.playground.errors import SlackRefusalError
from bot.playground.limits import check_view
from bot.playground.payloads import view_payload

if TYPE_CHECKING:
    from bot.playground.call import Call
    from bot.playground.records import Json, View


def open_(call: Call) -> Json:
    """Open a modal for whoever owns the trigger."""
    given = _view(call, "modal")
    with call.state.lock:
        trigger = call.state.use_trigger(call.text("trigger_id"))
        if trigger.view_id is not None and call.state.screens.find(trigger.view_id):
            # Slack lays a modal opened from a modal's button on top of it.
            view = call.state.screens.push(trigger.user, given)
        else:
            view = call.state.screens.open(trigger.user, given)
        return _shown(call, view)


def push(call: Call) -> Json:
    """Lay a modal on the one the trigger came from."""
    given = _view(call, "modal")
    with call.state.lock:
        trigger = call.state.use_trigger(call.text("trigger_id"))
        return _shown(call, call.state.screens.push(trigger.user, given))


def update(call: Call) -> Json:
    """Change an open modal."""
    given = _view(call, "modal")
    with call.state.lock:
        view = call.state.screens.find(call.text("view_id"), call.text("external_id"))
        if view is None:
            raise SlackRefusalError("not_found")
        _refuse_stale(call, view)
        return _shown(call, call.state.screens.update(view, given))


def publish(call: Call) -> Json:
    """Set somebody's Home tab."""
    given = _view(call, "home")
    with call.state.lock:
        person = call.user("user_id")
        old = call.state.screens.homes.get(person.id)
        if old is not None:
            _refuse_stale(call, old)
        return _shown(call, call.state.screens.publish(person.id, given))


def _view(call: Call, kind: str) -> Json:
    given = call.decoded("view")
    if not isinstance(given, dict):
        raise SlackRefusalError("invalid_arguments", "missing required field: view")
    return check_view(given, kind)


def _refuse_stale(call: Call, view: View) -> None:
    known = call.text("hash")
    if known and known != view.hash:
        raise SlackRefusalError("hash_conflict")


def _shown(call: Call, view: View) -> Json:
    call.state.touch()
    return {"ok": True, "view": view_payload(call.state, view)}
