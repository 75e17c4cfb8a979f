"""The sidebar: channels, direct messages and the app, with what is unread in each."""

from __future__ import annotations

import html as escaping
from functools import partial
from typing import TYPE_CHECKING

from bot.playground.page.avatars import avatar
from bot.playground.page.keyed import Item, KeyedList
from bot.playground.page.session import HOME
from bot.playground.page.tags import button, html, put, say, tag, toggle
from bot.playground.records import Kind

if TYPE_CHECKING:
    from collections.abc import Callable

    from nicegui import ui

    from bot.playground.page.session import Session
    from bot.playground.records import Conversation, Person


class Sidebar:
    """Lists where a person can go; `gone` is called when they went somewhere."""

    def __init__(self, session: Session, gone: Callable[[], None]) -> None:
        self._session = session
        self._gone = gone
        self._rows: dict[str, _Row] = {}
        self._channels = self._section("Channels")
        self._direct = self._section("Direct messages")
        self._apps = self._section("Apps")

    def refresh(self) -> None:
        """Show what the person can open, and what is unread."""
        session = self._session
        state = session.slack.state
        user = session.person.id
        channels = [
            each
            for each in list(state.conversations.values())
            if user in each.members and each.kind in (Kind.CHANNEL, Kind.PRIVATE)
        ]
        people = [each for each in list(state.people.values()) if each.id != user]
        humans = [each for each in people if not (each.is_bot or each.deleted)]
        bots = [each for each in people if each.id == state.app.bot_user_id]
        self._channels.show(
            [self._item(each.id, partial(_channel_look, each)) for each in channels]
        )
        self._direct.show([self._person_item(each) for each in humans])
        self._apps.show([self._person_item(each) for each in bots])
        places = {each.id: each.id for each in channels}
        places |= {each.id: self._direct_with(each.id) for each in humans + bots}
        for key, place in places.items():
            here = session.place == place and bool(place)
            if key == state.app.bot_user_id:
                here = here or session.place == HOME
            unread = session.reading.unread(user, place) if place else 0
            self._rows[key].show(unread, here=here, counted=key not in state.conversations)

    def _direct_with(self, other: str) -> str:
        """Return the direct message with somebody, where there is one yet."""
        pair = {self._session.person.id, other}
        found = (
            each.id
            for each in list(self._session.slack.state.conversations.values())
            if each.kind is Kind.DIRECT and each.members == pair
        )
        return next(found, "")

    def _section(self, title: str) -> KeyedList:
        with tag("section", "side-section"):
            heading = tag("h2", "", title)
            rows = tag("ul")
        put(rows, aria_labelledby=heading.html_id)
        return KeyedList(rows)

    def _person_item(self, person: Person) -> Item:
        return self._item(person.id, lambda: (avatar(person, 20), person.real_name))

    def _item(self, key: str, look: Callable[[], tuple[str, str]]) -> Item:
        def draw() -> ui.element:
            def go() -> None:
                self._session.open(key)
                self._gone()

            row = _Row(*look(), go)
            self._rows[key] = row
            return row.element

        return Item(key, "", draw)


def _channel_look(channel: Conversation) -> tuple[str, str]:
    return "#", channel.name


class _Row:
    def __init__(self, mark: str, name: str, go: Callable[[], None]) -> None:
        self._name = name
        with tag("li") as self.element:
            self._button = button("", go, "place", data_key=f"place {name}")
        with self._button:
            drawn = mark if mark.startswith("<svg") else f"<b>{escaping.escape(mark)}</b>"
            put(html(drawn, "mark", "span"), aria_hidden="true")
            tag("span", "name", name)
            self._badge = tag("span", "badge", aria_hidden="true")
            self._spoken = tag("span", "spoken")

    def show(self, unread: int, *, here: bool, counted: bool) -> None:
        """Show what is unread; a channel is only bold, as nobody is addressed in it."""
        put(self._button, aria_current="page" if here else None)
        toggle(self._button, "unread", on=unread > 0 and not here)
        shown = unread > 0 and not here
        put(self._badge, hidden=not (shown and counted))
        say(self._badge, str(unread) if shown else " ")
        say(self._spoken, f"{unread} unread" if shown else " ")
