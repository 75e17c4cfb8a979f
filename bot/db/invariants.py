"""What must hold in every row, as statements that find those in which it does not."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Select,
    String,
    TextClause,
    and_,
    cast,
    exists,
    func,
    literal,
    not_,
    or_,
    select,
)

from bot.db.tables import (
    AttemptRow,
    ChannelRow,
    CharterRow,
    CharterVersionRow,
    EventRow,
    ExpectationRow,
    GoalRow,
    GoalUpdateRow,
    LookRow,
    MemberRow,
    MessageRow,
    ReportRow,
    TermsRow,
)
from bot.db.tables.base import rule
from bot.db.tables.expectations import OPEN
from bot.domain.forgetting import MARK
from bot.domain.messages import MessageKind, MessageState, Moment

_E = ExpectationRow.__table__.c
_G = GoalRow.__table__.c
_T = TermsRow.__table__.c
_V = EventRow.__table__.c
_R = ReportRow.__table__.c
_U = GoalUpdateRow.__table__.c
_M = MessageRow.__table__.c
_A = AttemptRow.__table__.c
_K = LookRow.__table__.c
_P = MemberRow.__table__.c
_C = ChannelRow.__table__.c
_H = CharterRow.__table__.c
_L = CharterVersionRow.__table__.c
_POST = MessageRow.__table__.alias("post")


@dataclass(frozen=True, slots=True)
class Invariant:
    """What is said of each row that a statement finds: its workspace, and its id after `what`."""

    what: str
    said: str
    broken: Select[Any]


def _rows(
    id_: ColumnElement[Any], workspace: ColumnElement[Any], *where: ColumnElement[bool] | TextClause
) -> Select[Any]:
    """Return the rows for which all of this holds."""
    return select(workspace, id_).where(*where).order_by(workspace, id_)


def _expectations(said: str, *where: ColumnElement[bool] | TextClause) -> Invariant:
    return Invariant("E-", said, _rows(_E.number, _E.workspace, *where))


def _messages(said: str, *where: ColumnElement[bool] | TextClause) -> Invariant:
    return Invariant("message ", said, _rows(_M.id, _M.workspace, *where))


def _none(there: FromClause, *same: ColumnElement[bool]) -> ColumnElement[bool]:
    """Tell that there is no such row."""
    return not_(exists(select(literal(1)).select_from(there).where(*same).correlate_except(there)))


def _gap(
    ordinal: ColumnElement[Any],
    *belongs: ColumnElement[bool],
    of: FromClause = ExpectationRow.__table__,
    last: ColumnElement[Any] | None = None,
) -> Select[Any]:
    """Return the numbers of those whose parts do not go 1, 2, … up to `last`, or to the last one.

    The key holds each ordinal once and a CHECK keeps it positive, so counting tells of a gap.
    """
    highest = func.coalesce(func.max(ordinal), 0)
    broken = func.count(ordinal) != highest
    if last is not None:
        broken = or_(broken, highest != last)
    key = (of.c.workspace, of.c.number)
    joined = of.outerjoin(ordinal.table, and_(*belongs))
    return select(*key).select_from(joined).group_by(*key).having(broken).order_by(*key)


def _versions_of_charters() -> Select[Any]:
    """Return the channels whose charter's versions do not go 1, 2, … up to the present one."""
    key = (_H.workspace, _H.channel)
    same = and_(_L.workspace == _H.workspace, _L.channel == _H.channel)
    joined = CharterRow.__table__.outerjoin(CharterVersionRow.__table__, same)
    highest = func.coalesce(func.max(_L.version), 0)
    broken = or_(func.count(_L.version) != highest, highest != func.max(_H.version))
    return select(*key).select_from(joined).group_by(*key).having(broken).order_by(*key)


def _no_terms(version: ColumnElement[Any]) -> ColumnElement[bool]:
    return _none(TermsRow.__table__, *_TERMS_OF, _T.version == version)


_TERMS_OF = (_T.workspace == _E.workspace, _T.number == _E.number)
_EVENTS_OF = (_V.workspace == _E.workspace, _V.number == _E.number)
_REPORTS_OF = (_R.workspace == _E.workspace, _R.number == _E.number)
_UPDATES_OF = (_U.workspace == _G.workspace, _U.number == _G.number)
_ATTEMPT_OF = (_A.workspace == _M.workspace, _A.message == _M.id, _A.fence == _M.fence)
_UPDATED = (
    _POST.c.workspace == _M.workspace,
    _POST.c.id == func.substr(_M.slot, len("update/") + 1),
    _POST.c.kind == MessageKind.POST,
)

