"""After the clock was set back, all is planned anew: nothing waits for a day that is not near."""

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain.conversation import noted_by
from bot.domain.schedule.local import local_day
from bot.services.members import save_member
from bot.services.notify import NewId
from bot.services.people import lock_member
from bot.services.plan_summaries import moved_on
from bot.services.ports import Store, UnitOfWork
from bot.services.timing import Timing


def plan_anew(
    store: Store, workspace: int, at: datetime, timing: Timing, *, new_message_id: NewId
) -> None:
    """Move every stored time that a clock which ran ahead has set, each in its own transaction.

    What was sent or decided by that clock stays so. The slots keep a date that had its list, or a
    week that had its summary, from having a second one. What ends halfway is repeated.
    """
    with store.write(workspace) as uow:
        uow.times.pull_back(at, at + timing.lease)
        users, channels = uow.members.users(), uow.channels.summed_up()
    for user in users:
        with store.write(workspace) as uow:
            _member(uow, user, at, new_message_id)
    for channel in channels:
        with store.write(workspace) as uow:
            _summary(uow, channel, at)
    with store.write(workspace) as uow:
        uow.times.note(at)


def _member(uow: UnitOfWork, user: str, at: datetime, new_message_id: NewId) -> None:
    """Let a member's lists, profile and clocks go by the clock as it is now."""
    member = lock_member(uow, user)
    if member is None:
        return
    for number in uow.expectations.of_party(user):
        expectation = uow.expectations.get_for_update(number)
        if expectation is not None:
            uow.expectations.save(noted_by(expectation, at))
    today, last, checked = local_day(at, member.zone), member.last_list_on, member.checked_at
    member = replace(
        member,
        last_list_on=None if last is not None and last > today else last,
        checked_at=None if checked is not None and checked > at else checked,
    )
    uow.members.save(member)
    save_member(uow, member, at, new_message_id=new_message_id)


def _summary(uow: UnitOfWork, channel: str, at: datetime) -> None:
    found = uow.channels.get_for_update(channel)
    summary = found.summary if found else None
    if found is None or summary is None:
        return
    today, last = local_day(at, ZoneInfo(summary.zone)), summary.last_on
    if last is not None and last > today:
        summary = replace(summary, last_on=None)
    uow.channels.save(replace(found, summary=moved_on(summary, at)))
