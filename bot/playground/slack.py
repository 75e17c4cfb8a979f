"""The simulated Slack as tests and the page use it: people type, press and fill in."""

from __future__ import annotations

import contextlib
import time as real_time
from copy import deepcopy
from datetime import date, datetime, time
from functools import cached_property
from typing import TYPE_CHECKING, Self

from starlette.routing import Mount

from bot.playground import control, payloads
from bot.playground.answers import show_reply, take_options, take_submission
from bot.playground.delivery import Envelope
from bot.playground.errors import DrivingError
from bot.playground.eventful import Eventful, result
from bot.playground.finding import find, option_labels
from bot.playground.inputs import (
    VALUE_KEYS,
    many,
    missing,
    option,
    picked,
    value_object,
)
from bot.playground.page import Page
from bot.playground.records import Conversation, Json, Message, Result, View
from bot.playground.typed import encoded

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.routing import BaseRoute


MODAL_SECONDS = 3.0
"""How long somebody waits for a form before they give up."""


class Slack(Eventful):
    """A simulated Slack with one app. `with Slack(workspace()) as slack:` serves it."""

    def routes(self) -> list[BaseRoute]:
        """Return the routes of the JSON API and the page."""
        return [*control.routes(self), Mount("/", self._page)]

    @cached_property
    def _page(self) -> Page:
        return Page(self)

    def start(self) -> Self:
        """Serve; return once it answers."""
        self._page.start()
        return super().start()

    def stop(self) -> None:
        """End the server, its connections and the page's tabs."""
        super().stop()
        self._page.stop()

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
        if person.team_id is not None:
            raise DrivingError("People from other organisations cannot run this app's commands.")
        if escape and self.state.app.should_escape:
            text = encoded(self.state, text)
        payload = payloads.command_payload(
            self.state, person, conversation, command=command, text=text, base_url=self.url
        )
        answer = self.delivery.send(Envelope.COMMAND, payload)
        error = answer.error
        if answer.acknowledged:
            error = show_reply(self.state, person.id, conversation.id, answer.body, command)
        return result(answer, error)

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
        return self.choose(user, where, f"{block.get('block_id')}/{element['action_id']}", wanted)

    def choose(
        self, user: str, where: Message | View, wanted: str, value: object, nth: int = 0
    ) -> Result:
        """Pick from a menu, picker or group of boxes; options by text or value, people by name."""
        block, element = find(where, wanted, nth)
        if element["type"] == "overflow":
            action: Json = {"selected_option": option(element, str(value))}
            return self._act(user, where, block, element, action)
        held = value_object(element, self._picked(user, where, element, value))
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
            self.state,
            person,
            where,
            block_id=block["block_id"],
            action_id=element["action_id"],
            value=query,
        )
        answer = self.delivery.send(Envelope.INTERACTIVE, payload)
        offered = take_options(self.state, answer.body) if answer.acknowledged else []
        return result(answer, answer.error, options=offered)

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
        return result(answer, answer.error, errors=errors)

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
        outcome = Result(acknowledged=True)
        for view in closed:
            if view.notify_on_close:
                payload = payloads.closed_payload(
                    self.state, person, view, cleared=all_of_them or top.clear_on_close
                )
                answer = self.delivery.send(Envelope.INTERACTIVE, payload)
                outcome = result(answer, answer.error)
        return outcome

    def message_shortcut(self, user: str, message: Message, callback_id: str) -> Result:
        """Pick a shortcut from a message's menu."""
        payload = payloads.message_action_payload(
            self.state, self.state.person(user), message, callback_id, self.url
        )
        answer = self.delivery.send(Envelope.INTERACTIVE, payload)
        return result(answer, answer.error)

    def global_shortcut(self, user: str, callback_id: str) -> Result:
        """Pick a shortcut from the box's menu."""
        payload = payloads.shortcut_payload(self.state, self.state.person(user), callback_id)
        answer = self.delivery.send(Envelope.INTERACTIVE, payload)
        return result(answer, answer.error)

    # -- inside ----------------------------------------------------------------------------

    def _open_modal(self, user: str) -> View:
        with contextlib.suppress(TimeoutError):  # an app may acknowledge first, then open it
            self.wait_until(lambda: self.modal(user), MODAL_SECONDS)
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
        return result(answer, answer.error)

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

    def _picked(self, user: str, where: Message | View, element: Json, value: object) -> object:
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
