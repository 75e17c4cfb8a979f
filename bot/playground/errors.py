"""The refusal of a Web API call, with Slack's code."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.playground.records import Json


class SlackRefusalError(Exception):
    """A call that Slack answers with `ok: false`."""

    def __init__(self, code: str, *messages: str, **more: str) -> None:
        super().__init__(code, *messages)
        self.code = code
        self.messages = messages
        self.more = more

    def payload(self) -> Json:
        """Return the answer's body in Slack's shape."""
        body: Json = {"ok": False, "error": self.code, **self.more}
        if self.messages:
            body["response_metadata"] = {"messages": [f"[ERROR] {text}" for text in self.messages]}
        return body


class DrivingError(LookupError):
    """A test or the page asked for something that is not on the person's screen."""
