"""A channel's figures: what they are now, and whether the channel may read it."""

from datetime import datetime

from bot.domain.figures.floor import Basis, may_show
from bot.domain.figures.share import fair_share, own_workdays
from bot.domain.figures.shared import PERIOD, SharedFigures, Shown, Source, whole_week_before
from bot.domain.schedule.local import local_day
from bot.services.ports import UnitOfWork

Counted = dict[str, dict[str, int]]


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
    ended = uow.figures.ended(channel, until - PERIOD, until)
    return SharedFigures(
        outcomes=_outcomes(uow, channel, until, before.get(Source.OUTCOMES), ended),
        agreements=_agreements(uow, channel, until, before.get(Source.AGREEMENTS)),
        share=_share(uow, channel, at, before.get(Source.SHARE)),
    )


def _outcomes(
    uow: UnitOfWork, channel: str, until: datetime, before: Shown | None, ended: Counted
) -> Shown | None:
    if before is not None and before.until == until:
        return before
    came_in, fell_out = {}, {}
    if before is not None:
        came_in = _counts(uow.figures.ended(channel, before.until, until), "ended")
        gone = (before.until - PERIOD, until - PERIOD)
        fell_out = _counts(uow.figures.ended(channel, *gone), "ended")
    basis = Basis(within=_counts(ended, "ended"), came_in=came_in, fell_out=fell_out)
    if not may_show(basis, shown_before=before is not None):
        return before
    counts = {name: sum(one[name] for one in ended.values()) for name in ("kept", "changed")}
    counts["reminders"] = uow.figures.reminders(channel, until - PERIOD, until)
    return _show(uow, channel, Source.OUTCOMES, Shown(until=until, counts=counts))


def _agreements(
    uow: UnitOfWork, channel: str, until: datetime, before: Shown | None
) -> Shown | None:
    if before is not None and before.until == until:
        return before
    agreed = uow.figures.agreed(channel, until - PERIOD, until)
    came_in, fell_out = {}, {}
    if before is not None:
        came_in = _counts(uow.figures.agreed(channel, before.until, until), "agreed")
        gone = (before.until - PERIOD, until - PERIOD)
        fell_out = _counts(uow.figures.agreed(channel, *gone), "agreed")
    basis = Basis(within=_counts(agreed, "agreed"), came_in=came_in, fell_out=fell_out)
    if not may_show(basis, shown_before=before is not None):
        return before
    counts = {name: sum(one[name] for one in agreed.values()) for name in ("agreed", "both_gain")}
    return _show(uow, channel, Source.AGREEMENTS, Shown(until=until, counts=counts))


def _share(uow: UnitOfWork, channel: str, at: datetime, before: Shown | None) -> Shown | None:
    """Return how evenly open work is spread; of one week it is what its first look found.

    Who may carry some is whoever agreed to something, whatever became of it: were it who finished
    something, one more than is known to have kept anything would have missed it.
    """
    week = whole_week_before(at)
    if before is not None and before.until == week:
        return before
    agreed = uow.figures.agreed(channel, week - PERIOD, week)
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


def _show(uow: UnitOfWork, channel: str, source: Source, shown: Shown) -> Shown:
    uow.figures.show(channel, source, shown)
    return shown


def _counts(by_owner: Counted, name: str) -> dict[str, int]:
    return {owner: counts[name] for owner, counts in by_owner.items()}
