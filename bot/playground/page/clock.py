"""The clock of the playground: what time it is for the person, and the buttons that move it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.playground.control import target
from bot.playground.page.dates import city
from bot.playground.page.tags import button, say, tag

if TYPE_CHECKING:
    from bot.playground.page.session import Session
    from bot.playground.served import Time

_MOVES = (
    ("hour", "+1 hour", "Move the clock on by an hour"),
    ("list", "Next list", "Move the clock on to this person's next list"),
    ("friday", "Friday 16:00", "Move the clock on to Friday 16:00 where this person is"),
)


class Clock:
    """Moves time for everybody; what falls due on the way happens."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._moving = False
        with tag("div", "clock", role="group", aria_label="Clock"):
            self._now = tag("span", "now", aria_live="off")
            if session.time is not None:
                for word, label, about in _MOVES:
                    button(
                        label,
                        partial(self._move, word),
                        "clock-button",
                        title=about,
                        data_key=f"clock {word}",
                    )

    def refresh(self) -> None:
        """Show the time."""
        person = self._session.person
        local = self._session.slack.state.clock().astimezone(ZoneInfo(person.tz))
        said = f"{local:%a} {local.day} {local:%b}, {local:%H:%M}"
        say(self._now, "Moving on…" if self._moving else said)

    async def _move(self, word: str) -> None:
        time = self._session.time
        if time is None or self._moving:
            return
        self._moving = True
        self._session.refresh()
        try:
            person = self._session.person
            await self._session.run(lambda: self._advance(time, word))
            local = time.now().astimezone(ZoneInfo(person.tz))
            self._session.toast(f"It is {local:%A}, {local:%H:%M} in {city(person.tz)}.")
        finally:
            self._moving = False
            self._session.refresh()

    def _advance(self, time: Time, word: str) -> None:
        to = target(time, self._session.person, word)
        if to is not None:
            time.advance(to)
            self._session.slack.state.touch()
