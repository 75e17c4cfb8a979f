"""The tour above the conversation: what comes next, and a button that does it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.playground.page.tags import button, put, say, tag, toggle
from bot.playground.tour import STEPS, Advice, Tour

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.playground.page.session import Session
    from bot.playground.served import Time
    from bot.playground.trail import Trail

_END = "Asked, changed, agreed, followed up, kept and summed up: that was the tour."


class TourPanel:
    """One line; `write` puts text into the box, `gone` is called when the tour was left."""

    def __init__(
        self,
        session: Session,
        clock: Time,
        write: Callable[[str], None],
        gone: Callable[[], None],
    ) -> None:
        self._session = session
        self._tour = Tour(session.slack, clock)
        self._write = write
        self._gone = gone
        self._busy = False
        with tag("section", "tour", aria_label="Tour") as self._whole:
            with tag("ol", "tour-stops", aria_label="Stops"):
                self._stops = {stop: tag("li") for stop in STEPS}
            with tag("div", "tour-text", role="status"):
                self._title = tag("strong", "tour-title")
                self._line = tag("span", "tour-line")
                self._typed = tag("code", "tour-typed")
            with tag("div", "tour-buttons"):
                self._write_it = button("Put it in the box", self._put_in_box, "button")
                self._go_there = button("Go there", self._go, "button")
                self._do_it = button("Do it for me", self._do, "button primary")
                self._again = button("Once more", self._tour.begin, "button")
                leave = button("✕", self._leave, "tour-leave", aria_label="Leave the tour")
                put(leave, title="Leave the tour")

    @property
    def is_left(self) -> bool:
        """Say whether somebody left the tour."""
        return self._tour.is_left

    def show_or_leave(self) -> None:
        """Leave the tour, or go on with it."""
        self._tour.leave(left=not self._tour.is_left)

    def refresh(self) -> None:
        """Show how far the tour came."""
        put(self._whole, hidden=self._tour.is_left)
        put(self._do_it, disabled=self._busy)
        if self._tour.is_left or self._busy:
            return
        done, advice = self._tour.trail(), self._tour.advice()
        self._show_stops(done)
        if done.stop is None or advice is None:
            say(self._title, "The end")
            say(self._line, _END)
        else:
            say(self._title, f"{done.stop + 1} of {len(STEPS)}: {STEPS[done.stop].title}")
            say(self._line, advice.line)
        typed = advice.typed if advice is not None else ""
        say(self._typed, typed or " ")
        put(self._typed, hidden=not typed)
        put(self._write_it, hidden=not typed)
        put(self._go_there, hidden=advice is None or bool(typed) or self._is_at(advice))
        put(self._do_it, hidden=advice is None)
        put(self._again, hidden=advice is not None)

    def _show_stops(self, done: Trail) -> None:
        for number, (stop, element) in enumerate(self._stops.items(), 1):
            passed = done.is_passed(stop)
            named = STEPS[stop].title + (", done" if passed else "")
            put(element, title=f"{number}. {named}", aria_label=named)
            put(element, aria_current="step" if stop is done.stop else None)
            toggle(element, "passed", on=passed)

    def _is_at(self, advice: Advice) -> bool:
        if advice.person != self._session.person.id:
            return False
        conversation = self._session.conversation
        members = conversation.members if conversation is not None else set()
        return self._session.place == advice.place or members == {advice.person, advice.place}

    def _leave(self) -> None:
        self._tour.leave()
        self._gone()

    def _go(self) -> None:
        advice = self._tour.advice()
        if advice is not None:
            self._show(advice.person, advice.place)

    def _put_in_box(self) -> None:
        advice = self._tour.advice()
        if advice is not None:
            self._show(advice.person, advice.place)
            self._write(advice.typed)

    async def _do(self) -> None:
        if self._busy:
            return
        self._busy = True
        say(self._line, "One moment…")
        self.refresh()
        try:
            seen = await self._session.run(self._tour.do)
            if seen is not None:
                self._show(seen.person, seen.place)
        finally:
            self._busy = False
            self._session.refresh()

    def _show(self, person: str, place: str) -> None:
        self._session.act_as(person)
        self._session.open(place)
