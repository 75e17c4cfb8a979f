"""A channel's figures: what they are now, and whether the channel may read it."""

from collections.abc import Callable
from datetime import datetime

from bot.domain.figures.floor import ENOUGH_OWNERS, PerOwner, Window, may_show, window
from bot.domain.figures.share import fair_share, own_workdays
from bot.domain.figures.shared import (
    PERIOD,
    Look,
    SharedFigures,
    Shown,
    Source,
    whole_week_before,
)
from bot.domain.schedule.local import local_day
from bot.services.ports import UnitOfWork


def shared_figures(uow: UnitOfWork, channel: str, at: datetime) -> SharedFigures:
    """Return what a channel may read now, and note that it was shown.

    All looks within a week show the same, and what was shown stays until what changed since hides
    each one in it.
    """
    looks = uow.figures.looks(channel)
    week = whole_week_before(at)

    def kept(of: Window) -> PerOwner:
        return {owner: counts["kept"] for owner, counts in uow.figures.kept(channel, of).items()}

    def both_gain(of: Window) -> PerOwner:
        return uow.figures.both_gain(channel, of)

    def outcomes() -> dict[str, int]:
        by_owner = uow.figures.kept(channel, window(week)).values()
        counts = {name: sum(one[name] for one in by_owner) for name in ("kept", "changed")}
        return counts | {"reminders": uow.figures.reminders(channel, window(week))}

    def agreements() -> dict[str, int]:
        return {"both_gain": sum(both_gain(window(week)).values())}

    def followed(
        source: Source, counted: Callable[[Window], PerOwner], counts: Callable[[], dict[str, int]]
    ) -> Shown | None:
        last = looks.get(source)
        if last is not None and last.week >= week:
            return last.shown
        shown = _followed(last, week, counted, counts)
        uow.figures.note_look(channel, source, Look(week=week, shown=shown))
        return shown

    return SharedFigures(
        outcomes=followed(Source.OUTCOMES, kept, outcomes),
        agreements=followed(Source.AGREEMENTS, both_gain, agreements),
        share=_share(uow, channel, at, looks.get(Source.SHARE)),
    )


def _followed(
    last: Look | None,
    week: datetime,
    counted: Callable[[Window], PerOwner],
    counts: Callable[[], dict[str, int]],
) -> Shown | None:
    """Return what may be shown from now on: something new, what was shown before, or nothing."""
    before = last.shown if last is not None else None
    if before is not None and week - before.until > PERIOD:
        before = None
    if may_show(week, before.until if before else None, counted):
        return Shown(until=week, counts=counts())
    return before


def _share(uow: UnitOfWork, channel: str, at: datetime, last: Look | None) -> Shown | None:
    """Return how evenly open work is spread; of one week it is what the first look found.

    Who may carry some is whoever agreed to something, whatever became of it: were it who finished
    something, one more than is known to have kept anything would have missed it.
    """
    week = whole_week_before(at)
    if last is not None and last.week >= week:
        return last.shown
    open_work = uow.figures.open_work(channel)
    if len(open_work) < ENOUGH_OWNERS:
        return None
    open_work = dict.fromkeys(uow.figures.owners(channel, window(week)), 0) | open_work
    members = uow.members.get_many(open_work)
    workdays = {
        user: own_workdays(member, local_day(at, member.zone))
        for user, member in members.items()
        if member.active
    }
    share = fair_share(open_work, workdays)
    if share is None:
        return None
    shown = Shown(until=week, counts={"carried_by": share.carried_by, "people": share.people})
    uow.figures.note_look(channel, Source.SHARE, Look(week=week, shown=shown))
    return shown
