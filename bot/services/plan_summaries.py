"""Planning a channel's summary: the nominal date and the message, with the next time."""

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain.channel import Summary
from bot.domain.messages import Message, MessageKind, Moment
from bot.domain.schedule.summary_time import (
    SummaryPeriod,
    next_summary_at,
    summary_due,
    summary_slot,
)
from bot.services.notify import NewId
from bot.services.ports import UnitOfWork


def plan_summary(uow: UnitOfWork, channel: str, at: datetime, *, new_message_id: NewId) -> bool:
    """Plan the summary that is due, at most 72 hours late; tell whether one was due."""
    found = uow.channels.get_for_update(channel)
    summary = found.summary if found else None
    if found is None or summary is None or summary.next_at > at:
        return False
    uow.pulse.close(at)
    period = summary_due(summary, at)
    if period is not None:
        summary = replace(summary, last_on=period.day)
        uow.messages.add(_post(channel, summary, period, at, new_message_id()))
    uow.channels.save(replace(found, summary=moved_on(summary, at)))
    return True


def moved_on(summary: Summary, at: datetime) -> Summary:
    """Return a summary with its next time after `at`."""
    zone = ZoneInfo(summary.zone)
    next_at = next_summary_at(summary.weekday, summary.hour, zone, at, summary.last_on)
    return replace(summary, next_at=next_at)


def _post(
    channel: str, summary: Summary, period: SummaryPeriod, at: datetime, message_id: str
) -> Message:
    return Message(
        id=message_id,
        kind=MessageKind.POST,
        moment=Moment.SUMMARY,
        to=channel,
        slot=summary_slot(channel, period.day),
        not_before=at,
        created_at=at,
        args={
            "day": period.day.isoformat(),
            "hour": summary.hour.isoformat(),
            "zone": summary.zone,
            "by": summary.by,
            "until": period.until.isoformat(),
        },
    )
