"""What a list asks about a series: how its dates went, and whether it goes on."""

from datetime import date, timedelta

from bot.domain.expectation import Period, PeriodOutcome, Status
from bot.domain.messages import Prompt
from bot.domain.schedule.candidates import Case, Item, Urgency
from bot.domain.schedule.periods import IN_A_ROW, awaits_settling, run_not_kept
from bot.domain.schedule.workdays import next_working, nth_workday

PERIOD_ASKS = 2
_INSTANT = timedelta(microseconds=1)


def ask_about_series(case: Case) -> Item | None:
    """Ask both whether a series goes on, the owner how a date went, the requester if it fits."""
    expectation = case.expectation
    if not expectation.is_series or expectation.status is not Status.ACTIVE:
        return None
    return _whether_it_goes_on(case) or _how_it_went(case) or _whether_it_fits(case)


def slot_day(case: Case, period: Period) -> date:
    """Return the day of a slot where the member is; a day's slot ends with its midnight."""
    return case.day_of(period.slot_at - _INSTANT)


def _whether_it_goes_on(case: Case) -> Item | None:
    """Ask after each three in a row not kept."""
    run = run_not_kept(case.candidate.periods)
    threes = len(run) // IN_A_ROW * IN_A_ROW
    if not threes:
        return None
    last = run[threes - 1]
    key = last.date.isoformat()
    if case.asked(Prompt.SERIES_QUESTION, key):
        return None
    since = case.day_of(last.settled_at or last.reported_at or last.slot_at)
    return case.item(Prompt.SERIES_QUESTION, key, 1, since, urgency=Urgency.TO_ANSWER)


def _how_it_went(case: Case) -> Item | None:
    """Ask the owner on the day, and once more on the next workday while it is open."""
    if not case.is_owner:
        return None
    open_ones = [one for one in case.candidate.periods if one.outcome is PeriodOutcome.OPEN]
    for period in sorted(open_ones, key=lambda one: one.date, reverse=True):
        item = _ask_period(case, period)
        if item is not None:
            return item
    return None


def _ask_period(case: Case, period: Period) -> Item | None:
    key = period.date.isoformat()
    earlier = case.asked(Prompt.PERIOD, key)
    if len(earlier) >= PERIOD_ASKS:
        return None
    day = slot_day(case, period)
    if earlier:
        day = next_working(case.member, max(day, case.day_of(earlier[-1].at)))
    return case.item(
        Prompt.PERIOD,
        key,
        len(earlier) + 1,
        day,
        urgency=Urgency.DUE_TODAY,
        period=period.date,
    )


def _whether_it_fits(case: Case) -> Item | None:
    if not case.is_requester:
        return None
    for period in sorted(case.candidate.periods, key=lambda one: one.date, reverse=True):
        key = period.date.isoformat()
        if not awaits_settling(period) or period.reported_at is None:
            continue
        if not case.asked(Prompt.PERIOD_DONE, key):
            return case.item(
                Prompt.PERIOD_DONE,
                key,
                1,
                nth_workday(case.member, period.reported_at, 1),
                urgency=Urgency.TO_LOOK_AT,
                period=period.date,
            )
    return None
