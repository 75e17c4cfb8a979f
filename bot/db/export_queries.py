"""Everything that is kept, read piece by piece: the memory needed does not grow with it."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import BindParameter, RowMapping, bindparam, or_, select

from bot.db import expectation_queries as queries
from bot.db.charters import SqlCharters
from bot.db.expectation_rows import read_event, read_period, read_terms
from bot.db.expectations import SqlExpectations
from bot.db.goals import read_goal
from bot.db.members import read_member
from bot.db.message_queries import ASKED_OF_MANY
from bot.db.messages import read_asked
from bot.db.own_words import OWN_WORDS_OF_MANY, read_own_words
from bot.db.personal import PERSONAL, select_personal
from bot.db.pulse import read_pulse
from bot.db.repository import Repository
from bot.db.tables import CharterRow, GoalRow, MemberRow, PulseRow, ThanksRow
from bot.db.thanks import read_thanks
from bot.domain.charter import Charter, CharterVersion
from bot.domain.expectation import Event, Expectation, Period
from bot.domain.goal import Goal
from bot.domain.member import Member
from bot.domain.messages import Asked
from bot.domain.own_words import OwnWords
from bot.domain.pulse import Pulse
from bot.domain.terms import Terms
from bot.domain.thanks import Thanks
from bot.services.keeping import WholeExpectation

PIECE = 500

_C = CharterRow.__table__.c
_G = GoalRow.__table__.c
_M = MemberRow.__table__.c
_P = PulseRow.__table__.c
_T = ThanksRow.__table__.c
_WORKSPACE: BindParameter[Any] = bindparam("workspace")
_USER: BindParameter[Any] = bindparam("user")
_AFTER: BindParameter[Any] = bindparam("after")
_GOALS = select(*_G).where(_G.workspace == _WORKSPACE, _G.number > _AFTER).order_by(_G.number)
_MEMBERS = select(*_M).where(_M.workspace == _WORKSPACE, _M.user > _AFTER).order_by(_M.user)
_THANKS = select(*_T).where(_T.workspace == _WORKSPACE, _T.number > _AFTER).order_by(_T.number)
_CHARTERS = select(_C.channel).where(_C.workspace == _WORKSPACE).order_by(_C.channel)
_PULSES = select(*_P).where(_P.workspace == _WORKSPACE, _P.closed).order_by(_P.channel, _P.month)
_GOALS_OF = (
    select(*_G)
    .where(_G.workspace == _WORKSPACE, or_(_G.creator == _USER, _G.champion == _USER))
    .order_by(_G.number)
)
_THANKS_OF = (
    select(*_T)
    .where(_T.workspace == _WORKSPACE, or_(_T.by == _USER, _T.to == _USER))
    .order_by(_T.number)
)


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

    def whole(self, numbers: Collection[int], piece: int = PIECE) -> Iterator[WholeExpectation]:
        """Yield these, by number."""
        repository, ordered = SqlExpectations(self.connection, self.workspace), sorted(numbers)
        for first in range(0, len(ordered), piece):
            found = repository.get_many(ordered[first : first + piece])
            yield from self._whole([found[number] for number in sorted(found)])

    def goals_of(self, user: str) -> list[Goal]:
        """Return those that somebody set or keeps, by number."""
        return [read_goal(row) for row in self.rows(_GOALS_OF, user=user)]

    def thanks_of(self, user: str) -> list[Thanks]:
        """Return what somebody was thanked for and thanked others for, by number."""
        return [read_thanks(row) for row in self.rows(_THANKS_OF, user=user)]

    def personal(self, user: str) -> dict[str, list[Mapping[str, Any]]]:
        """Return what else is kept of somebody, a list each, in the order of its keys."""
        return {
            each.name: [_plain(row) for row in self.rows(select_personal(each), user=user)]
            for each in PERSONAL
        }

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

    def charters(self) -> Iterator[tuple[Charter, list[tuple[CharterVersion, list[str]]]]]:
        """Yield all, by channel, each with its versions and who agreed to them."""
        repository = SqlCharters(self.connection, self.workspace)
        for channel in [row["channel"] for row in self.rows(_CHARTERS)]:
            charter = repository.get(channel)
            if charter is None:
                continue
            numbers = range(1, charter.version + 1)
            words = [repository.version(channel, number) for number in numbers]
            yield (
                charter,
                [
                    (one, repository.agreed(channel, one.version))
                    for one in words
                    if one is not None
                ],
            )

    def pulses(self) -> Iterator[Pulse]:
        """Yield the months that are over and may be shown; what runs is nobody's to look at."""
        for row in self.rows(_PULSES):
            yield read_pulse(row)

    def _whole(self, found: list[Expectation]) -> Iterator[WholeExpectation]:
        numbers = [expectation.number for expectation in found]
        terms = defaultdict[int, list[Terms]](list)
        for row in self.rows(queries.TERMS_OF_MANY, numbers=numbers):
            terms[row["number"]].append(read_terms(row))
        events = defaultdict[int, list[Event]](list)
        for row in self.rows(queries.EVENTS_OF_MANY, numbers=numbers):
            events[row["number"]].append(read_event(row))
        periods = defaultdict[int, list[Period]](list)
        for row in self.rows(queries.PERIODS_OF_MANY, numbers=numbers):
            periods[row["number"]].append(read_period(row))
        words = defaultdict[int, list[OwnWords]](list)
        for row in self.rows(OWN_WORDS_OF_MANY, numbers=numbers):
            words[row["number"]].append(read_own_words(row))
        asked = defaultdict[int, list[Asked]](list)
        for row in self.rows(ASKED_OF_MANY, numbers=numbers):
            asked[row["number"]].append(read_asked(row))
        for expectation in found:
            yield WholeExpectation(
                expectation=expectation,
                terms=tuple(terms[expectation.number]),
                events=tuple(events[expectation.number]),
                periods=tuple(periods[expectation.number]),
                words=tuple(words[expectation.number]),
                asked=tuple(asked[expectation.number]),
            )


def _plain(row: RowMapping) -> Mapping[str, Any]:
    return {name: row[name] for name in row}
