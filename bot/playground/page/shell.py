"""The page's frame: top bar, sidebar, the open conversation, and the slots beside it."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from nicegui import ui

from bot.playground.page.avatars import avatar
from bot.playground.page.clock import Clock
from bot.playground.page.composer import Composer
from bot.playground.page.dates import city, is_quiet
from bot.playground.page.home import Home
from bot.playground.page.messages import Messages
from bot.playground.page.modals import Modals
from bot.playground.page.people import People
from bot.playground.page.session import HOME
from bot.playground.page.sidebar import Sidebar
from bot.playground.page.tags import button, html, put, say, tag, toggle
from bot.playground.page.titles import others, title_of
from bot.playground.records import Kind

if TYPE_CHECKING:
    from collections.abc import Callable

    from nicegui import Client

    from bot.playground.page.session import Session
    from bot.playground.records import Person

TOAST_SECONDS = 5.0
CLOCK_SECONDS = 10.0
"""How often the time is drawn anew while nothing happens."""
LOGO = (
    '<svg viewBox="0 0 36 36" width="24" height="24" aria-hidden="true" fill="none">'
    '<path d="M5 9l7 18 6-13 6 13 7-18" stroke="currentColor" stroke-width="4" '
    'stroke-linejoin="round" stroke-linecap="round"/></svg>'
)


def build(session: Session, client: Client) -> Shell:
    """Draw the page of one tab, and keep it drawn."""
    shell = Shell(session, client)
    session.on_change(shell.refresh)
    ui.timer(CLOCK_SECONDS, session.refresh)
    return shell


class Shell:
    """The frame, with slots for the tour above the conversation and a panel at its right."""

    def __init__(self, session: Session, client: Client) -> None:
        self._session = session
        self._url = ""
        client.content.classes("pane")
        with client.layout:
            client.layout.classes("shell")
            with tag("div", "skips") as skip:
                tag("a", "skip", "Skip to the conversation", href="#conversation")
                tag("a", "skip", "Skip to the box", href="#message-box")
            with tag("header", "topbar") as topbar:
                self._drawer_button = button(
                    "☰", self._toggle_drawer, "icon drawer-button", aria_label="Conversations"
                )
                html(LOGO, "logo")
                tag("span", "team", session.slack.state.team.name)
                people = People(session)
                clock = Clock(session)
                self.tools = tag("div", "topbar-tools")
                """Where panels put the buttons that open them."""
            with tag("nav", "sidebar", aria_label="Conversations") as self._drawer:
                sidebar = Sidebar(session, self._close_drawer)
            self._veil = tag("div", "veil").on("click", self._close_drawer, args=[])
            self.right_slot = tag("aside", "right", aria_label="Inspector", hidden=True)
            self._toast = tag("div", "toast", role="status", aria_live="polite")
            modals = Modals(session)
        for index, element in enumerate((skip, topbar, self._drawer)):
            element.move(client.layout, target_index=index)
        with client.content:
            put(client.content, id="conversation", tabindex="-1")
            self.tour_slot = tag("div", "tour-slot")
            with tag("div", "title-bar"):
                self._picture = html("", "title-picture")
                self._title = tag("h1")
                self._about = tag("span", "about")
                with tag("div", "tabs", role="group", aria_label="Parts of the app") as self._tabs:
                    app = session.slack.state.app.bot_user_id
                    self._home_tab = button("Home", lambda: session.open(HOME), "tab")
                    self._messages_tab = button("Messages", lambda: session.open(app), "tab")
            home = Home(session)
            messages = Messages(session)
            composer = Composer(session)
        self.write = composer.write
        """Puts text into the box."""
        put(self._drawer_button, aria_expanded="false", aria_controls=self._drawer.html_id)
        client.layout.on("keydown.escape", self._close_drawer, args=[])
        self._parts: tuple[Callable[[], None], ...] = (
            home.refresh, messages.refresh, people.refresh, sidebar.refresh, clock.refresh,
            composer.refresh, modals.refresh,
        )  # fmt: skip
        self._shown_toast = 0
        session.toast = self.toast

    def refresh(self) -> None:
        """Draw what has changed, everywhere."""
        self._head()
        for part in self._parts:
            part()

    def toast(self, text: str) -> None:
        """Show a line for a while."""
        self._shown_toast += 1
        mine = self._shown_toast
        say(self._toast, text)
        toggle(self._toast, "shown", on=True)

        def hide() -> None:
            if mine == self._shown_toast and not self._toast.is_deleted:
                toggle(self._toast, "shown", on=False)
                say(self._toast, " ")

        asyncio.get_running_loop().call_later(TOAST_SECONDS, hide)

    def show_right(self, *, on: bool) -> None:
        """Open or close the panel at the right."""
        put(self.right_slot, hidden=not on)

    def _head(self) -> None:
        session = self._session
        conversation = session.conversation
        app = session.slack.state.app
        with_app = conversation is None or (
            conversation.kind is Kind.DIRECT and app.bot_user_id in conversation.members
        )
        say(self._title, title_of(session))
        put(self._tabs, hidden=not with_app)
        put(self._home_tab, aria_current="page" if conversation is None else None)
        put(self._messages_tab, aria_current=None if conversation is None else "page")
        people = others(session, conversation) if conversation else []
        direct = conversation is None or conversation.kind is Kind.DIRECT
        shown = people[:1] if conversation else [session.slack.state.people[app.bot_user_id]]
        self._picture.set_content("".join(avatar(each, 24) for each in shown) if direct else "")
        put(self._picture, hidden=not direct)
        say(self._about, self._about_words(people, direct=direct, with_app=with_app))
        self._address()

    def _about_words(self, people: list[Person], *, direct: bool, with_app: bool) -> str:
        if with_app or not people:
            return " "
        if not direct:
            return f"{len(people) + 1} members"
        zone = people[0].tz
        local = self._session.slack.state.clock().astimezone(ZoneInfo(zone))
        quiet = ", quiet hours there" if is_quiet(local) else ""
        return f"{local:%a %H:%M} in {city(zone)}{quiet}"

    def _address(self) -> None:
        """Keep who and where in the address, so that a reload comes back to it."""
        session = self._session
        url = f"/?as={session.person.name}&at={session.place}"
        if url != self._url and not session.shown_message:
            self._url = url
            ui.run_javascript(f"history.replaceState(null, '', {json.dumps(url)})")
        ui.page_title(f"{title_of(session)} · {session.person.real_name}")

    def _toggle_drawer(self) -> None:
        opened = "open" not in self._drawer.classes
        self._set_drawer(opened=opened)

    def _close_drawer(self) -> None:
        if "open" in self._drawer.classes:
            self._set_drawer(opened=False)

    def _set_drawer(self, *, opened: bool) -> None:
        toggle(self._drawer, "open", on=opened)
        toggle(self._veil, "open", on=opened)
        put(self._drawer_button, aria_expanded="true" if opened else "false")
        drawer, opener = f"#{self._drawer.html_id}", f"#{self._drawer_button.html_id}"
        left, gone_to = (opener, f"{drawer} button") if opened else (drawer, opener)
        # Whoever has gone on to something else, as the box, is not called back.
        ui.run_javascript(
            "setTimeout(() => { const here = document.activeElement;"
            f" if (here === document.body || here?.closest('{left}'))"
            f" document.querySelector('{gone_to}')?.focus() }}, 30)"
        )
