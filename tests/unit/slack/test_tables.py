"""The tables behind the listeners have a row for everything, and the manifest asks for no more."""

# ruff: noqa: SLF001, ANN401 - the tables are private; what is registered may be anything

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import bot.slack
from bot import manifest
from bot.domain.language import COMMANDS
from bot.slack.blocks.forms.notes import _NOTES
from bot.slack.ids import Callback, Family, Verb, family
from bot.slack.listeners import lines, opening, presses, register, shortcuts, submissions

SOURCES = sorted(Path(bot.slack.__path__[0]).rglob("*.py"))

SCOPES = {
    "auth_test": set(),
    "apps_connections_open": set(),
    "chat_postMessage": {"chat:write"},
    "chat_postEphemeral": {"chat:write"},
    "chat_update": {"chat:write"},
    "chat_delete": {"chat:write"},
    "conversations_history": {"im:history"},  # of direct messages; others stay unknown
    "chat_getPermalink": set(),
    "files_getUploadURLExternal": {"files:write"},
    "files_completeUploadExternal": {"files:write"},
    "users_info": {"users:read"},
    "views_open": set(),
    "views_push": set(),
    "views_update": set(),
    "views_publish": set(),
}
"""The scopes that Slack's documentation names for each method that is called."""

EVENTS = {
    "message": ("message.im", {"im:history"}),
    "app_mention": ("app_mention", {"app_mentions:read"}),
    "app_home_opened": ("app_home_opened", set()),
    "user_change": ("user_change", {"users:read"}),
}
"""The subscription and the scopes of each event that is listened to."""


def test_every_verb_that_acts_at_once_has_its_row() -> None:
    at_once = {verb for verb in Verb if family(verb) is Family.DO}
    assert set(presses._AT_ONCE) == at_once


def test_every_verb_that_opens_a_form_has_one() -> None:
    opens = {verb for verb in Verb if family(verb) is Family.OPEN}
    assert opens == set(opening._ALONE) | set(opening._OF_ITEM) | set(_NOTES)


def test_every_modal_has_its_row() -> None:
    assert set(submissions._SUBMISSIONS) == set(Callback)


def test_every_command_of_the_grammar_has_its_row() -> None:
    assert set(lines._COMMANDS) == set(COMMANDS)


def test_every_note_that_is_sent_has_its_move() -> None:
    elsewhere = {Verb.END_FORM, Verb.PERIOD_MISSING}
    assert set(_NOTES) == set(submissions._NOTED) | set(submissions._CHECKED) | elsewhere


class _App:
    """Takes note of what is listened to."""

    def __init__(self) -> None:
        self.heard: list[tuple[str, Any]] = []

    def __getattr__(self, kind: str) -> Any:
        def listen(what: Any) -> Any:
            self.heard.append((kind, what))
            return lambda listener: listener

        return listen


def heard(kind: str) -> set[str]:
    app = _App()
    register(app, None)  # type: ignore[arg-type] # nothing is called
    return {what for each, what in app.heard if each == kind and isinstance(what, str)}


def called() -> Iterator[str]:
    """Yield the Web API methods that the sources call."""
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute) and re.fullmatch(
                r"(apps|auth|chat|conversations|reactions|users|views)_\w+", node.attr
            ):
                yield node.attr


def test_the_manifest_asks_for_the_scopes_that_are_used() -> None:
    methods = set(called())
    assert methods <= set(SCOPES), methods - set(SCOPES)
    events = heard("event")
    assert events == set(EVENTS)
    used = set().union(*(SCOPES[name] for name in methods), *(EVENTS[e][1] for e in events))
    optional = {"files:write"}  # without it, one's export is made by whoever runs the bot
    assert manifest.scopes() == (used - optional) | {"commands"}
    assert manifest.optional_scopes() == optional | {"chat:write.public"}


def test_the_manifest_subscribes_to_what_is_listened_to() -> None:
    subscribed = manifest.load()["settings"]["event_subscriptions"]["bot_events"]
    assert set(subscribed) == {EVENTS[event][0] for event in heard("event")}


def test_the_manifest_offers_the_commands_and_shortcuts_that_are_answered() -> None:
    features = manifest.load()["features"]
    assert {each["command"] for each in features["slash_commands"]} == heard("command")
    assert all(each["should_escape"] for each in features["slash_commands"])
    offered = {(each["type"], each["callback_id"]) for each in features["shortcuts"]}
    assert offered == {("global", shortcuts.ASK), ("message", shortcuts.FROM_MESSAGE)}
