"""Queries of goals and the updates of their measures."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import RowMapping, and_, bindparam, func, insert, or_, select, update

from bot.db import counters
from bot.db.repository import Repository
from bot.db.tables import GoalRow, GoalUpdateRow, MemberRow
from bot.domain.expectation import Visibility
from bot.domain.goal import Goal, GoalStatus, Measure, MeasureUpdate

_ROW = GoalRow.__table__.c
_UPDATE = GoalUpdateRow.__table__.c
_MEMBER = MemberRow.__table__.c
_ALL = select(*_ROW).where(_ROW.workspace == bindparam("workspace"))
_ONE = _ALL.where(_ROW.number == bindparam("number"))
_LOCKED = _ONE.with_for_update(key_share=True)
_SAVE = update(GoalRow).where(
    _ROW.workspace == bindparam("of_workspace"), _ROW.number == bindparam("of_number")
)
_BY_DAY = (_ROW.status != GoalStatus.OPEN, _ROW.day, _ROW.number)
_IN_CHANNEL = (
    _ALL.where(_ROW.channel == bindparam("channel")).order_by(*_BY_DAY).limit(bindparam("limit"))
)
_SHARED = _ALL.where(_ROW.channel == bindparam("channel"), _ROW.visibility == Visibility.CHANNEL)
_OPEN_IN = (
    _SHARED.where(_ROW.status == GoalStatus.OPEN)
    .order_by(_ROW.day, _ROW.number)
    .limit(bindparam("limit"))
)
_CLOSED_IN = (
    _SHARED.where(_ROW.closed_at >= bindparam("since"), _ROW.closed_at < bindparam("until"))
    .order_by(_ROW.closed_at.desc(), _ROW.number.desc())
    .limit(bindparam("limit"))
)
_OF_USER = (
    _ALL.where(or_(_ROW.champion == bindparam("user"), _ROW.creator == bindparam("user")))
    .order_by(*_BY_DAY)
    .offset(bindparam("offset"))
    .limit(bindparam("limit"))
)
_UPDATES = select(_UPDATE.seq, _UPDATE.by, _UPDATE.at, _UPDATE.value).where(
    _UPDATE.workspace == bindparam("workspace"), _UPDATE.number == bindparam("number")
)
_UP_TO = (
    select(
        _UPDATE.number,
        _UPDATE.value,
        func.row_number()
        .over(partition_by=_UPDATE.number, order_by=(_UPDATE.at.desc(), _UPDATE.seq.desc()))
        .label("nth"),
    )
    .where(
        _UPDATE.workspace == bindparam("workspace"),
        _UPDATE.number.in_(bindparam("numbers", expanding=True)),
        _UPDATE.at <= bindparam("at"),
    )
    .subquery()
)
_VALUES_AT = select(_UP_TO.c.number, _UP_TO.c.value).where(_UP_TO.c.nth == 1)
_LATEST_UPDATES = _UPDATES.order_by(_UPDATE.seq.desc()).limit(bindparam("limit"))
_LEFT = select(_MEMBER.user).where(
    _MEMBER.workspace == bindparam("workspace"), _MEMBER.active.is_(False)
)
_TO_REVIEW = (
    _ALL.where(
        or_(
            _ROW.champion == bindparam("user"),
            and_(_ROW.creator == bindparam("user"), _ROW.champion.in_(_LEFT)),
        ),
        _ROW.status == GoalStatus.OPEN,
        _ROW.review_on <= bindparam("today"),
    )
    .order_by(_ROW.review_on, _ROW.number)
    .limit(bindparam("limit"))
)
_NEXT_UPDATE = select(func.coalesce(func.max(_UPDATE.seq), 0) + 1).where(
    _UPDATE.workspace == bindparam("workspace"), _UPDATE.number == bindparam("number")
)


@dataclass(frozen=True, slots=True)
class SqlGoals(Repository):
    """The port `Goals`."""

    def take_number(self) -> int:
        """Take the next number from the counter, before any other row is locked."""
        return counters.take(self.connection, self.workspace, "goal", 1)

    def get(self, number: int) -> Goal | None:
        """Return G-`number`."""
        row = self.row(_ONE, number=number)
        return None if row is None else read_goal(row)

    def get_for_update(self, number: int) -> Goal | None:
        """Return the goal, which nobody else can change until the transaction ends."""
        row = self.row(_LOCKED, number=number)
        return None if row is None else read_goal(row)

    def insert(self, goal: Goal) -> None:
        """Insert a new one."""
        self.put(insert(GoalRow), number=goal.number, **_values(goal))

    def save(self, goal: Goal) -> None:
        """Update the row."""
        self.change(_SAVE, of_number=goal.number, **_values(goal))

    def in_channel(self, channel: str, limit: int) -> list[Goal]:
        """Return the channel's, open ones first, by day."""
        rows = self.rows(_IN_CHANNEL, channel=channel, limit=limit)
        return [read_goal(row) for row in rows]

    def open_in(self, channel: str, limit: int) -> list[Goal]:
        """Return the channel's shared ones that are open, by day."""
        return [read_goal(row) for row in self.rows(_OPEN_IN, channel=channel, limit=limit)]

    def closed_in(self, channel: str, since: datetime, until: datetime, limit: int) -> list[Goal]:
        """Return the channel's shared ones that closed in a period, the latest first."""
        rows = self.rows(_CLOSED_IN, channel=channel, since=since, until=until, limit=limit)
        return [read_goal(row) for row in rows]

    def of_user(self, user: str, offset: int, limit: int) -> list[Goal]:
        """Return those that somebody champions or created, open ones first, by day."""
        rows = self.rows(_OF_USER, user=user, offset=offset, limit=limit)
        return [read_goal(row) for row in rows]

    def add_update(self, number: int, by: str, at: datetime, value: str) -> None:
        """Note the measure's new value."""
        self.rows(_LOCKED, number=number)
        seq = self.connection.execute(_NEXT_UPDATE, self.of(number=number)).scalar_one()
        self.put(insert(GoalUpdateRow), number=number, seq=seq, by=by, at=at, value=value)

    def updates(self, number: int, limit: int) -> list[MeasureUpdate]:
        """Return the last values that the measure was given, the latest first."""
        return [
            MeasureUpdate(by=row["by"], at=row["at"], value=Decimal(row["value"]))
            for row in self.rows(_LATEST_UPDATES, number=number, limit=limit)
        ]

    def to_review(self, user: str, today: date, limit: int) -> list[Goal]:
        """Return the open goals that are somebody's to look at by now, the earliest first.

        They are its champion's, and once that one left, its creator's.
        """
        rows = self.rows(_TO_REVIEW, user=user, today=today, limit=limit)
        return [read_goal(row) for row in rows]

    def values_at(self, numbers: Collection[int], at: datetime) -> dict[int, str]:
        """Return where the measures of goals stood at a moment, of those that had a value."""
        if not numbers:
            return {}
        rows = self.rows(_VALUES_AT, numbers=sorted(numbers), at=at)
        return {row["number"]: row["value"] for row in rows}


