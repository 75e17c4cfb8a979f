"""The app's Home tab."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.playground.page.keyed import Item, KeyedList
from bot.playground.page.messages import reader_of
from bot.playground.page.modals import block_items
from bot.playground.page.session import HOME
from bot.playground.page.surface import Surface
from bot.playground.page.tags import put, tag
from bot.playground.page.widgets import Keep

if TYPE_CHECKING:
    from bot.playground.page.session import Session


class Home:
    """Draws what the app published for the person."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._pane = Keep("section")
        self._pane.classes("home")
        put(self._pane, aria_label="Home", tabindex="0")
        with self._pane:
            self._blocks = KeyedList(tag("div", "home-inner"))

    def refresh(self) -> None:
        """Show Home where it is open."""
        session = self._session
        here = session.place == HOME
        put(self._pane, hidden=not here)
        if not here:
            return
        view = session.slack.state.screens.homes.get(session.person.id)
        if view is None:
            words = f"{session.slack.state.app.name} has not drawn this yet."
            self._blocks.show([Item("", words, lambda: tag("p", "empty", words))])
            return
        user = session.person.id
        homes = session.slack.state.screens.homes
        surface = Surface(
            session,
            reader_of(session),
            f"home-{user}",
            lambda: homes.get(user),
            view.values,
        )
        items = [
            Item(f"{user}/{item.key}", item.fingerprint, item.draw)
            for item in block_items(view, surface)
        ]
        self._blocks.show(items)
