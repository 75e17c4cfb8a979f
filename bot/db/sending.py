"""Sending's statements for many messages at once: claimed by one, recorded by one.

They take their rows as one JSON text, so that a statement stays the same however many there are.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ARRAY, BindParameter, String, TextClause, bindparam, text

from bot.db.types import UtcTime
from bot.domain.messages import Message

_TIMES: tuple[BindParameter[Any], ...] = (
    bindparam("at", type_=UtcTime()),
    bindparam("lease_until", type_=UtcTime()),
)


@dataclass(frozen=True, slots=True)
class Statements:
    """How one database does it."""

    claim: tuple[TextClause, ...]
    record: TextClause  # gives the ids of what was recorded
    end_attempt: TextClause | None = None  # of one of those, where `record` does not do it too


_POSTGRES = Statements(
    claim=(
        text(
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
        ).bindparams(*_TIMES, bindparam("ids", type_=ARRAY(String))),
    ),
    record=text(
        """
        WITH ended AS MATERIALIZED (
            SELECT * FROM json_to_recordset(CAST(:ended AS json)) AS one (
                id text, fence integer, state text, attempts integer,
                not_before timestamptz, channel text, ts text, sent_at timestamptz, error text
            )
        ), free AS MATERIALIZED (
            SELECT message.id FROM ended
            JOIN message ON message.workspace = :workspace AND message.id = ended.id
            WHERE message.fence = ended.fence
                AND message.state IN ('pending', 'sending', 'unknown')
            FOR UPDATE OF message SKIP LOCKED
        ), recorded AS (
            UPDATE message SET
                state = CASE WHEN message.again THEN 'pending' ELSE ended.state END,
                attempts = CASE WHEN message.again THEN 0 ELSE ended.attempts END,
                again = false, lease_until = NULL, not_before = ended.not_before,
                channel = ended.channel, ts = ended.ts, sent_at = ended.sent_at,
                error = ended.error
            FROM ended JOIN free ON free.id = ended.id
            WHERE message.workspace = :workspace AND message.id = ended.id
            RETURNING message.id, message.fence, ended.state AS result
        )
        UPDATE attempt SET result = recorded.result, ended_at = :at
        FROM recorded
        WHERE attempt.workspace = :workspace AND attempt.message = recorded.id
            AND attempt.fence = recorded.fence
        RETURNING attempt.message
        """
    ).bindparams(_TIMES[0]),
)
"""A row that somebody holds is left: waiting for it, with others held, could be for ever."""

_SQLITE = Statements(
    claim=(
        text(
            """
            UPDATE message SET state = 'sending', fence = fence + 1,
                attempts = attempts + 1, lease_until = :lease_until
            WHERE workspace = :workspace AND id IN (SELECT value FROM json_each(:ids))
            """
        ).bindparams(_TIMES[1]),
        text(
            """
            INSERT INTO attempt (workspace, message, fence, started_at)
            SELECT workspace, id, fence, :at FROM message
            WHERE workspace = :workspace AND id IN (SELECT value FROM json_each(:ids))
            """
        ).bindparams(_TIMES[0]),
    ),
    record=text(
        """
        UPDATE message SET
            state = CASE WHEN again THEN 'pending' ELSE ended.state END,
            attempts = CASE WHEN again THEN 0 ELSE ended.attempts END,
            again = false, lease_until = NULL, not_before = ended.not_before,
            channel = ended.channel, ts = ended.ts, sent_at = ended.sent_at,
            error = ended.error
        FROM (
            SELECT
                json_extract(value, '$.id') AS id,
                json_extract(value, '$.fence') AS fence,
                json_extract(value, '$.state') AS state,
                json_extract(value, '$.attempts') AS attempts,
                json_extract(value, '$.not_before') AS not_before,
                json_extract(value, '$.channel') AS channel,
                json_extract(value, '$.ts') AS ts,
                json_extract(value, '$.sent_at') AS sent_at,
                json_extract(value, '$.error') AS error
            FROM json_each(:ended)
        ) AS ended
        WHERE message.workspace = :workspace AND message.id = ended.id
            AND message.fence = ended.fence
            AND message.state IN ('pending', 'sending', 'unknown')
        RETURNING message.id
        """
    ),
    # One by one: joined with JSON, it reads every attempt that there ever was.
    end_attempt=text(
        """
        UPDATE attempt SET result = :result, ended_at = :at
        WHERE workspace = :workspace AND message = :message AND fence = :fence
        """
    ).bindparams(_TIMES[0]),
)
"""Its transactions that write come one after another: no row is ever held by another."""


def statements(dialect: str) -> Statements:
    """Return how a database does it."""
    return _SQLITE if dialect == "sqlite" else _POSTGRES


def ids_for(dialect: str, ids: list[str]) -> object:
    """Return ids as the statement that claims takes them."""
    return json.dumps(ids) if dialect == "sqlite" else ids


def ended_as_json(messages: Iterable[Message]) -> str:
    """Return what became of messages as the statements that record take it."""
    return json.dumps(
        [
            {
                "id": message.id,
                "fence": message.fence,
                "state": message.state,
                "attempts": message.attempts,
                "not_before": _stored(message.not_before),
                "channel": message.channel,
                "ts": message.ts,
                "sent_at": None if message.sent_at is None else _stored(message.sent_at),
                "error": message.error,
            }
            for message in messages
        ]
    )


def _stored(moment: datetime) -> str:
    """Return a moment as SQLite keeps it (`UtcTime`), which PostgreSQL reads as well."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")
