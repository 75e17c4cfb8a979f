"""The outbox's statements, prepared; each has its index."""

from functools import cache
from typing import Any

from sqlalchemy import (
    BindParameter,
    and_,
    bindparam,
    case,
    delete,
    exists,
    func,
    insert,
    literal,
    or_,
    select,
    update,
)

from bot.db.tables import (
    AskedRow,
    AttemptRow,
    HeldRow,
    LookRow,
    MessageRow,
    MessageSubjectRow,
)
from bot.db.tables.base import rule
from bot.db.tables.messages import PENDING, PUT_OFF, SENDING, UNDELIVERED, WAITING
from bot.db.upsert import Insert, insert_into
from bot.domain.messages import MessageKind, MessageState

M = MessageRow.__table__.c
S = MessageSubjectRow.__table__.c
A = AttemptRow.__table__.c
K = LookRow.__table__.c
H = HeldRow.__table__.c
Q = AskedRow.__table__.c

WORKSPACE: BindParameter[Any] = bindparam("workspace")
IDS: BindParameter[Any] = bindparam("ids", expanding=True)
LIMIT: BindParameter[Any] = bindparam("limit")

_OF_WORKSPACE: BindParameter[Any] = bindparam("of_workspace")
_ALL = select(*M).where(M.workspace == WORKSPACE)


@cache
def add(dialect: str) -> Insert:
    """Return the insert that makes an update or a Home with the same slot pending again.

    One that is pending is locked but left as it is: it may be waiting for Slack's Retry-After.
    """
    statement = insert_into(dialect, MessageRow)
    new, sending = statement.excluded, M.state == MessageState.SENDING
    pending = bindparam(None, MessageState.PENDING, M.state.type)
    return statement.on_conflict_do_update(
        index_elements=["workspace", "slot"],
        set_={
            "again": sending,
            "state": case((sending, M.state), else_=pending),
            "not_before": new.not_before,
            "created_at": new.created_at,
            "moment": new.moment,
            "to": new.to,
            "number": new.number,
            "event": new.event,
            "args": new.args,
            "attempts": 0,
            "error": None,
        },
        where=and_(M.kind != MessageKind.POST, M.state != MessageState.PENDING),
    )


ONE = _ALL.where(M.id == bindparam("id"))
BY_SLOT = _ALL.where(M.slot == bindparam("slot"))
HOMES = (
    select(M.to)
    .where(M.workspace == WORKSPACE, M.slot.in_(bindparam("slots", expanding=True)))
    .order_by(M.slot)
    .with_for_update(key_share=True)
)
SHOWING = (
    select(*M)
    .join_from(MessageSubjectRow, MessageRow, and_(M.workspace == S.workspace, M.id == S.message))
    .where(S.workspace == WORKSPACE, S.number == bindparam("number"))
    .order_by(M.sent_at.desc(), M.id)
    .limit(LIMIT)
)
SUBJECTS = (
    select(S.message, S.number)
    .where(S.workspace == WORKSPACE, S.message.in_(IDS))
    .order_by(S.message, S.position)
)
UNDELIVERED_TO = (
    _ALL.where(
        M.to == bindparam("to"),
        rule(UNDELIVERED),
        ~exists().where(K.workspace == M.workspace, K.message == M.id),
    )
    .order_by(M.created_at.desc(), M.id)
    .limit(LIMIT)
)
PUT_OFF_TO = (
    _ALL.where(M.to == bindparam("to"), rule(PUT_OFF)).order_by(M.not_before, M.id).limit(LIMIT)
)
DUE = (
    select(*M)
    .where(
        M.workspace == WORKSPACE,
        rule(PENDING),
        M.not_before <= bindparam("at"),
        M.kind.in_(bindparam("kinds", expanding=True)),
        M.to.not_in(bindparam("busy", expanding=True)),
        or_(M.kind != MessageKind.POST, M.to.not_in(bindparam("resting", expanding=True))),
    )
    .order_by(M.not_before)
    .limit(LIMIT)
    .with_for_update(key_share=True, skip_locked=True)
)
_NEW_STATE: BindParameter[Any] = bindparam("new_state", type_=M.state.type)
_STILL_SENDING = _NEW_STATE == MessageState.SENDING
_ONCE_MORE = and_(M.again, ~_STILL_SENDING)
RECORD = (
    update(MessageRow)
    .where(
        M.workspace == _OF_WORKSPACE,
        M.id == bindparam("of_id"),
        M.fence == bindparam("of_fence"),
        or_(
            M.fence == 0,  # never claimed
            M.state.in_(bindparam("of_states", expanding=True, type_=M.state.type)),
        ),
    )
    .values(
        state=case((_ONCE_MORE, MessageState.PENDING), else_=_NEW_STATE),
        again=and_(M.again, _STILL_SENDING),
        attempts=case((_ONCE_MORE, 0), else_=bindparam("new_attempts")),
        not_before=bindparam("new_not_before"),
        lease_until=case((_STILL_SENDING, bindparam("new_lease_until", type_=M.lease_until.type))),
        channel=bindparam("new_channel"),
        ts=bindparam("new_ts"),
        sent_at=bindparam("new_sent_at"),
        error=bindparam("new_error"),
    )
)
END_ATTEMPT = (
    update(AttemptRow)
    .where(
        A.workspace == _OF_WORKSPACE,
        A.message == bindparam("of_message"),
        A.fence == bindparam("of_fence"),
    )
    .values(result=bindparam("new_result"), ended_at=bindparam("new_ended_at"))
)

