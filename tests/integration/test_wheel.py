"""A built wheel has all that it needs, wherever it is unpacked."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from bot import manifest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder that holds the wheel's contents and nothing of the checkout."""
    made = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(made)]
    subprocess.run([*build, str(ROOT)], check=True, capture_output=True, timeout=120)
    (wheel,) = made.glob("winwin-*.whl")
    contents = made / "contents"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(contents)
    return contents


def winwin(unpacked: Path, cwd: Path, *args: str) -> str:
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    done = subprocess.run(
        [sys.executable, "-P", "-m", "bot", *args],
        env=kept | {"PYTHONPATH": str(unpacked)},
        cwd=cwd,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    return done.stdout


def test_it_brings_the_manifest(unpacked: Path, tmp_path: Path) -> None:
    assert winwin(unpacked, tmp_path, "manifest") == manifest.text()


def test_it_brings_the_migrations(unpacked: Path, tmp_path: Path) -> None:
    winwin(unpacked, tmp_path, "db", "upgrade")
    assert (tmp_path / "winwin.db").is_file()
    assert '"expectations": []' in winwin(unpacked, tmp_path, "export")


def test_it_brings_the_export_schema(unpacked: Path, tmp_path: Path) -> None:
    assert "Winwin's export" in winwin(unpacked, tmp_path, "export", "--schema")
