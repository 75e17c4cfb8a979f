"""What Slack sends in: parse, call, show. Few listeners, with a table behind each."""

import re
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from slack_bolt import App, BoltResponse

from bot.domain.trouble import StoreError, Trouble
from bot.slack import payloads
from bot.slack.ids import Family
from bot.slack.listeners import events
from bot.slack.listeners.desk import Desk, nothing
from bot.slack.listeners.failures import Failures
from bot.slack.listeners.lines import typed
from bot.slack.listeners.presses import pressed
from bot.slack.listeners.same_page import CHOOSES
from bot.slack.listeners.shortcuts import shortcut
from bot.slack.listeners.submissions import submitted

Body = Mapping[str, Any]
Came = TypeVar("Came", bound=payloads.Incoming)

_ANY = re.compile("")
_ACTIONS = re.compile(rf"^(({'|'.join(Family)})\.|({'|'.join(CHOOSES)})$)")
_MODALS = re.compile(r"^modal\.")


def register(app: App, desk: Desk) -> None:
    """Let the app answer everything that Slack sends; what is none of ours is acknowledged."""
    _register_interactions(app, desk)
    _register_events(app, desk)
    for catch_all in (
        app.command,
        app.action,
        app.view_submission,
        app.view_closed,
        app.options,
        app.event,
    ):
        catch_all(_ANY)(_acknowledge)
    failures = Failures(desk)

    def on_error(error: Exception, body: Body) -> BoltResponse:
        return failures(error, body)

    app.error(on_error)


def _register_interactions(app: App, desk: Desk) -> None:
    def on_command(body: Body) -> BoltResponse:
        return _once_more(typed, desk, payloads.command(body))

    def on_press(body: Body) -> BoltResponse:
        return _once_more(pressed, desk, payloads.pressed(body))

    def on_submission(body: Body) -> BoltResponse:
        return _once_more(submitted, desk, payloads.submitted(body))

    def on_shortcut(body: Body) -> BoltResponse:
        return shortcut(desk, payloads.shortcut(body))

    app.command("/expect")(on_command)
    app.action(_ACTIONS)(on_press)
    app.view_submission(_MODALS)(on_submission)
    app.shortcut(_ANY)(on_shortcut)


def _register_events(app: App, desk: Desk) -> None:
    def on_message(body: Body) -> BoltResponse:
        return events.direct_message(desk, body)

    def on_mention(body: Body) -> BoltResponse:
        return events.mentioned(desk, body)

    def on_home(body: Body) -> BoltResponse:
        return events.home_opened(desk, body)

    def on_user(body: Body) -> BoltResponse:
        return events.user_changed(desk, body)

    app.event("message")(on_message)
    app.event("app_mention")(on_mention)
    app.event("app_home_opened")(on_home)
    app.event("user_change")(on_user)


def _once_more(
    answer: Callable[[Desk, Came], BoltResponse], desk: Desk, came: Came
) -> BoltResponse:
    """Answer what came in; where two transactions crossed and one was undone, try it again.

    What takes too long in all is refused before its COMMIT, whichever try it is.
    """
    try:
        return answer(desk, came)
    except StoreError as error:
        if error.trouble is not Trouble.CROSSED:
            raise
    return answer(desk, came)


def _acknowledge() -> BoltResponse:
    return nothing()
