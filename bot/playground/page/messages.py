"""The messages of the open conversation, grouped by person and time, a hundred at first."""

from __future__ import annotations

import html as escaping
import json
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.playground.page import blocks
from bot.playground.page.avatars import avatar
from bot.playground.page.dates import divider, moment
from bot.playground.page.keyed import Item, KeyedList
from bot.playground.page.mrkdwn import Reader
from bot.playground.page.surface import Surface
from bot.playground.page.tags import button, html, put, tag
from bot.playground.page.widgets import Keep, Menu
from bot.playground.records import Kind

if TYPE_CHECKING:
    from datetime import datetime

    from nicegui import ui

    from bot.playground.page.session import Session
    from bot.playground.records import Conversation, Message

AT_FIRST = 100
MORE = 200
TOO_MANY = 100
"""So many above what is wanted are shown before the oldest are let go, as each new one comes."""
TOGETHER = timedelta(minutes=5)
"""Messages of one person within this time stand under one name."""


def reader_of(session: Session) -> Reader:
    """Return the reader that a session's person is."""
    state = session.slack.state
    return Reader(
        user=session.person.id,
        zone=ZoneInfo(session.person.tz),
        now=state.clock(),
        people={each.id: each.real_name for each in list(state.people.values())},
        channels={each.id: each.name for each in list(state.conversations.values()) if each.name},
    )


