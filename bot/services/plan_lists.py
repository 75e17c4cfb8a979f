"""Planning a member's list: the nominal date and the message, with the next time, in one step."""

from dataclasses import replace
from datetime import date, datetime

from bot.domain.member import Member
from bot.domain.messages import Message, MessageKind, Moment
from bot.domain.schedule.listing import list_due, list_slot
from bot.services.asides import want_a_list
from bot.services.compose_list import waiting_for
from bot.services.delivered import carry_undelivered
from bot.services.members import list_moment
from bot.services.notify import NewId
from bot.services.ports import UnitOfWork

_NOBODY = "over"
"""What carries a notice whose question is over: there is nothing left to say."""


def plan_list(uow: UnitOfWork, user: str, at: datetime, *, new_message_id: NewId) -> bool:
    """Plan the list that is due, where there may be something to say; tell whether it was due."""
    member = uow.members.get_for_update(user)
    if member is None or member.next_list_at is None or member.next_list_at > at:
        return False
    day = list_due(member, at)
    if day is not None:
        member = replace(member, last_list_on=day)
        carry_undelivered(uow, user, at)
        for held in waiting_for(uow, user, at).over:
            uow.messages.take_held(held, _NOBODY)
        if _may_have_something(uow, member, at):
            uow.messages.add(_list(member, day, at, new_message_id()))
    uow.members.save(replace(member, next_list_at=list_moment(member, at)))
    return True


def _may_have_something(uow: UnitOfWork, member: Member, at: datetime) -> bool:
    return bool(
        uow.expectations.open_of(member.user, 1)
        or uow.messages.held_for(member.user)
        or want_a_list(uow, member, at)
    )


def _list(member: Member, day: date, at: datetime, message_id: str) -> Message:
    return Message(
        id=message_id,
        kind=MessageKind.POST,
        moment=Moment.LIST,
        to=member.user,
        slot=list_slot(member, day),
        not_before=at,
        created_at=at,
        args={"day": day.isoformat()},
    )
