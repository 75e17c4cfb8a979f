"""The ready workspace: two channels and four people in four zones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.playground.records import App, Conversation, Json, Kind, Person
from bot.playground.state import State, utc_now

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime


def app_of(manifest: Json, *, optional: bool = False) -> App:
    """Return the app that a manifest describes; `optional` grants its optional scopes too."""
    features = manifest["features"]
    scopes = manifest["oauth_config"]["scopes"]
    commands = features.get("slash_commands", [])
    shortcuts = features.get("shortcuts", [])
    named = {
        kind: {each["callback_id"]: each["name"] for each in shortcuts if each["type"] == kind}
        for kind in ("message", "global")
    }
    return App(
        name=manifest["display_information"]["name"],
        scopes=(*scopes["bot"], *(scopes.get("bot_optional", ()) if optional else ())),
        commands=tuple(each["command"] for each in commands),
        usage={each["command"]: each.get("usage_hint", "") for each in commands},
        descriptions={each["command"]: each.get("description", "") for each in commands},
        message_shortcuts=named["message"],
        global_shortcuts=named["global"],
        events=tuple(manifest["settings"]["event_subscriptions"]["bot_events"]),
        messages_tab=features["app_home"]["messages_tab_enabled"],
        should_escape=all(each.get("should_escape", False) for each in commands),
    )


def workspace(
    *, clock: Callable[[], datetime] = utc_now, app: App | None = None, invited: bool = True
) -> State:
    """Return #launch and #support with Lena, Ren, Maya and Asha; `invited` puts the bot in both."""
    people = [
        Person("U01LENA", "lena", "Lena Vogt", "Europe/Berlin"),
        Person("U02REN", "ren", "Ren Sato", "Asia/Tokyo"),
        Person("U03MAYA", "maya", "Maya Brooks", "America/New_York"),
        Person("U04ASHA", "asha", "Asha Rao", "Asia/Kolkata"),
    ]
    app = app or App(
        usage={"/expect": "@ana to send the draft by friday"},
        descriptions={"/expect": "Agree on what you expect of each other"},
        message_shortcuts={"turn_into_expectation": "Turn into an expectation"},
        global_shortcuts={"new_expectation": "Ask for something"},
    )
    members = {person.id for person in people} | ({app.bot_user_id} if invited else set())
    channels = [
        Conversation("C01LAUNCH", Kind.CHANNEL, "launch", set(members)),
        Conversation("C02SUPPORT", Kind.CHANNEL, "support", set(members)),
    ]
    return State(people, channels, app=app, clock=clock)
