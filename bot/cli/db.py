"""`winwin db`: what an operator does with the database."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from bot.config import SettingsError, load_database_url
from bot.db.backup import BackupError, back_up
from bot.db.health import DatabaseError, findings, open_migrated
from bot.db.sole import sole_process

app = typer.Typer(help="What an operator does with the database.", no_args_is_help=True)


@app.callback()
def group() -> None:
    """Do what an operator does with the database."""


@app.command()
def upgrade() -> None:
    """Lay out the database, or bring it up to date; `winwin run` does so by itself."""
    with _told():
        url = load_database_url(os.environ)
        with sole_process(url):
            open_migrated(url).close()
    typer.echo("The database is up to date.")


@app.command()
def check() -> None:
    """Look for what is broken, a line each, by ids only; works while the bot runs."""
    broken = 0
    with _told():
        for finding in findings(load_database_url(os.environ)):
            typer.echo(str(finding))
            broken += 1
    if broken:
        raise typer.Exit(1)
    typer.echo("Nothing is broken.")


@app.command()
def backup(
    file: Annotated[Path, typer.Argument(help="Where the copy goes.")],
    *,
    force: Annotated[bool, typer.Option("--force", help="Replace a file that is there.")] = False,
) -> None:
    """Copy the database into FILE, consistent, while the bot runs; PostgreSQL's by pg_dump."""
    with _told():
        back_up(load_database_url(os.environ), file, force=force)
    typer.echo(f"The copy is in {file}.")


@contextmanager
def _told() -> Iterator[None]:
    """Say in one line why it could not be done, and exit with 1."""
    try:
        yield
    except (SettingsError, DatabaseError, BackupError) as error:
        typer.echo(f"winwin: {error}", err=True)
        raise typer.Exit(1) from None
