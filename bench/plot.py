"""The plot of how cost grows with what is stored."""

from collections.abc import Sequence
from pathlib import Path

import matplotlib as mpl
from matplotlib.figure import Figure

from bench.measuring import Measured

_LOOKS = {"sqlite": "-", "postgres": "--"}


def draw(found: Sequence[Measured], path: Path) -> None:
    """Draw milliseconds by expectations: a colour for each thing, a dash for each database."""
    names = list(dict.fromkeys(one.name for one in found))
    with mpl.rc_context({"svg.hashsalt": "winwin", "font.size": 9}):
        figure = Figure(figsize=(7, 4), layout="constrained")
        axes = figure.subplots()
        for one in found:
            axes.plot(
                list(one.grows),
                list(one.grows.values()),
                _LOOKS[one.database],
                marker="o",
                color=f"C{names.index(one.name)}",
                label=f"{one.name.removesuffix('_at_million')}, {one.database}",
            )
        axes.set(xscale="log", yscale="log", xlabel="expectations stored", ylabel="milliseconds")
        axes.grid(visible=True, which="major", alpha=0.3)
        figure.legend(loc="outside right upper", frameon=False)
        figure.savefig(path, metadata={"Date": None} if path.suffix == ".svg" else None)