def _values(goal: Goal) -> dict[str, object]:
    measure = goal.measure
    return {
        "channel": goal.channel,
        "title": goal.title,
        "creator": goal.creator,
        "champion": goal.champion,
        "day": goal.day,
        "created_at": goal.created_at,
        "visibility": goal.visibility,
        "why": goal.why,
        "gain": goal.gain,
        "measure_start": measure and str(measure.start),
        "measure_now": measure and str(measure.now),
        "measure_target": measure and str(measure.target),
        "review_on": goal.review_on,
        "status": goal.status,
        "note": goal.note,
        "learnt": goal.learnt,
        "closed_at": goal.closed_at,
    }


def read_goal(row: RowMapping) -> Goal:
    """Return a row's goal."""
    measure = None
    if row["measure_start"] is not None:
        measure = Measure(
            start=Decimal(row["measure_start"]),
            now=Decimal(row["measure_now"]),
            target=Decimal(row["measure_target"]),
        )
    return Goal(
        number=row["number"],
        channel=row["channel"],
        title=row["title"],
        creator=row["creator"],
        champion=row["champion"],
        day=row["day"],
        created_at=row["created_at"],
        visibility=row["visibility"].value,
        why=row["why"],
        gain=row["gain"],
        measure=measure,
        review_on=row["review_on"],
        status=row["status"],
        note=row["note"],
        learnt=row["learnt"],
        closed_at=row["closed_at"],
    )
