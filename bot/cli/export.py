"""`winwin export`: everything that is kept, on standard output; docs/export.md is its contract."""

import csv
import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from importlib.resources import files
from typing import Annotated, Any, TextIO

import typer

from bot.config import SettingsError, load_database_url
from bot.db.engine import SqlUnitOfWork
from bot.db.export_queries import SqlExport
from bot.db.health import DatabaseError, open_existing
from bot.services.export import (
    COLUMNS,
    expectation_values,
    goal_values,
    member_values,
    row,
    thanks_values,
)
from bot.services.export_channels import charter_values, pulse_values
from bot.services.export_person import person_values

Values = Iterator[dict[str, Any]]


class Format(StrEnum):
    """How the export is written."""

    JSON = "json"
    CSV = "csv"


def command(
    form: Annotated[Format, typer.Option("--format", help="json or csv.")] = Format.JSON,
    *,
    person: Annotated[
        str, typer.Option("--person", help="Only what is kept about this Slack user id; JSON.")
    ] = "",
    schema: Annotated[
        bool, typer.Option("--schema", help="Print the JSON Schema of the JSON form instead.")
    ] = False,
) -> None:
    """Write everything that is kept; works while the bot runs."""
    if schema:
        text = (files("bot.cli") / "export.schema.json").read_text(encoding="utf-8")
        typer.echo(text, nl=False)
        return
    if person and form is not Format.JSON:
        typer.echo("winwin: --person is written as JSON only", err=True)
        raise typer.Exit(1)
    write = write_json if form is Format.JSON else write_csv
    try:
        with _reading(load_database_url(os.environ)) as uow:
            if person:
                _write_person(uow, person, sys.stdout)
            else:
                write(uow.export if uow else None, sys.stdout)
    except (SettingsError, DatabaseError) as error:
        typer.echo(f"winwin: {error}", err=True)
        raise typer.Exit(1) from None


def _write_person(uow: SqlUnitOfWork | None, person: str, out: TextIO) -> None:
    values = None if uow is None else person_values(uow, person)
    if values is None:
        typer.echo(f"winwin: nothing is kept about {person}", err=True)
        raise typer.Exit(1)
    out.write(json.dumps(values, ensure_ascii=False, indent=1) + "\n")


def write_json(export: SqlExport | None, out: TextIO) -> None:
    """Write one object with a list of each kind, item by item; None: nothing is kept yet."""
    lists: dict[str, Values] = {
        "expectations": _expectations(export),
        "goals": (goal_values(goal) for goal in (export.goals() if export else ())),
        "members": (member_values(member) for member in (export.members() if export else ())),
        "thanks": (thanks_values(thanks) for thanks in (export.thanks() if export else ())),
        "charters": (charter_values(*each) for each in (export.charters() if export else ())),
        "pulses": (pulse_values(pulse) for pulse in (export.pulses() if export else ())),
    }
    before = "{"
    for name, items in lists.items():
        out.write(f"{before}\n{json.dumps(name)}: [")
        between = "\n"
        for item in items:
            out.write(between + json.dumps(item, ensure_ascii=False))
            between = ",\n"
        out.write("]")
        before = ","
    out.write("\n}\n")


def write_csv(export: SqlExport | None, out: TextIO) -> None:
    """Write the expectations, a row each, under a heading."""
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(row(values) for values in _expectations(export))


def _expectations(export: SqlExport | None) -> Values:
    for whole in export.expectations() if export else ():
        yield expectation_values(whole)


@contextmanager
def _reading(url: str) -> Iterator[SqlUnitOfWork | None]:
    """Yield what reads the one workspace; None before the first start."""
    store = open_existing(url)
    try:
        known = store.workspaces()
        if not known:
            yield None
            return
        with store.read(known[0].id) as uow:
            yield uow
    finally:
        store.close()
