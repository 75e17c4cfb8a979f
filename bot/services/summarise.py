"""A channel's week: shown, posted by hand, or set up; the first post is the test."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.channel import Channel, Summary
from bot.domain.errors import NoChannelError
from bot.domain.messages import Message, MessageKind, MessageState, Moment
from bot.domain.schedule.local import local_day
from bot.domain.schedule.summary_time import next_summary_at, summary_period
from bot.domain.views import SummaryView
from bot.services.actor import Actor
from bot.services.first_post import FirstPost
from bot.services.inbox import answered, note_done, remember
from bot.services.notify import NewId
from bot.services.pace import Pace
from bot.services.people import Directory
from bot.services.places import note_channel
from bot.services.ports import Renderer, Slack, Store, UnitOfWork
from bot.services.week import is_empty, week

_INSTANT = timedelta(microseconds=1)

_NO_EXPECTATION = 0
"""Refusals carry an expectation's number; there is none here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Summed:
    """What became of a command about the summary."""

    view: SummaryView  # of the week so far
    posted: bool  # False: there is nothing to say, or it is only shown
    arrived: bool = True  # False: what is posted comes later
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
    pace: Pace = field(default_factory=Pace)

    def preview(self, actor: Actor) -> Summed:
        """Show the week so far, to the actor alone; raise NoChannelError."""
        _in_channel(actor)
        zone = self.directory.member(actor.workspace, actor.user).zone
        with self.store.write(actor.workspace) as uow:  # what is shown of figures is noted
            return self._summed(uow, actor, zone, self.clock(), posted=False)

    def now(self, actor: Actor) -> Summed:
        """Post the week so far, also where nothing was set up; an empty one is not posted.

        Raise NoChannelError, NotInChannelError, HeldBackError, or NotAllowedError while it is
        being posted.
        """
        _in_channel(actor)
        zone = self.directory.member(actor.workspace, actor.user).zone
        at = self.clock()
        with self.store.write(actor.workspace) as uow:
            before = answered(uow, actor)
            summed = self._summed(uow, actor, zone, at, posted=before is not None)
            if before is not None or is_empty(summed.view):
                return summed
            begun = self._begin(uow, actor, summed, zone, at)
        if begun is not None:
            posted = self._first.post(actor.workspace, begun, self.renderer.message(summed.view))
            with self.store.write(actor.workspace) as uow:
                answered(uow, actor)  # its copies wait, before they lock what is written here
                note_channel(uow, actor)
                self._first.record(uow, posted)
                note_done(uow, actor, {"message": begun.id}, self.clock())
            summed = replace(summed, arrived=posted.state is MessageState.SENT)
        return replace(summed, posted=True)

    def here(self, actor: Actor, weekday: int, hour: time) -> Summed:
        """Post the week so far and then each week; where that post fails nothing is saved.

        Raise as `now` does.
        """
        channel = _in_channel(actor)
        zone = self.directory.member(actor.workspace, actor.user).zone
        at = self.clock()
        with self.store.write(actor.workspace) as uow:
            before = answered(uow, actor)
            summed = self._summed(uow, actor, zone, at, posted=True)
            if before is not None:
                return summed
            summed = replace(summed, view=replace(summed.view, set_up_by=actor.user))
            begun = self._begin(uow, actor, summed, zone, at)
        if begun is None:
            return summed
        posted = self._first.post(actor.workspace, begun, self.renderer.message(summed.view))
        with self.store.write(actor.workspace) as uow:
            answered(uow, actor)  # its copies wait, before they lock what is written here
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
            self._first.record(uow, posted)
            note_done(uow, actor, {"message": begun.id}, self.clock())
        self.wake()
        return replace(summed, channel=stored)

    def off(self, actor: Actor) -> Channel | None:
        """Post no more; return the channel as it was, None where nothing was set up."""
        channel = _in_channel(actor)
        with self.store.write(actor.workspace) as uow:
            again = answered(uow, actor) is not None
            stored = uow.channels.get_for_update(channel)
            if again or stored is None or stored.summary is None:
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
        view = week(uow, channel, so_far, zone, at=at, by=None)
        people = dict(view.people) | uow.members.get_many({actor.user})
        view = replace(view, channel_name=stored.name, people=people)
        return Summed(view=view, posted=posted, channel=stored)

    @property
    def _first(self) -> FirstPost:
        return FirstPost(self.store, self.slack, self.clock, self.pace, self.directory.timing)

    def _begin(
        self, uow: UnitOfWork, actor: Actor, summed: Summed, zone: ZoneInfo, at: datetime
    ) -> Message | None:
        """Claim the post of what was asked; None where it was posted before."""
        message_id = self.new_id()
        channel = summed.channel
        local = at.astimezone(ZoneInfo(channel.summary.zone) if channel.summary else zone)
        by = {} if summed.view.set_up_by is None else {"by": summed.view.set_up_by}
        message = Message(
            id=message_id,
            kind=MessageKind.POST,
            moment=Moment.SUMMARY,
            to=channel.channel,
            slot=f"summary/{channel.channel}/by-hand/{actor.key or message_id}",
            not_before=at,
            created_at=at,
            args={
                "day": local.date().isoformat(),
                "hour": local.time().isoformat(),
                "zone": summed.view.zone,
                "until": at.isoformat(),
                **by,
            },
        )
        return self._first.begin(uow, actor, message, _NO_EXPECTATION, "summary")


def _in_channel(actor: Actor) -> str:
    if actor.channel is None or not actor.in_channel:
        raise NoChannelError
    return actor.channel
