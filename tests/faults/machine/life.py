"""The state machine: people, the clock, Slack's faults and dying processes, in any order."""

from __future__ import annotations

import sys
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any, ClassVar

from hypothesis import note
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from bot.playground.delivery import Envelope
from tests.faults.machine.observer import ANY, Observer, Outcome
from tests.faults.machine.screens import CHANNEL, Button, buttons, fill, form_press
from tests.faults.machine.strikes import KINDS, METHODS, strike

if TYPE_CHECKING:
    from bot.playground import Message, View
    from bot.playground.records import Result
    from tests.faults.machine.world import World

REPEATED_WITHIN = timedelta(days=7)
"""Slack sends again within hours; keys of what came in are kept so long (docs/privacy.md)."""
NAMES = ("lena", "ren", "asha")
SHORTCUTS = ("new_expectation", "turn_into_expectation")
ZONES = ("Europe/Berlin", "Pacific/Auckland", "America/Denver")
PLACES = ("channel", "direct", "mention")
VERBS = (
    "accept", "decline", "drop", "keep", "done", "confirm", "undo", "missed", "forgive",
    "ask why so", "answer because", "cannot for now", "return the end", "differ it was there",
    "change by {day}", "return more by {day}", "remedy the rest by {day}", "show", "change",
)  # fmt: skip
LINES = (
    "list", "list team", "list @ren", "help", "goal list", "settings", "lst", "",
    "away until {day}", "back", "summary here weekly mon 11:00", "summary now", "summary off",
    "thanks @asha for the review", "we will launch by {day}", "goal update G-1 7", "goal close G-1",
)  # fmt: skip
DIRECT = {
    "accept", "decline", "drop", "keep", "done", "missed", "confirm", "undo", "forgive", "change",
    "ask", "answer", "let_go", "cannot", "return", "differ", "remedy", "at_risk", "need_help",
    "offer_help", "later", "on_track",
}  # fmt: skip
EVENT_OF = {
    "change_day": "change",
    "accept_form": "accept",
    "done_form": "done",
    "drop_form": "drop",
    "missed_form": "missed",
    "end_form": "drop",
    "end_it": "drop",
    "not_quite": "change",
}
FORMS = {
    "accept_form", "change", "decline", "drop_form", "missed_form", "end_form", "ask", "answer",
    "let_go", "cannot", "done_form", "return", "differ", "remedy", "at_risk", "need_help",
    "offer_help", "later", "period_missing", "not_quite",
}  # fmt: skip
OPENS = FORMS | {
    "why", "ask_again", "say_thanks", "form_ask", "form_offer", "settings", "away", "privacy",
    "goal_new", "goal_edit", "goal_update", "goal_close", "add_words", "worth",
}  # fmt: skip


@dataclass(frozen=True)
class Step:
    """Something that happens: a method of Life, and with what."""

    does: str
    given: dict[str, Any]

    def __repr__(self) -> str:
        """Write it as it is called."""
        return f"{self.does}({', '.join(f'{name}={each!r}' for name, each in self.given.items())})"


who = st.sampled_from(NAMES)
picks = st.integers(0, 30)
few = st.integers(1, 8)
numbers = st.integers(1, 3)
hours = st.sampled_from([None, None, 17])
pairs = st.sampled_from([(one, other) for one in NAMES for other in NAMES if one != other])

yes = st.booleans()

STEPS: dict[str, tuple[int, dict[str, st.SearchStrategy[Any]]]] = {
    # how often among the others, and what is drawn
    "gets_on": (12, {"pick": picks, "form": picks}),
    "asks": (
        2,
        {
            "by": who,
            "whom": who,
            "kind": st.sampled_from(["request", "offer", "commitment", "series"]),
            "days": few,
            "hour": hours,
            "place": st.sampled_from(PLACES),
        },
    ),
    "types": (4, {"by": who, "verb": st.sampled_from(VERBS), "number": numbers, "days": few}),
    "says": (
        2,
        {"by": who, "line": st.sampled_from(LINES), "days": few, "place": st.sampled_from(PLACES)},
    ),
    "presses": (6, {"by": who, "pick": picks, "form": picks, "old": yes, "settle": yes}),
    "fills_in": (1, {"by": who, "pick": picks}),
    "opens_home": (1, {"by": who}),
    "takes_a_shortcut": (1, {"by": who, "callback": st.sampled_from(SHORTCUTS), "pick": picks}),
    "time_passes": (3, {"hours": st.sampled_from([1, 3, 14, 24, 24, 24, 24, 72, 24 * 6, 24 * 20])}),
    "next_thing": (3, {}),
    "slack_fails": (
        3,
        {
            "kind": st.sampled_from(KINDS),
            "method": st.sampled_from(METHODS),
            "on": who,
            "times": st.integers(1, 2),
        },
    ),
    "dies": (1, {}),
    "dies_sending": (2, {}),
    "comes_again": (3, {"times": st.integers(1, 3)}),
    "moves": (1, {"by": who, "zone": st.sampled_from(ZONES)}),
    "leaves": (1, {"by": who}),
}
_NAMES_BY_WEIGHT = [name for name, (often, _) in STEPS.items() for _ in range(often)]
steps = st.sampled_from(_NAMES_BY_WEIGHT).flatmap(
    lambda name: st.builds(Step, st.just(name), st.fixed_dictionaries(STEPS[name][1]))
)


