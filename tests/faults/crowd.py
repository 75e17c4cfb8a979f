"""People who ask, answer, report and look: the load under which processes die."""

from __future__ import annotations

import re
import threading
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot import manifest
from bot.playground import App, Conversation, DrivingError, Kind, Message, Person, Slack, app_of
from bot.playground.state import State

if TYPE_CHECKING:
    import random
    from collections.abc import Callable
    from datetime import datetime
    from zoneinfo import ZoneInfo

PEOPLE = 24
CHANNEL = "launch"
DUES = ("by tomorrow", "by friday", "by monday", "in 2 days", "by 3pm", "by tomorrow at 11:00")
PRESSED = ("Accept", "Decline", "Yes, it fits", "Done", "On track", "Let it go", "Undo")


class CountingState(State):
    """A workspace that remembers every message that an app ever posted, deleted or not."""

    def __init__(self, clock: Callable[[], datetime], zone: ZoneInfo) -> None:
        self.zone = zone
        app: App = app_of(manifest.load())
        people = [
            Person(f"U{number:04d}", f"p{number}", f"P {number}", zone.key)
            for number in range(PEOPLE)
        ]
        members = {person.id for person in people} | {app.bot_user_id}
        channel = Conversation("C01LAUNCH", Kind.CHANNEL, CHANNEL, members)
        super().__init__(people, [channel], app=app, clock=clock)
        self.posted: Counter[str] = Counter()

    def post(self, message: Message) -> Message:
        """Store a message, and count it by the id in its metadata."""
        if message.metadata is not None:
            self.posted[message.metadata["event_payload"]["message_id"]] += 1
        return super().post(message)


@dataclass(frozen=True)
class Made:
    """What somebody was told is saved: its words, and who was asked."""

    words: str
    owner: str


@dataclass
class Told:
    """What people were told is saved, and what is to have one effect."""

    created: dict[int, Made] = field(default_factory=dict)  # by number
    accepted: set[int] = field(default_factory=set)
    done: set[int] = field(default_factory=set)
    lines: dict[str, bool] = field(default_factory=dict)  # words sent as an event: acknowledged
    refused: set[str] = field(default_factory=set)  # words that were answered with an error
    commands: int = 0
    failed: int = 0  # answered with an error, or not at all


@dataclass
class Crowd:
    """A thread that acts as one person after the other until it is told to stop."""

    slack: Slack
    rng: random.Random
    route: Callable[[], None]  # lets the next request go to a process that lives
    name: str
    told: Told = field(default_factory=Told)
    _stop: threading.Event = field(default_factory=threading.Event)
    _count: int = 0
    _error: BaseException | None = None
    _thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin."""
        self._thread = threading.Thread(target=self._run, name=self.name, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End after the act under way; raise what went wrong on this side."""
        self._stop.set()
        assert self._thread is not None
        self._thread.join()
        if self._error is not None:
            raise self._error

    def _run(self) -> None:
        acts = (self._ask, self._ask, self._line, self._answer, self._answer, self._press,
                self._press, self._look)  # fmt: skip
        try:
            while not self._stop.is_set():
                self.route()
                self.rng.choice(acts)()
        except BaseException as error:  # noqa: BLE001 - it is raised where the thread is joined
            self._error = error

    def _someone(self) -> str:
        return f"p{self.rng.randrange(PEOPLE)}"

    def _words(self) -> str:
        self._count += 1
        return f"carry parcel {self.name}x{self._count}"

    def _typed(self, user: str, text: str) -> str:
        """Type a command; return what answers it, nothing where it failed."""
        self.told.commands += 1
        result = self.slack.command(user, CHANNEL, "/expect", text)
        if not result.acknowledged or not isinstance(result.body, dict):
            self.told.failed += 1
            self._stop.wait(0.02)  # who sees an error does not try again at once
            return ""
        return str(result.body.get("text", ""))

    def _ask(self) -> None:
        one, other = self.rng.sample(range(PEOPLE), 2)
        words = self._words()
        answer = self._typed(f"p{one}", f"@p{other} to {words} {self.rng.choice(DUES)}")
        made = re.match(r"\*([^*]*)\* \(E-(\d+)\)", answer)
        if not answer:
            self.told.refused.add(words)
        if made:
            assert made[1] == words, answer
            self.told.created[int(made[2])] = Made(words, f"p{other}")

    def _line(self) -> None:
        """Send a line by direct message: an event, which Slack delivers again until it is taken."""
        one, other = self.rng.sample(range(PEOPLE), 2)
        words = self._words()
        result = self.slack.dm(f"p{one}", f"@p{other} to {words} by friday")
        self.told.lines[words] = result.acknowledged

    def _answer(self) -> None:
        """Accept, or report as done, what was asked before."""
        if not self.told.created:
            return
        number, made = self.rng.choice(list(self.told.created.items())[-40:])
        parties = {"accept": self.told.accepted, "done": self.told.done}
        verb = "done" if number in self.told.accepted else "accept"
        said = {"accept": ": agreed.", "done": ": done,"}[verb]
        answer = self._typed(made.owner, f"{verb} E-{number}")
        if said in answer and "Nothing was" not in answer:
            parties[verb].add(number)

    def _press(self) -> None:
        """Press a button of a recent message to somebody."""
        user = self._someone()
        recent = [message for message in self.slack.inbox(user)[-6:] if message.by_app]
        if not recent:
            return
        message, label = self.rng.choice(recent), self.rng.choice(PRESSED)
        try:
            self.slack.press(user, message, label)
        except DrivingError:
            return  # it has no such button

    def _look(self) -> None:
        self.slack.open_home(self._someone(), self.rng.choice(("home", "messages")))
