"""Blocks and views to try the simulated Slack's limits with."""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str) -> Json:
    return {"type": "mrkdwn", "text": text}


def section(text: str = "Hello", **more: object) -> Json:
    return {"type": "section", "text": mrkdwn(text), **more}


def button(text: str = "Go", **more: object) -> Json:
    return {"type": "button", "action_id": "go", "text": plain(text), **more}


def actions(*elements: Json, **more: object) -> Json:
    return {"type": "actions", "elements": list(elements), **more}


def numbered(element: Json, count: int) -> list[Json]:
    return [{**element, "action_id": f"a{number}"} for number in range(count)]


def option(text: str = "One", value: str = "1", **more: object) -> Json:
    return {"text": plain(text), "value": value, **more}


def options(count: int) -> list[Json]:
    return [option(f"Option {number}", str(number)) for number in range(count)]


def select(kind: str = "static_select", **more: object) -> Json:
    return {"type": kind, "action_id": "s", **more}


def text_input(**more: object) -> Json:
    return {"type": "plain_text_input", "action_id": "t", **more}


def field(element: Json | None = None, label: str = "What", **more: object) -> Json:
    return {"type": "input", "label": plain(label), "element": element or text_input(), **more}


def confirm(title: int = 5, text: int = 5, yes: int = 3, no: int = 3) -> Json:
    return {
        "title": plain("t" * title),
        "text": plain("t" * text),
        "confirm": plain("y" * yes),
        "deny": plain("n" * no),
    }


def table(rows: int, columns: int) -> Json:
    cell = {"type": "raw_text", "text": "x"}
    return {"type": "table", "rows": [[cell] * columns for _ in range(rows)]}


def data_table(rows: int, columns: int = 2, **more: object) -> Json:
    return table(rows, columns) | {"type": "data_table", "caption": "c"} | more


def chart(series: int = 1, points: int = 1, label: int = 3, title: int = 5) -> Json:
    data = [{"label": "l" * label, "value": 1}] * points
    return {
        "type": "data_visualization",
        "title": "t" * title,
        "chart": {"type": "bar", "series": [{"name": "s", "data": data}] * series},
    }


def modal(*blocks: Json, **more: object) -> Json:
    return {
        "type": "modal",
        "title": plain("Title"),
        "submit": plain("Save"),
        "blocks": list(blocks),
        **more,
    }


def home(*blocks: Json, **more: object) -> Json:
    return {"type": "home", "blocks": list(blocks), **more}
