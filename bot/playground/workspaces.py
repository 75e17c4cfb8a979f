"""The ready workspace: two channels and four people in four zones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.playground.records import App, Conversation, Kind, Person
from bot.playground.state import State, utc_now

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime


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
        message_shortcuts={"turn_into_expectation": "Turn into an expectation"},
        global_shortcuts={"new_expectation": "Ask for something"},
    )
    members = {person.id for person in people} | ({app.bot_user_id} if invited else set())
    channels = [
        Conversation("C01LAUNCH", Kind.CHANNEL, "launch", set(members)),
        Conversation("C02SUPPORT", Kind.CHANNEL, "support", set(members)),
    ]
    return State(people, channels, app=app, clock=clock)
