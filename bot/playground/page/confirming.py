"""The question that a button's `confirm` asks before anything is sent."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.playground.records import Json


class Confirming:
    """One question at a time; the page draws `asked` and calls `answer`."""

    def __init__(self) -> None:
        self.asked: Json | None = None
        self._answered: asyncio.Future[bool] | None = None

    async def ask(self, confirm: Json | None, draw: Callable[[], None]) -> bool:
        """Ask, where there is something to ask, and return whether it was confirmed."""
        if not confirm:
            return True
        self.answer(confirmed=False)
        self._answered = asyncio.get_running_loop().create_future()
        self.asked = confirm
        draw()
        confirmed = await self._answered
        draw()
        return confirmed

    def answer(self, *, confirmed: bool) -> None:
        """Take the answer; without a question nothing happens."""
        self.asked = None
        if self._answered is not None and not self._answered.done():
            self._answered.set_result(confirmed)
