"""The people one can act as, with their local time and what waits for them."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.playground.page.avatars import avatar
from bot.playground.page.dates import city, is_quiet
from bot.playground.page.tags import button, html, put, say, tag, toggle

if TYPE_CHECKING:
    from datetime import date, datetime

    from bot.playground.page.session import Session
    from bot.playground.records import Person

_MOON = (
    '<svg class="moon" viewBox="0 0 16 16" aria-hidden="true">'
    '<path d="M13.5 10.2A6 6 0 0 1 5.8 2.5a6 6 0 1 0 7.7 7.7z"/></svg>'
)


CROWD = 6
"""Of more people than this there is room for the pictures; the words are one's own alone."""


class People:
    """A row of buttons, one for each person."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._chips: dict[str, _Chip] = {}
        shown = [
            person
            for person in list(session.slack.state.people.values())
            if not (person.is_bot or person.deleted)
        ]
        look = "people crowd" if len(shown) > CROWD else "people"
        with tag("div", look, role="group", aria_label="Act as"):
            tag("span", "people-label", "Act as", aria_hidden="true")
            for person in shown:
                self._chips[person.id] = _Chip(session, person)

    def refresh(self) -> None:
        """Show each one's time and unread messages."""
        now = self._session.slack.state.clock()
        here = now.astimezone(ZoneInfo(self._session.person.tz)).date()
        for user, chip in self._chips.items():
            acting = user == self._session.person.id
            chip.show(now, here, self._session.reading.waiting(user), acting=acting)


class _Chip:
    def __init__(self, session: Session, person: Person) -> None:
        self._person = person
        with button("", lambda: session.act_as(person.id), "chip") as self._button:
            put(self._button, data_key=f"act {person.id}")
            html(avatar(person, 28), name="span")
            with tag("span", "chip-words"):
                tag("span", "spoken", "Act as ")
                first, _, rest = person.real_name.partition(" ")
                with tag("span", "chip-name", first):
                    tag("span", "chip-rest", f" {rest}")
                with tag("span", "chip-time"):
                    self._day = tag("span", "chip-rest")
                    self._time = tag("span")
                    tag("span", "chip-rest", f" {city(person.tz)}")
                    self._moon = html(_MOON, name="span")
                    self._quiet = tag("span", "spoken")
            self._badge = tag("span", "badge")
            self._spoken = tag("span", "spoken")

    def show(self, now: datetime, here: date, unread: int, *, acting: bool) -> None:
        """Show their time, with the weekday where it is not that of the person who acts."""
        local = now.astimezone(ZoneInfo(self._person.tz))
        quiet = is_quiet(local)
        put(self._button, aria_pressed="true" if acting else "false")
        told = ", quiet hours" if quiet else ""
        put(self._button, title=f"{local:%A, %H:%M} in {city(self._person.tz)}{told}")
        toggle(self._button, "quiet", on=quiet)
        say(self._day, "" if local.date() == here else f"{local:%a} ")
        say(self._time, f"{local:%H:%M}")
        put(self._moon, hidden=not quiet)
        say(self._quiet, "quiet hours there" if quiet else " ")
        put(self._badge, hidden=acting or not unread, aria_hidden="true")
        say(self._badge, str(unread or " "))
        say(self._spoken, f"{unread} unread" if unread and not acting else " ")
