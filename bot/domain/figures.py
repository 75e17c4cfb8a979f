"""The plain counts of a channel's week: what was agreed, kept, changed and is under way."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from bot.domain.expectation import Expectation, Status
from bot.domain.goal import Goal, GoalStatus
from bot.domain.schedule.summary_time import SummaryPeriod
from bot.domain.views import GoalLine
from bot.domain.visibility import View, may_see

_ANYBODY = ""
"""A viewer who is a party to nothing: a summary shows what every reader may see."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """What a summary counts, each a count of its own: no two differ by the misses."""

    agreed: int
    kept: int
    changed_in_time: int
    under_way: int
    due: int  # decides only whether the week was quiet; never shown
    next_week: tuple[Expectation, ...]

    @property
    def is_quiet(self) -> bool:
        """Tell whether nothing was due and nothing happened."""
        return not (self.agreed or self.kept or self.changed_in_time or self.due)

    @property
    def is_empty(self) -> bool:
        """Tell whether there is nothing to say at all."""
        return self.is_quiet and not self.under_way


def week(
    channel: str,
    period: SummaryPeriod,
    *,
    accepted: Iterable[Expectation],
    closed: Iterable[Expectation],
    under_way: Iterable[Expectation],
) -> Week:
    """Count a channel's week from what was first agreed in it, closed in it, and is open now.

    Whatever the channel may not see is left out here, whoever gathered it.
    """
    open_now = [one for one in _shared(channel, under_way) if one.status is not Status.MET]
    closed_now = [one for one in _shared(channel, closed) if one.status is Status.MET]
    everything = {one.number: one for one in (*open_now, *closed_now)}
    return Week(
        agreed=len({one.number for one in _shared(channel, accepted)}),
        kept=len({one.number for one in closed_now}),
        changed_in_time=sum(_changed_in(one, period) for one in everything.values()),
        under_way=len({one.number for one in open_now}),
        due=sum(period.first <= one.due.day <= period.last for one in everything.values()),
        next_week=_next_week(open_now, period),
    )


def goal_lines(
    channel: str,
    goals: Iterable[Goal],
    last_week: Mapping[int, str],
    help_wanted: Mapping[int, int],
) -> tuple[GoalLine, ...]:
    """Return the open goals that the channel may see, by day, with their measure a week ago."""
    shown = [
        goal
        for goal in goals
        if goal.status is GoalStatus.OPEN and may_see(_ANYBODY, goal, channel) is View.FULL
    ]
    return tuple(
        GoalLine(
            goal=goal,
            last_week=last_week.get(goal.number),
            help_wanted=help_wanted.get(goal.number, 0),
        )
        for goal in sorted(shown, key=lambda goal: (goal.day, goal.number))
    )


def _shared(channel: str, items: Iterable[Expectation]) -> list[Expectation]:
    return [one for one in items if may_see(_ANYBODY, one, channel) is View.AGREED_ONLY]


def _changed_in(expectation: Expectation, period: SummaryPeriod) -> bool:
    accepted = expectation.terms.accepted_at
    in_week = accepted is not None and period.since <= accepted < period.until
    return in_week and expectation.moved_in_time and not expectation.moved_late


def _next_week(items: Iterable[Expectation], period: SummaryPeriod) -> tuple[Expectation, ...]:
    def comes(day: date) -> bool:
        return period.next_first <= day <= period.next_last

    coming = [one for one in items if comes(one.due.day)]
    return tuple(sorted(coming, key=lambda one: (one.due_at, one.number)))
