"""`winwin read`: what a typed line means, as JSON, without a Slack."""

import json
import sys
from collections.abc import Iterator
from datetime import datetime
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from bot.clock import utc_now
from bot.domain.language import Context, read


class ReadError(ValueError):
    """A moment, zone or line that cannot be used; its text says why."""


def command(
    text: Annotated[
        str, typer.Argument(help="What would be typed after /expect; empty opens the form.")
    ] = "",
    now: Annotated[
        str | None,
        typer.Option(
            "--now",
            metavar="ISO",
            help="The moment; without an offset it is the zone's time. Default: now.",
        ),
    ] = None,
    zone: Annotated[str, typer.Option("--zone", metavar="IANA", help="Where it is typed.")] = "UTC",
    locale: Annotated[
        str, typer.Option("--locale", metavar="TAG", help="The typist's language.")
    ] = "en",
    *,
    lines: Annotated[
        bool,
        typer.Option(
            "--lines",
            help='Read {"text", "now", "zone", "locale"} a line on standard input, answer each.',
        ),
    ] = False,
) -> None:
    """Show how a typed line is read: people, result, date, and what would be asked."""
    if lines:
        for answer in _answers():
            typer.echo(answer)
            sys.stdout.flush()
        return
    try:
        context = _context(utc_now().isoformat() if now is None else now, zone, locale)
    except ReadError as error:
        typer.echo(f"winwin read: {error}", err=True)
        raise typer.Exit(2) from None
    typer.echo(json.dumps(read(text, context).as_json(), indent=2))


def _answers() -> Iterator[str]:
    """Yield an answer for each line on standard input, in order, as it comes."""
    for line in sys.stdin.buffer:
        try:
            answer = _answer(line)
        except ReadError as error:
            answer = {"error": str(error)}
        yield json.dumps(answer)


def _answer(line: bytes) -> dict[str, object]:
    try:
        asked = json.loads(line.decode("utf-8"))
    except (ValueError, RecursionError):
        raise ReadError("This line is not JSON.") from None
    if not isinstance(asked, dict):
        raise ReadError("This line is not a JSON object.")
    text, now, zone = (_string(asked, name) for name in ("text", "now", "zone"))
    locale = _string(asked, "locale") if "locale" in asked else "en"
    return read(text, _context(now, zone, locale)).as_json()


def _string(asked: dict[str, object], name: str) -> str:
    if name not in asked:
        raise ReadError(f'"{name}" is missing.')
    value = asked[name]
    if not isinstance(value, str):
        raise ReadError(f'"{name}" is not a string.')
    return value


def _context(now: str, zone: str, locale: str) -> Context:
    try:
        moment = datetime.fromisoformat(now)
    except ValueError:
        raise ReadError(f"{_quoted(now)} is no moment such as 2026-11-27T09:00:00Z.") from None
    try:
        place = ZoneInfo(zone)
    except (KeyError, ValueError, OSError):
        raise ReadError(f"{_quoted(zone)} is no zone such as Europe/Berlin.") from None
    if moment.utcoffset() is None:
        moment = moment.replace(tzinfo=place)
    try:
        return Context(moment, place, locale)
    except ValueError as error:
        raise ReadError(str(error)) from None


def _quoted(typed: str) -> str:
    """Return what was typed on one short line, whatever it holds."""
    return ascii(typed[:80])
