"""The lists of expectations, as prepared statements; each has its index."""

from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Select,
    and_,
    bindparam,
    case,
    func,
    or_,
    select,
    union_all,
)

from bot.db.tables import EventRow, ExpectationRow, PeriodRow, ReportRow, TermsRow
from bot.db.tables.base import rule
from bot.db.tables.expectations import AGREED, FINISHED, OPEN, SHARED
from bot.domain.expectation import CheckIn, Kind, Outcome, Status
from bot.domain.trust import LEFT_OUT

E = ExpectationRow.__table__.c
T = TermsRow.__table__.c
R = ReportRow.__table__.c
V = EventRow.__table__.c
P = PeriodRow.__table__.c

WORKSPACE: BindParameter[Any] = bindparam("workspace")
NUMBER: BindParameter[Any] = bindparam("number")
NUMBERS: BindParameter[Any] = bindparam("numbers", expanding=True)
LIMIT: BindParameter[Any] = bindparam("limit")
USER: BindParameter[Any] = bindparam("user")


_ALL = select(*E).where(E.workspace == WORKSPACE)
_BY_DUE = (E.due_at, E.number)

ONE = _ALL.where(E.number == NUMBER)
LOCK = (
    select(E.number)
    .where(E.workspace == WORKSPACE, E.number == NUMBER)
    .with_for_update(key_share=True)
)
LOCK_MANY = (
    select(E.number)
    .where(E.workspace == WORKSPACE, E.number.in_(NUMBERS))
    .order_by(E.number)
    .with_for_update(key_share=True)
)
MANY = _ALL.where(E.number.in_(NUMBERS))

TERMS = select(*T).where(T.workspace == WORKSPACE)
TERMS_OF = TERMS.where(T.number == NUMBER).order_by(T.version)
TERMS_OF_MANY = TERMS.where(T.number.in_(NUMBERS)).order_by(T.number, T.version)
REPORTS_OF_MANY = select(*R).where(R.workspace == WORKSPACE, R.number.in_(NUMBERS))

_EVENTS = select(*V).where(V.workspace == WORKSPACE)
EVENTS_OF = _EVENTS.where(V.number == NUMBER).order_by(V.seq)
EVENTS_OF_MANY = _EVENTS.where(V.number.in_(NUMBERS)).order_by(V.number, V.seq)
EVENT = _EVENTS.where(V.number == NUMBER, V.seq == bindparam("seq"))
EVENTS_AMONG = _EVENTS.where(V.number.in_(NUMBERS), V.seq.in_(bindparam("seqs", expanding=True)))
LAST_EVENT = select(func.coalesce(func.max(V.seq), 0)).where(
    V.workspace == WORKSPACE, V.number == NUMBER
)
LAST_SAID = (
    select(V.number, func.max(V.at).label("at"))
    .where(
        V.workspace == WORKSPACE,
        V.number.in_(NUMBERS),
        V.actor == USER,
        V.verb.in_([word.value for word in CheckIn]),
    )
    .group_by(V.number)
)

_PERIODS = select(*P).where(P.workspace == WORKSPACE)
PERIODS_OF = _PERIODS.where(P.number == NUMBER).order_by(P.date)
PERIODS_OF_MANY = _PERIODS.where(P.number.in_(NUMBERS)).order_by(P.number, P.date)


def _open_in_role(role: ColumnElement[str] | ColumnElement[str | None]) -> Select[int]:
    """Return the numbers of the first open ones, by due, of whoever has this role."""
    return (
        select(E.number)
        .where(E.workspace == WORKSPACE, role == USER, rule(OPEN))
        .order_by(*_BY_DUE)
        .limit(LIMIT)
    )


_AS_PARTY = union_all(
    select(_open_in_role(E.owner).subquery().c.number),
    select(_open_in_role(E.requester).subquery().c.number),
)
OPEN_OF = _ALL.where(E.number.in_(_AS_PARTY)).order_by(*_BY_DUE).limit(LIMIT)

OWNED_BY = (
    _ALL.where(E.owner == USER, rule(OPEN))
    .order_by(*_BY_DUE)
    .offset(bindparam("offset"))
    .limit(LIMIT)
)
REQUESTED_BY = (
    _ALL.where(E.requester == USER, rule(OPEN))
    .order_by(*_BY_DUE)
    .offset(bindparam("offset"))
    .limit(LIMIT)
)
OF_PARTY = union_all(
    select(E.number).where(E.workspace == WORKSPACE, E.owner == USER, rule(OPEN)),
    select(E.number).where(E.workspace == WORKSPACE, E.requester == USER, rule(OPEN)),
)


