"""What the page has beside Slack: the tour, the inspector, and starting over."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from nicegui import ui

from bot.playground.page.inspector_panel import InspectorPanel
from bot.playground.page.tour_panel import TourPanel
from bot.playground.page.widgets import Menu

if TYPE_CHECKING:
    from bot.playground.page.session import Session
    from bot.playground.page.shell import Shell
    from bot.playground.page.widgets import Choices

_SURE = {
    "title": {"type": "plain_text", "text": "Start over?"},
    "text": {
        "type": "plain_text",
        "text": "All messages and agreements of this playground are deleted.",
    },
    "confirm": {"type": "plain_text", "text": "Start over"},
    "deny": {"type": "plain_text", "text": "Keep them"},
    "style": "danger",
}


def build(session: Session, shell: Shell) -> None:
    """Draw the panels into their slots, and the menu that opens and closes them."""
    ui.add_css(Path(__file__).with_name("panels.css"))
    tools = Tools(session, shell)
    session.on_change(tools.refresh)
    tools.refresh()


class Tools:
    """The menu at the top right, and what it opens."""

    def __init__(self, session: Session, shell: Shell) -> None:
        self._session = session
        self._tour: TourPanel | None = None
        if session.time is not None:
            with shell.tour_slot:
                self._tour = TourPanel(session, session.time, shell.write, _to_menu)
        with shell.right_slot:
            self._inspector = InspectorPanel(session, lambda: self._show_inspector(on=False))
        self._shell = shell
        shell.right_slot.on("keydown.escape", lambda: self._show_inspector(on=False), args=[])
        with shell.tools:
            self._menu = Menu("⋯", [], self._pick, label="Playground", look="tools-button")

    def refresh(self) -> None:
        """Draw what has changed."""
        if self._tour is not None:
            self._tour.refresh()
        self._inspector.refresh()
        items = self._items()
        if self._menu.props.get("items") != items:
            self._menu.props["items"] = items
            self._menu.update()

    def _items(self) -> Choices:
        items: Choices = []
        if self._tour is not None:
            text = "Take the tour" if self._tour.is_left else "Leave the tour"
            items.append({"value": "tour", "text": text, "about": "Seven stops, from ask to week"})
        text = "Close the inspector" if self._inspector.is_open else "Open the inspector"
        about = "What Slack and the app send each other"
        items.append({"value": "inspector", "text": text, "about": about})
        if hasattr(self._session.time, "start_over"):
            about = "Empties this playground"
            items.append({"value": "start over", "text": "Start over", "about": about})
        return items

    async def _pick(self, value: str) -> None:
        if value == "tour" and self._tour is not None:
            self._tour.show_or_leave()
        elif value == "inspector":
            self._show_inspector(on=not self._inspector.is_open)
        elif value == "start over":
            await self._start_over()

    def _show_inspector(self, *, on: bool) -> None:
        self._inspector.is_open = on
        self._shell.show_right(on=on)
        self.refresh()
        if on:
            self._inspector.focus()
        else:
            _to_menu()

    async def _start_over(self) -> None:
        session = self._session
        start_over = getattr(session.time, "start_over", None)
        if start_over is None or not await session.confirming.ask(_SURE, session.refresh):
            return
        await session.run(start_over)
        session.open(session.first_place())
        session.toast("Everything is as at the first start.")


def _to_menu() -> None:
    """Move the focus to the menu: what had it is closed."""
    ui.run_javascript("document.querySelector('.tools-button')?.focus()")
