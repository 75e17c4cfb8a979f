"""The tour: seven stops, what each asks for in one line, and how it is done for whoever asks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.playground.control import next_friday
from bot.playground.errors import DrivingError
from bot.playground.hands import Hands, workday_after
from bot.playground.trail import Stop, Trail, trail

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.playground.records import Message
    from bot.playground.served import Time
    from bot.playground.slack import Slack

ASKER, OWNER, CHANNEL = "U01LENA", "U04ASHA", "C01LAUNCH"
RESULT = "test the checkout"
GOOD_FOR_BOTH = "What would make this good for both of you?"
REASON = "The test data comes a day later."
SUMMARY = "summary here weekly fri 16:00"
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
PATIENCE = 5.0
"""Seconds of real time until what was done must show."""


@dataclass(frozen=True, slots=True)
class Advice:
    """What to do next: as whom, where, and in one line what."""

    person: str
    """Who does it."""
    place: str
    """The channel, or the person whose direct message it is, where it is done."""
    line: str
    typed: str = ""
    """What is typed there."""


@dataclass(frozen=True, slots=True)
class Seen:
    """Where what came of a stop is seen: as whom, and in which channel or whose messages."""

    person: str
    place: str


class Tour:
    """Leads through a workspace on a clock that can be moved; what is done by hand counts too."""

    def __init__(self, slack: Slack, clock: Time) -> None:
        self.hands = Hands(slack, clock)
        self._slack = slack
        self._clock = clock

    @property
    def app(self) -> str:
        """Whose direct message the app's messages are in."""
        return self._slack.state.app.bot_user_id

    @property
    def is_left(self) -> bool:
        """Say whether somebody left the tour."""
        return self._slack.state.tour.left

    def trail(self) -> Trail:
        """Return how far it came."""
        return trail(self._slack.state)

    def begin(self) -> None:
        """Begin, also once more: what is asked from now on counts."""
        state = self._slack.state
        with state.lock:
            state.tour.since, state.tour.left = state.next_ts(), False
            state.touch()

    def leave(self, *, left: bool = True) -> None:
        """Leave the tour, or go on with it."""
        self._slack.state.tour.left = left
        self._slack.state.touch()

    def advice(self) -> Advice | None:
        """Return what the next stop asks for; None at the end."""
        done = self.trail()
        return None if done.stop is None else STEPS[done.stop].advise(self, done)

    def do(self) -> Seen | None:
        """Do the next stop; return where its outcome is seen, None at the end.

        Raise DrivingError where somebody's screen lacks what the stop needs.
        """
        done = self.trail()
        stop = done.stop
        if stop is None:
            return None
        try:
            STEPS[stop].do(self, done)
            self.hands.settle()
            self._slack.wait_until(lambda: self.trail().is_passed(stop), PATIENCE)
        except TimeoutError:
            raise DrivingError("That did not come about; please try it by hand.") from None
        return STEPS[stop].seen(self, self.trail())

    def by_the_app(self, user: str, line: str) -> Advice:
        """Return what somebody does in their direct message with the app."""
        return Advice(user, self.app, f"As {self.hands.name(user)}, {line}")

    def awaited(self, done: Trail) -> tuple[str, Message] | None:
        """Return who has something about the item to accept, and the message that says so."""
        for user in (done.asker, done.owner):
            message = self.hands.offer(user, done.item, "Accept")
            if message is not None:
                return user, message
        return None

    def asked(self) -> str:
        """Return what is typed to ask: due on the first workday that is ahead for both."""
        day = workday_after(max(self.hands.local(user).date() for user in (ASKER, OWNER)))
        owner = self._slack.state.person(OWNER).name
        return f"@{owner} to {RESULT} by {WEEKDAYS[day.weekday()]}"

    def friday(self, user: str) -> None:
        """Move the clock to Friday 16:00 where somebody is."""
        zone = ZoneInfo(self._slack.state.person(user).tz)
        self.hands.advance(next_friday(self._clock.now(), zone))


def _advise_ask(tour: Tour, _done: Trail) -> Advice:
    line = f"As {tour.hands.name(ASKER)}, type this in #launch and press Enter:"
    return Advice(ASKER, CHANNEL, line, f"/expect {tour.asked()}")


def _ask(tour: Tour, _done: Trail) -> None:
    tour.hands.expect(ASKER, CHANNEL, tour.asked())


def _advise_change(tour: Tour, done: Trail) -> Advice:
    if done.countered:
        return tour.by_the_app(done.asker, "move the clock to your next list: it brings it.")
    label, hands = "Suggest a change", tour.hands
    if not hands.is_at_work(done.owner) and hands.offer(done.owner, done.item, label) is None:
        return tour.by_the_app(done.owner, "move the clock to your next list: it brings it.")
    return tour.by_the_app(done.owner, f"choose {label} and pick a later day.")


