"""Queries of the workspace's people."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import RowMapping, bindparam, or_, select, update

from bot.db.repository import Repository
from bot.db.tables import MemberRow
from bot.db.upsert import upsert
from bot.domain.member import Member, Stoppable

_ROW = MemberRow.__table__.c
_ALL = select(*_ROW).where(_ROW.workspace == bindparam("workspace"))
_ONE = _ALL.where(_ROW.user == bindparam("user"))
_LOCKED = _ONE.with_for_update(key_share=True)
_MANY = _ALL.where(_ROW.user.in_(bindparam("users", expanding=True)))
_DUE = (
    _ALL.where(_ROW.next_list_at.is_not(None), _ROW.next_list_at <= bindparam("at"))
    .order_by(_ROW.next_list_at)
    .limit(bindparam("limit"))
)
_NOTE_CONVERSATION = (
    update(MemberRow)
    .where(
        _ROW.workspace == bindparam("of_workspace"),
        _ROW.user == bindparam("of_user"),
        _ROW.conversation.is_distinct_from(bindparam("new_conversation")),
    )
    .values(conversation=bindparam("new_conversation"))
)
_USERS = select(_ROW.user).where(_ROW.workspace == bindparam("workspace")).order_by(_ROW.user)
_STALE = (
    _ALL.where(
        _ROW.active,
        ~_ROW.is_bot,
        or_(_ROW.checked_at.is_(None), _ROW.checked_at < bindparam("before")),
    )
    .order_by(_ROW.checked_at.nulls_first())
    .limit(bindparam("limit"))
)


@dataclass(frozen=True, slots=True)
class SqlMembers(Repository):
    """The port `Members`."""

    known: dict[str, Member] = field(default_factory=dict)
    """Those that were read ahead, and not changed since."""

    def get(self, user: str) -> Member | None:
        """Return who has this Slack user id."""
        if user in self.known:
            return self.known[user]
        row = self.row(_ONE, user=user)
        return None if row is None else read_member(row)

    def get_many(self, users: Collection[str]) -> dict[str, Member]:
        """Return those that are known, by user id."""
        found = {user: self.known[user] for user in users if user in self.known}
        unknown = [user for user in users if user not in found]
        if unknown:
            rows = self.rows(_MANY, users=unknown)
            found |= {row["user"]: read_member(row) for row in rows}
        return found

    def read_ahead(self, users: Collection[str]) -> None:
        """Read these at once: who is asked for next is among them."""
        self.known.update(self.get_many(users))

    def get_for_update(self, user: str) -> Member | None:
        """Return the member, whom nobody else can change until the transaction ends."""
        self.known.pop(user, None)
        row = self.row(_LOCKED, user=user)
        return None if row is None else read_member(row)

    def save(self, member: Member) -> None:
        """Insert or update; `next_list_at` is stored as given."""
        self.known.pop(member.user, None)
        self.put(upsert(self.connection, MemberRow), **_values(member))

    def note_conversation(self, user: str, conversation: str) -> None:
        """Note which conversation holds somebody's direct messages with the bot."""
        self.known.pop(user, None)
        self.change(_NOTE_CONVERSATION, of_user=user, new_conversation=conversation)

    def due_for_list(self, at: datetime, limit: int) -> list[Member]:
        """Return those whose next list is due, the longest due first."""
        rows = self.rows(_DUE, at=at, limit=limit)
        return [read_member(row) for row in rows]

    def users(self) -> list[str]:
        """Return everybody's id."""
        return [row["user"] for row in self.rows(_USERS)]

    def marked_stale(self, checked_before: datetime, limit: int) -> list[Member]:
        """Return people never read from Slack, or not since then."""
        rows = self.rows(_STALE, before=checked_before, limit=limit)
        return [read_member(row) for row in rows]


def _values(member: Member) -> dict[str, object]:
    return {
        "user": member.user,
        "name": member.name,
        "zone": member.zone.key,
        "locale": member.locale,
        "check_in": member.check_in,
        "workdays": "".join(str(day) for day in sorted(member.workdays)),
        "quiet_from": member.quiet_from,
        "quiet_until": member.quiet_until,
        "away_from": member.away_from,
        "away_until": member.away_until,
        "cadence": member.cadence,
        "stopped": sorted(member.stopped),
        "country": member.country,
        "holidays": [day.isoformat() for day in sorted(member.holidays)],
        "active": member.active,
        "is_bot": member.is_bot,
        "is_stranger": member.is_stranger,
        "conversation": member.conversation,
        "welcomed_at": member.welcomed_at,
        "checked_at": member.checked_at,
        "last_list_on": member.last_list_on,
        "next_list_at": member.next_list_at,
        "worth": member.worth,
    }


def read_member(row: RowMapping) -> Member:
    """Return a row's member."""
    return Member(
        user=row["user"],
        name=row["name"],
        zone=ZoneInfo(row["zone"]),
        locale=row["locale"],
        check_in=row["check_in"],
        workdays=frozenset(int(day) for day in row["workdays"]),
        quiet_from=row["quiet_from"],
        quiet_until=row["quiet_until"],
        away_from=row["away_from"],
        away_until=row["away_until"],
        cadence=row["cadence"],
        stopped=frozenset(Stoppable(each) for each in row["stopped"]),
        country=row["country"],
        holidays=frozenset(date.fromisoformat(day) for day in row["holidays"]),
        active=row["active"],
        is_bot=row["is_bot"],
        is_stranger=row["is_stranger"],
        conversation=row["conversation"],
        welcomed_at=row["welcomed_at"],
        checked_at=row["checked_at"],
        last_list_on=row["last_list_on"],
        next_list_at=row["next_list_at"],
        worth=row["worth"],
    )
