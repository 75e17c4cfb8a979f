"""What was measured, written down: bench/report.json, and docs/performance.md with a plot."""

import json
import os
import platform
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from bench.goals import BY_NAME, DATABASES, GOALS, Goal
from bench.measuring import Measured
from bench.plot import draw

REPORT = Path("bench/report.json")
PAGE = Path("docs/performance.md")
PICTURE = Path("docs/pictures/growth.svg")

_BEGIN, _END = "<!-- figures -->\n", "<!-- end of figures -->"


def line(measured: Measured) -> str:
    """Say in one line how a ratio came out."""
    goal = BY_NAME[measured.name]
    return (
        f"{measured.name} {measured.database}: {_figure(measured.ours)} to "
        f"{_figure(measured.theirs)} {goal.unit}, ratio {measured.ratio:.3g}, "
        f"goal {_wanted(goal, measured)}, {'holds' if _ok(measured) else 'MISSED'}"
    )


def in_order(found: Sequence[Measured]) -> list[Measured]:
    """Return them as the goals are listed, SQLite first."""
    names = [goal.name for goal in GOALS]
    return sorted(found, key=lambda one: (names.index(one.name), DATABASES.index(one.database)))


def write(found: Sequence[Measured], seconds: float) -> None:
    """Write the report, the page and the plot of a whole run."""
    ordered = in_order(found)
    REPORT.write_text(json.dumps([as_json(one) for one in ordered], indent=2) + "\n")
    draw([one for one in ordered if one.grows], PICTURE)
    before, _, rest = PAGE.read_text().partition(_BEGIN)
    _, _, after = rest.partition(_END)
    PAGE.write_text(before + _BEGIN + _figures(ordered, seconds) + _END + after)


def as_json(measured: Measured) -> dict[str, object]:
    """Return a ratio as the report has it."""
    goal = BY_NAME[measured.name]
    return {
        "name": measured.name,
        "database": measured.database,
        "ours": round(measured.ours, 4),
        "theirs": round(measured.theirs, 4),
        "ratio": round(measured.ratio, 4),
        "goal": goal.limits[measured.database],
        "ok": _ok(measured),
    }


def _figures(ordered: Sequence[Measured], seconds: float) -> str:
    held = sum(map(_ok, ordered))
    ran = (
        f"{datetime.now(UTC).date().isoformat()}, `make bench`, {seconds / 60:.0f} minutes on "
        f"{os.cpu_count()} cores ({platform.machine()}), Python {platform.python_version()}: "
        f"{held} of {len(ordered)} goals hold.\n"
    )
    parts = [
        ran,
        _table(ordered),
        _growth([one for one in ordered if one.grows]),
        "## How each was measured\n",
        "\n".join(f"- **{one.name}**, {one.database}: {one.note}." for one in ordered) + "\n",
    ]
    missed = [one for one in ordered if not _ok(one)]
    if missed:
        parts.append("## Where the time goes that is too much\n")
        parts += [_explained(one) for one in missed]
    return "\n".join(parts)


def _table(ordered: Sequence[Measured]) -> str:
    rows = ["| what | against | database | ours | theirs | ratio | goal | |", "|" + "---|" * 8]
    for one in ordered:
        goal = BY_NAME[one.name]
        rows.append(
            f"| {goal.what} | {goal.against} | {one.database} | {_figure(one.ours)} {goal.unit} | "
            f"{_figure(one.theirs)} {goal.unit} | {one.ratio:.3g} | {_wanted(goal, one)} | "
            f"{'holds' if _ok(one) else '**missed**'} |"
        )
    return "\n".join(rows) + "\n"


def _growth(found: Sequence[Measured]) -> str:
    sizes: Sequence[int] = sorted({size for one in found for size in one.grows})
    head = "| milliseconds | database | " + " | ".join(f"{size:,}" for size in sizes) + " |"
    rows = [
        "## How cost grows with expectations\n",
        f"![Milliseconds by stored expectations](pictures/{PICTURE.name})\n",
        head,
        "|" + "---|" * (2 + len(sizes)),
    ]
    for one in found:
        what = one.name.removesuffix("_at_million")
        values = " | ".join(f"{one.grows[size]:.2f}" for size in sizes)
        rows.append(f"| {what} | {one.database} | {values} |")
    return "\n".join(rows) + "\n"


def _explained(measured: Measured) -> str:
    profile = measured.profile or "Each request costs what create_in_process says, in one process."
    return f"### {measured.name}, {measured.database}\n\n```text\n{profile}\n```\n"


def _ok(measured: Measured) -> bool:
    return BY_NAME[measured.name].holds(measured.ratio, measured.database)


def _wanted(goal: Goal, measured: Measured) -> str:
    sign = "≥" if goal.is_rate else "≤"
    return f"{sign} {goal.limits[measured.database]:g}"


def _figure(value: float) -> str:
    """Write a figure with three digits that mean something."""
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"  # noqa: PLR2004 - three digits
