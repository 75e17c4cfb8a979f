"""Processes of our own that say on their first line where they listen."""

import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

_PATIENCE = 20.0


@contextmanager
def process(
    *arguments: str, environ: Mapping[str, str] | None = None
) -> Iterator[subprocess.Popen[str]]:
    """Run a Python module; end it afterwards."""
    command = [sys.executable, "-m", *arguments]
    with subprocess.Popen(  # noqa: S603 - our own modules
        command, stdout=subprocess.PIPE, text=True, env=environ
    ) as started:
        try:
            yield started
        finally:
            started.terminate()
            try:
                started.wait(_PATIENCE)
            except subprocess.TimeoutExpired:
                started.kill()


def first_line(started: subprocess.Popen[str]) -> str:
    """Return what a process says first. Raise RuntimeError where it ends without a word."""
    assert started.stdout is not None  # noqa: S101 - it was asked for
    line = started.stdout.readline().strip()
    if not line:
        raise RuntimeError(f"{started.args!r} said nothing")
    return line


@contextmanager
def listening(*arguments: str) -> Iterator[int]:
    """Run a Python module that listens; yield its port."""
    with process(*arguments) as started:
        yield int(first_line(started))
