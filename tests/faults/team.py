"""A team that uses the bot as teams do: asks, answers, finishes, fails, mends, thanks."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.playground import Conversation, DrivingError, Kind, Person, View
from bot.playground.inputs import options
from tests.faults.machine.screens import buttons

if TYPE_CHECKING:
    import random

    from bot.playground import Slack

ZONES = ("Europe/Berlin", "America/New_York", "Asia/Kolkata", "Asia/Tokyo")
AT_WORK = (time(8, 30), time(18))
MOST_OPEN = 6
"""So many each owns at once, as product section 4's busy fortnight has it."""

DAYS = ("by tomorrow", "in 2 workdays", "in 3 workdays", "in 5 workdays", "in 2 weeks", "by eow")
HOURS = ("in 2 workdays at 15:00", "in 3 workdays at 5pm", "in 6 hours")
SERIES = ("every friday", "every mon and thu", "every workday")

_PRESSED = {
    "Accept": 12, "Done": 10, "Yes, it fits": 12, "On track": 8, "All on track": 6, "At risk": 2,
    "Need help": 1, "Decline": 1, "Suggest a change": 2, "Ask a question": 1, "I cannot do it": 1,
    "Ask me later": 1, "Something is missing": 1, "Not this time": 1, "Keep it as it was": 1,
    "Let it go": 1, "Forgive": 2, "Offer to make it good": 2, "Undo": 1, "Answer": 3,
}  # fmt: skip
"""How often people press what; a label that is not here now and then."""

_OWN = frozenset({"settings", "away", "send_now"})
"""What would change when somebody may be written to: here everybody's hours stay as they are."""

_TYPED = (
    "change E-{n} {due}", "cannot E-{n} something else came first", "ask E-{n} which one?",
    "answer E-{n} this one", "drop E-{n}", "forgive E-{n}", "remedy E-{n} the rest {due}",
    "return E-{n} the totals are missing", "done E-{n} https://example.org/{n}", "undo E-{n}",
    "confirm E-{n}", "accept E-{n}", "show E-{n}", "keep E-{n}", "missed E-{n}",
)  # fmt: skip

_SAID = ("list", "list team", "help", "goal list", "summary preview")


def people(count: int, channels: int, app: str) -> tuple[list[Person], list[Conversation]]:
    """Return so many people in four zones, spread over so many channels."""
    team = [Person(f"U{n:04}", f"p{n}", f"Person {n}", ZONES[n % len(ZONES)]) for n in range(count)]
    rooms = [
        Conversation(
            f"C{n:03}", Kind.CHANNEL, f"team{n}", {one.id for one in team[n::channels]} | {app}
        )
        for n in range(channels)
    ]
    return team, rooms


