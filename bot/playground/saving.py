"""A workspace kept in a JSON file, so that a second start finds it as it was left."""

from __future__ import annotations

import json
import os
from dataclasses import asdict
from typing import TYPE_CHECKING

from bot.playground.records import Conversation, Json, Kind, Message, Person, Tour, View
from bot.playground.state import State

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from bot.playground.records import App

VERSION = 1


class SavedError(ValueError):
    """The file is none that this version can read."""


def saved(state: State) -> Json:
    """Return everything that outlasts a restart: no open modals, triggers or traffic."""
    with state.lock:
        return {
            "version": VERSION,
            "number": state.number(),
            "tour": asdict(state.tour),
            "people": [asdict(person) for person in state.people.values()],
            "conversations": [
                asdict(each) | {"members": sorted(each.members)}
                for each in state.conversations.values()
            ],
            "messages": [asdict(each) for some in state.messages.values() for each in some],
            "read": [[*key, ts] for key, ts in state.read.items()],
            "message_values": [[*key, held] for key, held in state.message_values.items()],
            "homes": [asdict(view) for view in state.screens.homes.values()],
        }


def restored(content: Json, *, app: App, clock: Callable[[], datetime]) -> State:
    """Return the workspace that `saved` wrote; raise SavedError where it cannot be read."""
    try:
        if content["version"] != VERSION:
            raise SavedError(f"It has version {content['version']}, not {VERSION}.")
        conversations = [
            Conversation(**each | {"kind": Kind(each["kind"]), "members": set(each["members"])})
            for each in content["conversations"]
        ]
        people = [Person(**each) for each in content["people"]]
        state = State(people, conversations, app=app, clock=clock)
        for each in content["messages"]:
            state.messages.setdefault(each["channel"], []).append(Message(**each))
        for user, channel, ts, held in content["message_values"]:
            state.message_values[user, channel, ts] = held
        state.read = {(user, channel): ts for user, channel, ts in content["read"]}
        state.screens.homes = {each["user"]: View(**each) for each in content["homes"]}
        state.tour = Tour(**content["tour"])
        state.count_from(content["number"])
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise SavedError(str(error)) from error
    return state


def write(path: Path, content: Json) -> None:
    """Write the file whole or not at all."""
    unfinished = path.with_suffix(".part")
    with unfinished.open("w", encoding="utf-8") as file:
        json.dump(content, file, ensure_ascii=False)
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(path)


def read(path: Path) -> Json:
    """Return the file's content; raise SavedError where it is not there or no JSON object."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise SavedError(str(error)) from error
    if not isinstance(content, dict):
        raise SavedError("It holds no JSON object.")
    return content
