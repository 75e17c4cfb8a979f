"""A channel's week: shown, posted by hand, or set up; the first post is the test."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.channel import Channel, Summary
from bot.domain.errors import NoChannelError, NotInChannelError
from bot.domain.messages import Message, MessageKind, MessageState, Moment
from bot.domain.schedule.local import local_day
from bot.domain.schedule.summary_time import next_summary_at, summary_period
from bot.domain.views import SummaryView
from bot.services.actor import Actor
from bot.services.inbox import answered, remember
from bot.services.notify import NewId
from bot.services.people import Directory
from bot.services.places import note_channel
from bot.services.ports import Posted, RefusedError, Renderer, Slack, Store, UnitOfWork
from bot.services.week import is_empty, week

_INSTANT = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Summed:
    """What became of a command about the summary."""

    view: SummaryView  # of the week so far
    posted: bool  # False: there is nothing to say, or it is only shown
    channel: Channel  # as stored now; its `summary` says when the next one is


@dataclass(frozen=True, slots=True)
class Summarise:
    """Sums up weeks; a first post is the test whether the bot may post."""

    store: Store
    directory: Directory
    slack: Slack
    renderer: Renderer
    clock: Callable[[], datetime]
    wake: Callable[[], None]
    new_id: NewId

    def preview(self, actor: Actor) -> Summed:
        """Show the week so far, to the actor alone; raise NoChannelError."""
        _in_channel(actor)
        zone = self.directory.member(actor.workspace, actor.user).zone
        with self.store.read(actor.workspace) as uow:
            return self._summed(uow, actor, zone, self.clock(), posted=False)

    def now(self, actor: Actor) -> Summed:
        """Post the week so far, also where nothing was set up; an empty one is not posted.

        Raise NoChannelError or NotInChannelError.
        """
        channel = _in_channel(actor)
        zone = self.directory.member(actor.workspace, actor.user).zone
        at = self.clock()
        with self.store.read(actor.workspace) as uow:
            before = answered(uow, actor)
            summed = self._summed(uow, actor, zone, at, posted=before is not None)
        if before is not None or is_empty(summed.view):
            return summed
        message_id = self.new_id()
        posted = self._post(channel, summed.view, message_id)
        with self.store.write(actor.workspace) as uow:
            note_channel(uow, actor)
            uow.messages.add(_sent(message_id, channel, posted, at, self.clock()))
            remember(uow, actor, {"message": message_id}, at)
        return replace(summed, posted=True)

    def here(self, actor: Actor, weekday: int, hour: time) -> Summed:
        """Post the week so far and then each week; where that post fails nothing is saved.

        Raise NoChannelError or NotInChannelError.
        """
        channel = _in_channel(actor)
        zone = self.directory.member(actor.workspace, actor.user).zone
        at = self.clock()
        with self.store.read(actor.workspace) as uow:
            before = answered(uow, actor)
            summed = self._summed(uow, actor, zone, at, posted=True)
        if before is not None:
            return summed
        view = replace(summed.view, set_up_by=actor.user)
        message_id = self.new_id()
        posted = self._post(channel, view, message_id)
        with self.store.write(actor.workspace) as uow:
            note_channel(uow, actor)
            stored = uow.channels.get_for_update(channel) or summed.channel
            last_on = stored.summary.last_on if stored.summary else None
            summary = Summary(
                weekday=weekday,
                hour=hour,
                zone=zone.key,
                by=actor.user,
                next_at=next_summary_at(weekday, hour, zone, at, last_on),
                last_on=last_on,
            )
            stored = replace(stored, summary=summary)
            uow.channels.save(stored)
            uow.messages.add(_sent(message_id, channel, posted, at, self.clock()))
            remember(uow, actor, {"message": message_id}, at)
        self.wake()
        return replace(summed, view=view, channel=stored)

    def off(self, actor: Actor) -> Channel | None:
        """Post no more; return the channel as it was, None where nothing was set up."""
        channel = _in_channel(actor)
        with self.store.write(actor.workspace) as uow:
            stored = uow.channels.get_for_update(channel)
            if stored is None or stored.summary is None:
                return None
            uow.channels.save(replace(stored, summary=None))
            remember(uow, actor, {"channel": channel}, self.clock())
        return stored

    def _summed(
        self, uow: UnitOfWork, actor: Actor, mine: ZoneInfo, at: datetime, *, posted: bool
    ) -> Summed:
        """Gather the seven days up to now, in the zone of whoever set the summary up, or asks."""
        channel = _in_channel(actor)
        stored = uow.channels.get(channel) or Channel(
            channel=channel, name=actor.channel_name or channel, kind=actor.channel_kind
        )
        zone = ZoneInfo(stored.summary.zone) if stored.summary else mine
        local = at.astimezone(zone)
        so_far = summary_period(local_day(at, zone), local.time(), zone)
        so_far = replace(so_far, until=at + _INSTANT)
        view = week(uow, channel, so_far, zone, by=None)
        people = dict(view.people) | uow.members.get_many({actor.user})
        view = replace(view, channel_name=stored.name, people=people)
        return Summed(view=view, posted=posted, channel=stored)

    def _post(self, channel: str, view: SummaryView, message_id: str) -> Posted:
        """Post at once, outside any transaction; raise NotInChannelError where Slack refuses."""
        content = self.renderer.message(view)
        try:
            return self.slack.post(channel, content, message_id)
        except RefusedError as error:
            raise NotInChannelError(channel, error.code) from error


def _in_channel(actor: Actor) -> str:
    if actor.channel is None or not actor.in_channel:
        raise NoChannelError
    return actor.channel


def _sent(
    message_id: str, channel: str, posted: Posted, created_at: datetime, sent_at: datetime
) -> Message:
    """Return what was posted as the outbox keeps it: nothing is left to send."""
    return Message(
        id=message_id,
        kind=MessageKind.POST,
        moment=Moment.SUMMARY,
        to=channel,
        slot=f"summary/{channel}/by-hand/{message_id}",
        not_before=created_at,
        created_at=created_at,
        state=MessageState.SENT,
        channel=posted.channel,
        ts=posted.ts,
        sent_at=sent_at,
    )
