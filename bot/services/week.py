"""A channel's week, gathered: shared agreements only, counts and never rates."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.domain.expectation import OPEN, Expectation, Outcome
from bot.domain.goal import Goal, GoalStatus
from bot.domain.schedule.local import local_day
from bot.domain.schedule.summary_time import SummaryPeriod
from bot.domain.views import GoalLine, SummaryView
from bot.services.ports import UnitOfWork

_AGREED = 500
_GOALS = 50
_NEXT = 10

_KEPT = frozenset({Outcome.KEPT, Outcome.KEPT_CHANGED})


def week(
    uow: UnitOfWork, channel: str, period: SummaryPeriod, zone: ZoneInfo, *, by: str | None
) -> SummaryView:
    """Gather a channel's period; `by` is who set the summary up, None where posted by hand."""
    found = uow.channels.get(channel)
    since, until = period.since, period.until
    agreed = uow.expectations.accepted_in(channel, since, until)
    closed = uow.expectations.closed_in(channel, since, until)
    under_way = uow.expectations.agreed_in(channel, _AGREED)
    counted = [one.outcome for one in closed if not one.self_confirmed]
    coming = _next_week(under_way, period, zone)
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
        agreed=sum(not one.is_commitment for one in agreed),
        kept=sum(outcome in _KEPT for outcome in counted),
        changed_in_time=sum(outcome is Outcome.KEPT_CHANGED for outcome in counted),
        under_way=len(under_way),
        due_count=len(closed) + sum(since < one.due_at <= until for one in under_way),
        next_week=tuple(coming[:_NEXT]),
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


def _next_week(
    under_way: list[Expectation], period: SummaryPeriod, zone: ZoneInfo
) -> list[Expectation]:
    """Return what falls due in the week that follows, by due; nothing that is overdue."""
    return [
        one
        for one in under_way
        if one.status in OPEN
        and one.due_at > period.until
        and period.next_first <= _due_day(one, zone) <= period.next_last
    ]


def _due_day(expectation: Expectation, zone: ZoneInfo) -> date:
    due = expectation.due
    return local_day(expectation.due_at, zone) if due.is_hour else due.day


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
