"""What is open on people's screens: stacks of modals and Home tabs."""

from __future__ import annotations

import itertools
import secrets
import time
from typing import TYPE_CHECKING

from bot.playground.errors import SlackRefusalError
from bot.playground.inputs import kept_values
from bot.playground.records import Json, View

if TYPE_CHECKING:
    from collections.abc import Iterator

STACK_LIMIT = 3


def new_hash() -> str:
    """Return a fresh hash of a view's state, in Slack's shape."""
    return f"{int(time.time())}.{secrets.token_hex(4)}"


class Screens:
    """The modals and Home tabs of everybody; State's lock guards it."""

    def __init__(self) -> None:
        self.stacks: dict[str, list[View]] = {}
        self.homes: dict[str, View] = {}
        self._numbers = itertools.count(1)

    def count_from(self, number: int) -> None:
        """Go on counting after a restart, so that no view's id is given twice."""
        self._numbers = itertools.count(number)

    def _make(self, user: str, given: Json, values: Json | None = None) -> View:
        return View(
            id=f"V{next(self._numbers):010d}",
            user=user,
            type=given["type"],
            blocks=given["blocks"],
            hash=new_hash(),
            title=given.get("title"),
            submit=given.get("submit"),
            close=given.get("close"),
            callback_id=given.get("callback_id") or "",
            private_metadata=given.get("private_metadata") or "",
            external_id=given.get("external_id") or "",
            clear_on_close=bool(given.get("clear_on_close")),
            notify_on_close=bool(given.get("notify_on_close")),
            values=kept_values(given["blocks"], values or {}),
        )

    def open(self, user: str, given: Json) -> View:
        """Show a modal; it takes the place of whatever modals were open."""
        self._refuse_taken_external_id(given)
        view = self._make(user, given)
        view.root_view_id = view.id
        self.stacks[user] = [view]
        return view

    def push(self, user: str, given: Json) -> View:
        """Lay a modal on the open ones, three at most."""
        self._refuse_taken_external_id(given)
        stack = self.stacks.setdefault(user, [])
        if not stack:
            raise SlackRefusalError("not_found")
        if len(stack) >= STACK_LIMIT:
            raise SlackRefusalError("push_limit_reached")
        view = self._make(user, given)
        view.root_view_id = stack[0].id
        view.previous_view_id = stack[-1].id
        stack.append(view)
        return view

    def update(self, view: View, given: Json) -> View:
        """Change a modal in place; inputs with the same ids keep what was typed."""
        made = self._make(view.user, given, view.values)
        made.id = view.id
        made.root_view_id = view.root_view_id
        made.previous_view_id = view.previous_view_id
        made.external_id = made.external_id or view.external_id
        stack = self.stacks[view.user]
        stack[stack.index(view)] = made
        return made

    def publish(self, user: str, given: Json) -> View:
        """Set somebody's Home tab."""
        old = self.homes.get(user)
        view = self._make(user, given, old.values if old else None)
        if old is not None:
            view.id = old.id
        view.root_view_id = view.id
        self.homes[user] = view
        return view

    def pop(self, view: View) -> None:
        """Close one modal."""
        stack = self.stacks.get(view.user, [])
        if view in stack:
            stack.remove(view)

    def clear(self, user: str) -> list[View]:
        """Close all modals of somebody and return them, the uppermost first."""
        return list(reversed(self.stacks.pop(user, [])))

    def top(self, user: str) -> View | None:
        """Return the modal that somebody sees."""
        stack = self.stacks.get(user)
        return stack[-1] if stack else None

    def find(self, view_id: str, external_id: str = "") -> View | None:
        """Return an open modal by its id or external id."""
        for view in self._modals():
            if view.id == view_id or (external_id and view.external_id == external_id):
                return view
        return None

    def _modals(self) -> Iterator[View]:
        return itertools.chain.from_iterable(self.stacks.values())

    def _refuse_taken_external_id(self, given: Json) -> None:
        external_id = given.get("external_id")
        if external_id and self.find("", external_id):
            raise SlackRefusalError("duplicate_external_id")
