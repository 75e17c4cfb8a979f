"""Events: lines in direct messages and after a mention, Home opened, people changed."""

from collections.abc import Mapping
from typing import Any

from slack_bolt import BoltResponse

from bot.slack.listeners.desk import Desk, nothing
from bot.slack.listeners.lines import typed
from bot.slack.messenger import profile_of
from bot.slack.payloads import key_of, mention, message_to_bot

Body = Mapping[str, Any]


def direct_message(desk: Desk, body: Body) -> BoltResponse:
    """Answer a line typed to the bot; edits, files and what the bot says itself are no lines."""
    event = body["event"]
    if event.get("channel_type") != "im" or event.get("subtype") or event.get("bot_id"):
        return nothing()
    desk.directory.met_in(desk.workspace, event["user"], event["channel"])
    return typed(desk, message_to_bot(body))


def mentioned(desk: Desk, body: Body) -> BoltResponse:
    """Answer a line typed after @Winwin; what an app says is none."""
    if body["event"].get("bot_id"):
        return nothing()
    return typed(desk, mention(body, desk.identity.bot_user))


def home_opened(desk: Desk, body: Body) -> BoltResponse:
    """Show Home; opening it sends nothing."""
    event = body["event"]
    desk.directory.met_in(desk.workspace, event["user"], event["channel"])
    if event.get("tab") == "home":
        desk.configure.home_opened(desk.workspace, event["user"])
    return nothing()


def user_changed(desk: Desk, body: Body) -> BoltResponse:
    """Take over a new zone, locale or state; whoever left ends what is open."""
    profile = profile_of(body["event"]["user"], desk.identity.team_id)
    desk.configure.user_changed(desk.workspace, profile, key_of(body))
    return nothing()
