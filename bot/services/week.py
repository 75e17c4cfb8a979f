"""A channel's week, gathered: shared agreements only, counts and never rates."""

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain.goal import Goal, GoalStatus
from bot.domain.schedule.summary_time import SummaryPeriod
from bot.domain.views import GoalLine, SummaryView
from bot.services.ports import UnitOfWork

_GOALS = 50
_NEXT = 10


def week(
    uow: UnitOfWork, channel: str, period: SummaryPeriod, zone: ZoneInfo, *, by: str | None
) -> SummaryView:
    """Gather a channel's period; `by` is who set the summary up, None where posted by hand."""
    found = uow.channels.get(channel)
    since, until = period.since, period.until
    counts = uow.expectations.counts_in(channel, since, until)
    coming = uow.expectations.due_next(channel, period, zone, _NEXT)
    goals = [_line(uow, goal, since) for goal in _goals(uow, channel, since, until)]
    thanks = [one for one in uow.thanks.in_channel(channel, since, until) if not one.kept_between]
    named = {one.owner for one in coming} | {user for one in thanks for user in (one.by, one.to)}
    named |= {line.goal.champion for line in goals} | ({by} if by else set())
    return SummaryView(
        channel=channel,
        channel_name=found.name if found else channel,
        first=period.first,
        last=period.last,
        set_up_by=by,
        people=uow.members.get_many(named),
        goals=tuple(goals),
        agreed=counts.agreed,
        kept=counts.kept,
        changed_in_time=counts.changed_in_time,
        under_way=counts.under_way,
        due_count=counts.due,
        next_week=tuple(coming),
        thanks=tuple(thanks),
        zone=zone.key,
    )


def is_empty(view: SummaryView) -> bool:
    """Tell whether a week has nothing to say at all."""
    return not (
        view.goals
        or view.agreed
        or view.kept
        or view.under_way
        or view.next_week
        or view.help_wanted
        or view.thanks
    )


def _goals(uow: UnitOfWork, channel: str, since: datetime, until: datetime) -> list[Goal]:
    """Return the open goals, and those that closed in the period."""
    return [
        goal
        for goal in uow.goals.in_channel(channel, _GOALS)
        if goal.status is GoalStatus.OPEN
        or (goal.closed_at is not None and since <= goal.closed_at < until)
    ]


def _line(uow: UnitOfWork, goal: Goal, since: datetime) -> GoalLine:
    return GoalLine(goal=goal, last_week=uow.goals.value_at(goal.number, since))
