"""A Bolt app that says how long each request took, over HTTP and Socket Mode alike."""

import time
from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any

from slack_bolt import App, BoltRequest, BoltResponse

Took = Callable[[str, float], None]
"""Takes a request's kind and its seconds."""


class RequestKind(StrEnum):
    """What Slack sent."""

    COMMAND = "command"
    ACTION = "action"  # buttons, menus and shortcuts
    VIEW = "view"
    EVENT = "event"


_KINDS = {
    "block_actions": RequestKind.ACTION,
    "shortcut": RequestKind.ACTION,
    "message_action": RequestKind.ACTION,
    "view_submission": RequestKind.VIEW,
    "view_closed": RequestKind.VIEW,
    "event_callback": RequestKind.EVENT,
}


class TimedApp(App):
    """Times what passes `dispatch`; Bolt's middleware ends before the listener begins."""

    def __init__(self, took: Took, **settings: Any) -> None:  # noqa: ANN401  # Bolt's own
        super().__init__(**settings)
        self._took = took

    def dispatch(self, req: BoltRequest) -> BoltResponse:
        """Answer a request, and say how long that took."""
        begun = time.monotonic()
        try:
            return super().dispatch(req)
        finally:
            kind = kind_of(req.body)
            if kind is not None:
                self._took(kind.value, time.monotonic() - begun)


def kind_of(body: Mapping[str, Any]) -> RequestKind | None:
    """Return what a request is; None for what people have no part in."""
    if "command" in body:
        return RequestKind.COMMAND
    return _KINDS.get(str(body.get("type")))
