"""Traffic as rows: what each says, which a filter finds, what is copied from it."""

from __future__ import annotations

import json

import pytest

from bot.playground import Exchange
from bot.playground.inspection import Direction, Filter, Row, rows, summed_up

BLOCKS = [{"type": "section", "text": {"type": "plain_text", "text": "Hello"}}]
VIEW = {"type": "modal", "title": {"type": "plain_text", "text": "Ask"}, "blocks": BLOCKS}


def to_app(name: str, request: dict[str, object], **more: object) -> Exchange:
    values: dict[str, object] = {
        "at": 1_795_507_200.25,
        "direction": "to_app",
        "name": name,
        "request": request,
        "answer": "",
        "status": 200,
        "seconds": 0.0123,
        "headers": {"x-slack-signature": "v0=abc", "x-slack-request-timestamp": "1795507200"},
    }
    return Exchange(**values | more)  # type: ignore[arg-type] # values of each field's type


def from_app(name: str, request: dict[str, object], **more: object) -> Exchange:
    return to_app(
        name, request, **{"direction": "from_app", "answer": {"ok": True}, "headers": {}} | more
    )


COMMAND = to_app("/expect", {"command": "/expect", "text": "@ren to send the draft by friday"})
PRESS = to_app(
    "block_actions",
    {"actions": [{"action_id": "press", "text": {"type": "plain_text", "text": "Accept"}}]},
)
POST = from_app(
    "chat.postMessage", {"channel": "D1", "text": "Hi\nthere", "blocks": json.dumps(BLOCKS)}
)
OPEN = from_app("views.open", {"trigger_id": "1", "view": VIEW | {"private_metadata": "secret"}})
REFUSED = from_app(
    "chat.postMessage", {"channel": "C9"}, answer={"ok": False, "error": "channel_not_found"}
)
LATE = to_app("event message", {"event": {"type": "message", "text": "hello"}}, status=0)
TRAFFIC = (COMMAND, PRESS, POST, OPEN, REFUSED, LATE)


def test_a_row_says_who_asked_what_when_and_how_long_it_took() -> None:
    row = Row(COMMAND)
    assert row.direction is Direction.TO_APP
    assert row.what == "/expect @ren to send the draft by friday"
    assert row.at == "08:00:00.250"
    assert row.took == "12.3 ms"
    assert (row.signature, row.timestamp) == ("v0=abc", "1795507200")


@pytest.mark.parametrize(
    ("exchange", "what", "outcome", "failed"),
    [
        (PRESS, "block_actions Accept", "200", False),
        (POST, "chat.postMessage Hi", "200", False),
        (OPEN, "views.open Ask", "200", False),
        (REFUSED, "chat.postMessage", "200 channel_not_found", True),
        (LATE, "event message hello", "no answer in time", True),
    ],
)
def test_what_a_row_was_about_and_how_it_ended(
    exchange: Exchange, what: str, outcome: str, *, failed: bool
) -> None:
    row = Row(exchange)
    assert (row.what, row.outcome, row.is_failure) == (what, outcome, failed)


def test_blocks_are_copied_as_block_kit_builder_takes_them() -> None:
    assert json.loads(Row(POST).block_kit() or "") == {"blocks": BLOCKS}
    assert json.loads(Row(OPEN).block_kit() or "") == VIEW
    assert Row(COMMAND).block_kit() is None
    reply = to_app("/expect", {"command": "/expect"}, answer={"text": "Hi", "blocks": BLOCKS})
    assert json.loads(Row(reply).block_kit() or "") == {"blocks": BLOCKS}


def test_payloads_are_shown_as_json_with_what_was_sent_as_text_decoded() -> None:
    assert json.loads(Row(POST).request())["blocks"] == BLOCKS
    assert json.loads(Row(REFUSED).answer()) == {"ok": False, "error": "channel_not_found"}


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (Filter(), [LATE, REFUSED, OPEN, POST, PRESS, COMMAND]),
        (Filter(text="ACCEPT"), [PRESS]),
        (Filter(text="channel_not"), [REFUSED]),
        (Filter(direction=Direction.FROM_APP), [REFUSED, OPEN, POST]),
        (Filter(failed=True), [LATE, REFUSED]),
        (Filter(text="nothing like it"), []),
    ],
)
def test_a_filter_finds_the_newest_first(wanted: Filter, found: list[Exchange]) -> None:
    assert [row.exchange for row in rows(TRAFFIC, wanted)] == found


def test_no_more_rows_than_can_be_looked_at() -> None:
    assert [row.exchange for row in rows(TRAFFIC, Filter(), limit=2)] == [LATE, REFUSED]


def test_rows_are_summed_up() -> None:
    assert summed_up(rows(TRAFFIC, Filter())) == "6 requests, 2 refused or unanswered"
    assert summed_up([Row(COMMAND)]) == "1 request"