_BEGUN = exists().where(
    M.workspace == _OF_WORKSPACE,
    M.id == bindparam("of_message"),
    M.fence == bindparam("of_fence"),
    rule(SENDING),
)
WITHDRAW_ATTEMPT = delete(AttemptRow).where(
    A.workspace == _OF_WORKSPACE, A.message == bindparam("of_message"), _BEGUN
)
WITHDRAW = delete(MessageRow).where(
    M.workspace == _OF_WORKSPACE,
    M.id == bindparam("of_message"),
    M.fence == bindparam("of_fence"),
    rule(SENDING),
)

_IS_POST = M.kind == MessageKind.POST
EXPIRED = (
    select(M.id)
    .where(M.workspace == WORKSPACE, rule(SENDING), M.lease_until <= bindparam("at"))
    .with_for_update(key_share=True, skip_locked=True)
)
"""One that is being recorded at this moment is left: what is recorded counts."""

_ARE_EXPIRED = (M.workspace == _OF_WORKSPACE, M.id.in_(bindparam("of_ids", expanding=True)))
_EXPIRE = update(MessageRow).where(*_ARE_EXPIRED)
EXPIRE_POSTS = _EXPIRE.where(_IS_POST).values(state=MessageState.UNKNOWN, lease_until=None)
EXPIRE_OTHERS = _EXPIRE.where(~_IS_POST).values(
    state=MessageState.PENDING, lease_until=None, again=False, fence=M.fence + 1
)
END_EXPIRED_ATTEMPTS = (
    update(AttemptRow)
    .where(A.workspace == M.workspace, A.message == M.id, A.fence == M.fence, *_ARE_EXPIRED)
    .values(result=MessageState.UNKNOWN, ended_at=bindparam("of_at"))
)
LOOK_FOR_EXPIRED = insert(LookRow).from_select(
    ["workspace", "message", "at", "misses"],
    select(M.workspace, M.id, bindparam("of_look_at", type_=K.at.type), literal(0)).where(
        *_ARE_EXPIRED,
        _IS_POST,
        ~exists().where(K.workspace == M.workspace, K.message == M.id),
    ),
)
LOOKS_DUE = (
    select(K.message)
    .where(K.workspace == WORKSPACE, K.at <= bindparam("at"))
    .order_by(K.at, K.message)
    .limit(LIMIT)
    .with_for_update(key_share=True, skip_locked=True)
)
CLAIM_LOOKS = (
    update(LookRow)
    .where(K.workspace == _OF_WORKSPACE, K.message.in_(bindparam("of_ids", expanding=True)))
    .values(at=bindparam("new_at"))
)
_LOOKED_FOR = (K.workspace == _OF_WORKSPACE, K.message == bindparam("of_message"))
LOOKS_OVER = delete(LookRow).where(
    K.workspace == _OF_WORKSPACE,
    K.message.in_(bindparam("of_ids", expanding=True)),
    exists().where(M.workspace == K.workspace, M.id == K.message, M.state != MessageState.UNKNOWN),
)
LOOK_AGAIN = (
    update(LookRow)
    .where(*_LOOKED_FOR, K.at == bindparam("of_at"))
    .values(at=bindparam("new_at"), misses=bindparam("new_misses"))
)
END_LOOK = delete(LookRow).where(*_LOOKED_FOR, K.at == bindparam("of_at"))
LOOKED_AT = (
    select(*M, K.misses.label("misses"))
    .join_from(LookRow, MessageRow, and_(M.workspace == K.workspace, M.id == K.message))
    .where(K.workspace == WORKSPACE, K.message.in_(IDS))
    .order_by(M.created_at, M.id)
)
TRIES = (
    select(A.message, func.min(A.started_at).label("first"), func.max(A.started_at).label("last"))
    .where(A.workspace == WORKSPACE, A.message.in_(IDS))
    .group_by(A.message)
)
HELD_FOR = (
    select(*H)
    .where(H.workspace == WORKSPACE, H.user == bindparam("user"), rule(WAITING))
    .order_by(H.since, H.number, H.event)
)
CARRIED_BY = (
    select(*H)
    .where(
        H.workspace == WORKSPACE,
        H.user == bindparam("user"),
        H.carried_by == bindparam("message"),
    )
    .order_by(H.since, H.number, H.event)
)
TAKE_HELD = (
    update(HeldRow)
    .where(
        H.workspace == _OF_WORKSPACE,
        H.user == bindparam("of_user"),
        H.number == bindparam("of_number"),
        H.event == bindparam("of_event"),
        H.moment == bindparam("of_moment"),
        rule(WAITING),
    )
    .values(carried_by=bindparam("new_carried_by"))
)
ASKED_OF_MANY = (
    select(*Q)
    .where(Q.workspace == WORKSPACE, Q.number.in_(bindparam("numbers", expanding=True)))
    .order_by(Q.number, Q.at, Q.user, Q.ordinal)
)
ASKED_OF = (
    select(*Q)
    .where(
        Q.workspace == WORKSPACE,
        Q.user == bindparam("user"),
        Q.number.in_(bindparam("numbers", expanding=True)),
    )
    .order_by(Q.at, Q.number, Q.ordinal)
)
