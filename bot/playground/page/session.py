"""One browser tab: who one acts as, where one is, and how it learns of changes."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING, TypeVar

from nicegui import background_tasks

from bot.playground.errors import DrivingError
from bot.playground.page.confirming import Confirming
from bot.playground.records import Kind, Result

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from nicegui import Client

    from bot.playground.page.reading import Reading
    from bot.playground.records import Conversation, Person
    from bot.playground.served import Time
    from bot.playground.slack import Slack

T = TypeVar("T")
HOME = "home"
"""The place of the app's Home tab; every other place is a conversation's id."""
GATHERED_SECONDS = 0.02
"""How long changes are gathered before they are drawn."""
_NOT_SHOWN = ("incomplete", "not_in_channel", "not_subscribed")
"""Outcomes that Slack does not tell a person as a failure."""


class Session:
    """What one tab shows; everything of it runs on the event loop."""

    def __init__(self, slack: Slack, reading: Reading, person: Person, client: Client) -> None:
        self.slack = slack
        self.reading = reading
        """What each person has read, shared by all tabs."""
        self.person = person
        """Who one acts as."""
        self.place = self.first_place()
        """Where one is: a conversation's id, or HOME."""
        self.client = client
        self.confirming = Confirming()
        self.new_after = ""
        """The ts up to which the open conversation had been read when it was opened."""
        self.shown_message = ""
        """The ts of the message that a link points at."""
        self.toast: Callable[[str], None] = lambda _text: None
        """Shows a line that goes away by itself; the shell sets it."""
        self._callbacks: list[Callable[[], None]] = []
        self._loop = asyncio.get_running_loop()
        self._one_at_a_time = asyncio.Lock()
        self._waits = False
        self._unwatch = slack.state.watch(self._changed_elsewhere)

    @property
    def time(self) -> Time | None:
        """The clock that can be moved, where there is one."""
        return self.slack.time

    @property
    def conversation(self) -> Conversation | None:
        """The conversation that is open; None in Home."""
        return self.slack.state.conversations.get(self.place)

    # -- going about -----------------------------------------------------------------------

    def act_as(self, user_id: str) -> None:
        """Be somebody else, at the same place where they can be there."""
        before = self.conversation
        app = self.slack.state.app.bot_user_id
        self.person = self.slack.state.person(user_id)
        if before is None:
            self.open(HOME)
        elif self.person.id in before.members:
            self.open(before.id)
        elif before.kind is Kind.DIRECT and app in before.members:
            self.open(app)
        else:
            self.open(self.first_place())

    def open(self, place: str) -> None:
        """Go to a conversation by its id, to the direct message with a person, or to HOME."""
        state = self.slack.state
        user = self.person.id
        if place in state.people:
            place = state.direct(user, place).id
        conversation = state.conversations.get(place)
        if place != HOME and (conversation is None or user not in conversation.members):
            self.toast("That conversation is not open to you.")
            place = self.first_place()
        if place != self.place:
            self.shown_message = ""
        self.place = place
        waits = self.reading.unread(user, place)
        self.new_after = self.reading.up_to(user, place) if waits else ""
        if place == HOME:
            self.start(self.run(lambda: self.slack.open_home(user)))
        elif self._is_with_the_app(conversation):
            self.start(self.run(lambda: self.slack.open_home(user, "messages")))
        self.refresh()

    def show_message(self, name: str) -> None:
        """Point at a message by the name that it has in a link: `p` and its ts without the dot."""
        digits = name.removeprefix("p")
        self.shown_message = f"{digits[:-6]}.{digits[-6:]}"

    def _is_with_the_app(self, conversation: Conversation | None) -> bool:
        return (
            conversation is not None
            and conversation.kind is Kind.DIRECT
            and self.slack.state.app.bot_user_id in conversation.members
        )

    def first_place(self) -> str:
        """Return the first conversation that the person is in."""
        mine = self.slack.state.conversations.values()
        return next(each.id for each in mine if self.person.id in each.members)

    # -- doing -----------------------------------------------------------------------------

    async def run(self, work: Callable[[], T]) -> T | None:
        """Do something with the driving API off the event loop; then draw what it changed.

        A person does one thing after another: what is asked for meanwhile waits. What goes wrong
        is shown in a toast, with the words that Slack's own page would use.
        """
        outcome: T | None = None
        try:
            async with self._one_at_a_time:
                outcome = await asyncio.to_thread(work)
        except DrivingError as error:
            self.toast(str(error))
        if isinstance(outcome, Result) and outcome.error and outcome.error not in _NOT_SHOWN:
            self.toast(f"That failed with the error “{outcome.error}”.")
        self.refresh()
        return outcome

    def start(self, work: Coroutine[object, object, object]) -> None:
        """Do something beside what is being done, and do not wait for it."""
        background_tasks.create(work, name="playground")

    # -- hearing of changes ----------------------------------------------------------------

    def on_change(self, callback: Callable[[], None]) -> None:
        """Call back, on the event loop, whenever the tab or the workspace has changed."""
        self._callbacks.append(callback)

    def refresh(self) -> None:
        """Draw anew, soon; several calls are gathered into one."""
        if not self._waits:
            self._waits = True
            self._loop.call_later(GATHERED_SECONDS, self._draw)

    def end(self) -> None:
        """Stop hearing of changes; the tab is closed."""
        self._unwatch()
        self._callbacks.clear()

    def _changed_elsewhere(self) -> None:
        with contextlib.suppress(RuntimeError):  # the loop ends with the process
            self._loop.call_soon_threadsafe(self.refresh)

    def _draw(self) -> None:
        self._waits = False
        if self.client.is_deleted:
            return
        with self.client:
            for callback in list(self._callbacks):
                callback()