class Life(RuleBasedStateMachine):
    """A workspace from a Monday morning on."""

    world: ClassVar[World]

    def __init__(self) -> None:
        super().__init__()
        self.world.begin()
        self.slack = self.world.slack
        self.seen = Observer(self.world)
        self.old: dict[str, list[Message]] = {name: [] for name in NAMES}

    # -- people ------------------------------------------------------------------------------

    @initialize(pair=pairs, kind=st.sampled_from(["request", "offer"]), days=few, hour=hours)
    def begins(self, pair: tuple[str, str], kind: str, days: int, hour: int | None) -> None:
        self.asks(*pair, kind=kind, days=days, hour=hour)

    @rule(step=steps)
    def then(self, step: Step) -> None:
        getattr(self, step.does)(**step.given)

    def asks(
        self,
        by: str,
        whom: str,
        *,
        kind: str,
        days: int,
        hour: int | None,
        place: str = "channel",
    ) -> None:
        word = self.seen.words.new(self._id(by))
        at = "" if hour is None else f" at {hour}:00"
        by_when = f"by {self._day(by, days)}{at}"
        line = {
            "request": f"@{whom} to send {word} {by_when}",
            "offer": f"I will send {word} for @{whom} {by_when}",
            "commitment": f"I will send {word} {by_when}",
            "series": f"@{whom} to send {word} every {self._weekday(by)}",
        }[kind]
        result = self._type(by, line, place)
        valid = kind == "commitment" or by != whom
        kinds = {"series": "request"}
        self.seen.created(
            self._id(by),
            result,
            word=word,
            kind=kinds.get(kind, kind) if valid else None,
            whom=None if kind == "commitment" else self._id(whom),
            shared=place != "direct",
        )
        self._over()

    def types(self, by: str, verb: str, number: int, days: int) -> None:
        word, _, rest = verb.partition(" ")
        line = f"{word} E-{number} {rest}".format(day=self._day(by, days))
        user = self._id(by)
        outcome = self.seen.judge_typed(user, word, number, complete=bool(rest) or verb in DIRECT)
        self.seen.came(user, self._type(by, line, "channel"), outcome)
        self._over()

    def says(self, by: str, line: str, days: int, place: str) -> None:
        result = self._type(by, line.format(day=self._day(by, days)), place)
        self.seen.came(self._id(by), result, Outcome())
        self._over()

    def presses(self, by: str, pick: int, form: int, *, old: bool, settle: bool) -> None:
        places: list[Message | View] = [*self.slack.inbox(by), *self.slack.visible(by, CHANNEL)]
        places += [*self.old[by]] if old else []
        home = self.slack.home(by)
        places += [home] if home else []
        found = [each for where in places for each in buttons(by, where)]
        if found:
            self._press(found[-1 - pick % len(found)], form)
            self._over(settle=settle)

    def gets_on(self, pick: int, form: int) -> None:
        """Press one of the buttons that now do something: what most people do."""
        found = [
            each
            for name in NAMES
            for where in self.slack.inbox(name)[-5:]
            for each in buttons(name, where)
            if self._does_something(each)
        ]
        if found:
            self._press(found[pick % len(found)], form)
            self._over()

    def fills_in(self, by: str, pick: int) -> None:
        if self.slack.modal(by) is not None:
            self._submit(by, pick)
            self._over()

    def opens_home(self, by: str) -> None:
        self.seen.came(self._id(by), self.slack.open_home(by), Outcome())
        self._over()

    def takes_a_shortcut(self, by: str, callback: str, pick: int) -> None:
        said = self.slack.messages(CHANNEL)
        if callback == "new_expectation":
            result = self.slack.global_shortcut(by, callback)
        elif said:
            result = self.slack.message_shortcut(by, said[pick % len(said)], callback)
        else:
            return
        self.seen.came(self._id(by), result, Outcome())
        if self.slack.modal(by) is not None:
            self._submit(by, pick)
        self._over()

    # -- the world ---------------------------------------------------------------------------

    def time_passes(self, hours: int) -> None:
        self.world.advance(self.world.clock.at + timedelta(hours=hours))
        self._over(settle=False)

    def next_thing(self) -> None:
        wake = self.world.bot.next_wake()
        if wake is not None:
            self.world.advance(max(wake, self.world.clock.at))
            self._over(settle=False)

    def slack_fails(self, kind: str, method: str, on: str, times: int) -> None:
        strike(self.slack, kind, method, on, times)
        self.seen.struck = True
        self.seen.unsure |= method == "users.info"

    def dies(self) -> None:
        self.world.restart()

    def dies_sending(self) -> None:
        self.seen.struck |= self.world.die_sending() > 0

    def comes_again(self, times: int) -> None:
        last, came_at = self.seen.last, self.seen.last_at
        if last is None or came_at is None or self.world.clock.at - came_at > REPEATED_WITHIN:
            return
        kind = Envelope.INTERACTIVE
        if last.name == "/expect":
            kind = Envelope.COMMAND
        elif last.name.startswith("event "):
            kind = Envelope.EVENT
        note(f"again: {last.name}")
        for _ in range(times):
            answer = self.slack.delivery.send(kind, last.request)
            self.seen.came_again(acknowledged=answer.acknowledged)
        self._over()

    def moves(self, by: str, zone: str) -> None:
        self.seen.came(self._id(by), self.slack.user_changed(by, tz=zone), Outcome(dues=True))
        self._over()

    def leaves(self, by: str) -> None:
        if len(self.seen.items) < 3 or self.seen.gone:
            return
        self.seen.gone.add(self._id(by))
        self.seen.came(self._id(by), self.slack.user_changed(by, deleted=True), Outcome())
        self._over()

    def teardown(self) -> None:
        if sys.exc_info()[0] is None:
            self.seen.ends()

    # -- inside ------------------------------------------------------------------------------

    def _id(self, name: str) -> str:
        return self.slack.state.person(name).id

    def _day(self, by: str, days: int) -> str:
        return f"{self.seen.local_day(self._id(by)) + timedelta(days=days):%d %b %Y}"

    def _weekday(self, by: str) -> str:
        """Return the weekday two days on: on the day itself it would be asked which is meant."""
        return f"{self.seen.local_day(self._id(by)) + timedelta(days=2):%A}"

    def _type(self, by: str, line: str, place: str) -> Result:
        note(f"{by} types {line!r}")
        if place == "direct":
            return self.slack.dm(by, line)
        if place == "mention":
            return self.slack.mention(by, CHANNEL, line)
        return self.slack.command(by, CHANNEL, "/expect", line)

    def _does_something(self, button: Button) -> bool:
        if button.verb.startswith("period"):
            return True
        verb = EVENT_OF.get(button.verb, button.verb)
        if verb not in DIRECT or "n" not in button.value:
            return False
        outcome = self.seen.judge_pressed(self._id(button.user), verb, button.value)
        return bool(outcome.must or outcome.may)

    def _press(self, button: Button, form: int) -> None:
        user = self._id(button.user)
        note(f"{button.user} presses {button}")
        outcome = Outcome()
        if button.verb not in OPENS:
            outcome = self.seen.judge_pressed(user, button.verb, button.value)
        self.seen.came(user, button.press(self.slack), outcome)
        if self.slack.modal(button.user) is not None and form % 4:
            self._submit(button.user, form)

    def _submit(self, by: str, pick: int) -> None:
        view = self.slack.modal(by)
        assert view is not None
        user = self._id(by)
        if view.submit is None:
            self.slack.close_modal(by)
            self.seen.look(user)
            return
        fill(self.slack, by, view, pick, self.world.clock.at)
        value, outcome = form_press(view), Outcome()
        opened_for = str(value.get("v"))
        if view.callback_id == "modal.expect":
            outcome = Outcome(creates=True, may=ANY)
        elif opened_for in FORMS:
            verb = EVENT_OF.get(opened_for, opened_for)
            outcome = self.seen.judge_pressed(user, verb, value)
            outcome = replace(outcome, creates=verb == "remedy")
        note(f"{by} submits {view.name!r}")
        result = self.slack.submit(by)
        if result.error == "incomplete":
            self.slack.close_modal(by)
            return
        self.seen.came(user, result, outcome, wrong=bool(result.errors))
        if result.errors:
            self.slack.close_modal(by, all_of_them=True)

    def _over(self, *, settle: bool = True) -> None:
        if settle:
            self.world.settle()
        self.seen.later()
        for name in NAMES:
            kept = self.old[name]
            known = {id(each.blocks) for each in kept}
            kept += [
                replace(each) for each in self.slack.inbox(name) if id(each.blocks) not in known
            ]