def _open_between(owner: str, requester: str) -> Select[int]:
    """Return the numbers of the open ones that one of two owns for the other."""
    return select(E.number).where(
        E.workspace == WORKSPACE,
        E.owner == bindparam(owner),
        E.requester == bindparam(requester),
        rule(OPEN),
    )


_BETWEEN_TWO = union_all(_open_between("one", "other"), _open_between("other", "one"))
BETWEEN = _ALL.where(E.number.in_(_BETWEEN_TWO)).order_by(*_BY_DUE).limit(LIMIT)

CHANNEL: BindParameter[Any] = bindparam("channel")
SINCE: BindParameter[Any] = bindparam("since")
UNTIL: BindParameter[Any] = bindparam("until")

AGREED_IN = _ALL.where(E.channel == CHANNEL, rule(AGREED)).order_by(*_BY_DUE).limit(LIMIT)
_DAY_ONLY = ~E.due.contains("T")
DUE_NEXT = (
    _ALL.where(
        E.channel == CHANNEL,
        rule(AGREED),
        E.due_at > bindparam("after"),
        E.due_at < bindparam("latest"),
        case(
            (_DAY_ONLY, E.due.between(bindparam("first"), bindparam("last"))),
            else_=and_(E.due_at >= bindparam("begins"), E.due_at < bindparam("ends")),
        ),
    )
    .order_by(*_BY_DUE)
    .limit(LIMIT)
)

HELP_WANTED = (
    _ALL.where(E.channel == CHANNEL, rule(AGREED), E.status == Status.ACTIVE, E.help_wanted != "")
    .order_by(*_BY_DUE)
    .limit(LIMIT)
)

_SHARED_IN = (E.workspace == WORKSPACE, E.channel == CHANNEL)
_CLOSED = (*_SHARED_IN, rule(SHARED), E.closed_at.is_not(None))
_ACCEPTED = (*_SHARED_IN, rule(SHARED), E.agreed_at.is_not(None))
_UNDER_WAY = (*_SHARED_IN, rule(AGREED))
_CHANGED = and_(E.outcome == Outcome.KEPT_CHANGED, ~E.self_confirmed)
_KEPT = or_(_CHANGED, and_(E.outcome == Outcome.KEPT, ~E.self_confirmed))
_ENDED = (
    select(
        # Not among the conditions: there it would lead to another index.
        func.count().filter(E.agreed_at.is_not(None)).label("closed"),
        func.count().filter(_KEPT).label("kept"),
        func.count().filter(_CHANGED).label("changed_in_time"),
    )
    .where(*_CLOSED, E.closed_at >= SINCE, E.closed_at < UNTIL)
    .subquery()
)
_COUNT = select(func.count())
WEEK_COUNTS = select(
    *_ENDED.c,
    _COUNT.where(*_ACCEPTED, E.agreed_at >= SINCE, E.agreed_at < UNTIL, E.kind != Kind.COMMITMENT)
    .scalar_subquery()
    .label("agreed"),
    _COUNT.where(*_UNDER_WAY).scalar_subquery().label("under_way"),
    _COUNT.where(*_UNDER_WAY, E.due_at > SINCE, E.due_at <= UNTIL)
    .scalar_subquery()
    .label("fell_due"),
)


def _ended_between(owner: str, requester: str) -> Select[Any]:
    """Return the last that one of two owned for the other."""
    return (
        select(E.closed_at, E.outcome)
        .where(
            E.workspace == WORKSPACE,
            E.owner == bindparam(owner),
            E.requester == bindparam(requester),
            rule(FINISHED),
            E.outcome.not_in(LEFT_OUT),
        )
        .order_by(E.closed_at.desc())
        .limit(LIMIT)
    )


_ENDED_BETWEEN = union_all(
    select(_ended_between("one", "other").subquery()),
    select(_ended_between("other", "one").subquery()),
).subquery()
LAST_BETWEEN = (
    select(_ENDED_BETWEEN.c.outcome).order_by(_ENDED_BETWEEN.c.closed_at.desc()).limit(LIMIT)
)
DUE_FOR_CLOCK = (
    select(E.number)
    .where(
        E.workspace == WORKSPACE,
        E.next_clock_at.is_not(None),
        E.next_clock_at <= bindparam("at"),
    )
    .order_by(E.next_clock_at, E.number)
    .limit(LIMIT)
)
OF_GOAL = (
    _ALL.where(E.goal == bindparam("goal"), E.goal.is_not(None)).order_by(*_BY_DUE).limit(LIMIT)
)
AFTER = _ALL.where(E.number > bindparam("after")).order_by(E.number).limit(LIMIT)
