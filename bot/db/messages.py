"""Queries of the outbox: what is to be sent, what was, and what waits for a list."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Executable, RowMapping, insert

from bot.db import message_queries as queries
from bot.db import sending
from bot.db.repository import Repository
from bot.db.tables import AskedRow, AttemptRow, HeldRow, LookRow
from bot.db.upsert import insert_new, upsert
from bot.domain.delivery import Happening, then
from bot.domain.messages import Asked, Held, Lookup, Message, MessageState, home_slot
from bot.services.openings import ALL_OPEN, Openings

_UNDER_WAY = frozenset({MessageState.PENDING, MessageState.SENDING, MessageState.UNKNOWN})
"""In these a late answer to an attempt still tells something; in the others it was recorded."""


@dataclass(frozen=True, slots=True)
class SqlMessages(Repository):
    """The port `Messages`."""

    def add(self, message: Message) -> bool:
        """Insert unless its slot is taken; tell whether it was new.

        An update or a Home that was sent before is made pending again, under its first id; one
        that is pending stays, and its row is locked, so that it is rendered after this
        transaction's end; one that is being sent is sent again after that.
        """
        statement = queries.add(self.connection.dialect.name)
        return self.put(statement, **_values(message))

    def begin(self, message: Message, at: datetime, lease_until: datetime) -> Message | None:
        """Insert one that is handed to Slack now, claimed; None where its slot is taken."""
        state = then(message.kind, message.state, Happening.CLAIMED)
        begun = replace(message, state=state, attempts=1, fence=1, lease_until=lease_until)
        if not self.add(begun):
            return None
        self.put(insert(AttemptRow), message=begun.id, fence=begun.fence, started_at=at)
        return begun

    def withdraw(self, message: Message) -> bool:
        """Take out one that was begun and certainly not posted; tell whether it was there."""
        of = {"of_message": message.id, "of_fence": message.fence}
        self.change(queries.WITHDRAW_ATTEMPT, **of)
        return self.change(queries.WITHDRAW, **of) > 0

    def claim(
        self, at: datetime, limit: int, lease_until: datetime, openings: Openings = ALL_OPEN
    ) -> list[Message]:
        """Take due pending ones: attempt row, fence + 1, sending, in one transaction."""
        due = self.rows(
            queries.DUE,
            at=at,
            limit=limit,
            kinds=sorted(openings.kinds),
            busy=sorted(openings.busy),
            resting=sorted(openings.resting),
        )
        claimed = [
            each for row in due if openings.take(each := _read_message(row, (), lease_until))
        ]
        if claimed:
            ids = [message.id for message in claimed]
            sending.claim(self.connection, self.workspace, ids, at, lease_until)
        return claimed

    def record(self, ended: Sequence[Message], at: datetime) -> set[str]:
        """Record what became of attempts, as `save_fenced` does, those that nobody else holds.

        Return their ids.
        """
        return sending.record(self.connection, self.workspace, ended, at)

    def save_fenced(
        self,
        message: Message,
        at: datetime | None = None,
        *,
        while_in: Collection[MessageState] = _UNDER_WAY,
    ) -> bool:
        """Update if the stored fence is the message's, and its state one of these; tell whether.

        `at` is when its attempt ended; without it that is when it was sent, where it was.
        """
        recorded = self.change(
            queries.RECORD,
            of_id=message.id,
            of_fence=message.fence,
            of_states=sorted(while_in),
            new_state=message.state,
            new_attempts=message.attempts,
            new_not_before=message.not_before,
            new_lease_until=message.lease_until,
            new_channel=message.channel,
            new_ts=message.ts,
            new_sent_at=message.sent_at,
            new_error=message.error,
        )
        if not recorded:
            return False
        if message.state is not MessageState.SENDING:
            self.change(
                queries.END_ATTEMPT,
                of_message=message.id,
                of_fence=message.fence,
                new_result=message.state,
                new_ended_at=at or message.sent_at,
            )
        sending.show(self.connection, self.workspace, [message])
        return True

    def expire_leases(self, at: datetime, look_at: datetime) -> int:
        """Turn posts whose lease ran out to unknown, to be looked for; others to pending.

        An update's fence moves on, so that a late answer to the old attempt changes nothing; a
        post's stays, so that a late answer still tells what became of it.
        """
        ids = [row["id"] for row in self.rows(queries.EXPIRED, at=at)]
        if not ids:
            return 0
        self.change(queries.END_EXPIRED_ATTEMPTS, of_ids=ids, of_at=at)
        self.change(queries.LOOK_FOR_EXPIRED, of_ids=ids, of_look_at=look_at)
        posts = self.change(queries.EXPIRE_POSTS, of_ids=ids)
        return posts + self.change(queries.EXPIRE_OTHERS, of_ids=ids)

    def look_for(self, message_id: str, at: datetime) -> bool:
        """Have a post of unknown fate looked for at a moment, unless it is looked for already."""
        return self.put(insert_new(self.connection, LookRow), message=message_id, at=at, misses=0)

    def claim_looks(self, at: datetime, limit: int, until: datetime) -> list[Lookup]:
        """Take due looks, those at posts that are still unknown; the others are over."""
        ids = [row["message"] for row in self.rows(queries.LOOKS_DUE, at=at, limit=limit)]
        if not ids:
            return []
        self.change(queries.LOOKS_OVER, of_ids=ids)
        self.change(queries.CLAIM_LOOKS, of_ids=ids, new_at=until)
        tries = {
            row["message"]: (row["first"], row["last"]) for row in self.rows(queries.TRIES, ids=ids)
        }
        lookups = []
        for row in self.rows(queries.LOOKED_AT, ids=ids):
            message = _read_message(row, ())
            first, last = tries.get(message.id, (message.created_at, message.created_at))
            lookups.append(
                Lookup(
                    message=message,
                    misses=row["misses"],
                    until=until,
                    first_try=first,
                    last_try=last,
                )
            )
        return lookups

    def look_again(self, lookup: Lookup, at: datetime, misses: int) -> bool:
        """Record a look and when the next one is; False where another has taken it over."""
        changed = self.change(
            queries.LOOK_AGAIN,
            of_message=lookup.message.id,
            of_at=lookup.until,
            new_at=at,
            new_misses=misses,
        )
        return changed > 0

    def end_look(self, lookup: Lookup) -> bool:
        """Look for it no more; False where another has taken it over."""
        ended = self.change(queries.END_LOOK, of_message=lookup.message.id, of_at=lookup.until)
        return ended > 0

    def get(self, message_id: str) -> Message | None:
        """Return the message with this id."""
        return self._one(queries.ONE, id=message_id)

    def by_slot(self, slot: str) -> Message | None:
        """Return the message of this occasion."""
        return self._one(queries.BY_SLOT, slot=slot)

    def homes_of(self, users: Collection[str]) -> list[str]:
        """Return who of these has opened Home; their rows are locked, all in one order."""
        slots = [home_slot(user) for user in users]
        return [row["to"] for row in self.rows(queries.HOMES, slots=slots)]

    def posts_showing(self, number: int, limit: int) -> list[Message]:
        """Return sent posts that show the expectation, newest first."""
        return self._read(self.rows(queries.SHOWING, number=number, limit=limit))

    def undelivered(self, user: str, limit: int) -> list[Message]:
        """Return unknown and dead posts that are not looked for any more, newest first."""
        return self._read(self.rows(queries.UNDELIVERED_TO, to=user, limit=limit))

    def put_off(self, user: str, limit: int) -> list[Message]:
        """Return pending posts to the user that Slack, or what is before it, put off."""
        return self._read(self.rows(queries.PUT_OFF_TO, to=user, limit=limit))

    def hold(self, held: Held) -> bool:
        """Keep a notice for the reader's next list; tell whether it was new."""
        return self.put(insert_new(self.connection, HeldRow), **_held_values(held))

    def hold_again(self, held: Held) -> None:
        """Keep it from now on: no list that was made before carries what is new in it."""
        self.put(upsert(self.connection, HeldRow), **_held_values(held))

    def held_for(self, user: str) -> list[Held]:
        """Return what waits for the user's next list, the oldest first."""
        return [_read_held(row) for row in self.rows(queries.HELD_FOR, user=user)]

    def carried_by(self, user: str, message_id: str) -> list[Held]:
        """Return what a message carried to its reader, the oldest first."""
        rows = self.rows(queries.CARRIED_BY, user=user, message=message_id)
        return [_read_held(row) for row in rows]

    def take_held(self, held: Held, carried_by: str) -> bool:
        """Note which message carries it; False where another one does already."""
        taken = self.change(
            queries.TAKE_HELD,
            of_user=held.user,
            of_number=held.number,
            of_event=held.event,
            of_moment=held.moment,
            new_carried_by=carried_by,
        )
        return taken > 0

    def add_asked(self, asked: Asked) -> bool:
        """Note that a prompt reached somebody; tell whether it was new."""
        return self.put(
            insert_new(self.connection, AskedRow),
            user=asked.user,
            number=asked.number,
            prompt=asked.prompt,
            key=asked.key,
            ordinal=asked.ordinal,
            at=asked.at,
            message=asked.message,
        )

    def asked_of(self, user: str, numbers: Collection[int]) -> list[Asked]:
        """Return what the user was asked about these, the first one first."""
        if not numbers:
            return []
        rows = self.rows(queries.ASKED_OF, user=user, numbers=list(numbers))
        return [read_asked(row) for row in rows]

    def _one(self, statement: Executable, **values: object) -> Message | None:
        found = self._read(self.rows(statement, **values))
        return found[0] if found else None

    def _read(self, rows: Iterable[RowMapping]) -> list[Message]:
        """Return rows as messages; only what was sent shows anything."""
        found = list(rows)
        sent = [row["id"] for row in found if row["ts"] is not None]
        shows: defaultdict[str, list[int]] = defaultdict(list)
        if sent:
            for row in self.rows(queries.SUBJECTS, ids=sent):
                shows[row["message"]].append(row["number"])
        return [_read_message(row, tuple(shows[row["id"]])) for row in found]


