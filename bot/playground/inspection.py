"""The traffic between Slack and the app, as rows that can be filtered and copied."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bot.playground.records import Exchange, Json

ROWS = 100
"""So many of the newest rows are shown."""
SEARCHED = 2_000
"""So many of the newest exchanges are looked through."""
SAID = 80
"""So many characters of what was said stand in a row."""
_OK = 200
_TIMED_OUT = 0


class Direction(StrEnum):
    """Who asked whom."""

    TO_APP = "to_app"
    FROM_APP = "from_app"


@dataclass(frozen=True, slots=True)
class Filter:
    """Which rows are looked for."""

    text: str = ""
    """Stands in the name, the request or the answer, in any case."""
    direction: Direction | None = None
    failed: bool = False
    """Only what was refused, or not answered in time."""


@dataclass(frozen=True, slots=True)
class Row:
    """One request and its answer."""

    exchange: Exchange

    @property
    def direction(self) -> Direction:
        """Who asked whom."""
        return Direction(self.exchange.direction)

    @property
    def what(self) -> str:
        """The method or kind, and what it was about where that says more."""
        return " ".join(filter(None, (self.exchange.name, _about(self.exchange.request))))

    @property
    def at(self) -> str:
        """When, in real UTC time."""
        return f"{datetime.fromtimestamp(self.exchange.at, UTC):%H:%M:%S.%f}"[:-3]

    @property
    def took(self) -> str:
        """How long the answer took."""
        return f"{self.exchange.seconds * 1000:.1f} ms"

    @property
    def outcome(self) -> str:
        """The status, with the error where there is one."""
        answer, status = self.exchange.answer, self.exchange.status
        if status == _TIMED_OUT:
            return "no answer in time"
        error = answer.get("error") if isinstance(answer, dict) else None
        if isinstance(answer, dict) and answer.get("response_action") == "errors":
            error = "errors at fields"
        return f"{status} {error}" if error else str(status)

    @property
    def is_failure(self) -> bool:
        """Say whether it was refused, or not answered in time."""
        answer = self.exchange.answer
        refused = isinstance(answer, dict) and answer.get("ok") is False
        return refused or self.exchange.status != _OK

    @property
    def signature(self) -> str:
        """What proves to the app that Slack sent it; empty in the other direction."""
        return self.exchange.headers.get("x-slack-signature", "")

    @property
    def timestamp(self) -> str:
        """The time that the signature holds for, in Unix seconds."""
        return self.exchange.headers.get("x-slack-request-timestamp", "")

    def request(self) -> str:
        """Return the request's payload as indented JSON."""
        return _pretty(opened(self.exchange.request))

    def answer(self) -> str:
        """Return the answer as indented JSON, or as the text it is."""
        answer = self.exchange.answer
        return answer if isinstance(answer, str) else _pretty(answer)

    def block_kit(self) -> str | None:
        """Return what Block Kit Builder takes, where the payload holds blocks."""
        found = _surface(opened(self.exchange.request)) or _surface(self.exchange.answer)
        return _pretty(found) if found else None

    def matches(self, wanted: Filter) -> bool:
        """Say whether a filter lets it through."""
        if wanted.direction is not None and self.direction is not wanted.direction:
            return False
        if wanted.failed and not self.is_failure:
            return False
        text = wanted.text.strip().casefold()
        return not text or text in self._searched()

    def _searched(self) -> str:
        answer = self.exchange.answer
        parts = (self.what, self.outcome, _plain(self.exchange.request), _plain(answer))
        return "\n".join(parts).casefold()


def rows(traffic: Sequence[Exchange], wanted: Filter, limit: int = ROWS) -> list[Row]:
    """Return the newest rows that a filter lets through, the newest first."""
    found: list[Row] = []
    for exchange in reversed(traffic[-SEARCHED:]):
        row = Row(exchange)
        if row.matches(wanted):
            found.append(row)
            if len(found) == limit:
                break
    return found


def opened(request: Json) -> Json:
    """Return a request with the JSON that it carries as text decoded, as `blocks` and `view`."""
    return {name: _decoded(value) for name, value in request.items()}


def _decoded(value: object) -> object:
    if isinstance(value, str) and value[:1] in ("{", "["):
        try:
            return json.loads(value)
        except ValueError:
            return value
    return value


def _surface(payload: object) -> Json | None:
    """Return the message's blocks or the view that a payload sends."""
    if not isinstance(payload, dict):
        return None
    view = payload.get("view")
    if isinstance(view, dict) and view.get("blocks"):
        return {name: view[name] for name in _VIEW_PARTS if view.get(name)}
    message = payload.get("message")
    for holder in (payload, message if isinstance(message, dict) else {}):
        if isinstance(holder.get("blocks"), list):
            return {"blocks": holder["blocks"]}
    return None


_VIEW_PARTS = ("type", "title", "submit", "close", "blocks")
"""What Block Kit Builder reads of a view."""


def _about(request: Json) -> str:
    """Return the words of a command or message, what was pressed, or the form's name."""
    actions, view = opened(request).get("actions"), opened(request).get("view")
    if isinstance(actions, list) and actions:
        return _pressed(actions[0])
    if isinstance(view, dict):
        return str((view.get("title") or {}).get("text") or view.get("callback_id") or "")
    if isinstance(request.get("event"), dict):
        request = request["event"]
    said = str(request.get("text") or request.get("callback_id") or "")
    return said.partition("\n")[0][:SAID]


def _pressed(action: Json) -> str:
    text = action.get("text") or (action.get("selected_option") or {}).get("text") or {}
    return str(text.get("text") or action.get("action_id", ""))


def _pretty(value: object) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False)


def _plain(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def summed_up(found: Iterable[Row]) -> str:
    """Return how many rows there are, and how many of them failed."""
    listed = list(found)
    failures = sum(row.is_failure for row in listed)
    count = f"{len(listed)} request{'' if len(listed) == 1 else 's'}"
    return f"{count}, {failures} refused or unanswered" if failures else count
