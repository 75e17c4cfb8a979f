"""People who use the bot all at once, and the account of what they were told against what is."""

from __future__ import annotations

import itertools
import random
import threading
from collections import Counter, deque
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import create_engine, text

from bot.db.urls import database_url
from bot.playground import DrivingError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bot.playground import Message, Result, Slack

    Hit = Callable[["Deed", random.Random], AbstractContextManager[object]]

PEOPLE = {"lena": "ren", "ren": "asha", "asha": "lena"}
"""Who asks whom; it is daytime where they are."""


class Told(StrEnum):
    """What somebody was told of what they did."""

    SAVED = "saved"
    NOT_SAVED = "not saved"
    UNCLEAR = "unclear"  # the bot cannot tell, or Slack says that it did not answer
    REFUSED = "refused"  # a rule of the domain; nothing was changed


@dataclass(slots=True)
class Deed:
    """Something that one person did, how it is found again, and what they were told."""

    kind: str
    user: str
    user_id: str
    token: str  # stands in what was written; of a press, in its inbox key
    number: int | None = None  # what was pressed
    told: Told = Told.UNCLEAR
    words: str = ""


@dataclass
class Crew:
    """Three people, each in a thread of their own, and all that they did."""

    slack: Slack
    seed: int
    hit: Hit | None = None
    share: float = 0.0  # of the deeds that are hit
    deeds: list[Deed] = field(default_factory=list)
    hits: Counter[str] = field(default_factory=Counter)  # by kind of deed
    _numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))
    _people: dict[str, _Person] = field(default_factory=dict)
    _failures: list[BaseException] = field(default_factory=list)

    def act(self, amount: int) -> None:
        """Let everybody do their share of so many things at once."""
        share = -(-amount // len(PEOPLE))
        threads = [
            threading.Thread(target=self._be, args=(user, share), name=user) for user in PEOPLE
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        if self._failures:
            raise self._failures[0]

    def _be(self, user: str, share: int) -> None:
        try:
            self._people.setdefault(user, _Person(self, user)).act(share)
        except BaseException as error:  # noqa: BLE001 - raised again by `act`
            self._failures.append(error)

    def token(self) -> str:
        """Return a word that nothing else holds."""
        return f"w{self.seed:x}x{next(self._numbers)}w"


class _Person:
    def __init__(self, crew: Crew, user: str) -> None:
        self._crew, self._slack, self._user = crew, crew.slack, user
        self._chance = random.Random(f"{crew.seed} {user}")  # noqa: S311 - drawn
        self._dm = crew.slack.dm_with(user).id
        self._id = crew.slack.state.person(user).id
        self._owed = self._chance.random()
        self._read = 0
        self._proposals: deque[Message] = deque()
        self._mine: list[int] = []

    def act(self, share: int) -> None:
        for _ in range(share):
            self._look()
            kinds = [self._ask, self._ask, self._commit, self._say]
            kinds += [self._accept] * (3 * bool(self._proposals))
            kinds += [self._question, self._form] * bool(self._mine)
            self._chance.choice(kinds)()

    def _look(self) -> None:
        """Read what came since the last look; keep what asks for an answer."""
        with self._slack.state.lock:
            messages = self._slack.state.messages.get(self._dm, [])
            for message in messages[self._read :]:
                if message.to is None and "asks you" in message.text:
                    self._proposals.append(message)
            self._read = len(messages)

    def _ask(self) -> None:
        deed = self._deed("ask")
        line = f"@{PEOPLE[self._user]} to deliver {deed.token} by friday"
        self._command(deed, line)

    def _commit(self) -> None:
        deed = self._deed("commit")
        self._command(deed, f"I will deliver {deed.token} by friday")

    def _question(self) -> None:
        deed = self._deed("question")
        self._command(deed, f"ask E-{self._chance.choice(self._mine)} {deed.token}")

    def _command(self, deed: Deed, line: str) -> None:
        with self._hit(deed):
            result = self._slack.command(self._user, "launch", "/expect", line)
        self._note(deed, result, _said(result))
        if deed.told is Told.SAVED and deed.kind in {"ask", "commit"}:
            _, found, rest = deed.words.partition("(E-")
            assert found, f"no number in {deed.words!r}"
            if deed.kind == "ask":
                self._mine.append(int(rest.partition(")")[0]))

    def _say(self) -> None:
        """Type it to the bot: an event, which Slack delivers again where it failed."""
        deed = self._deed("say")
        with self._hit(deed):
            result = self._slack.dm(self._user, f"I will deliver {deed.token} by friday")
        self._note(deed, result, "")

    def _accept(self) -> None:
        message = self._proposals.popleft()
        number = int(message.text.partition("(E-")[2].partition(")")[0])
        deed = self._deed("accept", token=f"a:{self._id}:{message.ts}", number=number)
        before = len(self._slack.state.messages[self._dm])
        with self._hit(deed):
            try:
                result = self._slack.press(self._user, message, "Accept")
            except DrivingError:  # the button is gone: it was taken back, or changed
                self._crew.deeds.remove(deed)
                return
        with self._slack.state.lock:
            news = self._slack.state.messages[self._dm][before:]
            said = [one.text for one in news if one.to == self._id]
        self._note(deed, result, said[-1] if said else "")

    def _form(self) -> None:
        deed = self._deed("form")
        opened = self._slack.command(
            self._user, "launch", "/expect", f"ask E-{self._chance.choice(self._mine)}"
        )
        if not opened.acknowledged or _said(opened):  # it could not open: nothing was written
            self._crew.deeds.remove(deed)
            return
        with self._hit(deed):
            result = self._slack.submit(self._user, {"Your question": deed.token})
        self._note(deed, result, "\n".join(result.errors.values()))
        if result.errors and self._chance.random() < 0.5:  # what was typed is still there
            result = self._slack.submit(self._user)
            self._note(deed, result, "\n".join(result.errors.values()))
        if self._slack.modal(self._user) is not None:
            self._slack.close_modal(self._user, all_of_them=True)

    def _deed(self, kind: str, token: str = "", number: int | None = None) -> Deed:
        deed = Deed(kind, self._user, self._id, token or self._crew.token(), number)
        self._crew.deeds.append(deed)
        return deed

    def _hit(self, deed: Deed) -> AbstractContextManager[object]:
        if self._crew.hit is None:
            return nullcontext()
        self._owed += self._crew.share
        if self._owed < 1:
            return nullcontext()
        self._owed -= 1
        self._crew.hits[deed.kind] += 1
        return self._crew.hit(deed, self._chance)

    def _note(self, deed: Deed, result: Result, words: str) -> None:
        deed.words = words
        if not result.acknowledged or "cannot tell whether" in words:
            deed.told = Told.UNCLEAR
        elif "othing was saved" in words:
            deed.told = Told.NOT_SAVED
        elif "othing was changed" in words or "changed nothing" in words:
            deed.told = Told.REFUSED
        else:
            deed.told = Told.SAVED


def _said(result: Result) -> str:
    return str(result.body.get("text", "")) if isinstance(result.body, dict) else ""


_KEPT = {
    "ask": "SELECT result, author FROM terms",
    "question": "SELECT note, actor FROM event WHERE verb = 'ask'",
    "accept": "SELECT number, actor FROM event WHERE verb = 'accept'",
}


@dataclass
class Kept:
    """What is in the database, read with statements of the account's own."""

    words: Counter[tuple[str, str]]
    accepted: Counter[tuple[int, str]]
    posts: dict[str, str]  # id and state

    @classmethod
    def read(cls, url: str) -> Kept:
        """Read all of it."""
        engine = create_engine(database_url(url))
        with engine.connect() as connection:
            words = Counter(
                (word, row[1])
                for kind in ("ask", "question")
                for row in connection.execute(text(_KEPT[kind]))
                for word in row[0].split()
            )
            accepted = Counter(
                (row[0], row[1]) for row in connection.execute(text(_KEPT["accept"]))
            )
            posts = connection.execute(text("SELECT id, state FROM message WHERE kind = 'post'"))
            found = {row[0]: row[1] for row in posts}
        engine.dispose()
        return cls(words, accepted, found)

    def times(self, deed: Deed) -> int:
        """Return how often a deed is there."""
        if deed.number is not None:
            return self.accepted[deed.number, deed.user_id]
        return self.words[deed.token, deed.user_id]


def account(crew: Crew, url: str) -> Counter[str]:
    """Compare what people were told with what is there; raise AssertionError where they differ."""
    kept, slack = Kept.read(url), crew.slack
    wrong = []
    counts: Counter[str] = Counter()
    for deed in crew.deeds:
        times = kept.times(deed)
        right = {Told.SAVED: {1}, Told.UNCLEAR: {0, 1}}.get(deed.told, {0})
        if times not in right:
            wrong.append(f"{deed} is there {times} times")
        counts[deed.told.value] += 1
    with slack.state.lock:
        everything = [one for some in slack.state.messages.values() for one in some]
    posted = Counter(
        one.metadata["event_payload"]["message_id"]
        for one in everything
        if one.by_app and one.metadata and one.metadata["event_payload"]["message_id"] in kept.posts
    )
    wrong += [f"message {id_} is at Slack {n} times" for id_, n in posted.items() if n > 1]
    wrong += [
        f"message {id_} is {state} and at Slack {posted[id_]} times"
        for id_, state in kept.posts.items()
        if (state == "sent") != (posted[id_] == 1) or state in {"unknown", "dead", "sending"}
    ]
    wrong += _unread(crew)
    assert not wrong, f"seed {crew.seed}:\n" + "\n".join(wrong[:20])
    counts["messages"] = sum(posted.values())
    return counts


def _unread(crew: Crew) -> list[str]:
    """Return what was told as asked and never reached who was asked."""
    wrong = []
    for user, other in PEOPLE.items():
        read = "\n".join(message.text for message in crew.slack.inbox(other))
        words = set(read.replace("*", " ").split())
        wrong += [
            f"{deed} never reached {other}"
            for deed in crew.deeds
            if deed.kind == "ask"
            and deed.user == user
            and deed.told is Told.SAVED
            and deed.token not in words
        ]
    return wrong
