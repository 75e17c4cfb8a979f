"""Slack's faults, as a state machine draws them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.playground.faults import Fault

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.playground import Slack
    from bot.playground.records import Json

_FAULTS: dict[str, Callable[[], Fault]] = {
    "drop_after": Fault.drop_after,
    "drop_before": Fault.drop_before,
    "garbled": Fault.garbled,
    "429": lambda: Fault.rate_limited(7),
    "429 for a day": lambda: Fault.rate_limited(86_400),
    "500": lambda: Fault.http(500),
    "503 taken": lambda: Fault.http(503, handled=True),
    "fatal_error taken": lambda: Fault.slack_error("fatal_error", handled=True),
    "internal_error": lambda: Fault.slack_error("internal_error"),
    "ratelimited": lambda: Fault.slack_error("ratelimited"),
    "channel_not_found": lambda: Fault.slack_error("channel_not_found"),
    "user_disabled": lambda: Fault.slack_error("user_disabled"),
    "msg_too_long": lambda: Fault.slack_error("msg_too_long"),
    "token_revoked": lambda: Fault.slack_error("token_revoked"),
    "missing_scope": lambda: Fault.slack_error("missing_scope"),
}
KINDS = tuple(_FAULTS)
METHODS = (
    "chat.postMessage", "chat.postMessage", "chat.update", "conversations.history", "chat.delete",
    "views.publish", "chat.postEphemeral", "views.open", "users.info",
)  # fmt: skip


def strike(slack: Slack, kind: str, method: str, on: str, times: int) -> None:
    """Let the next calls of a method that concern somebody fail; of views.open, whoever's."""
    user = slack.state.person(on).id
    direct = slack.dm_with(user).id

    def concerns(args: Json) -> bool:
        named = {args.get("channel"), args.get("user"), args.get("user_id")}
        return method == "views.open" or bool(named & {user, direct})

    slack.faults.add(method, _FAULTS[kind](), times, concerns)
