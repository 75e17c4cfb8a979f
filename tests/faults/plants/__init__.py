"""Bugs planted on purpose, one at a time, in a copy: each has to be caught."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue
from typing import TYPE_CHECKING

from tests.faults.plants.bugs import PLANTS, Plant
from tests.faults.proof import Proof

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.faults.proof import Counts

ROOT = Path(__file__).parents[3]
PAGE = ROOT / "docs" / "reliability.md"
BEGIN, END = "<!-- plants -->\n", "<!-- end of plants -->"
COPIES = 2
COPIED = ("bot", "migrations", "tests", "pyproject.toml", "manifest.yml", "README.md", "LICENSE")
SECONDS = 240
_HELD, _FAILED = 0, 1  # pytest's words for it; all others say that it could not be run
_NAME = re.compile(r"^(?:FAILED|ERROR) ([^\s\[]+)", re.MULTILINE)


class PlantError(AssertionError):
    """A bug was not caught, or can no longer be planted."""


@dataclass(frozen=True, slots=True)
class Caught:
    """A bug and the test that noticed it; None: nothing did, and why."""

    plant: Plant
    by: str | None
    why: str = ""


def run(amount: int, _seed: int) -> Counts:
    """Plant the first so many bugs; raise PlantError unless all are caught."""
    chosen = PLANTS[:amount]
    lost = [f"{plant.name}: {said}" for plant in chosen for said in rotten(plant)]
    if lost:
        raise PlantError("\n".join(lost))
    copies: SimpleQueue[Path] = SimpleQueue()
    with tempfile.TemporaryDirectory(prefix="plants-") as folder:
        for number in range(COPIES):
            copies.put(_copy(Path(folder) / str(number)))
        _need_health(chosen, copies)
        with ThreadPoolExecutor(COPIES) as pool:
            found = list(pool.map(lambda plant: _try(plant, copies), chosen))
    missed = [f"{each.plant.name}: {each.why}" for each in found if each.by is None]
    if missed:
        raise PlantError("not caught:\n" + "\n".join(missed))
    if amount >= len(PLANTS):
        show(found)
    return {"bugs planted": len(found), "caught": len(found)}


def rotten(plant: Plant) -> list[str]:
    """Return what of a plant no longer fits the source."""
    return [
        f"{change.file} does not hold this once: {change.text!r}"
        for change in plant.changes
        if not _fits(ROOT / change.file, change.text)
    ]


def _fits(file: Path, text: str) -> bool:
    return file.is_file() and file.read_text().count(text) == 1


def show(found: Sequence[Caught]) -> None:
    """Put the table into the page."""
    rows = ["| bug | caught by |", "|---|---|"]
    rows += [f"| {each.plant.name} | `{each.by}` |" for each in found]
    before, _, rest = PAGE.read_text().partition(BEGIN)
    _, _, after = rest.partition(END)
    PAGE.write_text(before + BEGIN + "\n".join(rows) + "\n" + END + after)


def _copy(to: Path) -> Path:
    to.mkdir()
    for name in COPIED:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, to / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / name, to / name)
    return to


def _need_health(chosen: Sequence[Plant], copies: SimpleQueue[Path]) -> None:
    """Raise PlantError where a guard fails without any bug: it would catch nothing."""
    copy = copies.get()
    guards = sorted({guard for plant in chosen for guard in plant.guards})
    code, said = _pytest(copy, guards, ())
    copies.put(copy)
    if code != _HELD:
        raise PlantError(f"the guards fail without a bug:\n{said[-3000:]}")


def _try(plant: Plant, copies: SimpleQueue[Path]) -> Caught:
    copy = copies.get()
    sources = {change.file: (copy / change.file).read_text() for change in plant.changes}
    try:
        for change in plant.changes:
            file = copy / change.file
            file.write_text(file.read_text().replace(change.text, change.bug))
        code, said = _pytest(copy, plant.guards, ("-x",))
    finally:
        for name, source in sources.items():
            (copy / name).write_text(source)
        copies.put(copy)
    names = _NAME.findall(said)
    caught = Caught(plant, names[0] if code == _FAILED and names else None, said[-1500:])
    print(f"{'caught' if caught.by else 'MISSED'}: {plant.name}: {caught.by}", flush=True)
    return caught


def _pytest(copy: Path, guards: Sequence[str], more: Sequence[str]) -> tuple[int, str]:
    command = [sys.executable, "-B", "-m", "pytest", "-q", "--timeout=60", "-p", "no:cacheprovider"]
    environment = os.environ | {"PYTHONPATH": str(copy), "PYTHONDONTWRITEBYTECODE": "1"}
    try:
        done = subprocess.run(
            [*command, *more, *guards],
            cwd=copy,
            env=environment,
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return -1, "it did not end"
    return done.returncode, done.stdout + done.stderr


PROOF = Proof(
    name="plants",
    promise="each of these bugs, planted in a copy, is caught by a test",
    unit="bugs",
    long=len(PLANTS),
    short=0,
    run=run,
)
