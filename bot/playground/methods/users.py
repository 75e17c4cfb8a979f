"""The users.* and auth.* methods."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.playground.call import Call, page
from bot.playground.payloads import person_payload

if TYPE_CHECKING:
    from bot.playground.records import Json

LIST_DEFAULT, LIST_MOST = 1000, 1000


def info(call: Call) -> Json:
    """Describe a person."""
    person = call.user()
    return {
        "ok": True,
        "user": person_payload(call.state, person, locale=call.flag("include_locale")),
    }


def list_(call: Call) -> Json:
    """Describe everybody, page by page."""
    people = [
        person_payload(call.state, person, locale=call.flag("include_locale"))
        for person in call.state.people.values()
    ]
    shown, more = page(call, people, LIST_DEFAULT, LIST_MOST)
    return {"ok": True, "members": shown, "response_metadata": more}


def auth_test(call: Call) -> Json:
    """Say whose token it is."""
    state = call.state
    return {
        "ok": True,
        "url": f"{call.base_url}/",
        "team": state.team.name,
        "user": state.people[state.app.bot_user_id].name,
        "team_id": state.team.id,
        "user_id": state.app.bot_user_id,
        "bot_id": state.app.bot_id,
        "is_enterprise_install": False,
    }
