"""`winwin demo`: the bot against a simulated Slack, in a page to try it in."""

import contextlib
import importlib.util
import os
import signal
import tempfile
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType
from typing import Annotated

import typer

from bot import logs
from bot.app import StartError
from bot.db.health import DatabaseError
from bot.db.sole import InUseError, sole_process

DATABASE = "demo.db"
"""The database's name in the folder."""

_NEEDED = ("httpx", "nicegui", "starlette", "uvicorn", "websockets")


def command(
    port: Annotated[
        int,
        typer.Option(
            min=0, max=65_535, help="Where the page is; a used one is answered with the next free."
        ),
    ] = 4000,
    folder: Annotated[
        Path | None,
        typer.Option(help="Where it is kept between starts; else in your state directory."),
    ] = None,
    *,
    fresh: Annotated[
        bool, typer.Option("--fresh", help="Empty what was kept, and begin anew.")
    ] = False,
) -> None:
    """Try Winwin in a page, with a simulated Slack; needs no account and no settings."""
    if any(importlib.util.find_spec(name) is None for name in _NEEDED):
        typer.echo("winwin: the demo needs its extra: pip install 'winwin[playground]'", err=True)
        raise typer.Exit(1)
    from bot.cli.playing import Demo  # noqa: PLC0415 - it needs an extra that need not be there

    stop = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, _stopper(stop))
    logs.configure("console", "WARNING")
    with _kept_in(folder or _state_folder()) as kept:
        demo = Demo(kept, port, fresh=fresh)
        try:
            demo.start()
        except StartError as error:
            typer.echo(f"winwin: {error}", err=True)
            raise typer.Exit(1) from None
        try:
            typer.echo(f"Winwin's playground is at {demo.url}/ (Ctrl-C ends it)")
            stop.wait()
        finally:
            demo.stop()


def _state_folder() -> Path:
    """Return where a program keeps what it is left with: XDG's state directory."""
    home = os.environ.get("XDG_STATE_HOME")
    return (Path(home) if home else Path.home() / ".local" / "state") / "winwin" / "demo"


@contextlib.contextmanager
def _kept_in(folder: Path) -> Iterator[Path]:
    """Yield the folder, held for this process alone; where that fails a temporary one, said so."""
    with contextlib.ExitStack() as stack:
        try:
            folder.mkdir(parents=True, exist_ok=True)
            stack.enter_context(sole_process(f"sqlite:///{folder / DATABASE}"))
        except (OSError, DatabaseError) as error:
            is_busy = isinstance(error, InUseError)
            why = "another process serves it" if is_busy else "it cannot be written"
            typer.echo(f"winwin: {folder}: {why}, so this demo is not kept.", err=True)
            kept = stack.enter_context(tempfile.TemporaryDirectory(prefix="winwin-"))
            yield Path(kept)
        else:
            yield folder


def _stopper(stop: threading.Event) -> Callable[[int, FrameType | None], None]:
    def handle(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    return handle
