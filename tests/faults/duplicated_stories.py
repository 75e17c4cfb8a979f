"""What people do while Slack delivers each thing one to five times at once, and its account."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random
    from collections.abc import Callable

    from bot.app import Bot
    from bot.playground import Message, Result, Slack

MOST = 5
"""So many copies at once."""

FRIDAY, MONDAY = "2026-11-27", "2026-11-30"


@dataclass
class Ledger:
    """What was given in, once each, and what should have come of it."""

    inputs: int = 0
    deliveries: int = 0
    effects: Counter[str] = field(default_factory=Counter)


@dataclass
class People:
    """Lena, Ren and Asha, who work at this hour, and Maya, who is asleep.

    Each thing they do is delivered in copies, to the bots in turn; what it should do is noted.
    """

    slack: Slack
    bots: list[Bot]
    chance: random.Random
    ledger: Ledger = field(default_factory=Ledger)
    made: int = 0
    goals: int = 0
    committed: bool = False

    def act(self) -> None:
        """Play one story."""
        stories: list[Callable[[], None]] = [
            self._request,
            self._request,
            self._request,
            self._commitment,
            self._goal,
            self._week,
            self._around,
        ]
        self.chance.choice(stories)()

    # -- one input ---------------------------------------------------------------------------

    def give(self, act: Callable[[], Result], *effects: str, changes: bool = True) -> None:
        """Do something, delivered in copies; what it should do is in words that are counted."""
        copies = self.chance.randint(1, MOST)
        self.slack.delivery.copies = copies
        try:
            result = act()
        finally:
            self.slack.delivery.copies = 1
        assert result.acknowledged, result
        assert result.error is None, result
        assert not result.errors, result
        self.ledger.inputs += 1
        self.ledger.deliveries += copies
        self.ledger.effects.update(effects)
        self.ledger.effects["changes"] += changes

    def settle(self) -> None:
        """Let the bots plan and send all that is due, at once."""
        with ThreadPoolExecutor(len(self.bots)) as pool:
            list(pool.map(lambda bot: bot.run_due(), self.bots))

    def _type(self, user: str, line: str, *effects: str) -> None:
        """Type a line that changes something: as a command, to the bot, or after its mention."""
        how = self.chance.choice(["command", "direct", "mention"])
        if how == "command":
            self.give(lambda: self.slack.command(user, "launch", "/expect", line), *effects)
        elif how == "direct":
            place = self.slack.dm_with(user)
            before = len(self.slack.visible(user, place))
            self.give(lambda: self.slack.dm(user, line), *effects, "lines to the bot")
            said = self.slack.visible(user, place)[before:]
            assert sum(message.by_app for message in said) == 1, [each.text for each in said]
        else:
            before = len(self._told(user))
            self.give(lambda: self.slack.mention(user, "launch", line), *effects)
            assert len(self._told(user)) == before + 1
        self.settle()

    def _form(
        self, user: str, opens: Callable[[], Result], values: dict[str, object], *effects: str
    ) -> None:
        """Open a form and send it."""
        self.give(opens, changes=False)
        person = self.slack.state.person(user).id
        assert len(self.slack.state.screens.stacks[person]) == 1
        self.slack.fill(user, values)
        self.give(lambda: self.slack.submit(user), *effects)
        self.slack.state.screens.clear(person)
        self.settle()

    def _press(self, user: str, message: Message, label: str, *effects: str) -> None:
        self.give(lambda: self.slack.press(user, message, label), *effects)
        self.settle()

    def _command(self, user: str, line: str) -> Callable[[], Result]:
        return lambda: self.slack.command(user, "launch", "/expect", line)

    def _told(self, user: str) -> list[Message]:
        """Return what only one person sees in the channel."""
        return [each for each in self.slack.visible(user, "launch") if each.to is not None]

    def _last(self, user: str, about: str) -> Message:
        found = [each for each in self.slack.inbox(user) if about in each.text and not each.to]
        assert found, f"nothing about {about} to {user}"
        return found[-1]

    def _offering(self, user: str, item: str, label: str) -> Message:
        """Return the newest message to somebody about an item that offers this answer."""
        for message in reversed(self.slack.inbox(user)):
            offered = str(message.blocks)
            if f"({item})" in message.text and not message.to and f"'text': '{label}'" in offered:
                return message
        raise AssertionError(f"nobody offers {user} {label} of {item}")

    # -- stories -----------------------------------------------------------------------------

    def _request(self) -> None:
        asker, owner = self.chance.sample(["lena", "ren", "asha"], 2)
        self._ask(asker, owner)
        item = f"E-{self.made}"
        if self._answer(asker, owner, item):
            self._follow(asker, owner, item)

    def _ask(self, asker: str, owner: str) -> None:
        what = f"deliver part {self.made + 1}"
        effects = ("expectations", "event request")
        values: dict[str, object] = {"What": what, "By when": FRIDAY}
        how = self.chance.choice(["typed", "typed", "form", "shortcut", "message"])
        if how == "typed":
            self._type(asker, f"@{owner} to {what} by friday", *effects)
        elif how == "message":
            self.slack.say(owner, "launch", f"I could {what}")
            said = self.slack.messages("launch")[-1]
            self._form(
                asker,
                lambda: self.slack.message_shortcut(asker, said, "turn_into_expectation"),
                values,
                *effects,
            )
        else:
            values["Who"] = [owner]
            opens = self._command(asker, "")
            if how == "shortcut":
                opens = partial(self.slack.global_shortcut, asker, "new_expectation")
            self._form(asker, opens, values, *effects)
        self.made += 1

    def _answer(self, asker: str, owner: str, item: str) -> bool:
        """Answer a proposal; tell whether it is agreed now."""
        asked = self._last(owner, f"({item})")

        def press(label: str) -> Callable[[], Result]:
            return lambda: self.slack.press(owner, asked, label)

        match self.chance.choice(["press", "press", "typed", "change", "ask", "no"]):
            case "press":
                self._press(owner, asked, "Accept", "event accept")
            case "typed":
                self._type(owner, f"accept {item}", "event accept")
            case "change":
                opens, values = press("Suggest a change"), {"By when": MONDAY}
                self._form(owner, opens, {**values}, "event change")
                self._press(asker, self._last(asker, f"({item})"), "Accept", "event accept")
            case "ask":
                question: dict[str, object] = {"Your question": "Which one?"}
                self._form(owner, press("Ask a question"), question, "event ask")
                self._type(asker, f"answer {item} the first one", "event answer")
                self._type(owner, f"accept {item}", "event accept")
            case "no":
                self._form(owner, press("Decline"), {"Why": "no time"}, "event decline")
                return False
        return True

    def _follow(self, asker: str, owner: str, item: str) -> None:
        """Work on what is agreed, to one of its ends."""
        if self.chance.random() < 0.3:
            self._type(owner, f"change {item} by 1 Dec", "event change")
            verb = self.chance.choice(["accept", "keep"])
            self._type(asker, f"{verb} {item}", f"event {verb}")
        if self.chance.random() < 0.15:
            self._type(owner, f"cannot {item} ill", "event cannot")
            return
        if self.chance.random() < 0.3:  # the same button twice is two presses, not a copy
            self._press(owner, self._offering(owner, item, "Done"), "Done", "event done")
            self._press(owner, self._offering(owner, item, "Undo"), "Undo", "event undo")
            self._press(owner, self._offering(owner, item, "Done"), "Done", "event done")
        else:
            self._type(owner, f"done {item}", "event done")
        match self.chance.choice(["press", "press", "return", "undo"]):
            case "press":
                done = self._last(asker, f"({item})")
                self._press(asker, done, "Yes, it fits", "event confirm")
                self._type(asker, f"thanks @{owner} for part {self.made}", "thanks")
            case "return":
                self._type(asker, f"return {item} the end", "event return")
                self._type(owner, f"done {item}", "event done")
                self._type(asker, f"confirm {item}", "event confirm")
            case "undo":
                self._type(owner, f"undo {item}", "event undo")

    def _commitment(self) -> None:
        """Commit to the channel, tell it, and change what one committed to: that acts at once."""
        user = self.chance.choice(["lena", "ren", "asha"])
        line = f"I will deliver part {self.made + 1} by friday"
        effects = ("expectations", "event commit")
        self.give(self._command(user, line), *effects)
        self.made += 1
        self.committed = True
        item = f"E-{self.made}"
        if self.chance.random() < 0.7:
            reply = self._told(user)[-1]
            self._press(user, reply, "Tell the channel", "posts to the channel")
        self._form(user, self._command(user, f"change {item}"), {"By when": MONDAY}, "event change")
        self._type(user, f"done {item}", "event done")
        self._type(user, f"undo {item}", "event undo")

    def _goal(self) -> None:
        user = self.chance.choice(["lena", "ren", "asha"])
        line = f"we will move {self.goals + 2} customers by 15 Dec"
        self.give(self._command(user, line), "goals")
        self.goals += 1
        item = f"G-{self.goals}"
        reply = self._told(user)[-1]
        measure: dict[str, object] = {"Number to reach": "10", "Number now": "2"}
        self._form(
            user, lambda: self.slack.press(user, reply, "Change"), measure, "updates of goals"
        )
        self.give(self._command(user, f"goal update {item} 7"), "updates of goals")
        ended: dict[str, object] = {"How it ended": "Reached", "What came of it": "early"}
        self._form(user, self._command(user, f"goal close {item}"), ended)
        self.give(self._command(user, f"goal reopen {item}"))

    def _week(self) -> None:
        if not self.committed:
            self._commitment()  # a week with nothing in it is not posted
        user = self.chance.choice(["lena", "ren", "asha"])
        line = self.chance.choice(["summary now", "summary here weekly fri 16:00"])
        self.give(self._command(user, line), "posts to the channel")
        self.settle()

    def _around(self) -> None:
        """Set, leave, come back and move: Maya, whom nothing else here waits for."""
        self.give(self._command("maya", "away until 30 Nov"))
        self.give(self._command("maya", "back"))
        quiet: dict[str, object] = {"Quiet from": self.chance.choice(["18:00", "20:00"])}
        self._form("maya", self._command("maya", "settings"), quiet)
        for zone in ("Asia/Tokyo", "America/New_York"):
            self.give(lambda zone=zone: self.slack.user_changed("maya", tz=zone))  # type: ignore[misc]  # zone is bound
        self.give(lambda: self.slack.open_home("maya"), changes=False)
        self.settle()
