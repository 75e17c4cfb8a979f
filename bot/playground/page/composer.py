"""The box below a conversation: messages, commands and the global shortcuts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.playground.page.dates import city
from bot.playground.page.tags import put, tag
from bot.playground.page.titles import title_of
from bot.playground.page.widgets import Box, Menu

if TYPE_CHECKING:
    from bot.playground.page.session import Session

_COMMAND = re.compile(r"(/\S+)\s*(.*)", re.DOTALL)


class Composer:
    """Sends what is typed as the person who acts."""

    def __init__(self, session: Session) -> None:
        self._session = session
        app = session.slack.state.app
        with tag("div", "composer") as self._whole:
            self.box = Box(self._send)
            with tag("div", "composer-tools"):
                if app.global_shortcuts:
                    items = [
                        {"value": key, "text": name, "about": app.name}
                        for key, name in app.global_shortcuts.items()
                    ]
                    Menu("⚡", items, self._shortcut, label="Shortcuts", look="icon", up=True)
                tag("span", "composer-help", "Enter sends · / completes commands · @ people")

    def refresh(self) -> None:
        """Follow the conversation and the person."""
        session = self._session
        put(self._whole, hidden=session.conversation is None)
        if session.conversation is None:
            return
        state = session.slack.state
        title = title_of(session)
        self.box.show(
            label=f"Message {title}",
            placeholder=f"Message {title}",
            place=f"{session.person.id}/{session.place}",
            commands=[
                {
                    "name": each,
                    "usage": state.app.usage.get(each, ""),
                    "about": state.app.descriptions.get(each, ""),
                }
                for each in state.app.commands
            ],
            people=[
                {
                    "name": each.name,
                    "real_name": each.real_name,
                    "about": "APP" if each.is_bot else city(each.tz),
                }
                for each in list(state.people.values())
                if not each.deleted and each.id != session.person.id
            ],
        )

    def write(self, text: str) -> None:
        """Put text into the box of the conversation that is open."""
        self.refresh()
        self.box.write(text)

    async def _send(self, text: str) -> None:
        session = self._session
        user, place = session.person.id, session.place
        match = _COMMAND.fullmatch(text)
        if match is None:
            await session.run(lambda: session.slack.say(user, place, text))
            return
        command, rest = match[1], match[2]
        if command not in session.slack.state.app.commands:
            known = ", ".join(session.slack.state.app.commands)
            session.toast(f"“{command}” is no command here. There is {known}.")
            self.box.write(text)
            return
        await session.run(lambda: session.slack.command(user, place, command, rest))

    async def _shortcut(self, callback_id: str) -> None:
        session = self._session
        user = session.person.id
        await session.run(lambda: session.slack.global_shortcut(user, callback_id))
