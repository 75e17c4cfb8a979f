"""The simulated Slack as tests and the page use it: people type, press, fill in and look."""

from __future__ import annotations

import time as real_time
from copy import deepcopy
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Protocol, Self

from bot.playground import payloads
from bot.playground.answers import show_reply, take_options, take_submission
from bot.playground.delivery import TIMED_OUT, Answer, Delivery, Envelope
from bot.playground.errors import DrivingError
from bot.playground.faults import Faults
from bot.playground.finding import find, option_labels
from bot.playground.inputs import (
    TEXT_INPUTS,
    VALUE_KEYS,
    many,
    missing,
    option,
    picked,
    value_object,
)
from bot.playground.records import Conversation, Json, Kind, Message, Person, Result, View
from bot.playground.server import ServerThread
from bot.playground.sockets import Sockets
from bot.playground.typed import encoded

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from types import TracebackType

    from bot.playground.state import State

RETRY_DELAYS = (0.0, 0.1, 0.2)
"""Seconds before an event is delivered again; Slack waits about 0, 60 and 300."""


class Time(Protocol):
    """What the page's clock moves; the demo gives one that moves the bot along."""

    def now(self) -> datetime:
        """Return the playground's time."""

    def advance(self, to: datetime) -> None:
        """Move the time on, doing on the way what falls due."""

    def next_list(self, user: str) -> datetime | None:
        """Return when somebody's next list comes."""


