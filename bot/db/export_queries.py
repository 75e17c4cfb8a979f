"""Everything that is kept, read piece by piece: the memory needed does not grow with it."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import BindParameter, bindparam, select

from bot.db import expectation_queries as queries
from bot.db.expectation_rows import read_event, read_period, read_terms
from bot.db.expectations import SqlExpectations
from bot.db.goals import read_goal
from bot.db.members import read_member
from bot.db.own_words import OWN_WORDS_OF_MANY, read_own_words
from bot.db.repository import Repository
from bot.db.tables import GoalRow, MemberRow, ThanksRow
from bot.db.thanks import read_thanks
from bot.domain.expectation import Event, Expectation, Period
from bot.domain.goal import Goal
from bot.domain.member import Member
from bot.domain.own_words import OwnWords
from bot.domain.terms import Terms
from bot.domain.thanks import Thanks

PIECE = 500

_G = GoalRow.__table__.c
_M = MemberRow.__table__.c
_T = ThanksRow.__table__.c
_WORKSPACE: BindParameter[Any] = bindparam("workspace")
_AFTER: BindParameter[Any] = bindparam("after")
_GOALS = select(*_G).where(_G.workspace == _WORKSPACE, _G.number > _AFTER).order_by(_G.number)
_MEMBERS = select(*_M).where(_M.workspace == _WORKSPACE, _M.user > _AFTER).order_by(_M.user)
_THANKS = select(*_T).where(_T.workspace == _WORKSPACE, _T.number > _AFTER).order_by(_T.number)


@dataclass(frozen=True, slots=True, kw_only=True)
class WholeExpectation:
    """An expectation with all that belongs to it."""

    expectation: Expectation
    terms: tuple[Terms, ...]
    events: tuple[Event, ...]
    periods: tuple[Period, ...]
    words: tuple[OwnWords, ...]


@dataclass(frozen=True, slots=True)
class SqlExport(Repository):
    """Iterators over all of a workspace; read them inside one `Store.read`."""

    def expectations(self, piece: int = PIECE) -> Iterator[WholeExpectation]:
        """Yield all, by number."""
        repository = SqlExpectations(self.connection, self.workspace)
        after = 0
        while found := repository.page(after, piece):
            after = found[-1].number
            yield from self._whole(found)

    def goals(self, piece: int = PIECE) -> Iterator[Goal]:
        """Yield all, by number."""
        statement, after = _GOALS.limit(piece), 0
        while rows := self.rows(statement, after=after):
            after = rows[-1]["number"]
            yield from (read_goal(row) for row in rows)

    def members(self, piece: int = PIECE) -> Iterator[Member]:
        """Yield all, by user id."""
        statement, after = _MEMBERS.limit(piece), ""
        while rows := self.rows(statement, after=after):
            after = rows[-1]["user"]
            yield from (read_member(row) for row in rows)

    def thanks(self, piece: int = PIECE) -> Iterator[Thanks]:
        """Yield all, by number."""
        statement, after = _THANKS.limit(piece), 0
        while rows := self.rows(statement, after=after):
            after = rows[-1]["number"]
            yield from (read_thanks(row) for row in rows)

    def _whole(self, found: list[Expectation]) -> Iterator[WholeExpectation]:
        numbers = [expectation.number for expectation in found]
        terms: defaultdict[int, list[Terms]] = defaultdict(list)
        for row in self.rows(queries.TERMS_OF_MANY, numbers=numbers):
            terms[row["number"]].append(read_terms(row))
        events: defaultdict[int, list[Event]] = defaultdict(list)
        for row in self.rows(queries.EVENTS_OF_MANY, numbers=numbers):
            events[row["number"]].append(read_event(row))
        periods: defaultdict[int, list[Period]] = defaultdict(list)
        for row in self.rows(queries.PERIODS_OF_MANY, numbers=numbers):
            periods[row["number"]].append(read_period(row))
        words: defaultdict[int, list[OwnWords]] = defaultdict(list)
        for row in self.rows(OWN_WORDS_OF_MANY, numbers=numbers):
            words[row["number"]].append(read_own_words(row))
        for expectation in found:
            yield WholeExpectation(
                expectation=expectation,
                terms=tuple(terms[expectation.number]),
                events=tuple(events[expectation.number]),
                periods=tuple(periods[expectation.number]),
                words=tuple(words[expectation.number]),
            )
