"""`winwin db`: what an operator does with the database."""

import os

import typer

from bot.config import SettingsError, load_database_url
from bot.db.health import DatabaseError, open_migrated

app = typer.Typer(help="What an operator does with the database.", no_args_is_help=True)


@app.callback()
def group() -> None:
    """Do what an operator does with the database."""


@app.command()
def upgrade() -> None:
    """Lay out the database, or bring it up to date; `winwin run` does so by itself."""
    try:
        open_migrated(load_database_url(os.environ)).close()
    except (SettingsError, DatabaseError) as error:
        typer.echo(f"winwin: {error}", err=True)
        raise typer.Exit(1) from None
    typer.echo("The database is up to date.")
