"""The state of the simulated workspace, safe to use from several threads."""

from __future__ import annotations

import itertools
import secrets
import threading
import time
from collections import deque
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from bot.playground.errors import DrivingError, SlackRefusalError
from bot.playground.records import (
    App,
    Conversation,
    Exchange,
    Json,
    Kind,
    Message,
    Person,
    Refusal,
    Team,
    Tour,
    Upload,
)
from bot.playground.screens import Screens

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

TRIGGER_SECONDS = 3.0
RESPONSE_URL_SECONDS = 30 * 60.0
RESPONSE_URL_USES = 5
TRAFFIC_KEPT = 20_000


def utc_now() -> datetime:
    """Return the real time, the clock of a playground that was given none."""
    return datetime.now(UTC)


@dataclass(slots=True)
class Trigger:
    """The right to open one modal, for three seconds of real time."""

    user: str
    expires: float
    view_id: str | None = None
    used: bool = False


@dataclass(slots=True)
class ResponseUrl:
    """The right to answer one interaction up to five times in half an hour."""

    user: str
    channel: str
    expires: float
    message_ts: str | None = None
    uses: int = 0


class State:
    """Everything that the simulated Slack remembers; every method takes the lock."""

    def __init__(
        self,
        people: Iterable[Person],
        conversations: Iterable[Conversation],
        *,
        team: Team | None = None,
        app: App | None = None,
        clock: Callable[[], datetime] = utc_now,
    ) -> None:
        self.lock = threading.RLock()
        self.changed = threading.Condition(self.lock)
        self.revision = 0
        self.team = team or Team()
        self.app = app or App()
        self.clock = clock
        self.people = {person.id: person for person in people}
        self.people.setdefault(
            self.app.bot_user_id,
            Person(self.app.bot_user_id, self.app.name.lower(), self.app.name, is_bot=True),
        )
        self.user_groups: dict[str, str] = {}
        """Id by handle of the groups that can be mentioned."""
        self.conversations = {each.id: each for each in conversations}
        self.messages: dict[str, list[Message]] = {}
        self.screens = Screens()
        self.message_values: dict[tuple[str, str, str], Json] = {}
        """What somebody chose in a message: by user, channel and ts."""
        self.tour = Tour()
        self.read: dict[tuple[str, str], str] = {}
        """The newest ts that somebody has seen, by person and conversation."""
        self.refusals: list[Refusal] = []
        self.traffic: deque[Exchange] = deque(maxlen=TRAFFIC_KEPT)
        self.uploads: dict[str, Upload] = {}
        """Files on their way, by id; a message that shows one holds it itself."""
        self._triggers: dict[str, Trigger] = {}
        self._response_urls: dict[str, ResponseUrl] = {}
        self._tickets: set[str] = set()
        self._last_ts = 0
        self._numbers = itertools.count(1)
        self._watchers: list[Callable[[], None]] = []

    # -- bookkeeping -----------------------------------------------------------------------

    def touch(self) -> None:
        """Say that something visible changed, and wake whoever waits for it."""
        with self.lock:
            self.revision += 1
            self._tell()

    def refuse(self, method: str, error: str, *messages: str) -> None:
        """Remember a refusal."""
        with self.lock:
            self.refusals.append(Refusal(method, error, messages))
            self._tell()

    def record(self, exchange: Exchange) -> None:
        """Remember a request and its answer."""
        with self.lock:
            self.traffic.append(exchange)
            self._tell()

    def watch(self, callback: Callable[[], None]) -> Callable[[], None]:
        """Call back at every change, from any thread and under the lock; return what ends it."""
        with self.lock:
            self._watchers.append(callback)

        def end() -> None:
            with self.lock:
                if callback in self._watchers:
                    self._watchers.remove(callback)

        return end

    def _tell(self) -> None:
        self.changed.notify_all()
        for callback in self._watchers:
            callback()

    def number(self) -> int:
        """Return the next number of a sequence, for ids."""
        return next(self._numbers)

    def count_from(self, number: int) -> None:
        """Go on counting after a restart, so that no id is given twice."""
        self._numbers = itertools.count(number + 1)
        self.screens.count_from(number + 1)
        newest = max((each.ts for some in self.messages.values() for each in some), default="0")
        self._last_ts = int(newest.replace(".", ""))

    def begin_again(self, fresh: State) -> None:
        """Hold what a fresh workspace holds, and nothing of what was; its clock may go back."""
        with self.lock:
            self.people = fresh.people
            self.user_groups = fresh.user_groups
            self.conversations = fresh.conversations
            self.messages = fresh.messages
            self.message_values = fresh.message_values
            self.screens = fresh.screens
            self.tour = fresh.tour
            self.read = fresh.read
            self.uploads.clear()
            self.refusals.clear()
            self.traffic.clear()
            self._last_ts = 0
            self.touch()

    def next_ts(self) -> str:
        """Return a message's ts: the playground's time, ascending and never twice the same."""
        with self.lock:
            now = self.clock()
            micros = int(now.timestamp()) * 1_000_000 + now.microsecond
            self._last_ts = max(micros, self._last_ts + 1)
            return f"{self._last_ts // 1_000_000}.{self._last_ts % 1_000_000:06d}"

    # -- people and conversations ----------------------------------------------------------

    def person(self, who: str | Person) -> Person:
        """Return a person by id, handle or first name, as tests and the page name them."""
        if isinstance(who, Person):
            return self.people[who.id]
        if who in self.people:
            return self.people[who]
        handle = who.removeprefix("@").casefold()
        for person in self.people.values():
            if handle in (person.name.casefold(), person.real_name.casefold()):
                return person
        raise DrivingError(f"There is no person {who!r}.")

    def conversation(self, where: str | Conversation, *, seen_by: str = "") -> Conversation:
        """Return a conversation by id, `#name`, or `@name` for a direct message."""
        if isinstance(where, Conversation):
            return where
        if where in self.conversations:
            return self.conversations[where]
        if where.startswith("@"):
            return self.direct(self.person(where).id, seen_by or self.app.bot_user_id)
        for conversation in self.conversations.values():
            if conversation.name and conversation.name == where.removeprefix("#"):
                return conversation
        raise DrivingError(f"There is no conversation {where!r}.")

    def direct(self, one: str, other: str) -> Conversation:
        """Return the direct message between two people, made when it is first asked for."""
        return self._private({one, other}, Kind.DIRECT, "D")

    def group(self, members: Iterable[str]) -> Conversation:
        """Return the group message of these people, made when it is first asked for."""
        return self._private(set(members), Kind.GROUP, "G")

    def _private(self, members: set[str], kind: Kind, letter: str) -> Conversation:
        with self.lock:
            for conversation in self.conversations.values():
                if conversation.kind is kind and conversation.members == members:
                    return conversation
            name = ""
            if kind is Kind.GROUP:
                name = "mpdm-" + "--".join(sorted(self.people[m].name for m in members)) + "-1"
            made = Conversation(f"{letter}{self.number():08d}", kind, name, members)
            self.conversations[made.id] = made
            self.touch()
            return made

    # -- messages --------------------------------------------------------------------------

    def post(self, message: Message) -> Message:
        """Store a message; it gets its ts here."""
        with self.lock:
            message = replace(message, ts=self.next_ts())
            self.messages.setdefault(message.channel, []).append(message)
            self.touch()
            return message

    def message(self, channel: str, ts: str) -> Message | None:
        """Return one message, also one that only one person sees."""
        with self.lock:
            for message in reversed(self.messages.get(channel, [])):
                if message.ts == ts:
                    return message
            return None

    def delete(self, message: Message) -> None:
        """Take a message away."""
        with self.lock:
            self.messages[message.channel].remove(message)
            self.touch()

    def seen(self, channel: str, user: str | None = None) -> list[Message]:
        """Return a conversation's messages, oldest first; with `user` what they see of it."""
        with self.lock:
            return [
                message
                for message in self.messages.get(channel, [])
                if message.to is None or message.to == user
            ]

    # -- triggers and response_urls --------------------------------------------------------

    def new_trigger(self, user: str, view_id: str | None = None) -> str:
        """Return a trigger_id, good for three seconds and one use."""
        with self.lock:
            trigger_id = f"{self.number()}.{int(time.time())}.{secrets.token_hex(16)}"
            self._triggers[trigger_id] = Trigger(
                user, time.monotonic() + TRIGGER_SECONDS, view_id=view_id
            )
            return trigger_id

    def use_trigger(self, trigger_id: str) -> Trigger:
        """Spend a trigger_id, or refuse as Slack does."""
        with self.lock:
            trigger = self._triggers.get(trigger_id)
            if trigger is None:
                raise SlackRefusalError("invalid_trigger_id")
            if trigger.used:
                raise SlackRefusalError("exchanged_trigger_id")
            if trigger.expires < time.monotonic():
                raise SlackRefusalError("expired_trigger_id")
            trigger.used = True
            return trigger

    def new_response_url(self, user: str, channel: str, message_ts: str | None = None) -> str:
        """Return the path of a response_url."""
        with self.lock:
            key = secrets.token_hex(12)
            self._response_urls[key] = ResponseUrl(
                user, channel, time.monotonic() + RESPONSE_URL_SECONDS, message_ts
            )
            return f"/actions/{self.team.id}/{self.number()}/{key}"

    def use_response_url(self, key: str) -> ResponseUrl:
        """Spend one of a response_url's five uses, or refuse."""
        with self.lock:
            url = self._response_urls.get(key)
            if url is None:
                raise SlackRefusalError("invalid_url")
            if url.expires < time.monotonic():
                raise SlackRefusalError("expired_url")
            if url.uses >= RESPONSE_URL_USES:
                raise SlackRefusalError("used_url")
            url.uses += 1
            return url

    def new_ticket(self) -> str:
        """Return a ticket that opens one Socket Mode connection."""
        with self.lock:
            ticket = secrets.token_hex(12)
            self._tickets.add(ticket)
            return ticket

    def use_ticket(self, ticket: str) -> bool:
        """Spend a ticket; say whether it was good."""
        with self.lock:
            good = ticket in self._tickets
            self._tickets.discard(ticket)
            return good

    def expire_triggers(self) -> None:
        """Let every trigger_id handed out so far expire, so that tests need not wait."""
        with self.lock:
            for trigger in self._triggers.values():
                trigger.expires = 0.0
