"""The inspector at the right: every request between Slack and the app, with its answer."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from nicegui import ui

from bot.playground.inspection import Direction, Filter, Row, rows, summed_up
from bot.playground.page.keyed import Item, KeyedList
from bot.playground.page.tags import button, put, say, tag

if TYPE_CHECKING:
    from collections.abc import Callable

    from nicegui.events import GenericEventArguments

    from bot.playground.page.session import Session

_SHOWN = (("", "Both directions"), ("to_app", "Slack to the app"), ("from_app", "App to Slack"))


class InspectorPanel:
    """Draws nothing while it is closed; `close` closes it."""

    def __init__(self, session: Session, close: Callable[[], object]) -> None:
        self.is_open = False
        self._session = session
        self._wanted = Filter()
        with tag("div", "inspector-head"):
            tag("h2", "", "Inspector")
            self._count = tag("span", "inspector-count", role="status")
            button("✕", close, "icon", aria_label="Close the inspector")
        with tag("div", "inspector-filter", role="search"):
            text = tag("input", "field", type="search", placeholder="Filter", aria_label="Filter")
            self._text = text
            text.on("input", self._search, js_handler=_VALUE, throttle=0.2)
            with tag("select", "field", aria_label="Direction") as choice:
                for value, label in _SHOWN:
                    tag("option", "", label, value=value)
            choice.on("change", self._choose, js_handler=_VALUE)
            with tag("label"):
                failed = tag("input", type="checkbox")
                tag("span", "", "Failed only")
            failed.on("change", self._only_failed, js_handler=_CHECKED)
        self._none = tag("p", "inspector-none", "Nothing like that was sent yet.")
        self._rows = KeyedList(tag("ol", "inspector-rows", aria_label="Requests"))

    def refresh(self) -> None:
        """Show the newest requests that are looked for."""
        if not self.is_open:
            return
        found = rows(self._session.slack.traffic, self._wanted)
        say(self._count, summed_up(found))
        put(self._none, hidden=bool(found))
        self._rows.show([_item(row, self._session) for row in found])

    def focus(self) -> None:
        """Move the focus into it."""
        ui.run_javascript(f"document.getElementById('{self._text.html_id}')?.focus()")

    def _search(self, event: GenericEventArguments) -> None:
        self._wanted = replace(self._wanted, text=str(event.args))
        self.refresh()

    def _choose(self, event: GenericEventArguments) -> None:
        direction = Direction(event.args) if event.args else None
        self._wanted = replace(self._wanted, direction=direction)
        self.refresh()

    def _only_failed(self, event: GenericEventArguments) -> None:
        self._wanted = replace(self._wanted, failed=bool(event.args))
        self.refresh()


_VALUE = "(event) => emit(event.target.value)"
_CHECKED = "(event) => emit(event.target.checked)"


def _item(row: Row, session: Session) -> Item:
    return Item(str(id(row.exchange)), "", lambda: _drawn(row, session))


def _drawn(row: Row, session: Session) -> ui.element:
    """Draw a row; what it holds is drawn when it is first opened."""
    to_app = row.direction is Direction.TO_APP
    with tag("li", "failed" if row.is_failure else "") as element, tag("details") as details:
        with tag("summary"):
            arrow = "Slack → app" if to_app else "App → Slack"
            tag("span", "row-way to-app" if to_app else "row-way", arrow)
            tag("span", "row-what", row.what)
            tag("span", "row-took", row.took)
            if row.is_failure:
                tag("span", "row-outcome", row.outcome)
        inside = tag("div", "row-inside")

    def open_it() -> None:
        if not inside.default_slot.children:
            with inside:
                _inside(row, session)

    details.on("toggle", open_it, args=[])
    return element


def _inside(row: Row, session: Session) -> None:
    with tag("dl", "row-facts"):
        _fact("At", f"{row.at} UTC, real time")
        _fact("Answer", f"{row.outcome}, after {row.took}")
        if row.signature:
            _fact("x-slack-signature", row.signature)
            _fact("x-slack-request-timestamp", row.timestamp)
    _payload("Request", row.request(), session)
    _payload("Answer", row.answer(), session)
    kit = row.block_kit()
    if kit is not None:
        _payload("Block Kit", kit, session)


def _fact(name: str, value: str) -> None:
    tag("dt", "", name)
    tag("dd", "", value)


def _payload(name: str, text: str, session: Session) -> None:
    def copy() -> None:
        ui.clipboard.write(text)
        session.toast(f"{name} copied.")

    with tag("div", "row-payload"):
        tag("h3", "", name)
        if text:
            button("Copy", copy, "button", aria_label=f"Copy {name} JSON")
        tag("pre", "", text or "(empty)", tabindex=0, aria_label=name, role="region")
