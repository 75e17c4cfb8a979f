"""Block Kit's layout blocks as elements of the page."""

from __future__ import annotations

import html as escaping
from typing import TYPE_CHECKING

from bot.playground.page import elements
from bot.playground.page.chart import chart
from bot.playground.page.mrkdwn import plain
from bot.playground.page.tags import html, put, tag

if TYPE_CHECKING:
    from collections.abc import Callable

    from nicegui import ui

    from bot.playground.page.surface import Surface
    from bot.playground.records import Json

GROUPS = ("checkboxes", "radio_buttons")


def draw(block: Json, surface: Surface) -> ui.element:
    """Return one block."""
    known = _DRAWN.get(block["type"])
    if known is None:
        return tag("div", "kit context", f"[{block['type']}]")
    return known(block, surface)


def _header(block: Json, surface: Surface) -> ui.element:
    return html(surface.reader.object(block["text"]), "kit kit-header", "h3")


def _divider(_block: Json, _surface: Surface) -> ui.element:
    return tag("hr", "kit")


def _section(block: Json, surface: Surface) -> ui.element:
    text = surface.reader.object(block.get("text"))
    fields = "".join(
        f'<div class="field">{surface.reader.object(each)}</div>'
        for each in block.get("fields", [])
    )
    words = (f"<div>{text}</div>" if text else "") + (
        f'<div class="fields">{fields}</div>' if fields else ""
    )
    accessory = block.get("accessory")
    if accessory is None:
        return html(words, "kit section")
    with tag("div", "kit section with-accessory") as drawn:
        said = html(words, "words")
        elements.draw(block, accessory, surface, described=said.html_id)
    return drawn


def _context(block: Json, surface: Surface) -> ui.element:
    parts = [
        _picture(each) if each["type"] == "image" else surface.reader.object(each)
        for each in block["elements"]
    ]
    return html("".join(f"<span>{part}</span>" for part in parts), "kit context")


def _actions(block: Json, surface: Surface) -> ui.element:
    with tag("div", "kit actions") as drawn:
        for each in block["elements"]:
            elements.draw(block, each, surface)
    return drawn


def _input(block: Json, surface: Surface) -> ui.element:
    element: Json = block["element"]
    error = surface.errors.get(block["block_id"])
    label = str(block["label"]["text"])
    grouped = element["type"] in GROUPS
    with tag("fieldset" if grouped else "div", "kit input") as drawn:
        with tag("legend" if grouped else "label", "input-label", label) as name:
            if block.get("optional"):
                tag("span", "optional", " (optional)")
        described: list[str] = []
        hint = block.get("hint")
        places = tag("div", "input-place")
        if hint:
            shown = html(plain(hint["text"]), "hint")
            described.append(shown.html_id)
        if error:
            wrong = tag("div", "error", error, role="alert")
            described.append(wrong.html_id)
        with places:
            field = elements.draw(
                block, element, surface, described=" ".join(described), invalid=bool(error)
            )
        if grouped:
            put(drawn, aria_describedby=" ".join(described) or None)
        else:
            put(name, for_=str(field.props.get("field") or field.html_id))
    return drawn


def _image(block: Json, surface: Surface) -> ui.element:
    title = surface.reader.object(block.get("title"))
    return html(title + _picture(block), "kit image")


def _picture(image: Json) -> str:
    """Return an image's alt text, marked as one: nothing is fetched from elsewhere."""
    alt = escaping.escape(str(image.get("alt_text", "")))
    return f'<span class="picture" role="img" aria-label="{alt}">{alt}</span>'


def _markdown(block: Json, _surface: Surface) -> ui.element:
    return html(plain(str(block["text"])), "kit markdown")


def _alert(block: Json, surface: Surface) -> ui.element:
    drawn = html(surface.reader.object(block["text"]), "kit alert")
    put(drawn, role="note", data_level=str(block.get("level", "default")))
    return drawn


def _table(block: Json, _surface: Surface) -> ui.element:
    rows = "".join(
        "<tr>" + "".join(f"<td>{plain(_cell(cell))}</td>" for cell in row) + "</tr>"
        for row in block["rows"]
    )
    caption = escaping.escape(str(block.get("caption", "")))
    head = f"<caption>{caption}</caption>" if caption else ""
    drawn = html(f"<table>{head}{rows}</table>", "kit table")
    return put_scrollable(drawn, caption or "Table")


def put_scrollable(drawn: ui.element, name: str) -> ui.element:
    """Let a region that may scroll be reached with the keyboard."""
    put(drawn, tabindex="0", role="region", aria_label=name)
    return drawn


def _cell(cell: object) -> str:
    if not isinstance(cell, dict):
        return str(cell)
    if "elements" in cell:
        return _rich(cell)
    return str(cell.get("text", cell.get("value", "")))


def _rich_text(block: Json, _surface: Surface) -> ui.element:
    return html(plain(_rich(block)), "kit section")


def _rich(part: Json) -> str:
    own = str(part.get("text") or part.get("url") or "")
    inner = [_rich(each) for each in part.get("elements", [])]
    lists = part.get("type") == "rich_text_list"
    return own + ("\n".join(f"• {each}" for each in inner) if lists else "".join(inner))


def _chart(block: Json, _surface: Surface) -> ui.element:
    return html(chart(block), "kit")


_DRAWN: dict[str, Callable[[Json, Surface], ui.element]] = {
    "header": _header,
    "divider": _divider,
    "section": _section,
    "context": _context,
    "actions": _actions,
    "context_actions": _actions,
    "input": _input,
    "image": _image,
    "markdown": _markdown,
    "alert": _alert,
    "table": _table,
    "data_table": _table,
    "rich_text": _rich_text,
    "data_visualization": _chart,
}
