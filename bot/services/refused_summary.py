"""A weekly summary that Slack refuses, or may not have: who set it up is told.

Of two that are refused in a row it ends.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta

from bot.domain.channel import Summary
from bot.domain.messages import UNCLEAR, Message, MessageKind, MessageState, Moment
from bot.domain.schedule import notices
from bot.domain.schedule.local import local_day
from bot.domain.schedule.summary_time import summary_slot
from bot.domain.views import SummaryRefusedView
from bot.services.freshen import NewId
from bot.services.ports import UnitOfWork

_WEEK = timedelta(days=7)
_SUMMARY = "summary"
"""The argument that says which channel's summary it is about."""


def is_of_summary(message: Message) -> bool:
    """Tell whether a message says that a summary was not posted, or may not have been."""
    return message.moment is Moment.NOT_DELIVERED and _SUMMARY in message.args


def summary_refused(uow: UnitOfWork, message: Message, at: datetime, *, new_id: NewId) -> None:
    """Tell who set a summary up what to do; end one that was refused the week before too."""
    found = uow.channels.get_for_update(message.to)
    if found is None or found.summary is None:
        return
    day = date.fromisoformat(message.args["day"])
    before = uow.messages.by_slot(summary_slot(message.to, day - _WEEK))
    if before is not None and before.state is MessageState.DEAD:
        uow.channels.save(replace(found, summary=None))
        return
    _tell(uow, message, found.summary, {}, at=at, new_id=new_id)


def summary_unclear(uow: UnitOfWork, message: Message, at: datetime, *, new_id: NewId) -> None:
    """Tell who set a summary up that nobody knows whether it was posted; it goes on."""
    found = uow.channels.get(message.to)
    if found is not None and found.summary is not None:
        _tell(uow, message, found.summary, {UNCLEAR: "yes"}, at=at, new_id=new_id)


def _tell(
    uow: UnitOfWork,
    message: Message,
    summary: Summary,
    fate: Mapping[str, str],
    *,
    at: datetime,
    new_id: NewId,
) -> None:
    reader = uow.members.get(summary.by)
    if reader is None or not reader.active:
        return
    way = notices.delivery(Moment.NOT_DELIVERED, reader, None, at)
    uow.messages.add(
        Message(
            id=new_id(),
            kind=MessageKind.POST,
            moment=Moment.NOT_DELIVERED,
            to=reader.user,
            slot=f"undelivered/{message.slot}",
            not_before=at if way.at_once else way.held_until or at,
            created_at=at,
            args={
                _SUMMARY: message.to,
                "reason": message.error or "",
                "next": summary.next_at.isoformat(),
                **fate,
            },
        )
    )


def refused_view(uow: UnitOfWork, message: Message, at: datetime) -> SummaryRefusedView | None:
    """Gather what who set a summary up is told; None where it was ended meanwhile."""
    reader = uow.members.get(message.to)
    channel = uow.channels.get(message.args[_SUMMARY])
    if reader is None or channel is None or channel.summary is None:
        return None
    again = datetime.fromisoformat(message.args["next"])
    return SummaryRefusedView(
        reader=reader,
        channel=channel.channel,
        reason=message.args["reason"],
        again_on=local_day(again, reader.zone),
        unclear=UNCLEAR in message.args,
        now=at,
    )
