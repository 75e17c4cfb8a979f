"""Reading and saving expectations with their terms, events and periods."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Executable, RowMapping, bindparam, func, insert, update

from bot.db import counters
from bot.db import expectation_queries as queries
from bot.db.expectation_rows import (
    event_values,
    expectation_values,
    period_values,
    read_event,
    read_expectation,
    read_period,
    read_report,
    read_terms,
    report_values,
    terms_values,
)
from bot.db.repository import Repository
from bot.db.tables import EventRow, ExpectationRow, PeriodRow, ReportRow, TermsRow
from bot.db.upsert import fill_in, upsert
from bot.domain.expectation import Event, Expectation, Outcome, Period, Report
from bot.domain.figures.week import WeekCounts
from bot.domain.schedule.summary_time import SummaryPeriod
from bot.domain.terms import Terms

_E = ExpectationRow.__table__.c
_COLUMNS = [column.name for column in _E if column.name not in {"workspace", "number", "agreed_at"}]
_SAVE = (
    update(ExpectationRow)
    .where(_E.workspace == bindparam("of_workspace"), _E.number == bindparam("of_number"))
    .values({name: bindparam(name) for name in _COLUMNS})
    .values(agreed_at=func.coalesce(_E.agreed_at, bindparam("agreed_at", type_=_E.agreed_at.type)))
)


@dataclass(frozen=True, slots=True)
class SqlExpectations(Repository):
    """The port `Expectations`."""

    known: dict[int, Expectation] = field(default_factory=dict)
    """Those that were read ahead, as this transaction has saved them since."""
    known_events: dict[tuple[int, int], Event] = field(default_factory=dict)
    locked: set[int] = field(default_factory=set)
    """Of the known ones those that nobody else can change."""
    unsaved: dict[int, Expectation] = field(default_factory=dict)
    """Of the locked ones those whose row is yet to be written: all at once, at the end."""

    def take_numbers(self, count: int) -> int:
        """Take `count` numbers from the counter, before any row is locked; return the first."""
        return counters.take(self.connection, self.workspace, "expectation", count)

    def get(self, number: int) -> Expectation | None:
        """Return E-`number`."""
        if number in self.known:
            return self.known[number]
        found = self._list(queries.ONE, number=number)
        return found[0] if found else None

    def get_for_update(self, number: int) -> Expectation | None:
        """Return E-`number`, which nobody else can change until the transaction ends.

        The lock comes first, by itself: a joined read that waited for it would have its terms
        from before the wait.
        """
        if number in self.locked:
            return self.known[number]
        locked = self.rows(queries.LOCK, number=number)
        self.known.pop(number, None)  # what was read before the wait
        return self.get(number) if locked else None

    def get_many(self, numbers: Collection[int]) -> dict[int, Expectation]:
        """Return those that exist, by number."""
        found = {number: self.known[number] for number in numbers if number in self.known}
        unknown = [number for number in numbers if number not in found]
        if unknown:
            rows = self._list(queries.MANY, numbers=unknown)
            found |= {expectation.number: expectation for expectation in rows}
        return found

    def read_ahead(self, numbers: Collection[int], events: Collection[int] = ()) -> None:
        """Read these at once, and their events with these seqs: what is read next is among them."""
        self.known.update(self.get_many(numbers))
        if events:
            rows = self.rows(queries.EVENTS_AMONG, numbers=list(numbers), seqs=list(events))
            found = map(read_event, rows)
            self.known_events.update({(event.number, event.seq): event for event in found})

    def lock(self, numbers: Collection[int]) -> None:
        """Lock them in the order of their numbers, so that nobody waits in a circle; read them."""
        if not numbers:
            return
        for number in numbers:
            self.known.pop(number, None)
        self.rows(queries.LOCK_MANY, numbers=sorted(numbers))
        self.read_ahead(numbers)
        self.locked.update(self.known.keys() & set(numbers))

    def insert(self, expectation: Expectation) -> None:
        """Insert the row and its first terms."""
        self.put(
            insert(ExpectationRow),
            number=expectation.number,
            agreed_at=expectation.terms.accepted_at,
            **expectation_values(expectation),
        )
        self._save_parts(expectation)

    def save(self, expectation: Expectation) -> None:
        """Update the row; terms and reports that it carries are written where they are new."""
        before = self.known.get(expectation.number)
        if before is not None:
            self.known[expectation.number] = expectation
        if before is None or _parts(before) != _parts(expectation):
            self._save_parts(expectation)
        self.unsaved[expectation.number] = expectation
        if expectation.number not in self.locked:
            self.flush()

    def flush(self) -> None:
        """Write the rows that are yet to be written."""
        rows = [
            {
                "of_workspace": self.workspace,
                "of_number": expectation.number,
                "agreed_at": expectation.terms.accepted_at,
                **expectation_values(expectation),
            }
            for expectation in self.unsaved.values()
        ]
        self.unsaved.clear()
        if rows:
            self.connection.execute(_SAVE, rows)

    def rows(self, statement: Executable, **values: object) -> list[RowMapping]:
        """Return all rows that a statement gives, as this transaction has left them."""
        self.flush()
        return Repository.rows(self, statement, **values)

    def add_event(self, event: Event) -> None:
        """Append to the history; the same seq twice is refused."""
        self.put(insert(EventRow), **event_values(event))

    def last_event(self, number: int) -> int:
        """Return the last event's seq, 0 before the first."""
        return int(self.connection.execute(queries.LAST_EVENT, self.of(number=number)).scalar_one())

    def events(self, number: int) -> list[Event]:
        """Return the history."""
        return [read_event(row) for row in self.rows(queries.EVENTS_OF, number=number)]

    def event(self, number: int, seq: int) -> Event | None:
        """Return one event."""
        if (number, seq) in self.known_events:
            return self.known_events[number, seq]
        found = self.rows(queries.EVENT, number=number, seq=seq)
        return read_event(found[0]) if found else None

    def terms(self, number: int) -> list[Terms]:
        """Return all versions, the first one first."""
        return [read_terms(row) for row in self.rows(queries.TERMS_OF, number=number)]

    def last_said(self, numbers: Collection[int], user: str) -> dict[int, datetime]:
        """Return each one's last check-in by the user."""
        if not numbers:
            return {}
        rows = self.rows(queries.LAST_SAID, numbers=list(numbers), user=user)
        return {row["number"]: row["at"] for row in rows}

    def open_of(self, user: str, limit: int) -> list[Expectation]:
        """Return open ones that the user is a party to, by due."""
        return self._list(queries.OPEN_OF, user=user, limit=limit)

    def owned_by(self, user: str, offset: int, limit: int) -> list[Expectation]:
        """Return a page of the open ones that the user owns, by due."""
        return self._list(queries.OWNED_BY, user=user, offset=offset, limit=limit)

    def requested_by(self, user: str, offset: int, limit: int) -> list[Expectation]:
        """Return a page of the open ones that the user requested, by due."""
        return self._list(queries.REQUESTED_BY, user=user, offset=offset, limit=limit)

    def between(self, one: str, other: str, limit: int) -> list[Expectation]:
        """Return open ones between the two, either way, by due."""
        return self._list(queries.BETWEEN, one=one, other=other, limit=limit)

    def agreed_in(self, channel: str, limit: int) -> list[Expectation]:
        """Return active and done ones of the channel that its members may see, by due."""
        return self._list(queries.AGREED_IN, channel=channel, limit=limit)

    def due_next(
        self, channel: str, period: SummaryPeriod, zone: ZoneInfo, limit: int
    ) -> list[Expectation]:
        """Return agreed ones of the channel that fall due in the week after a period.

        A day is the owner's, whatever the zone; an hour falls on its day in `zone`.
        """
        first, last = period.next_first, period.next_last
        after_last = last + timedelta(days=1)
        return self._list(
            queries.DUE_NEXT,
            channel=channel,
            after=period.until,
            latest=datetime.combine(after_last + timedelta(days=1), time(), UTC),
            first=first.isoformat(),
            last=last.isoformat(),
            begins=datetime.combine(first, time(), zone),
            ends=datetime.combine(after_last, time(), zone),
            limit=limit,
        )

    def help_wanted(self, channel: str, limit: int) -> list[Expectation]:
        """Return what somebody wants a channel's help with, by due."""
        return self._list(queries.HELP_WANTED, channel=channel, limit=limit)

    def counts_in(self, channel: str, since: datetime, until: datetime) -> WeekCounts:
        """Count what happened in the channel from `since` to before `until`."""
        row = self.rows(queries.WEEK_COUNTS, channel=channel, since=since, until=until)[0]
        return WeekCounts(
            agreed=row["agreed"],
            kept=row["kept"],
            changed_in_time=row["changed_in_time"],
            under_way=row["under_way"],
            due=row["closed"] + row["fell_due"],
        )

    def last_between(self, one: str, other: str, limit: int) -> list[Outcome]:
        """Return how the last between two ended, either way, the latest first; settled ones not."""
        rows = self.rows(queries.LAST_BETWEEN, one=one, other=other, limit=limit)
        return [Outcome(row["outcome"]) for row in rows]

    def due_for_clock(self, at: datetime, limit: int) -> list[int]:
        """Return the numbers that the clock has to look at, the longest due first."""
        return [row["number"] for row in self.rows(queries.DUE_FOR_CLOCK, at=at, limit=limit)]

    def of_goal(self, goal: int, limit: int) -> list[Expectation]:
        """Return those under a goal, by due."""
        return self._list(queries.OF_GOAL, goal=goal, limit=limit)

    def of_party(self, user: str) -> list[int]:
        """Return the numbers of all open ones of a user."""
        return sorted(row["number"] for row in self.rows(queries.OF_PARTY, user=user))

    def periods(self, number: int) -> list[Period]:
        """Return a series' dates, in order."""
        return [read_period(row) for row in self.rows(queries.PERIODS_OF, number=number)]

    def save_period(self, period: Period) -> None:
        """Insert or update one date of a series."""
        self.put(upsert(self.connection, PeriodRow), **period_values(period))

    def page(self, after: int, limit: int) -> list[Expectation]:
        """Return those with the next numbers: how all of them are read in bounded pieces."""
        return self._list(queries.AFTER, after=after, limit=limit)

    def _save_parts(self, expectation: Expectation) -> None:
        """Write terms and reports that are new; of old ones only what is filled in later."""
        of = self.of(number=expectation.number)
        pending = expectation.pending
        versions = (expectation.terms, pending.terms if pending is not None else None)
        rows = [{**of, **terms_values(each)} for each in versions if each is not None]
        self.connection.execute(fill_in(self.connection, TermsRow, "accepted_at"), rows)
        both = (expectation.first_report, expectation.last_report)
        reports = {report.ordinal: report for report in both if report is not None}
        if reports:
            rows = [{**of, **report_values(each)} for each in reports.values()]
            self.connection.execute(fill_in(self.connection, ReportRow, "reached_at"), rows)

    def _list(self, statement: Executable, **values: object) -> list[Expectation]:
        """Return the statement's expectations, in its order, whole."""
        rows = self.rows(statement, **values)
        if not rows:
            return []
        numbers = [row["number"] for row in rows]
        terms: defaultdict[int, dict[int, Terms]] = defaultdict(dict)
        for row in self.rows(queries.TERMS_OF_MANY, numbers=numbers):
            terms[row["number"]][row["version"]] = read_terms(row)
        reports: defaultdict[int, dict[int, Report]] = defaultdict(dict)
        reported = [row["number"] for row in rows if row["last_report"] is not None]
        if reported:
            for row in self.rows(queries.REPORTS_OF_MANY, numbers=reported):
                reports[row["number"]][row["ordinal"]] = read_report(row)
        return [read_expectation(row, terms[row["number"]], reports[row["number"]]) for row in rows]


def _parts(expectation: Expectation) -> tuple[object, ...]:
    """Return what has rows of its own."""
    pending = expectation.pending
    terms = pending.terms if pending is not None else None
    return (expectation.terms, terms, expectation.first_report, expectation.last_report)
