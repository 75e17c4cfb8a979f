"""The command line: `winwin`, or `python -m bot`."""

import gc

gc.disable()  # until all is loaded: none of it is garbage, and looking takes a third of a start

import typer  # noqa: E402 - after that

from bot.cli import db, demo, doctor, export, forget, manifest, read, run  # noqa: E402 - after that

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
app.command("forget")(forget.command)
app.add_typer(db.app, name="db")


def main() -> None:
    """Run the command line."""
    gc.freeze()
    gc.enable()
    app()


if __name__ == "__main__":
    main()
