"""Sending's statements for many messages at once: claimed together, recorded together."""

import json
from collections.abc import Collection, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ARRAY, BindParameter, Connection, String, bindparam, text

from bot.db.types import UtcTime
from bot.domain.messages import Message

_AT: BindParameter[Any] = bindparam("at", type_=UtcTime())
_LEASE_UNTIL: BindParameter[Any] = bindparam("lease_until", type_=UtcTime())

_CLAIM_AND_ATTEMPT = text(
    """
    WITH claimed AS (
        UPDATE message SET state = 'sending', fence = fence + 1,
            attempts = attempts + 1, lease_until = :lease_until
        WHERE workspace = :workspace AND id = ANY(:ids)
        RETURNING workspace, id, fence
    )
    INSERT INTO attempt (workspace, message, fence, started_at)
    SELECT workspace, id, fence, :at FROM claimed
    """
).bindparams(_AT, _LEASE_UNTIL, bindparam("ids", type_=ARRAY(String)))
_RECORD = text(
    """
    WITH ended AS (
        SELECT one.* FROM json_to_recordset(CAST(:ended AS json)) AS one (
            id text, fence integer, state text, attempts integer,
            not_before timestamptz, channel text, ts text, sent_at timestamptz, error text,
            shows integer[]
        )
        JOIN message ON message.workspace = :workspace AND message.id = one.id
        WHERE message.fence = one.fence
            AND message.state IN ('pending', 'sending', 'unknown')
        FOR UPDATE OF message SKIP LOCKED
    ), recorded AS (
        UPDATE message SET
            state = CASE WHEN again THEN 'pending' ELSE ended.state END,
            attempts = CASE WHEN again THEN 0 ELSE ended.attempts END,
            again = false, lease_until = NULL, not_before = ended.not_before,
            channel = ended.channel, ts = ended.ts, sent_at = ended.sent_at,
            error = ended.error
        FROM ended
        WHERE message.workspace = :workspace AND message.id = ended.id
        RETURNING message.id, message.fence, ended.state AS result, ended.shows
    ), shown AS (
        INSERT INTO message_subject (workspace, message, number, position)
        SELECT :workspace, id, number, place - 1
        FROM recorded, unnest(shows) WITH ORDINALITY AS one (number, place)
        ON CONFLICT (workspace, message, number) DO NOTHING
    )
    INSERT INTO attempt (workspace, message, fence, started_at, ended_at, result)
    SELECT :workspace, id, fence, :at, :at, result FROM recorded
    ON CONFLICT (workspace, message, fence)
    DO UPDATE SET ended_at = excluded.ended_at, result = excluded.result
    RETURNING message
    """
).bindparams(_AT)
"""PostgreSQL's. A row that somebody holds is left: waiting for it, with others held, could be for
ever. The attempts are there: they are updated by way of a conflict, which always reads their key,
where a plan made while the table was small, and kept, would read all of it for each batch.
"""

_CLAIM = text(
    """
    UPDATE message SET state = 'sending', fence = fence + 1,
        attempts = attempts + 1, lease_until = :lease_until
    WHERE workspace = :workspace AND id IN (SELECT value FROM json_each(:ids))
    """
).bindparams(_LEASE_UNTIL)
_ATTEMPT = text(
    """
    INSERT INTO attempt (workspace, message, fence, started_at)
    SELECT workspace, id, fence, :at FROM message
    WHERE workspace = :workspace AND id IN (SELECT value FROM json_each(:ids))
    """
).bindparams(_AT)
_FREE = text(
    """
    SELECT id, fence FROM message
    WHERE workspace = :workspace AND id IN (SELECT value FROM json_each(:ids))
        AND state IN ('pending', 'sending', 'unknown')
    """
)
_RECORD_ONE = """
    UPDATE message SET
        state = CASE WHEN again THEN 'pending' ELSE :state END,
        attempts = CASE WHEN again THEN 0 ELSE :attempts END,
        again = false, lease_until = NULL, not_before = :not_before,
        channel = :channel, ts = :ts, sent_at = :sent_at, error = :error
    WHERE workspace = :workspace AND id = :id
    """
_END_ATTEMPT = """
    UPDATE attempt SET result = :state, ended_at = :at
    WHERE workspace = :workspace AND message = :id AND fence = :fence
    """
"""SQLite's. Its transactions that write come one after another, so no row is ever held by another.
Joined with JSON, without statistics, it would read every message that there ever was."""

_SHOW = text(
    """
    INSERT INTO message_subject (workspace, message, number, position)
    VALUES (:workspace, :id, :number, :position)
    ON CONFLICT (workspace, message, number) DO NOTHING
    """
)


def claim(
    connection: Connection,
    workspace: int,
    ids: Collection[str],
    at: datetime,
    lease_until: datetime,
) -> None:
    """Take messages that are locked: sending, fence + 1, an attempt each."""
    values = {"workspace": workspace, "at": at, "lease_until": lease_until}
    if connection.dialect.name == "sqlite":
        values["ids"] = json.dumps(list(ids))
        connection.execute(_CLAIM, values)
        connection.execute(_ATTEMPT, values)
    else:
        connection.execute(_CLAIM_AND_ATTEMPT, values | {"ids": list(ids)})


def record(
    connection: Connection, workspace: int, ended: Sequence[Message], at: datetime
) -> set[str]:
    """Write down what became of attempts whose fence is still the message's, and what is shown.

    Return their ids.
    """
    if connection.dialect.name != "sqlite":
        values = {"workspace": workspace, "at": at, "ended": json.dumps(list(map(_values, ended)))}
        return set(connection.execute(_RECORD, values).scalars())
    ids = json.dumps([message.id for message in ended])
    free = connection.execute(_FREE, {"workspace": workspace, "ids": ids})
    fences = {row.id: row.fence for row in free}
    mine = [message for message in ended if fences.get(message.id) == message.fence]
    if mine:
        of = {"workspace": workspace, "at": _stored(at)}
        rows = [of | _values(message) for message in mine]
        # By the driver itself: many rows cost it less than SQLAlchemy's way to it.
        connection.exec_driver_sql(_RECORD_ONE, rows)
        connection.exec_driver_sql(_END_ATTEMPT, rows)
        show(connection, workspace, mine)
    return {message.id for message in mine}


def show(connection: Connection, workspace: int, sent: Sequence[Message]) -> None:
    """Note which expectations are shown by posts that were sent."""
    subjects = [
        {"workspace": workspace, "id": message.id, "number": number, "position": position}
        for message in sent
        for position, number in enumerate(message.shows)
    ]
    if subjects:
        connection.execute(_SHOW, subjects)


def _values(message: Message) -> dict[str, Any]:
    return {
        "id": message.id,
        "fence": message.fence,
        "state": message.state,
        "attempts": message.attempts,
        "not_before": _stored(message.not_before),
        "channel": message.channel,
        "ts": message.ts,
        "sent_at": None if message.sent_at is None else _stored(message.sent_at),
        "error": message.error,
        "shows": message.shows,
    }


def _stored(moment: datetime) -> str:
    """Return a moment as SQLite keeps it (`UtcTime`), which PostgreSQL reads as well."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")
