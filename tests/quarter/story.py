"""The quarter: people act on their workdays, the bot follows up, and every Friday sums it up."""

from __future__ import annotations

import heapq
import re
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from itertools import count
from typing import TYPE_CHECKING
from unittest import mock
from zoneinfo import ZoneInfo

from bot import manifest
from bot.app import build
from bot.playground import Slack, app_of
from bot.playground.state import State
from bot.services.timing import Timing
from tests.quarter.fates import DUE, FATES, Step
from tests.quarter.people import PART_TIME, TEAMS, Team, persons, rooms
from tests.support.stage import Stage, TestClock, settings_for

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Iterator

    from bot.playground import Message

BEGIN = datetime(2026, 8, 31, 6, 0, tzinfo=UTC)
"""A Monday morning in Berlin, in whose time the plan is made."""

BERLIN = ZoneInfo("Europe/Berlin")
PATIENT = timedelta(seconds=60)
WHY = ("kept", "changed", "both gain", "reminders", "fair share")
ID = re.compile(r"E-[0-9]+")


@dataclass(frozen=True, slots=True)
class Look:
    """What a channel read at a moment: a summary, or the answer to a why."""

    at: datetime
    channel: str
    kind: str  # summary, or the figure's name
    text: str


@dataclass
class Quarter:
    """Everybody, what they will do, and what was read so far."""

    stage: Stage
    chance: random.Random
    weeks: int
    looks: list[Look] = field(default_factory=list)
    fates: Counter[str] = field(default_factory=Counter)
    refused: list[str] = field(default_factory=list)
    _plan: list[tuple[datetime, int, Callable[[], object]]] = field(default_factory=list)
    _order: Iterator[int] = field(default_factory=count)
    _last_id: str = ""  # that the last answer named

    def live(self, wanted: int) -> None:
        """Live through the weeks, with about so many expectations."""
        for team in TEAMS:
            self._at(BEGIN + timedelta(hours=1), partial(self._settle_in, team))
            for week in range(self.weeks):
                self._friday(team, week)
        days = [n for n in range(self.weeks * 7) if n % 7 < 5 and n // 7 < self.weeks - 1]
        each = [*FATES, *self.chance.choices(list(FATES), [n for n, _ in FATES.values()], k=wanted)]
        for fate in each[:wanted]:
            day = self.chance.choice(days)
            team = self.chance.choice(TEAMS)
            self._at(self._hour(day), partial(self._ask, team, fate, day))
        while self._plan:
            at, _, act = heapq.heappop(self._plan)
            if at >= BEGIN + timedelta(weeks=self.weeks):
                break
            self.stage.advance(at)
            act()
            self.stage.settle()
        self.stage.advance(BEGIN + timedelta(weeks=self.weeks))

    # -- what happens ------------------------------------------------------------------------

    def _settle_in(self, team: Team) -> None:
        first = team.names[0]
        self._type(first, team, "summary here weekly fri 16:00")
        self._type(first, team, f"we will {team.goal} by {BEGIN.date() + timedelta(weeks=12)}")
        self._press(first, team, "Change")
        self.stage.submit(first, {"Number to reach": "10"})
        for name in team.names:
            if name in PART_TIME:
                self._type(name, team, "settings")
                self.stage.submit(name, {"On these days": [_DAYS[day] for day in PART_TIME[name]]})
        self._type(first, team, f"@{team.names[1]} to report where we stand every friday")
        self._type(team.names[1], team, f"accept {self._last_id}")

    def _friday(self, team: Team, week: int) -> None:
        friday = week * 7 + 4
        early = self._hour(friday, 11)
        self._at(
            early, lambda: self._type(team.names[0], team, f"goal update {self._goal(team)} {week}")
        )
        self._at(early, lambda: self._thank(team))
        late = datetime.combine(BEGIN.date() + timedelta(days=friday), time(19), UTC)
        self._at(late, lambda: self._read(team))

    def _goal(self, team: Team) -> str:
        return f"G-{TEAMS.index(team) + 1}"

    def _thank(self, team: Team) -> None:
        by, to = self.chance.sample(team.names, 2)
        self._type(by, team, f"thanks @{to} for {self.chance.choice(_THANKS)}")

    def _read(self, team: Team) -> None:
        """Read the summary that was posted, and question the figures."""
        posted = [m for m in self.stage.slack.messages(team.channel) if m.metadata]
        at = self.stage.clock.at
        if posted and posted[-1].text.startswith(f"*#{team.channel}, "):
            shown = datetime.fromtimestamp(float(posted[-1].ts), UTC)
            self.looks.append(Look(shown, team.channel, "summary", posted[-1].text))
        for figure in WHY:
            said = self._type(team.names[0], team, f"why {figure}")
            self.looks.append(Look(at, team.channel, figure, said))

    def _ask(self, team: Team, fate: str, day: int) -> None:
        requester, owner = self.chance.sample(team.names, 2)
        what = self.chance.choice(team.work)
        due = _workday(day, DUE)
        gains = self.chance.random() < 0.4
        kind = self.chance.random()
        if kind < 0.08:
            self._type(owner, team, f"I will {what} by {due}")
            self.fates["commitment"] += 1
            self._later(
                day, Step(3, "owner", "done {id}"), team, {"owner": owner, "id": self._last_id}
            )
            return
        offers = kind < 0.2
        said = (
            f"I will {what} for @{requester} by {due}" if offers else f"@{owner} to {what} by {due}"
        )
        self._type(owner if offers else requester, team, said)
        names = {"requester": requester, "owner": owner, "id": self._last_id}
        self.fates[fate] += 1
        for place, step in enumerate(FATES[fate][1]):
            self._later(day, _turned(step) if offers else step, team, names, place)
        if gains and fate not in {"declined", "taken back", "unanswered"}:
            for who in ("owner", "requester"):
                add = Step(1, who, "words {id}")
                self._later(day, add, team, names)

    def _later(
        self, day: int, step: Step, team: Team, names: dict[str, str], place: int = 7
    ) -> None:
        """Plan a step of a fate; those of one day follow each other by the hour."""
        on = (_workday(day, step.after) - BEGIN.date()).days
        self._at(
            self._hour(on, (9 if step.after else 13) + place),
            lambda: self._step(step, day, team, names),
        )

    def _step(self, step: Step, day: int, team: Team, names: dict[str, str]) -> None:
        who = names[step.who]
        if step.line.startswith("words"):
            self._add_words(who, team, names["id"])
            return
        line = step.line.format(
            later=_workday(day, DUE + 2), remedy=_workday(day, 10), **{"remedy_id": "", **names}
        )
        said = self._type(who, team, line)
        if line.startswith("remedy"):
            names["remedy_id"] = self._last_id
        if "Nothing was changed" in said or "Nothing changed" in said:
            self.refused.append(f"{who}: {line}: {said}")

    def _add_words(self, who: str, team: Team, id_: str) -> None:
        """Say in one's own words what one gains, where it is agreed by now."""
        self._type(who, team, f"show {id_}")
        if any("Add my words" in str(block) for block in self._reply(who, team).blocks):
            self._press(who, team, "Add my words")
            self.stage.submit(who, {"What I gain": self.chance.choice(_GAINS)})

    # -- how it is done ----------------------------------------------------------------------

    def _at(self, when: datetime, act: Callable[[], object]) -> None:
        heapq.heappush(self._plan, (when, next(self._order), act))

    def _hour(self, day: int, hour: int | None = None) -> datetime:
        """Return an hour of a day's work, in Berlin."""
        wall = datetime.combine(BEGIN.date() + timedelta(days=day), time(), BERLIN)
        at = self.chance.randint(9, 12) if hour is None else hour
        return wall.replace(hour=at, minute=self.chance.randrange(60)).astimezone(UTC)

    def _type(self, who: str, team: Team, text: str) -> str:
        said = self.stage.expect(who, text, team.channel)
        found = ID.search(said)
        self._last_id = found[0] if found else ""
        return said

    def _reply(self, who: str, team: Team) -> Message:
        return self.stage.slack.visible(who, team.channel)[-1]

    def _press(self, who: str, team: Team, label: str) -> None:
        self.stage.press(who, self._reply(who, team), label)


_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_THANKS = ("the late review", "staying calm", "the clear handover", "asking early", "the lift")
_GAINS = ("fewer calls", "a quiet week", "I learn it", "less to carry", "a happy customer")


def _turned(step: Step) -> Step:
    """Return a step as it is of an offer: until that is agreed, the other one answers."""
    if step.after > 1:
        return step
    return step._replace(who="requester" if step.who == "owner" else "owner")


def _workday(day: int, after: int) -> date:
    """Return the date so many workdays after a day of the plan."""
    found = BEGIN.date() + timedelta(days=day)
    while after:
        found += timedelta(days=1)
        after -= found.weekday() < 5
    return found


@contextmanager
def office(database_url: str) -> Iterator[Stage]:
    """Open the office: a Slack with three channels, and the bot over HTTP."""
    clock = TestClock(BEGIN)
    app = app_of(manifest.load())
    people = persons()
    state = State(people, rooms(people, app.bot_user_id), app=app, clock=clock)
    timing = Timing(answer_within=PATIENT, ask_timeout=PATIENT, send_timeout=PATIENT)
    with (
        mock.patch("bot.playground.state.TRIGGER_SECONDS", PATIENT.total_seconds()),
        Slack(state, patience=PATIENT.total_seconds()) as slack,
    ):
        bot = build(settings_for(slack, database_url), clock, timing)
        bot.serve()
        slack.app_url = f"http://127.0.0.1:{bot.port}/slack/events"
        try:
            yield Stage(slack=slack, bot=bot, clock=clock, database_url=database_url)
        finally:
            bot.stop()