class Slack:
    """A simulated Slack with one app. `with Slack(workspace()) as slack:` serves it."""

    def __init__(
        self,
        state: State,
        *,
        app_url: str | None = None,
        port: int = 0,
        next_free_port: bool = False,
        patience: float = 3.0,
        retry_delays: tuple[float, ...] = RETRY_DELAYS,
        time: Time | None = None,
    ) -> None:
        self.state = state
        self.faults = Faults()
        self.sockets = Sockets(state)
        self.delivery = Delivery(state, self.sockets, app_url, patience)
        self.retry_delays = retry_delays
        self.time = time
        self._server = ServerThread(self, port, next_free_port=next_free_port)

    # -- serving ---------------------------------------------------------------------------

    @property
    def url(self) -> str:
        """Where the page is, without a slash at its end."""
        return self._server.url

    @property
    def api_url(self) -> str:
        """The Web API's base, for SLACK_API_URL or `WebClient(base_url=…)`."""
        return f"{self.url}/api/"

    @property
    def app_url(self) -> str | None:
        """Where the app takes requests; None for Socket Mode."""
        return self.delivery.app_url

    @app_url.setter
    def app_url(self, url: str | None) -> None:
        self.delivery.app_url = url

    def start(self) -> Self:
        """Serve; return once it answers."""
        self._server.start()
        return self

    def stop(self) -> None:
        """End the server and its connections."""
        self._server.stop()
        self.delivery.close()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def wait_until(self, is_so: Callable[[], object], seconds: float = 5.0) -> None:
        """Wait for something to become true of the workspace, or raise TimeoutError."""
        with self.state.changed:
            if not self.state.changed.wait_for(is_so, timeout=seconds):
                raise TimeoutError("What the test waits for did not happen.")

    # -- looking ---------------------------------------------------------------------------

    def messages(self, where: str | Conversation) -> list[Message]:
        """Return a conversation's messages that everybody in it sees, oldest first."""
        return self.state.seen(self.state.conversation(where).id)

    def visible(self, user: str, where: str | Conversation) -> list[Message]:
        """Return what somebody sees of a conversation, oldest first."""
        person = self.state.person(user)
        return self.state.seen(self.state.conversation(where, seen_by=person.id).id, person.id)

    def inbox(self, user: str) -> list[Message]:
        """Return what somebody sees in their direct message with the app, oldest first."""
        return self.visible(user, self.dm_with(user))

    def dm_with(self, user: str) -> Conversation:
        """Return somebody's direct message with the app."""
        return self.state.direct(self.state.person(user).id, self.state.app.bot_user_id)

    def modal(self, user: str) -> View | None:
        """Return the uppermost modal on somebody's screen."""
        return self.state.screens.top(self.state.person(user).id)

    def home(self, user: str) -> View | None:
        """Return somebody's Home tab as it was last published."""
        return self.state.screens.homes.get(self.state.person(user).id)

    # -- typing ----------------------------------------------------------------------------

    def command(
        self,
        user: str,
        where: str | Conversation,
        command: str,
        text: str = "",
        *,
        escape: bool = True,
    ) -> Result:
        """Type a slash command. Mentions are typed as `@name` and encoded as Slack does."""
        person = self.state.person(user)
        conversation = self.state.conversation(where, seen_by=person.id)
        self._need_member(person, conversation)
        if escape and self.state.app.should_escape:
            text = encoded(self.state, text)
        payload = payloads.command_payload(
            self.state, person, conversation, command, text, self.url
        )
        answer = self.delivery.send(Envelope.COMMAND, payload)
        error = answer.error
        if answer.acknowledged:
            error = show_reply(self.state, person.id, conversation.id, answer.body, command)
        return _result(answer, error)

    def say(self, user: str, where: str | Conversation, text: str) -> Result:
        """Type a message; the app hears of it in its direct messages and where mentioned."""
        person = self.state.person(user)
        conversation = self.state.conversation(where, seen_by=person.id)
        self._need_member(person, conversation)
        text = encoded(self.state, text, names=False)
        message = self.state.post(Message(conversation.id, "", person.id, text))
        bot = self.state.app.bot_user_id
        if bot not in conversation.members:
            return Result(acknowledged=False, error="not_in_channel")
        event = payloads.message_payload(self.state, message) | {
            "channel": conversation.id,
            "client_msg_id": f"playground-{message.ts}",
            "event_ts": message.ts,
        }
        if conversation.kind is Kind.DIRECT:
            return self.event(event | {"channel_type": "im"})
        if f"<@{bot}>" in text:
            return self.event(event | {"type": "app_mention"})
        return Result(acknowledged=True)

    def dm(self, user: str, text: str) -> Result:
        """Write to the app in its direct message."""
        return self.say(user, self.dm_with(user), text)

    def mention(self, user: str, where: str | Conversation, text: str) -> Result:
        """Write `@Winwin …` in a channel."""
        return self.say(
            user, where, f"@{self.state.person(self.state.app.bot_user_id).name} {text}"
        )

    # -- pressing and picking --------------------------------------------------------------

    def press(self, user: str, where: Message | View, wanted: str, nth: int = 0) -> Result:
        """Press a button, or an entry of a ⋯ menu, by its label or action id."""
        block, element = find(where, wanted, nth)
        if element["type"] == "button":
            action: Json = {"text": element["text"]}
            if "value" in element:
                action["value"] = element["value"]
            return self._act(user, where, block, element, action)
        if element["type"] in VALUE_KEYS and wanted not in option_labels(element):
            raise DrivingError(f"{wanted!r} is a {element['type']}: use choose or fill.")
        return self.choose(user, where, element["action_id"], wanted, nth)

    def choose(
        self, user: str, where: Message | View, wanted: str, value: object, nth: int = 0
    ) -> Result:
        """Pick from a menu, picker or group of boxes; options by text or value, people by name."""
        block, element = find(where, wanted, nth)
        if element["type"] == "overflow":
            action: Json = {"selected_option": option(element, str(value))}
            return self._act(user, where, block, element, action)
        held = value_object(element, self._picked(user, where, block, element, value))
        self._hold(user, where, block, element, held)
        if block["type"] == "input" and not block.get("dispatch_action"):
            return Result(acknowledged=True)
        if isinstance(where, View):
            where = self.state.screens.find(where.id) or self.home(user) or where
        return self._act(user, where, block, element, held)

    def suggest(self, user: str, where: Message | View, wanted: str, query: str) -> Result:
        """Type into an external select; `options` is what the app offers."""
        block, element = find(where, wanted)
        person = self.state.person(user)
        payload = payloads.suggestion_payload(
            self.state, person, where, block["block_id"], element["action_id"], query
        )
        answer = self.delivery.send(Envelope.INTERACTIVE, payload)
        offered = take_options(self.state, answer.body) if answer.acknowledged else []
        return _result(answer, answer.error, options=offered)

    def fill(self, user: str, values: Mapping[str, object]) -> None:
        """Fill in the uppermost modal: {label, block id or action id: value}."""
        for wanted, value in values.items():
            self.choose(user, self._open_modal(user), wanted, value)

    def submit(self, user: str, values: Mapping[str, object] | None = None) -> Result:
        """Fill in the uppermost modal and submit it."""
        self.fill(user, values or {})
        view = self._open_modal(user)
        errors = missing(view.blocks, view.values)
        if errors:  # Slack's own client does not send it
            view.errors = errors
            self.state.touch()
            return Result(acknowledged=False, error="incomplete", errors=errors)
        view.errors = {}
        payload = payloads.submission_payload(self.state, self.state.person(user), view)
        answer = self.delivery.send(Envelope.INTERACTIVE, payload)
        if answer.acknowledged:
            errors = take_submission(self.state, view, answer.body)
        return _result(answer, answer.error, errors=errors)

    def close_modal(self, user: str, *, all_of_them: bool = False) -> Result:
        """Close the uppermost modal, or all; the app hears of it where it asked to."""
        top = self._open_modal(user)
        person = self.state.person(user)
        with self.state.lock:
            if all_of_them or top.clear_on_close:
                closed = self.state.screens.clear(person.id)
            else:
                closed = [top]
                self.state.screens.pop(top)
            self.state.touch()
        result = Result(acknowledged=True)
        for view in closed:
            if view.notify_on_close:
                payload = payloads.closed_payload(
                    self.state, person, view, cleared=all_of_them or top.clear_on_close
                )
                answer = self.delivery.send(Envelope.INTERACTIVE, payload)
                result = _result(answer, answer.error)
        return result

    def message_shortcut(self, user: str, message: Message, callback_id: str) -> Result:
        """Pick a shortcut from a message's menu."""
        payload = payloads.message_action_payload(
            self.state, self.state.person(user), message, callback_id, self.url
        )
        answer = self.delivery.send(Envelope.INTERACTIVE, payload)
        return _result(answer, answer.error)

    def global_shortcut(self, user: str, callback_id: str) -> Result:
        """Pick a shortcut from the box's menu."""
        payload = payloads.shortcut_payload(self.state, self.state.person(user), callback_id)
        answer = self.delivery.send(Envelope.INTERACTIVE, payload)
        return _result(answer, answer.error)

    # -- events ----------------------------------------------------------------------------

    def event(self, event: Json) -> Result:
        """Deliver an event, again up to three times where it is not acknowledged."""
        payload = payloads.event_payload(self.state, event)
        return self.deliver_event(payload)

    def deliver_event(self, payload: Json) -> Result:
        """Deliver a wrapped event; the same one again where a test wants a duplicate."""
        answer = self.delivery.send(Envelope.EVENT, payload)
        attempts = 1
        for delay in self.retry_delays:
            if answer.acknowledged:
                break
            reason = "http_timeout" if answer.status == TIMED_OUT else "http_error"
            real_time.sleep(delay)
            answer = self.delivery.send(Envelope.EVENT, payload, attempts, reason)
            attempts += 1
        return _result(answer, answer.error, attempts=attempts)

    def open_home(self, user: str, tab: str = "home") -> Result:
        """Open the app's Home tab, or its messages tab."""
        person = self.state.person(user)
        event: Json = {
            "type": "app_home_opened",
            "user": person.id,
            "channel": self.dm_with(user).id,
            "tab": tab,
            "event_ts": self.state.next_ts(),
        }
        home = self.home(user)
        if home is not None and tab == "home":
            event["view"] = payloads.view_payload(self.state, home)
        return self.event(event)

    def user_changed(self, user: str, **changes: object) -> Result:
        """Change a person (tz, locale, deleted, real_name, …) and tell the app."""
        person = self.state.person(user)
        with self.state.lock:
            for name, value in changes.items():
                setattr(person, name, value)
            self.state.touch()
        return self._person_event("user_change", person)

    def join(self, person: Person, *channels: str) -> Result:
        """Let somebody join the workspace and these channels, and tell the app."""
        with self.state.lock:
            self.state.people[person.id] = person
            for channel in channels:
                self.state.conversation(channel).members.add(person.id)
            self.state.touch()
        return self._person_event("team_join", person)

    def uninstall(self) -> Result:
        """Take the app out of the workspace: its tokens die, and it is told."""
        self.state.app.installed = False
        self.event({"type": "tokens_revoked", "tokens": {"bot": [self.state.app.bot_user_id]}})
        return self.event({"type": "app_uninstalled"})

    def _person_event(self, kind: str, person: Person) -> Result:
        return self.event(
            {
                "type": kind,
                "user": payloads.person_payload(self.state, person, locale=True),
                "cache_ts": int(real_time.time()),
                "event_ts": self.state.next_ts(),
            }
        )

    # -- inside ----------------------------------------------------------------------------

    def _need_member(self, person: Person, conversation: Conversation) -> None:
        if person.id not in conversation.members:
            raise DrivingError(f"{person.name} is not in {conversation.name or conversation.id}.")

    def _open_modal(self, user: str) -> View:
        view = self.modal(user)
        if view is None:
            raise DrivingError(f"No modal is open for {user}.")
        return view

    def _act(
        self, user: str, where: Message | View, block: Json, element: Json, extra: Json
    ) -> Result:
        person = self.state.person(user)
        if isinstance(where, Message):
            self._need_member(person, self.state.conversations[where.channel])
            if where.to not in (None, person.id):
                raise DrivingError(f"{person.name} does not see that message.")
        elif where.user != person.id:
            raise DrivingError(f"{person.name} does not see that view.")
        action = {
            "type": element["type"],
            "action_id": element["action_id"],
            "block_id": block["block_id"],
            **extra,
            "action_ts": f"{real_time.time():.6f}",
        }
        payload = payloads.actions_payload(self.state, person, where, action, self.url)
        answer = self.delivery.send(Envelope.INTERACTIVE, payload)
        return _result(answer, answer.error)

    def _hold(
        self, user: str, where: Message | View, block: Json, element: Json, held: Json
    ) -> None:
        with self.state.lock:
            if isinstance(where, View):
                values = where.values
            else:
                key = (self.state.person(user).id, where.channel, where.ts)
                values = self.state.message_values.setdefault(key, {})
            values.setdefault(block["block_id"], {})[element["action_id"]] = held

    def _picked(
        self, user: str, where: Message | View, block: Json, element: Json, value: object
    ) -> object:
        kind: str = element["type"]
        offered: list[Json] = []
        if "external" in kind and value:
            named = [value] if isinstance(value, str) else list(value)  # type: ignore[call-overload] # any iterable of names
            for name in named:
                offered += self.suggest(user, where, element["action_id"], name).options
        if value is not None and ("users" in kind or "conversations" in kind or "channels" in kind):
            return self._ids(value) if many(element) else self._ids([value])[0]
        if isinstance(value, datetime):
            return int(value.timestamp())
        if isinstance(value, date):
            return value.isoformat()
        if isinstance(value, time):
            return value.strftime("%H:%M")
        if kind not in (*VALUE_KEYS, *TEXT_INPUTS):
            raise DrivingError(f"{block['block_id']} takes no value.")
        return picked(element, value, offered)

    def _ids(self, names: object) -> list[str]:
        found = []
        for name in names:  # type: ignore[attr-defined] # any iterable of names
            try:
                found.append(self.state.person(name).id)
            except DrivingError:
                found.append(self.state.conversation(name).id)
        return found


def snapshot(message: Message) -> Message:
    """Return a message as it is now, for pressing its buttons after it has changed."""
    return deepcopy(message)


def _result(
    answer: Answer,
    error: str | None,
    *,
    errors: dict[str, str] | None = None,
    options: list[Json] | None = None,
    attempts: int = 1,
) -> Result:
    return Result(
        answer.acknowledged,
        answer.status,
        answer.body,
        answer.seconds,
        error,
        errors or {},
        attempts,
        options or [],
    )
