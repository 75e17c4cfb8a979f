"""The modal on top of a person's stack, and the question that a button's confirm asks."""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING

from nicegui import ui

from bot.playground.page import blocks
from bot.playground.page.keyed import Item, KeyedList
from bot.playground.page.messages import reader_of
from bot.playground.page.surface import Surface
from bot.playground.page.tags import button, html, put, say, tag
from bot.playground.page.widgets import Keep, Modal

if TYPE_CHECKING:
    from bot.playground.page.session import Session
    from bot.playground.records import Json, View

_TO_THE_ERROR = """
setTimeout(() => document.querySelector('dialog [aria-invalid=true], dialog .error')
  ?.closest('.input')?.querySelector('input, textarea, select')?.focus(), 30)
"""


class Modals:
    """Draws what lies over the page."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._slot = tag("div")
        self._open: _OpenModal | None = None
        self._question: tuple[Json, Modal] | None = None

    def refresh(self) -> None:
        """Show the uppermost modal as it is now, and the question above it."""
        session = self._session
        view = session.slack.state.screens.top(session.person.id)
        if self._open is not None and (view is None or view.id != self._open.view_id):
            self._open.element.delete()
            self._open = None
        if view is not None:
            if self._open is None:
                with self._slot:
                    self._open = _OpenModal(session, view)
            self._open.refresh(view)
        self._ask()

    def _ask(self) -> None:
        asked = self._session.confirming.asked
        if self._question is not None and self._question[0] is not asked:
            self._question[1].delete()
            self._question = None
        if asked is None or self._question is not None:
            return
        answer = self._session.confirming.answer
        reader = reader_of(self._session)
        with self._slot, Modal(lambda: answer(confirmed=False)) as dialog:
            dialog.classes("modal question")
            with tag("header"):
                title = html(reader.object(asked["title"]), name="h2")
            html(reader.object(asked["text"]), "modal-body")
            with tag("footer"):
                button(asked["deny"]["text"], lambda: answer(confirmed=False), "button")
                look = f"button {asked.get('style') or 'primary'}"
                button(asked["confirm"]["text"], lambda: answer(confirmed=True), look)
        put(dialog, aria_labelledby=title.html_id)
        self._question = (asked, dialog)


class _OpenModal:
    """One modal; its blocks are drawn anew where they differ, and keep what is typed."""

    def __init__(self, session: Session, view: View) -> None:
        self.view_id = view.id
        self._session = session
        self._sending = False
        self._errors: dict[str, str] = {}
        with Modal(self._leave) as self.element:
            self.element.classes("modal")
            with tag("form", novalidate=True) as form:
                with tag("header"):
                    if view.previous_view_id:
                        button("←", self._leave, "icon", aria_label="Back")
                    self._title = tag("h2")
                    button("✕", self._leave, "icon", aria_label="Close")
                with Keep("div") as body:
                    body.classes("modal-body")
                    self._blocks = KeyedList(body)
                with tag("footer"):
                    self._close = button("", self._leave, "button")
                    self._submit = tag("button", "button primary", type="submit")
            form.on("submit.prevent", self._send, args=[])
        put(self.element, aria_labelledby=self._title.html_id)
        self._first = True

    def refresh(self, view: View) -> None:
        """Show the view as it is now."""
        say(self._title, view.name)
        say(self._close, str((view.close or {}).get("text", "Cancel")))
        put(self._submit, hidden=view.submit is None)
        say(self._submit, str((view.submit or {}).get("text", "")))
        state = self._session.slack.state
        surface = Surface(
            self._session,
            reader_of(self._session),
            view.id,
            lambda: state.screens.find(view.id),
            view.values,
            view.errors,
            focus_first=self._first,
        )
        self._first = False
        self._blocks.show(block_items(view, surface))
        if view.errors and view.errors != self._errors:
            ui.run_javascript(_TO_THE_ERROR)
        self._errors = dict(view.errors)

    async def _send(self) -> None:
        if self._sending:
            return
        self._sending = True
        put(self._submit, aria_busy="true")
        try:
            user = self._session.person.id
            await self._session.run(lambda: self._session.slack.submit(user))
        finally:
            self._sending = False
            if not self.element.is_deleted:
                put(self._submit, aria_busy=None)

    async def _leave(self) -> None:
        user = self._session.person.id
        await self._session.run(lambda: self._session.slack.close_modal(user))


def block_items(view: View, surface: Surface) -> list[Item]:
    """Return a view's blocks as items of a list; an error is part of how a block looks."""
    return [
        Item(
            str(block["block_id"]),
            (json.dumps(block), surface.errors.get(block["block_id"]), surface.reader.zone),
            partial(blocks.draw, block, surface),
        )
        for block in view.blocks
    ]