def _values(message: Message) -> dict[str, object]:
    return {
        "id": message.id,
        "kind": message.kind,
        "moment": message.moment,
        "to": message.to,
        "slot": message.slot,
        "not_before": message.not_before,
        "created_at": message.created_at,
        "number": message.number,
        "event": message.event,
        "args": dict(message.args),
        "state": message.state,
        "again": False,
        "attempts": message.attempts,
        "fence": message.fence,
        "lease_until": message.lease_until,
        "channel": message.channel,
        "ts": message.ts,
        "sent_at": message.sent_at,
        "error": message.error,
    }


def _read_message(
    row: RowMapping, shows: tuple[int, ...], claimed_until: datetime | None = None
) -> Message:
    """Return a row's message, as it is now or as it is once it is claimed."""
    claims = claimed_until is not None
    return Message(
        id=row["id"],
        kind=row["kind"],
        moment=row["moment"],
        to=row["to"],
        slot=row["slot"],
        not_before=row["not_before"],
        created_at=row["created_at"],
        number=row["number"],
        event=row["event"],
        args=row["args"],
        state=MessageState.SENDING if claims else row["state"],
        attempts=row["attempts"] + claims,
        fence=row["fence"] + claims,
        lease_until=claimed_until or row["lease_until"],
        channel=row["channel"],
        ts=row["ts"],
        sent_at=row["sent_at"],
        error=row["error"],
        shows=shows,
    )


def _held_values(held: Held) -> dict[str, object]:
    return {
        "user": held.user,
        "number": held.number,
        "event": held.event,
        "moment": held.moment,
        "since": held.since,
        "carried_by": held.carried_by,
        "timed": held.timed,
        "args": dict(held.args),
    }


def _read_held(row: RowMapping) -> Held:
    return Held(
        user=row["user"],
        number=row["number"],
        event=row["event"],
        moment=row["moment"],
        since=row["since"],
        carried_by=row["carried_by"],
        timed=row["timed"],
        args=row["args"],
    )


def read_asked(row: RowMapping) -> Asked:
    """Return a row's prompt."""
    return Asked(
        user=row["user"],
        number=row["number"],
        prompt=row["prompt"],
        key=row["key"],
        ordinal=row["ordinal"],
        at=row["at"],
        message=row["message"],
    )
