"""What the tour does for somebody: the driving API, with a clock that is moved where it must be."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import TYPE_CHECKING, TypeVar
from zoneinfo import ZoneInfo

from bot.playground.errors import DrivingError
from bot.playground.finding import find

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from bot.playground.records import Message, Result
    from bot.playground.served import Time
    from bot.playground.slack import Slack

T = TypeVar("T")
LISTS = 12
"""So many lists are waited for; long before, each item is asked about once."""
FORM_SECONDS = 3.0
"""Seconds of real time until a form has opened."""
MORNING, EVENING = time(8), time(19)
"""Between them a person may be written to, unless they chose otherwise."""
SATURDAY = 5


class Hands:
    """Types, presses and fills in as anybody, and waits for what comes of it."""

    def __init__(self, slack: Slack, clock: Time) -> None:
        self._slack = slack
        self._state = slack.state
        self._clock = clock

    # -- looking ---------------------------------------------------------------------------

    def name(self, user: str) -> str:
        """Return the name that somebody is called by."""
        return self._state.person(user).real_name.split()[0]

    def local(self, user: str) -> datetime:
        """Return the time where somebody is."""
        return self._clock.now().astimezone(ZoneInfo(self._state.person(user).tz))

    def is_at_work(self, user: str) -> bool:
        """Say whether it is a workday's daytime where somebody is."""
        local = self.local(user)
        return local.weekday() < SATURDAY and MORNING <= local.time() < EVENING

    def offer(self, user: str, item: str, label: str) -> Message | None:
        """Return the newest message to somebody that names the item and offers this answer."""
        for message in reversed(self._slack.inbox(user)):
            if f"({item})" in message.text and _places(message, label):
                return message
        return None

    # -- doing -----------------------------------------------------------------------------

    def expect(self, user: str, where: str, text: str) -> None:
        """Type /expect in a channel."""
        _need(self._slack.command(user, where, "/expect", text))

    def press(self, user: str, message: Message, label: str, item: str) -> None:
        """Press the button that stands by the item; a list has the same one for several."""
        places = _places(message, label)
        by = [place for place, text in enumerate(places) if f"({item})" in text]
        _need(self._slack.press(user, message, label, by[0] if by else 0))

    def form_day(self, user: str, wanted: str) -> date | None:
        """Wait for a form; return the day that it has in a field, where it has one."""
        self._slack.wait_until(lambda: self._slack.modal(user), FORM_SECONDS)
        form = self._slack.modal(user)
        initial = find(form, wanted)[1].get("initial_date") if form else None
        return date.fromisoformat(initial) if initial else None

    def submit(self, user: str, values: Mapping[str, object]) -> None:
        """Fill in the open form and submit it."""
        _need(self._slack.submit(user, values))

    def advance(self, to: datetime) -> None:
        """Move the clock on."""
        self._clock.advance(to)
        self._state.touch()

    def to_next_list(self, user: str) -> None:
        """Move the clock to somebody's next list."""
        to = self._clock.next_list(user)
        if to is None:
            raise DrivingError(f"{self.name(user)} gets no lists yet.")
        self.advance(to)

    def settle(self) -> None:
        """Let the app send what is due now."""
        self.advance(self._clock.now())

    def wait_for(self, found: Callable[[], T | None], user: str) -> T:
        """Return what comes at once, or with one of somebody's next lists."""
        self.settle()
        for _ in range(LISTS):
            there = found()
            if there:
                return there
            self.to_next_list(user)
        raise DrivingError(f"{self.name(user)} has not got it; see what was written there.")


def workday_after(day: date) -> date:
    """Return the first of Monday to Friday after a day."""
    day += timedelta(days=1)
    while day.weekday() >= SATURDAY:
        day += timedelta(days=1)
    return day


def _places(message: Message, label: str) -> list[str]:
    """Return the text beside each element that offers an answer, in the order of `find`."""
    found: list[str] = []
    while True:
        try:
            block, _ = find(message, label, len(found))
        except DrivingError:
            return found
        found.append(str((block.get("text") or {}).get("text", "")))


def _need(outcome: Result) -> None:
    if outcome.errors:
        raise DrivingError(next(iter(outcome.errors.values())))
    if not outcome.acknowledged or outcome.error:
        raise DrivingError(f"The app answered {outcome.error or outcome.status}.")
