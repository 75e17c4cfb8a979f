"""A channel's week, gathered: shared agreements only, counts and never rates."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from bot.domain.figures.floor import Window
from bot.domain.goal import Goal
from bot.domain.schedule.local import local_day
from bot.domain.schedule.summary_time import SummaryPeriod
from bot.domain.views import GoalLine, SummaryView
from bot.services.figures import shared_figures
from bot.services.ports import UnitOfWork

_GOALS = 50
_NEXT = 10
_WEEK = timedelta(weeks=1)
_WEEKS = 7
"""So many earlier weeks of a goal's measure are drawn."""


def week(
    uow: UnitOfWork,
    channel: str,
    period: SummaryPeriod,
    zone: ZoneInfo,
    *,
    at: datetime,
    by: str | None,
) -> SummaryView:
    """Gather a channel's period; `by` is who set the summary up, None where posted by hand."""
    found = uow.channels.get(channel)
    since, until = period.since, period.until
    counts = uow.expectations.counts_in(channel, since, until)
    coming = uow.expectations.due_next(channel, period, zone, _NEXT)
    goals = _lines(uow, channel, period, zone)
    thanks = [one for one in uow.thanks.in_channel(channel, since, until) if not one.kept_between]
    wanted = uow.expectations.help_wanted(channel, _NEXT)
    learnt = uow.learnt.in_channel(channel, since, until)
    both_gain = uow.figures.both_gain(channel, Window(since=since, until=until))
    share = shared_figures(uow, channel, at).share
    notes = uow.figures.notes(channel, period.last) if share else []
    named = {one.owner for one in (*coming, *wanted)} | {note.user for note in notes}
    named |= {user for one in thanks for user in (one.by, one.to)}
    named |= {user for one in learnt for user in one.sharing.among}
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
        both_gain=sum(both_gain.values()),
        share=share,
        notes=tuple(notes),
        next_week=tuple(coming),
        help_wanted=tuple(wanted),
        thanks=tuple(thanks),
        learnt=tuple(learnt),
        pulse=tuple(uow.pulse.released(channel, since, until)),
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
        or view.learnt
        or view.pulse
    )


def _lines(uow: UnitOfWork, channel: str, period: SummaryPeriod, zone: ZoneInfo) -> list[GoalLine]:
    """Return the shared goals that are open, and those that closed in the period."""
    closed = uow.goals.closed_in(channel, period.since, period.until, _GOALS)
    goals = [*uow.goals.open_in(channel, _GOALS), *closed]
    measured = [goal.number for goal in goals if goal.measure is not None]
    ends = [period.until - back * _WEEK for back in range(_WEEKS, 0, -1)]
    stood = {at: uow.goals.values_at(measured, at) for at in {*ends, period.since}}
    return [
        GoalLine(
            goal=goal,
            last_week=stood[period.since].get(goal.number),
            weeks=_weeks(goal, {at: stood[at] for at in ends}, period.until, zone),
        )
        for goal in goals
    ]


def _weeks(
    goal: Goal, stood: Mapping[datetime, Mapping[int, str]], until: datetime, zone: ZoneInfo
) -> tuple[tuple[date, Decimal], ...]:
    """Return where the measure stood at the end of the last weeks, and where it stands now."""
    if goal.measure is None:
        return ()
    found = tuple(
        (local_day(at, zone), Decimal(values[goal.number]))
        for at, values in stood.items()
        if at >= goal.created_at and goal.number in values
    )
    return (*found, (local_day(until, zone), goal.measure.now))
