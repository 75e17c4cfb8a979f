"""`winwin manifest`: the app's manifest, to paste at api.slack.com/apps."""

from typing import Annotated
from urllib.parse import urlsplit

import typer

from bot import manifest


def command(
    http: Annotated[
        str | None,
        typer.Option(
            "--http",
            metavar="URL",
            help="For HTTP mode: the address at which Slack reaches this bot.",
        ),
    ] = None,
) -> None:
    """Print the app's manifest; Socket Mode unless an address is given."""
    if http is None:
        typer.echo(manifest.text(), nl=False)
        return
    parts = urlsplit(http)
    if parts.scheme not in {"http", "https"} or not parts.netloc:
        typer.echo(
            f"--http {http} is no web address: use one such as https://example.org", err=True
        )
        raise typer.Exit(2)
    typer.echo(manifest.for_http(http), nl=False)
