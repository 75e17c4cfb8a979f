"""What Slack refuses in layout blocks, one by one and all together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.playground.element_limits import ID_LIMIT, check_element

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.playground.problems import Place

_ALL = frozenset({"message", "modal", "home"})
_MESSAGES = frozenset({"message"})
SURFACES = {
    "actions": _ALL,
    "context": _ALL,
    "divider": _ALL,
    "header": _ALL,
    "image": _ALL,
    "input": _ALL,
    "rich_text": _ALL,
    "section": _ALL,
    "video": _ALL,
    "alert": frozenset({"modal"}),
    "context_actions": _MESSAGES,
    "data_table": _MESSAGES,
    "data_visualization": _MESSAGES,
    "markdown": _MESSAGES,
    "plan": _MESSAGES,
    "table": _MESSAGES,
    "task_card": _MESSAGES,
}
"""Where each block may be shown."""
MOST_OF_A_KIND = {"table": 1, "data_visualization": 2}
MARKDOWN_LIMIT = 12_000
TABLE_ROWS, TABLE_COLUMNS = 100, 20
DATA_ROWS_LEAST, DATA_ROWS_MOST, DATA_CHARACTERS = 2, 101, 10_000
SERIES, POINTS, CHART_LABEL = 6, 20, 20


def check_blocks(places: list[Place], surface: str) -> None:
    """Check blocks that are shown together on a surface."""
    seen: set[object] = set()
    kinds: dict[object, int] = {}
    markdown = 0
    focused = 0
    for place in places:
        _check_block(place, surface)
        block_id, kind = place.value.get("block_id"), place.value.get("type")
        if isinstance(block_id, str) and block_id in seen:
            place.wrong(f"`block_id` `{block_id}` already exists for another block", "block_id")
        seen.add(block_id)
        kinds[kind] = kinds.get(kind, 0) + 1
        if kind in MOST_OF_A_KIND and kinds[kind] > MOST_OF_A_KIND[str(kind)]:
            place.wrong(f"no more than {MOST_OF_A_KIND[str(kind)]} {kind} blocks allowed")
        if kind == "markdown":
            markdown += len(str(place.value.get("text", "")))
            if markdown > MARKDOWN_LIMIT:
                place.wrong(f"markdown blocks hold no more than {MARKDOWN_LIMIT} characters")
        element = place.value.get("element")
        focused += isinstance(element, dict) and bool(element.get("focus_on_load"))
        if focused > 1:
            place.wrong("only one element may have focus_on_load")


def _check_block(place: Place, surface: str) -> None:
    kind = place.value.get("type")
    if not isinstance(kind, str) or kind not in SURFACES:
        place.wrong(f"unsupported type: {kind}", "type")
        return
    if surface not in SURFACES[kind]:
        place.wrong(f"unsupported on this surface ({surface}): {kind}", "type")
        return
    place.string("block_id", ID_LIMIT)
    check = _CHECKS.get(kind)
    if check is not None:
        check(place, surface)


def _section(place: Place, surface: str) -> None:
    place.allow(("type", "block_id", "text", "fields", "accessory", "expand"))
    if "text" not in place.value and "fields" not in place.value:
        place.wrong("missing required field: text")
    place.text("text", 3000)
    for field in place.listed("fields", 1, 10, required=False):
        field.text_object(2000)
    accessory = place.under("accessory")
    if accessory is not None:
        check_element(accessory, "section", surface)


def _header(place: Place, _surface: str) -> None:
    place.allow(("type", "block_id", "text"))
    place.text("text", 150, plain=True, required=True)


def _divider(place: Place, _surface: str) -> None:
    place.allow(("type", "block_id"))


def _actions(place: Place, surface: str) -> None:
    place.allow(("type", "block_id", "elements"))
    kind = str(place.value["type"])
    elements = place.listed("elements", 1, 25 if kind == "actions" else 5)
    seen: set[object] = set()
    for element in elements:
        check_element(element, kind, surface)
        action_id = element.value.get("action_id")
        if action_id is not None and action_id in seen:
            element.wrong(
                f"`action_id` `{action_id}` already exists for another element", "action_id"
            )
        seen.add(action_id)


def _context(place: Place, surface: str) -> None:
    place.allow(("type", "block_id", "elements"))
    for element in place.listed("elements", 1, 10):
        if element.value.get("type") == "image":
            check_element(element, "context", surface)
        else:
            element.text_object(3000)


def _image(place: Place, _surface: str) -> None:
    place.allow(("type", "block_id", "image_url", "alt_text", "title", "slack_file"))
    place.string("image_url", 3000, required="slack_file" not in place.value)
    place.string("alt_text", 2000, required=True)
    place.text("title", 2000, plain=True)


def _input(place: Place, surface: str) -> None:
    place.allow(("type", "block_id", "label", "element", "hint", "optional", "dispatch_action"))
    place.text("label", 2000, plain=True, required=True)
    place.text("hint", 2000, plain=True)
    element = place.under("element", required=True)
    if element is not None:
        check_element(element, "input", surface)


def _rich_text(place: Place, _surface: str) -> None:
    place.allow(("type", "block_id", "elements"))
    place.listed("elements", 1, 1000)


def _markdown(place: Place, _surface: str) -> None:
    place.allow(("type", "block_id", "text"))
    place.string("text", MARKDOWN_LIMIT, required=True)


def _alert(place: Place, _surface: str) -> None:
    place.allow(("type", "block_id", "text", "level"))
    place.text("text", 3000, required=True)
    place.one_of("level", ("default", "info", "warning", "error", "success"))


def _rows(place: Place, least: int, most: int) -> list[list[object]]:
    rows = place.value.get("rows")
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        place.wrong("missing required field: rows")
        return []
    if not least <= len(rows) <= most:
        place.wrong(f"between {least} and {most} rows allowed", "rows")
    if any(not 1 <= len(row) <= TABLE_COLUMNS for row in rows):
        place.wrong(f"no more than {TABLE_COLUMNS} columns allowed", "rows")
    return rows


def _table(place: Place, _surface: str) -> None:
    place.allow(("type", "block_id", "rows", "column_settings"))
    _rows(place, 1, TABLE_ROWS)


def _data_table(place: Place, _surface: str) -> None:
    place.allow(("type", "block_id", "rows", "caption", "page_size", "row_header_column_index"))
    place.string("caption", 3000, required=True)
    rows = _rows(place, DATA_ROWS_LEAST, DATA_ROWS_MOST)
    if len({len(row) for row in rows}) > 1:
        place.wrong("every row needs the same number of cells", "rows")
    cells = [cell for row in rows for cell in row if isinstance(cell, dict)]
    if sum(len(str(cell.get("text", ""))) for cell in cells) > DATA_CHARACTERS:
        place.wrong(f"no more than {DATA_CHARACTERS} characters allowed", "rows")


def _data_visualization(place: Place, _surface: str) -> None:
    place.allow(("type", "block_id", "title", "chart"))
    place.string("title", 50, required=True)
    chart = place.under("chart", required=True)
    if chart is None:
        return
    chart.one_of("type", ("bar", "line", "area", "pie"))
    if chart.value.get("type") == "pie":
        for segment in chart.listed("segments", 1, SERIES):
            segment.string("label", CHART_LABEL, required=True)
        return
    for series in chart.listed("series", 1, SERIES):
        series.string("name", CHART_LABEL, required=True)
        for point in series.listed("data", 1, POINTS):
            point.string("label", CHART_LABEL, required=True)


_CHECKS: dict[str, Callable[[Place, str], None]] = {
    "section": _section,
    "header": _header,
    "divider": _divider,
    "actions": _actions,
    "context_actions": _actions,
    "context": _context,
    "image": _image,
    "input": _input,
    "rich_text": _rich_text,
    "markdown": _markdown,
    "alert": _alert,
    "table": _table,
    "data_table": _data_table,
    "data_visualization": _data_visualization,
}
