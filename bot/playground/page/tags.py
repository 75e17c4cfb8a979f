"""Plain HTML elements in NiceGUI's tree, with text and attributes but no raw HTML."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nicegui import ui

if TYPE_CHECKING:
    from collections.abc import Callable

Attribute = str | int | bool | None


def tag(name: str, classes: str = "", text: str = "", /, **attributes: Attribute) -> ui.element:
    """Return an element; `aria_label` and `data_key` are written with a dash, `for_` without it."""
    element = ui.element(name)
    if classes:
        element.classes(classes)
    if text:
        say(element, text)
    put(element, **attributes)
    return element


def put(element: ui.element, **attributes: Attribute) -> None:
    """Set attributes; None and False take them away."""
    for name, value in attributes.items():
        key = name.rstrip("_").replace("_", "-")
        if value is None or value is False:
            if key in element.props:
                del element.props[key]
                element.update()
        elif element.props.get(key) != value:
            element.props[key] = "" if value is True else value
            element.update()


def say(element: ui.element, text: str) -> None:
    """Set an element's text."""
    if element._text != text:  # noqa: SLF001 - NiceGUI has no public way to give a plain tag a text
        element._text = text  # noqa: SLF001 - the same
        element.update()


def html(content: str, classes: str = "", name: str = "div") -> ui.html:
    """Return an element with HTML that mrkdwn.py or chart.py made, which escape what was typed."""
    element = ui.html(content, sanitize=False, tag=name)
    if classes:
        element.classes(classes)
    return element


def button(
    text: str, act: Callable[[], object], classes: str = "", **attributes: Attribute
) -> ui.element:
    """Return a button."""
    element = tag("button", classes, text, type="button", **attributes)
    element.on("click", act, args=[])
    return element


def toggle(element: ui.element, name: str, *, on: bool) -> None:
    """Give an element a class, or take it away."""
    if (name in element.classes) != on:
        if on:
            element.classes(add=name)
        else:
            element.classes(remove=name)
