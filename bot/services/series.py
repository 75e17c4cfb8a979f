"""What people say about the dates of a series."""

from dataclasses import replace
from datetime import date

from bot.domain.conversation import end_series, spoken
from bot.domain.errors import NotAllowedError, NotYoursError
from bot.domain.expectation import Expectation, Period, PeriodOutcome, Status
from bot.domain.schedule.periods import (
    reopen,
    report,
    settle_due,
    three_in_a_row_not_kept,
)
from bot.services import notify
from bot.services.candidates import periods_of
from bot.services.notify import NewId
from bot.services.record import next_look
from bot.services.scene import Acted, Scene


def report_period(
    scene: Scene, day: date, outcome: PeriodOutcome, note: str, new_id: NewId
) -> Acted:
    """Say how one date went: the owner reports it, the requester says what is missing (OPEN)."""
    expectation = scene.expectation
    number, missing = expectation.number, outcome is PeriodOutcome.OPEN
    whose = expectation.requester if missing else expectation.owner
    if scene.actor.user != whose:
        raise NotYoursError(number, "period", () if whose is None else (whose,))
    if expectation.status is not Status.ACTIVE or not expectation.is_series:
        raise NotAllowedError(number, "period")
    period = _period(scene, day)
    if missing:
        _still_open_to_objection(scene, period)
        period = reopen(period, note)
    else:
        period = report(period, outcome, scene.at, scene.people.requester)
    scene.uow.expectations.save_period(period)
    after = speak(scene, new_id)
    return replace(scene.showing(after), period=period)


def speak(scene: Scene, new_id: NewId) -> Expectation:
    """Note a word that is no event, and show it: silence counts from here."""
    heard = spoken(scene.expectation, by=scene.actor.user, at=scene.at)
    after = replace(heard, next_clock_at=next_look(scene.uow, heard, scene.people))
    scene.uow.expectations.save(after)
    notify.refresh(scene.uow, after, scene.at, new_message_id=new_id)
    scene.remember()
    return after


def end_after_three(scene: Scene, note: str, new_id: NewId) -> Acted:
    """End a series of which three dates in a row were not kept; either may."""
    number = scene.expectation.number
    if not three_in_a_row_not_kept(scene.uow.expectations.periods(number)):
        raise NotAllowedError(number, "drop", "too_early")
    change = end_series(
        scene.expectation,
        by=scene.actor.user,
        at=scene.at,
        last_event=scene.last_event,
        note=note,
    )
    return scene.acted(change, scene.store(change, new_id))


def _period(scene: Scene, day: date) -> Period:
    """Return the period of a nominal date: one that is kept, or the one that is due next."""
    expectation = scene.expectation
    for period in periods_of(scene.uow, expectation, scene.people.owner):
        if period.date == day:
            return period
    raise NotAllowedError(expectation.number, "period", "period_over")


def _still_open_to_objection(scene: Scene, period: Period) -> None:
    requester = scene.people.requester
    until = None if requester is None else settle_due(period, requester)
    if until is None or scene.at >= until:
        raise NotAllowedError(period.number, "return", "period_over")
