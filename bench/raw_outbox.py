"""Claim and record in the cheapest two statements that do it, by raw driver, on PostgreSQL.

They leave the rows that ours leave: each attempt, as it begins and as it ends, and what is shown.
"""

from datetime import datetime, timedelta
from typing import Any

import psycopg

_CLAIM = """
WITH claimed AS (
    UPDATE message SET state = 'sending', fence = fence + 1, attempts = attempts + 1,
        lease_until = %(lease)s
    WHERE workspace = %(workspace)s AND id IN (
        SELECT id FROM message
        WHERE workspace = %(workspace)s AND state = 'pending' AND not_before <= %(at)s
        ORDER BY not_before LIMIT %(batch)s FOR UPDATE SKIP LOCKED
    )
    RETURNING id, fence, number
), begun AS (
    INSERT INTO attempt (workspace, message, fence, started_at)
    SELECT %(workspace)s, id, fence, %(at)s FROM claimed
)
SELECT id, fence, number FROM claimed
"""
_RECORD = """
WITH ended AS (
    SELECT * FROM unnest(
        %(ids)s::text[], %(fences)s::int[], %(numbers)s::int[], %(channels)s::text[], %(ts)s::text[]
    ) AS ended (id, fence, number, channel, ts)
), recorded AS (
    UPDATE message SET state = 'sent', lease_until = NULL, channel = ended.channel, ts = ended.ts,
        sent_at = %(at)s
    FROM ended
    WHERE workspace = %(workspace)s AND message.id = ended.id AND message.fence = ended.fence
    RETURNING message.id, message.fence, ended.number
), shown AS (
    INSERT INTO message_subject (workspace, message, number, position)
    SELECT %(workspace)s, id, number, 0 FROM recorded
)
UPDATE attempt SET result = 'sent', ended_at = %(at)s
FROM recorded
WHERE workspace = %(workspace)s AND message = recorded.id AND attempt.fence = recorded.fence
"""


def drain(
    connection: psycopg.Connection[Any], workspace: int, at: datetime, batch: int, most: int
) -> int:
    """Claim and record up to so many, each statement in a transaction of its own."""
    of = {"workspace": workspace, "at": at, "lease": at + timedelta(seconds=120), "batch": batch}
    done = 0
    while done < most:
        rows = connection.execute(_CLAIM, of).fetchall()
        if not rows:
            break
        ids, fences, numbers = (list(each) for each in zip(*rows, strict=True))
        ended = {
            "ids": ids,
            "fences": fences,
            "numbers": numbers,
            "channels": ["D01BENCH"] * len(rows),
            "ts": [f"1795420800.{done + number:06}" for number in range(len(rows))],
        }
        done += connection.execute(_RECORD, of | ended).rowcount
    return done