def _change(tour: Tour, done: Trail) -> None:
    hands, owner, label = tour.hands, done.owner, "Suggest a change"
    if not done.countered:
        message = hands.wait_for(lambda: hands.offer(owner, done.item, label), owner)
        hands.press(owner, message, label, done.item)
        day = hands.form_day(owner, "By when") or hands.local(owner).date()
        hands.submit(owner, {"By when": workday_after(day), GOOD_FOR_BOTH: REASON})
    hands.wait_for(lambda: tour.trail().is_passed(Stop.CHANGE), done.asker)


def _advise_accept(tour: Tour, done: Trail) -> Advice:
    found = tour.awaited(done)
    return tour.by_the_app(found[0] if found else done.asker, "choose Accept. Then it is agreed.")


def _accept(tour: Tour, done: Trail) -> None:
    user, message = tour.hands.wait_for(lambda: tour.awaited(done), done.asker)
    tour.hands.press(user, message, "Accept", done.item)


def _advise_wait(tour: Tour, done: Trail) -> Advice:
    return tour.by_the_app(done.owner, "move the clock to your next list, at 09:30 your time.")


def _wait(tour: Tour, done: Trail) -> None:
    hands = tour.hands
    hands.wait_for(lambda: tour.trail().is_passed(Stop.WAIT), done.owner)
    if not hands.is_at_work(done.asker):
        hands.to_next_list(done.asker)


def _advise_answer(tour: Tour, done: Trail) -> Advice:
    other = tour.hands.name(done.asker)
    line = f"choose On track, which stays with you, or At risk, which {other} hears."
    return tour.by_the_app(done.owner, line)


def _answer(tour: Tour, done: Trail) -> None:
    hands, owner = tour.hands, done.owner
    message = hands.wait_for(lambda: hands.offer(owner, done.item, "On track"), owner)
    hands.press(owner, message, "On track", done.item)


def _advise_finish(tour: Tour, done: Trail) -> Advice:
    if not done.reported:
        return tour.by_the_app(done.owner, "choose Done.")
    hands, fits = tour.hands, "Yes, it fits"
    if not hands.is_at_work(done.asker) and hands.offer(done.asker, done.item, fits) is None:
        return tour.by_the_app(done.asker, "move the clock to your next list: it tells you.")
    return tour.by_the_app(done.asker, f"choose {fits}.")


def _finish(tour: Tour, done: Trail) -> None:
    hands, asker, owner, fits = tour.hands, done.asker, done.owner, "Yes, it fits"
    if not done.reported:
        message = hands.offer(owner, done.item, "Done")
        if message is None:
            hands.expect(owner, CHANNEL, f"done {done.item}")
        else:
            hands.press(owner, message, "Done", done.item)
    looked = hands.wait_for(lambda: hands.offer(asker, done.item, fits), asker)
    hands.press(asker, looked, fits, done.item)


def _advise_week(tour: Tour, done: Trail) -> Advice:
    user = done.asker
    if done.set_up:
        line = f"As {tour.hands.name(user)}, move the clock to Friday 16:00."
        return Advice(user, CHANNEL, line)
    line = f"As {tour.hands.name(user)}, type this in #launch; then move to Friday 16:00:"
    return Advice(user, CHANNEL, line, f"/expect {SUMMARY}")


def _week(tour: Tour, done: Trail) -> None:
    if not done.set_up:
        tour.hands.expect(done.asker, CHANNEL, SUMMARY)
    tour.friday(done.asker)


def _in_channel(_tour: Tour, done: Trail) -> Seen:
    return Seen(done.asker, CHANNEL)


def _by_owner(tour: Tour, done: Trail) -> Seen:
    return Seen(done.owner, tour.app)


def _by_asker(tour: Tour, done: Trail) -> Seen:
    return Seen(done.asker, tour.app)


@dataclass(frozen=True, slots=True)
class Step:
    """One stop: its name, what it asks for, how it is done and where its outcome is seen."""

    title: str
    advise: Callable[[Tour, Trail], Advice]
    do: Callable[[Tour, Trail], None]
    seen: Callable[[Tour, Trail], Seen]


STEPS = {
    Stop.ASK: Step("Ask for something", _advise_ask, _ask, _in_channel),
    Stop.CHANGE: Step("See the other side suggest a change", _advise_change, _change, _by_asker),
    Stop.ACCEPT: Step("Accept", _advise_accept, _accept, _by_owner),
    Stop.WAIT: Step("Let time pass", _advise_wait, _wait, _by_owner),
    Stop.ANSWER: Step("Answer the list", _advise_answer, _answer, _by_owner),
    Stop.FINISH: Step("Finish and confirm", _advise_finish, _finish, _by_asker),
    Stop.WEEK: Step("Read the week", _advise_week, _week, _in_channel),
}
"""The seven, in their order."""
