"""What holds after each step: who may see what, quiet hours, each post once, nothing lost."""

from __future__ import annotations

import json
import re
from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from tests.faults.machine.model import TOLD

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sqlalchemy import RowMapping

    from bot.playground import Message
    from bot.playground.records import Exchange
    from bot.playground.state import State
    from tests.faults.machine.model import Item

WORD = re.compile(r"piece\d+")
_ANY_HOUR = {"installed", "told_channel", "summary"}


class Words:
    """The words that stand for each expectation, and who has read or written them."""

    def __init__(self) -> None:
        self._known: dict[str, set[str]] = {}
        self._items: dict[str, list[Item]] = {}

    def new(self, typist: str) -> str:
        """Return a word that nobody has typed yet."""
        word = f"piece{len(self._known) + 1}"
        self._known[word] = {typist}
        return word

    def stand_for(self, word: str, item: Item) -> None:
        """Note that an expectation is about a word."""
        self._known.setdefault(word, set()).update(item.parties)
        self._items.setdefault(word, []).append(item)

    def check(self, shown: Iterable[tuple[str, str | None, str]]) -> None:
        """Hold that who reads a word may: (reader, channel where it was typed, text)."""
        for reader, channel, text in shown:
            for word in set(WORD.findall(text)):
                if reader in self._known.get(word, ()):
                    continue
                public = any(
                    item.shared and item.agreed and item.channel == channel is not None
                    for item in self._items.get(word, ())
                )
                assert public, f"{reader} reads {word}: {text}"


EVERYBODY = "everybody"


def shown(
    state: State, actor: str, traffic: Iterable[Exchange]
) -> list[tuple[str, str | None, str]]:
    """Return what was shown to whom: (reader, channel or None, text)."""
    found: list[tuple[str, str | None, str]] = []
    for each in traffic:
        asked = each.request
        if each.direction == "to_app":
            found.append((actor, asked.get("channel_id"), json.dumps(each.answer)))
            continue
        text = f"{asked.get('text', '')} {asked.get('blocks', '')} {asked.get('view', '')}"
        if each.name == "chat.postEphemeral":
            found.append((asked["user"], asked["channel"], text))
        elif each.name in {"chat.postMessage", "chat.update"}:
            found.append((_reader(state, asked["channel"]), asked["channel"], text))
        elif each.name == "views.publish":
            found.append((asked["user_id"], None, text))
        elif each.name.startswith("views."):
            view = asked["view"] if isinstance(asked["view"], dict) else json.loads(asked["view"])
            origin = json.loads(view.get("private_metadata") or "{}")
            if origin.get("l"):
                continue  # made from a message that its reader has before them
            found.append((actor, origin.get("c"), text))
    return found


def _reader(state: State, where: str) -> str:
    """Return whose direct message it is; of a channel, everybody."""
    if where in state.people:
        return where
    members = state.conversations[where].members - {state.app.bot_user_id}
    return next(iter(members)) if where.startswith("D") else EVERYBODY


def posts(state: State) -> list[tuple[str, Message]]:
    """Return all messages that carry an id of the outbox, with the id."""
    found = []
    for some in state.messages.values():
        for message in some:
            payload = (message.metadata or {}).get("event_payload", {})
            if "message_id" in payload:
                found.append((payload["message_id"], message))
    return found


def each_once(found: Sequence[tuple[str, Message]]) -> None:
    """Hold that nothing stands in Slack twice."""
    twice = [id_ for id_, times in Counter(id_ for id_, _ in found).items() if times > 1]
    said = [message.text for id_, message in found if id_ in twice]
    assert not twice, f"posted twice: {said}"


def in_time(
    rows: Sequence[RowMapping],
    found: Sequence[tuple[str, Message]],
    members: Mapping[str, RowMapping],
    hours: set[int],
) -> None:
    """Hold that what was posted just now came when its reader may be written to.

    `hours` are the expectations with an hour in their terms, which may fall due before a list.
    """
    stored = {row["id"]: row for row in rows}
    for id_, message in found:
        row = stored.get(id_)
        reader = members.get(row["to"]) if row is not None else None
        if row is None or reader is None or row["moment"] in _ANY_HOUR or "now" in row["args"]:
            continue
        at = datetime.fromtimestamp(float(message.ts), UTC)
        if row["number"] in hours and not _is_away(reader, at):
            continue  # an hour that falls due before the next list
        said = f"{message.text!r} to {row['to']} at {at.astimezone(ZoneInfo(reader['zone']))}"
        assert not _is_quiet(reader, at), f"in quiet hours: {said}"


def _is_quiet(reader: RowMapping, at: datetime) -> bool:
    local = at.astimezone(ZoneInfo(reader["zone"]))
    start, end, hour = reader["quiet_from"], reader["quiet_until"], local.time()
    quiet = start <= hour < end if start <= end else hour >= start or hour < end
    return quiet or str(local.weekday()) not in reader["workdays"] or _is_away(reader, at)


def _is_away(reader: RowMapping, at: datetime) -> bool:
    day = at.astimezone(ZoneInfo(reader["zone"])).date()
    first, back = reader["away_from"], reader["away_until"]
    return back is not None and (first is None or first <= day) and day < back


def nothing_lost(
    events: Sequence[RowMapping],
    rows: Sequence[RowMapping],
    held: Sequence[RowMapping],
    items: Mapping[int, Item],
    gone: set[str],
) -> None:
    """Hold that whoever must hear of an event has a message or a line that waits."""
    slots = {row["slot"] for row in rows}
    waits = {(row["user"], row["number"], row["event"]) for row in held}
    for event in events:
        item, verb = items[event["number"]], event["verb"]
        who = TOLD.get(verb)
        if who is None or event["actor"] not in item.parties:
            continue
        readers = {"owner": item.owner, "requester": item.requester}
        reader = readers.get(who, item.other(event["actor"]))
        if reader is None or reader == event["actor"] or reader in gone:
            continue
        slot = f"E-{item.number}/{event['seq']}/{reader}"
        told = slot in slots or (reader, item.number, event["seq"]) in waits
        assert told, f"nobody tells {reader} of {verb} of E-{item.number}"


def at_rest(
    rows: Sequence[RowMapping],
    found: Sequence[tuple[str, Message]],
    now: datetime,
    *,
    struck: bool,
) -> None:
    """Hold, with Slack well again, that every message is where its state says."""
    there = dict(found)
    for row in rows:
        said = f"{row['kind']} {row['slot']} is {row['state']}: {row['error']}"
        assert row["state"] != "sending", said
        assert row["state"] != "pending" or row["not_before"] > now, said
        assert struck or row["state"] not in {"unknown", "dead"}, said
        if row["kind"] == "post" and row["state"] == "sent":
            assert row["id"] in there, said
            assert there[row["id"]].ts == row["ts"], said
        if row["kind"] == "post" and row["state"] in {"pending", "cancelled"}:
            assert row["id"] not in there, said


SOON = timedelta(hours=2)
"""After so long without faults everything has come to rest."""
