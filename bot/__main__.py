"""The command line: `winwin`, or `python -m bot`."""

import typer

from bot.cli import db, demo, doctor, export, manifest, read, run

app = typer.Typer(
    name="winwin",
    help="Winwin: a Slack app with which teams agree on what they expect of each other.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_show_locals=False,
)
app.command("demo")(demo.command)
app.command("run")(run.command)
app.command("doctor")(doctor.command)
app.command("manifest")(manifest.command)
app.command("read")(read.command)
app.command("export")(export.command)
app.add_typer(db.app, name="db")


def main() -> None:
    """Run the command line."""
    app()


if __name__ == "__main__":
    main()
