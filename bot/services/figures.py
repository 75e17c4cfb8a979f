"""A channel's figures: what they are now, and whether the channel may read it."""

from datetime import datetime

from bot.domain.figures.floor import PerOwner, Window, may_show, window
from bot.domain.figures.share import fair_share, own_workdays
from bot.domain.figures.shared import PERIOD, SharedFigures, Shown, Source, whole_week_before
from bot.domain.schedule.local import local_day
from bot.services.ports import UnitOfWork

_Counted = dict[str, dict[str, int]]


def shared_figures(uow: UnitOfWork, channel: str, at: datetime) -> SharedFigures:
    """Return what a channel may read now, and note that it was shown.

    All looks within a week show the same, and what was shown stays until what changed since hides
    each one in it.
    """
    until = whole_week_before(at)
    before = {
        source: shown
        for source, shown in uow.figures.shown(channel).items()
        if until - shown.until <= PERIOD
    }
    return SharedFigures(
        outcomes=_outcomes(uow, channel, until, before.get(Source.OUTCOMES)),
        agreements=_agreements(uow, channel, until, before.get(Source.AGREEMENTS)),
        share=_share(uow, channel, at, before.get(Source.SHARE)),
    )


def _outcomes(uow: UnitOfWork, channel: str, until: datetime, before: Shown | None) -> Shown | None:
    def kept(of: Window) -> PerOwner:
        return _each(uow.figures.kept(channel, of), "kept")

    if not may_show(until, _until(before), kept):
        return before
    period = window(until)
    by_owner = uow.figures.kept(channel, period)
    counts = {name: _sum(by_owner, name) for name in ("kept", "changed")}
    counts["reminders"] = uow.figures.reminders(channel, period)
    return _show(uow, channel, Source.OUTCOMES, Shown(until=until, counts=counts))


def _agreements(
    uow: UnitOfWork, channel: str, until: datetime, before: Shown | None
) -> Shown | None:
    def both_gain(of: Window) -> PerOwner:
        return _each(uow.figures.agreed(channel, of), "both_gain")

    if not may_show(until, _until(before), both_gain):
        return before
    counts = {"both_gain": sum(both_gain(window(until)).values())}
    return _show(uow, channel, Source.AGREEMENTS, Shown(until=until, counts=counts))


def _share(uow: UnitOfWork, channel: str, at: datetime, before: Shown | None) -> Shown | None:
    """Return how evenly open work is spread; of one week it is what its first look found.

    Who may carry some is whoever agreed to something, whatever became of it: were it who finished
    something, one more than is known to have kept anything would have missed it.
    """
    week = whole_week_before(at)
    if before is not None and before.until >= week:
        return before
    agreed = uow.figures.agreed(channel, window(week))
    open_work = dict.fromkeys(agreed, 0) | uow.figures.open_work(channel)
    members = uow.members.get_many(open_work)
    workdays = {
        user: own_workdays(member, local_day(at, member.zone))
        for user, member in members.items()
        if member.active
    }
    share = fair_share(open_work, workdays)
    if share is None:
        return None
    counts = {"carried_by": share.carried_by, "people": share.people}
    return _show(uow, channel, Source.SHARE, Shown(until=week, counts=counts))


def _until(before: Shown | None) -> datetime | None:
    return None if before is None else before.until


def _show(uow: UnitOfWork, channel: str, source: Source, shown: Shown) -> Shown:
    uow.figures.show(channel, source, shown)
    return shown


def _each(by_owner: _Counted, name: str) -> PerOwner:
    return {owner: counts[name] for owner, counts in by_owner.items()}


def _sum(by_owner: _Counted, name: str) -> int:
    return sum(counts[name] for counts in by_owner.values())
