"""The monthly pulse: whom it asks, and how an answer is taken without the person.

An answer leaves as little beside the counts as it can: no key of what came in, no message, no
update of the list in which it was asked; and who answered only until the month is over.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.domain.asides import Aside
from bot.domain.errors import NotAllowedError, NotYoursError, PersonError
from bot.domain.expectation import Status, Visibility
from bot.domain.member import Member
from bot.domain.pulse import (
    ASKED_FROM,
    FLOOR,
    LOOKS_BACK,
    Answers,
    Pulse,
    ends_at,
    month_of,
    pulse_key,
    read_pulse_key,
)
from bot.domain.schedule.local import local_day
from bot.domain.views import AsideView
from bot.services.actor import Actor
from bot.services.inbox import refuse_late
from bot.services.people import Directory
from bot.services.ports import Store, UnitOfWork

_NO_EXPECTATION = 0
"""Refusals carry an expectation's number; there is none here."""

_OPEN = 200
_ASKED = 100
"""Somebody is asked once a week at most: so many reach back two years."""

_A_YEAR = timedelta(days=366)
_AGREED = frozenset({Status.ACTIVE, Status.DONE})


@dataclass(frozen=True, slots=True)
class PulseAnswers:
    """Takes answers."""

    store: Store
    directory: Directory
    clock: Callable[[], datetime]

    def asked(self, actor: Actor, key: str) -> tuple[str, date]:
        """Return the channel and month that a form asks about; raise as `answer` does."""
        channel, month = read_pulse_key(key)
        with self.store.read(actor.workspace) as uow:
            _refuse(uow, actor.user, key, self.clock())
        return channel, month

    def last(self, actor: Actor) -> Pulse | None:
        """Return the channel's last month that may be shown; None elsewhere, and without one."""
        if not actor.in_channel or actor.channel is None:
            return None
        at = self.clock()
        with self.store.read(actor.workspace) as uow:
            shown = uow.pulse.released(actor.channel, at - _A_YEAR, at)
        return shown[-1] if shown else None

    def answer(self, actor: Actor, key: str, answers: Answers) -> None:
        """Add somebody's answers to the month's counts, once.

        Raise NotYoursError for who was not asked, PersonError for a stranger, and NotAllowedError
        (pulse_over, pulse_answered).
        """
        me = self.directory.member(actor.workspace, actor.user)
        if me.is_stranger:
            raise PersonError(actor.user, "outside")
        channel, month = read_pulse_key(key)
        with self.store.write(actor.workspace) as uow:
            _refuse(uow, actor.user, key, self.clock())
            if not uow.pulse.answer(channel, month, actor.user, answers):
                raise NotAllowedError(_NO_EXPECTATION, "pulse", "pulse_over")
            refuse_late(actor)


def _refuse(uow: UnitOfWork, user: str, key: str, at: datetime) -> None:
    channel, month = read_pulse_key(key)
    if uow.asides.get(user, Aside.PULSE, key) is None:
        raise NotYoursError(_NO_EXPECTATION, "pulse")
    if at >= ends_at(month):
        raise NotAllowedError(_NO_EXPECTATION, "pulse", "pulse_over")
    if uow.pulse.has_answered(channel, month, user):
        raise NotAllowedError(_NO_EXPECTATION, "pulse", "pulse_answered")


def pulse_due(uow: UnitOfWork, reader: Member, at: datetime) -> str | None:
    """Return which pulse a list asks its reader: of a channel where they have something agreed.

    The channel that they were asked about the longest ago comes first, or never were.
    """
    today = local_day(at, reader.zone)
    if today.day < ASKED_FROM:
        return None
    month = month_of(today)
    asked = _last_asked(uow, reader.user)
    for channel in sorted(
        _channels(uow, reader.user), key=lambda one: (asked.get(one, date.min), one)
    ):
        if asked.get(channel) == month:
            continue
        if len(uow.pulse.in_it(channel, at - LOOKS_BACK, FLOOR)) >= FLOOR:
            return pulse_key(channel, month)
    return None


def pulse_shown(uow: UnitOfWork, reader: Member, key: str, at: datetime) -> AsideView | None:
    """Show a pulse as it stands for its reader: open, answered, or over."""
    channel, month = read_pulse_key(key)
    answered = ""
    if at >= ends_at(month):
        answered = "over"
    elif uow.pulse.has_answered(channel, month, reader.user):
        answered = "answered"
    args = {"channel": channel, "month": month.isoformat()}
    return AsideView(kind=Aside.PULSE, key=key, args=args, answered=answered)


def _last_asked(uow: UnitOfWork, user: str) -> dict[str, date]:
    """Return of which month somebody was last asked about each channel."""
    latest = uow.asides.latest(user, Aside.PULSE, _ASKED)
    return dict(read_pulse_key(key) for key in reversed(latest))


def _channels(uow: UnitOfWork, user: str) -> set[str]:
    """Return where somebody has an agreement now that the channel may see."""
    return {
        one.channel
        for one in uow.expectations.open_of(user, _OPEN)
        if one.channel is not None
        and one.visibility is Visibility.CHANNEL
        and one.status in _AGREED
    }