@dataclass
class Team:
    """Everybody, and what they have under way."""

    slack: Slack
    chance: random.Random
    persons: list[Person]
    rooms: list[Conversation]
    did: Counter[str] = field(default_factory=Counter)
    _open: defaultdict[str, list[int]] = field(default_factory=lambda: defaultdict(list))

    def begin(self) -> None:
        """Set up a summary in each channel, and open some Homes."""
        for room in self.rooms:
            who = self._member(room)
            self.slack.command(who.name, room, "/expect", "summary here weekly fri 16:00")
        for person in self.persons[::3]:
            self.slack.open_home(person.name)
        for line in ("settings", "away", "goal", ""):
            self.slack.command(self.persons[0].name, self.rooms[0], "/expect", line)
            if self.slack.modal(self.persons[0].name) is not None:
                self.slack.close_modal(self.persons[0].name, all_of_them=True)

    def work(self, at: datetime, busy: float) -> None:
        """Let everybody who is at work do something, with this chance."""
        for person in self.persons:
            shown = at.astimezone(ZoneInfo(person.tz))
            is_in = shown.weekday() < 5 and AT_WORK[0] <= shown.time() < AT_WORK[1]
            if is_in and self.chance.random() < busy:
                self._act(person)

    def _act(self, person: Person) -> None:
        roll = self.chance.random()
        if roll < 0.6:
            done = self._press(person)
        elif roll < 0.85:
            done = self._ask(person)
        elif roll < 0.95:
            done = self._type(person)
        else:
            done = self._say(person)
        self.did[done] += 1

    def _member(self, room: Conversation) -> Person:
        return self.chance.choice([one for one in self.persons if one.id in room.members])

    def _room(self, person: Person) -> Conversation:
        return next(room for room in self.rooms if person.id in room.members)

    def _command(self, person: Person, text: str) -> str:
        room = self._room(person)
        result = self.slack.command(person.name, room, "/expect", text)
        assert result.acknowledged, (text, result)
        if self.slack.modal(person.name) is not None:
            self._fill(person)
        return str(result.body.get("text", "")) if isinstance(result.body, dict) else ""

    def _ask(self, person: Person) -> str:
        room = self._room(person)
        other = self._member(room)
        if other is person or len(self._open[other.id]) >= MOST_OPEN:
            return "nothing"
        due = self.chance.choice([*DAYS, *DAYS, *HOURS])
        kind, line, owner = self.chance.choice(
            [
                *[("request", f"@{other.name} to send part {due}", other)] * 6,
                ("offer", f"I will send a part for @{other.name} {due}", person),
                ("commitment", f"I will tidy up {due}", person),
                ("series", f"@{other.name} to report {self.chance.choice(SERIES)}", other),
                ("goal", "we will help ten customers by eom", other),
                ("thanks", f"thanks @{other.name} for the help", other),
            ]
        )
        text = self._command(person, line)
        number = text.partition("E-")[2].split()[:1]
        if number and number[0].strip("*·:,.").isdigit():
            self._open[owner.id].append(int(number[0].strip("*·:,.")))
            del self._open[owner.id][: -3 * MOST_OPEN]
        return kind

    def _type(self, person: Person) -> str:
        mine = self._open[person.id]
        if not mine:
            return "nothing"
        verb = self.chance.choice(_TYPED)
        number = self.chance.choice(mine)
        self._command(person, verb.format(n=number, due=self.chance.choice(DAYS)))
        if verb.startswith(("done", "drop", "cannot")):
            mine.remove(number)
        return verb.split()[0]

    def _say(self, person: Person) -> str:
        line = self.chance.choice(_SAID)
        self._command(person, line)
        return line

    def _press(self, person: Person) -> str:
        """Press one of what the newest messages offer."""
        found = [
            each
            for message in self.slack.inbox(person.name)[-4:]
            for each in buttons(person.name, message)
        ]
        weights = [0 if each.verb in _OWN else _PRESSED.get(each.label, 0.2) for each in found]
        if not any(weights):
            return "nothing"
        button = self.chance.choices(found, weights)[0]
        result = button.press(self.slack)
        assert result.acknowledged, (button, result)
        if self.slack.modal(person.name) is not None:
            self._fill(person)
        if button.label == "Done" and "n" in button.value and self._open[person.id]:
            self._open[person.id] = [n for n in self._open[person.id] if n != button.value["n"]]
        return f"pressed {button.label}"

    def _fill(self, person: Person) -> None:
        """Fill in a form, or close it where it asks for what nobody wants to say."""
        view = self.slack.modal(person.name)
        if view is not None and view.submit is not None:
            try:
                self._answers(person, view)
                self.slack.submit(person.name)
            except DrivingError:
                self.did["forms left"] += 1
        if self.slack.modal(person.name) is not None:
            self.slack.close_modal(person.name, all_of_them=True)

    def _answers(self, person: Person, view: View) -> None:
        at = self.slack.state.clock().astimezone(ZoneInfo(person.tz))
        room = self._room(person)
        values: dict[str, object] = {
            "plain_text_input": "so it is",
            "datepicker": (at + timedelta(days=self.chance.randint(2, 9))).date().isoformat(),
            "timepicker": "15:00",
            "users_select": self._member(room).name,
            "multi_users_select": [self._member(room).name],
            "channels_select": room.name,
        }
        for block in view.blocks:
            if block["type"] != "input" or block.get("optional"):
                continue
            element = block["element"]
            if element["type"] in values:
                self.slack.fill(person.name, {block["block_id"]: values[element["type"]]})
            elif options(element):
                chosen = self.chance.choice(options(element))["text"]["text"]
                many = element["type"] == "checkboxes"
                self.slack.fill(person.name, {block["block_id"]: [chosen] if many else chosen})