class Messages:
    """The list in the main pane."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._wanted = AT_FIRST
        self._since = ""
        """The ts of the oldest message that is shown."""
        self._place = ("", "")
        self._pointed = ""
        self._pane = Keep("div", follow=True)
        self._pane.classes("messages")
        put(self._pane, role="log", aria_label="Messages", tabindex="0")
        with self._pane:
            self._list = KeyedList(tag("div", "messages-inner"))

    def refresh(self) -> None:
        """Draw what is new; what is shown counts as read."""
        session = self._session
        conversation = session.conversation
        put(self._pane, hidden=conversation is None)
        if conversation is None:
            return
        place = (session.person.id, conversation.id)
        if place != self._place:
            self._place, self._wanted, self._since = place, AT_FIRST, ""
            self._pane.props["place"] = "/".join(place)
        reader = reader_of(session)
        seen = session.slack.state.seen(conversation.id, session.person.id)
        shown = self._window(seen)
        self._list.show(self._items(conversation, shown, reader, earlier=len(shown) < len(seen)))
        session.reading.mark(session.person.id, conversation.id)
        if session.shown_message and session.shown_message != self._pointed:
            self._pointed = session.shown_message
            self._pane.reveal(self._pointed)

    def _window(self, seen: list[Message]) -> list[Message]:
        """Return the newest messages; the oldest of them stays while new ones come."""
        pointed = self._session.shown_message
        if pointed:
            self._wanted = max(self._wanted, sum(each.ts >= pointed for each in seen))
        shown = [each for each in seen if each.ts >= self._since] if self._since else []
        if not self._wanted <= len(shown) <= self._wanted + TOO_MANY:
            shown = seen[-self._wanted :]
        self._since = shown[0].ts if shown else ""
        return shown

    def _items(
        self, conversation: Conversation, shown: list[Message], reader: Reader, *, earlier: bool
    ) -> list[Item]:
        today = reader.now.astimezone(reader.zone).date()
        head = self._earlier if earlier else partial(self._beginning, conversation)
        items = [Item("head", (*self._place, earlier), head)]
        before: Message | None = None
        told_new = not self._session.new_after
        for message in shown:
            at = moment(message.ts).astimezone(reader.zone)
            day = at.date()
            new_day = before is None or moment(before.ts).astimezone(reader.zone).date() != day
            if new_day:
                said = divider(day, today)
                items.append(Item(f"day {day}", said, partial(tag, "h2", "divider", said)))
            is_new = message.ts > self._session.new_after and message.user != reader.user
            if is_new and not told_new:
                told_new = True
                items.append(Item("new", "", partial(tag, "div", "divider new", "New")))
                before = None
            compact = not new_day and before is not None and _together(before, message)
            look = (
                json.dumps([message.text, message.blocks, message.edited_ts, len(message.files)]),
                compact, *self._place, reader.zone, today,
            )  # fmt: skip
            draw = partial(self._draw, message, at, reader, compact=compact)
            items.append(Item(message.ts, look, draw))
            before = message
        return items

    def _draw(self, message: Message, at: datetime, reader: Reader, *, compact: bool) -> ui.element:
        state = self._session.slack.state
        author = state.people.get(message.user)
        name = author.real_name if author else message.user
        look = "message" + (" compact" if compact else "") + (" mine-only" if message.to else "")
        with tag(
            "article", look, aria_label=f"{name}, {at:%H:%M}", data_key=message.ts, tabindex="-1"
        ) as drawn:
            if message.to:
                self._only_you(message)
            time = f"{at:%H:%M}"
            if compact:
                html(f'<time class="aside-time">{time}</time>', "gutter")
            else:
                html(avatar(author) if author else "", "gutter")
            with tag("div", "body"):
                if not compact:
                    app = '<span class="app-mark">APP</span>' if message.by_app else ""
                    html(
                        f'<span class="who">{escaping.escape(name)}</span>{app}'
                        f'<time title="{at:%A, %d %B %Y, %H:%M}">{time}</time>',
                        "head",
                    )
                self._content(message, reader)
            self._tools(message)
        return drawn

    def _content(self, message: Message, reader: Reader) -> None:
        state = self._session.slack.state
        if message.blocks:
            surface = Surface(
                self._session,
                reader,
                message.ts,
                lambda: state.message(message.channel, message.ts),
                state.message_values.get((reader.user, message.channel, message.ts), {}),
            )
            for block in message.blocks:
                blocks.draw(block, surface)
        else:
            edited = ' <span class="edited">(edited)</span>' if message.edited_ts else ""
            html(reader.html(message.text) + edited, "text")
        for file in message.files:
            where = f"/files/{escaping.escape(file['id'])}"
            said = f"{escaping.escape(file['title'])} ({escaping.escape(file['name'])})"
            html(f'<a href="{where}" target="_blank" rel="noopener">{said}</a>', "text file")

    def _only_you(self, message: Message) -> None:
        with tag("div", "only-you"):
            tag("span", "", "Only visible to you")
            button("Dismiss", lambda: self._session.run(lambda: self._dismiss(message)), "link")

    def _dismiss(self, message: Message) -> None:
        state = self._session.slack.state
        if state.message(message.channel, message.ts) is message:
            state.delete(message)

    def _tools(self, message: Message) -> None:
        session = self._session
        shortcuts = session.slack.state.app.message_shortcuts
        if message.to or not shortcuts:
            return

        async def pick(callback_id: str) -> None:
            user = session.person.id
            await session.run(lambda: session.slack.message_shortcut(user, message, callback_id))

        items = [{"value": key, "text": name, "about": ""} for key, name in shortcuts.items()]
        Menu(
            "⋮", items, pick, label="Message menu", look="icon", focus=f"{message.ts}/menu"
        ).classes("tools")

    def _earlier(self) -> ui.element:
        def more() -> None:
            self._wanted += MORE
            self._session.refresh()

        with tag("div", "earlier") as drawn:
            button("Show earlier messages", more, "button", data_key="earlier")
        return drawn

    def _beginning(self, conversation: Conversation) -> ui.element:
        state = self._session.slack.state
        name = escaping.escape(conversation.name)
        if conversation.kind is Kind.CHANNEL:
            words = (
                f"<p><strong># {name}</strong></p><p>This is the very beginning of the channel. "
                "Everybody in it sees what is written here.</p>"
            )
        else:
            others = conversation.members - {self._session.person.id}
            people = [state.people[each] for each in others if each in state.people]
            names = escaping.escape(", ".join(each.real_name for each in people))
            pictures = "".join(avatar(each, 56) for each in people)
            words = (
                f"{pictures}<p><strong>{names}</strong></p><p>This is the very beginning of your "
                f"direct messages with {names}. Nobody else sees them.</p>"
            )
        return html(words, "beginning")


def _together(before: Message, message: Message) -> bool:
    return (
        before.user == message.user
        and before.to == message.to
        and not message.to
        and moment(message.ts) - moment(before.ts) <= TOGETHER
    )
