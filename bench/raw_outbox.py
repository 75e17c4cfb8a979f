"""Claim and record in the cheapest two statements that do it, by raw driver, on PostgreSQL."""

from datetime import datetime, timedelta
from typing import Any

import psycopg

_CLAIM = """
UPDATE message SET state = 'sending', fence = fence + 1, attempts = attempts + 1, lease_until = %s
WHERE workspace = %s AND id IN (
    SELECT id FROM message WHERE workspace = %s AND state = 'pending' AND not_before <= %s
    ORDER BY not_before LIMIT %s FOR UPDATE SKIP LOCKED
)
RETURNING id, fence
"""
_RECORD = """
UPDATE message SET state = 'sent', lease_until = NULL, channel = ended.channel, ts = ended.ts,
    sent_at = %s
FROM unnest(%s::text[], %s::int[], %s::text[], %s::text[]) AS ended(id, fence, channel, ts)
WHERE message.workspace = %s AND message.id = ended.id AND message.fence = ended.fence
"""


def drain(
    connection: psycopg.Connection[Any], workspace: int, at: datetime, batch: int, most: int
) -> int:
    """Claim and record up to so many, each statement in a transaction of its own."""
    lease = at + timedelta(seconds=120)
    done = 0
    while done < most:
        rows = connection.execute(_CLAIM, (lease, workspace, workspace, at, batch)).fetchall()
        if not rows:
            break
        ids, fences = [row[0] for row in rows], [row[1] for row in rows]
        channels = ["D01BENCH"] * len(rows)
        stamps = [f"1795420800.{done + number:06}" for number in range(len(rows))]
        recorded = (at, ids, fences, channels, stamps, workspace)
        done += connection.execute(_RECORD, recorded).rowcount
    return done
