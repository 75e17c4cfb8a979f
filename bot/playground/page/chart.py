"""A data_visualization block as an inline SVG, with everything that it shows in its alt text."""

from __future__ import annotations

import html
import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.playground.records import Json

WIDTH, HEIGHT = 480, 220
LEFT, RIGHT, TOP, BOTTOM = 40, 12, 12, 30
COLOURS = 6
"""style.css has one colour for each of so many series, light and dark."""
GRID_LINES = 4


def chart(block: Json) -> str:
    """Return the block as HTML: its title, the drawing and a legend."""
    title = str(block.get("title", ""))
    given: Json = block.get("chart") or {}
    kind = str(given.get("type", "bar"))
    if kind == "pie":
        segments = [(str(each["label"]), _number(each)) for each in given.get("segments", [])]
        drawn = "".join(_pie([value for _, value in segments]))
        names = [f"{label}: {_said(value)}" for label, value in segments]
        alt = f"{title}. {'; '.join(names)}"
    else:
        series = [
            (
                str(each["name"]),
                [(str(point["label"]), _number(point)) for point in each.get("data", [])],
            )
            for each in given.get("series", [])
        ]
        drawn = "".join(_plot(kind, series))
        names = [name for name, _ in series]
        alt = f"{title}. " + ". ".join(
            f"{name}: " + ", ".join(f"{label} {_said(value)}" for label, value in points)
            for name, points in series
        )
    legend = "".join(
        f'<li><span class="swatch series-{index % COLOURS}"></span>{html.escape(name)}</li>'
        for index, name in enumerate(names)
    )
    return (
        f'<figure class="chart"><figcaption>{html.escape(title)}</figcaption>'
        f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{html.escape(alt)}">'
        f"{drawn}</svg>"
        f"<ul>{legend}</ul></figure>"
    )


def _number(point: Json) -> float:
    value = point.get("value", 0)
    return float(value) if isinstance(value, int | float) else 0.0


def _said(value: float) -> str:
    return f"{value:g}"


Series = tuple[str, "list[tuple[str, float]]"]


def _plot(kind: str, series: Sequence[Series]) -> Iterator[str]:
    values = [value for _, points in series for _, value in points] or [0.0]
    low, high = min(0.0, *values), max(0.0, *values) or 1.0
    step = _step((high - low) / GRID_LINES)
    low, high = math.floor(low / step) * step, math.ceil(high / step) * step

    def y(value: float) -> float:
        return TOP + (high - value) / (high - low) * (HEIGHT - TOP - BOTTOM)

    for line in range(round((high - low) / step) + 1):
        value = low + line * step
        yield f'<path class="grid" d="M{LEFT} {y(value):.1f}H{WIDTH - RIGHT}"/>'
        yield f'<text class="axis" x="{LEFT - 6}" y="{y(value) + 4:.1f}" text-anchor="end">'
        yield f"{_said(value)}</text>"
    labels = list(dict.fromkeys(label for _, points in series for label, _ in points))
    slot = (WIDTH - LEFT - RIGHT) / max(1, len(labels))
    every = math.ceil(len(labels) / 8)
    for index, label in enumerate(labels):
        if index % every == 0:
            yield f'<text class="axis" x="{LEFT + (index + 0.5) * slot:.1f}" y="{HEIGHT - 10}" '
            yield f'text-anchor="middle">{html.escape(label)}</text>'
    for number, (_, points) in enumerate(series):
        places = {label: LEFT + (labels.index(label) + 0.5) * slot for label, _ in points}
        if kind == "bar":
            wide = slot * 0.7 / len(series)
            for label, value in points:
                x = places[label] - slot * 0.35 + number * wide
                top, foot = sorted((y(value), y(0)))
                yield f'<rect class="series-{number % COLOURS}" x="{x:.1f}" y="{top:.1f}" rx="2" '
                yield f'width="{max(1.0, wide - 2):.1f}" height="{max(0.5, foot - top):.1f}"/>'
            continue
        path = "L".join(f"{places[label]:.1f} {y(value):.1f}" for label, value in points)
        if kind == "area" and points:
            first, last = places[points[0][0]], places[points[-1][0]]
            yield f'<path class="area series-{number % COLOURS}" '
            yield f'd="M{path}L{last:.1f} {y(0):.1f}L{first:.1f} {y(0):.1f}Z"/>'
        yield f'<path class="line series-{number % COLOURS}" d="M{path}"/>'
        for label, value in points:
            yield f'<circle class="series-{number % COLOURS}" r="3" '
            yield f'cx="{places[label]:.1f}" cy="{y(value):.1f}"/>'


def _pie(values: Sequence[float]) -> Iterator[str]:
    total = sum(max(0.0, value) for value in values) or 1.0
    x, y, radius = WIDTH / 2, HEIGHT / 2, HEIGHT / 2 - 10
    turned = 0.0
    for number, value in enumerate(values):
        part = max(0.0, value) / total
        if part >= 1:
            yield f'<circle class="series-{number % COLOURS}" cx="{x}" cy="{y}" r="{radius}"/>'
        elif part > 0:
            start, end = (2 * math.pi * (turn - 0.25) for turn in (turned, turned + part))
            yield f'<path class="slice series-{number % COLOURS}" d="M{x} {y}'
            yield f"L{x + radius * math.cos(start):.2f} {y + radius * math.sin(start):.2f}"
            yield f"A{radius} {radius} 0 {int(part > 0.5)} 1 "  # noqa: PLR2004 - half a turn
            yield f'{x + radius * math.cos(end):.2f} {y + radius * math.sin(end):.2f}Z"/>'
        turned += part


def _step(rough: float) -> float:
    """Return the round number at or above a rough distance between grid lines."""
    if rough <= 0:
        return 1.0
    power = 10.0 ** math.floor(math.log10(rough))
    return next(factor * power for factor in (1, 2, 5, 10) if factor * power >= rough * 0.999)