_IS_POST = _M.kind == MessageKind.POST
_SENDING = _M.state == MessageState.SENDING
_SENT = _M.state == MessageState.SENT
_POSTED_AT_ONCE = and_(  # by a person's press, which is the test whether the channel may be told
    _M.fence == 0, _M.moment.in_([Moment.SUMMARY, Moment.TOLD_CHANNEL])
)
_HEADS = (
    "E-",
    "words/E-",
    "later/E-",
    "hour/E-",
    "raised/G-",
    "summary/",
    "undelivered/",
    "charter/",
    "installed",
)
"""How the slots of all other posts begin, as the services make them."""
_SLOT_OF_POST = or_(
    and_(_M.moment == Moment.LIST, _M.slot.startswith(literal("list/") + _M.to + "/")),
    and_(
        _M.moment == Moment.TOLD_CHANNEL,
        _M.slot == literal("tell/E-") + cast(_M.number, String),
    ),
    and_(
        _M.moment.not_in([Moment.LIST, Moment.TOLD_CHANNEL]),
        or_(*(_M.slot.startswith(head) for head in _HEADS)),
    ),
)
_SLOT_OF_KIND = or_(
    and_(_M.kind == MessageKind.POST, _SLOT_OF_POST),
    and_(_M.kind == MessageKind.UPDATE, _M.slot.startswith("update/")),
    and_(_M.kind == MessageKind.HOME, _M.slot == literal("home/") + _M.to),
)

INVARIANTS = (
    _expectations("is open and has no next time", rule(OPEN), _E.next_clock_at.is_(None)),
    _expectations("has no terms in force", _no_terms(_E.version)),
    _expectations(
        "has a waiting change without its terms",
        _E.pending_version.is_not(None),
        _no_terms(_E.pending_version),
    ),
    Invariant(
        "E-",
        "has a gap in the versions of its terms",
        _gap(_T.version, *_TERMS_OF, last=func.max(_E.last_version)),
    ),
    Invariant(
        "charter of ",
        "has a gap in its versions",
        _versions_of_charters(),
    ),
    Invariant("E-", "has a gap in its events", _gap(_V.seq, *_EVENTS_OF)),
    Invariant(
        "E-",
        "has words of somebody who is forgotten",
        _rows(_V.number, _V.workspace, _V.actor.startswith(MARK, autoescape=True), _V.note != ""),
    ),
    _expectations("has no event", _none(EventRow.__table__, *_EVENTS_OF)),
    Invariant(
        "E-", "has a gap in its reports", _gap(_R.ordinal, *_REPORTS_OF, last=func.max(_E.reports))
    ),
    Invariant(
        "G-",
        "has a gap in the updates of its measure",
        _gap(_U.seq, *_UPDATES_OF, of=GoalRow.__table__),
    ),
    _messages("has no slot of its kind", not_(_SLOT_OF_KIND)),
    _messages(
        "updates a post that is not there",
        _M.kind == MessageKind.UPDATE,
        _none(_POST, *_UPDATED),
    ),
    _messages("is being sent without a lease", _SENDING, _M.lease_until.is_(None)),
    _messages("has a lease and is not being sent", not_(_SENDING), _M.lease_until.is_not(None)),
    _messages(
        "is being sent without an attempt under way",
        _SENDING,
        _none(AttemptRow.__table__, *_ATTEMPT_OF, _A.result.is_(None)),
    ),
    _messages(
        "is a sent post without its channel, ts or time",
        _IS_POST,
        _SENT,
        or_(_M.channel.is_(None), _M.ts.is_(None), _M.sent_at.is_(None)),
    ),
    _messages(
        "is sent without an attempt that says so",
        _SENT,
        not_(_POSTED_AT_ONCE),
        _none(AttemptRow.__table__, *_ATTEMPT_OF, _A.result == MessageState.SENT),
    ),
    Invariant(
        "message ",
        "has an attempt under way and is not being sent",
        _rows(
            _A.message,
            _A.workspace,
            _A.result.is_(None),
            _none(MessageRow.__table__, *_ATTEMPT_OF, _SENDING),
        ),
    ),
    _messages(
        "is looked for and is no post",
        not_(_IS_POST),
        exists().where(_K.workspace == _M.workspace, _K.message == _M.id),
    ),
    Invariant(
        "member ",
        "has no time for the next list",
        _rows(_P.user, _P.workspace, _P.active, not_(_P.is_bot), _P.next_list_at.is_(None)),
    ),
    Invariant(
        "channel ",
        "has a summary without a next time",
        _rows(
            _C.channel,
            _C.workspace,
            _C.summary_weekday.is_not(None),
            _C.summary_next_at.is_(None),
        ),
    ),
)
"""Each finds nothing in a database that only Winwin has written."""
