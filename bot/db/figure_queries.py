"""The statements of figures: who kept and agreed how much, and the rows behind it."""

from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Select,
    and_,
    bindparam,
    delete,
    exists,
    func,
    or_,
    select,
)

from bot.db.tables import (
    AskedRow,
    BalanceNoteRow,
    ExpectationRow,
    OwnWordsRow,
    ShownFigureRow,
    TermsRow,
)
from bot.db.tables.base import rule
from bot.db.tables.expectations import AGREED, FINISHED, SHARED
from bot.domain.expectation import Kind, Outcome
from bot.domain.messages import Prompt

_E = ExpectationRow.__table__.c
_T = TermsRow.__table__.c
_W = OwnWordsRow.__table__.c
_A = AskedRow.__table__.c
_S = ShownFigureRow.__table__.c
_N = BalanceNoteRow.__table__.c

_USER: BindParameter[Any] = bindparam("user")
_SINCE: BindParameter[Any] = bindparam("since")
_UNTIL: BindParameter[Any] = bindparam("until")

_OF_TWO = (_E.workspace == bindparam("workspace"), _E.kind != Kind.COMMITMENT)
_HERE = (*_OF_TWO, _E.channel == bindparam("channel"))
_IS_PARTY = or_(_E.owner == _USER, _E.requester == _USER)
_CHANGED = _E.outcome == Outcome.KEPT_CHANGED
_KEPT = _E.outcome.in_([Outcome.KEPT, Outcome.KEPT_CHANGED])
_KEPT_HERE = (
    *_HERE,
    rule(SHARED),
    _E.closed_at.is_not(None),
    _E.closed_at >= _SINCE,
    _E.closed_at < _UNTIL,
    _KEPT,
)
KEPT_BY_OWNER = (
    select(_E.owner, func.count().label("kept"), func.count().filter(_CHANGED).label("changed"))
    .where(*_KEPT_HERE)
    .group_by(_E.owner)
)
REMINDERS = (
    select(func.count())
    .select_from(ExpectationRow)
    .join(
        AskedRow,
        and_(_A.workspace == _E.workspace, _A.user == _E.owner, _A.number == _E.number),
    )
    .where(*_KEPT_HERE, _A.prompt.in_([Prompt.CHECK_IN, Prompt.OVERDUE]))
)
_AGREED_HERE = (
    *_HERE,
    rule(SHARED),
    _E.agreed_at.is_not(None),
    _E.agreed_at >= _SINCE,
    _E.agreed_at < _UNTIL,
)


def _says_gain(party: ColumnElement[str] | ColumnElement[str | None]) -> ColumnElement[bool]:
    """Tell whether a party has added what they gain in their own words."""
    said = exists().where(
        _W.workspace == _E.workspace, _W.number == _E.number, _W.author == party, _W.gain != ""
    )
    return said.correlate(ExpectationRow)  # also where it stands within another


_IN_FORCE = and_(_T.workspace == _E.workspace, _T.number == _E.number, _T.version == _E.version)
_BOTH_GAIN = and_(
    or_(_T.gain_requester != "", _says_gain(_E.requester)),
    or_(_T.gain_owner != "", _says_gain(_E.owner)),
)
"""What names both gains, by the terms in force or by added words."""
BOTH_GAIN_BY_OWNER = (
    select(_E.owner, func.count().label("both_gain"))
    .select_from(ExpectationRow)
    .join(TermsRow, _IN_FORCE)
    .where(*_AGREED_HERE, _BOTH_GAIN)
    .group_by(_E.owner)
)
OWNERS = select(_E.owner).where(*_AGREED_HERE).group_by(_E.owner)
_OPEN_HERE = (*_HERE, rule(AGREED))
OPEN_BY_OWNER = select(_E.owner, func.count().label("open")).where(*_OPEN_HERE).group_by(_E.owner)

_FINISHED_BY = (*_OF_TWO, _E.owner == _USER, rule(FINISHED), _E.closed_at > _SINCE)
OWN = select(
    func.count().label("finished"),
    func.count().filter(_KEPT).label("kept"),
    func.count().filter(_CHANGED).label("changed"),
).where(*_FINISHED_BY)


def _page(found: Select[tuple[int]], by: ColumnElement[Any]) -> Select[tuple[int]]:
    page = found.order_by(by, _E.number)
    return page.offset(bindparam("offset")).limit(bindparam("limit"))


_NUMBERS = select(_E.number)
_LATEST = _E.closed_at.desc()
_NAMES_BOTH = exists().where(_IN_FORCE, _BOTH_GAIN)
ROWS_KEPT = _page(_NUMBERS.where(*_KEPT_HERE), _LATEST)
ROWS_CHANGED = _page(_NUMBERS.where(*_KEPT_HERE, _CHANGED, _IS_PARTY), _LATEST)
ROWS_BOTH_GAIN = _page(_NUMBERS.where(*_AGREED_HERE, _IS_PARTY, _NAMES_BOTH), _E.agreed_at.desc())
ROWS_OPEN = _page(_NUMBERS.where(*_OPEN_HERE, _E.owner == _USER), _E.due_at.asc())
ROWS_OWN = _page(_NUMBERS.where(*_FINISHED_BY, _KEPT), _LATEST)

SHOWN = select(*_S).where(
    _S.workspace == bindparam("workspace"), _S.channel == bindparam("channel")
)
NOTES = (
    select(*_N)
    .where(
        _N.workspace == bindparam("workspace"),
        _N.channel == bindparam("channel"),
        _N.until >= bindparam("on"),
    )
    .order_by(_N.user)
)
DROP_NOTE = delete(BalanceNoteRow).where(
    _N.workspace == bindparam("of_workspace"),
    _N.channel == bindparam("of_channel"),
    _N.user == bindparam("of_user"),
)
