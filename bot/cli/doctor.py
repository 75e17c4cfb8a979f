"""`winwin doctor`: looks at what a running bot needs, and says what to do about each finding."""

import os
from collections.abc import Iterator
from contextlib import closing

import typer

from bot import manifest
from bot.cli.doctor_outbox import outbox
from bot.cli.finding import Finding
from bot.clock import utc_now
from bot.config import Mode, Settings, SettingsError, load
from bot.db.health import DatabaseError, schema
from bot.slack.clients import Clients
from bot.slack.deadline import DeadlineClient
from bot.slack.identity import Identity, IdentityError, identify, socket_address

_LAID_OUT = "reached, and laid out as this version needs"

_CLOCK_SLACK = 30.0
"""Seconds by which the clock may be off; Slack refuses signatures from 300 on."""


def command() -> None:
    """Look at tokens, scopes, clock, database and messages; exit 1 where there is to mend."""
    findings = list(_examine())
    for finding in findings:
        typer.echo(finding.line)
    if any(finding.mend for finding in findings):
        raise typer.Exit(1)


def _examine() -> Iterator[Finding]:
    try:
        settings = load(os.environ)
    except SettingsError as error:
        yield Finding("settings", "not complete", str(error))
        return
    yield Finding("settings", f"{settings.mode.value} mode")
    with closing(Clients(api_url=settings.api_url, token=settings.bot_token)) as clients:
        client = clients.interactive()
        try:
            identity = identify(client)
        except IdentityError as error:
            yield Finding("bot token", "not usable", str(error))
        else:
            yield from _slack(settings, client, identity)
    database = _database(settings)
    yield database
    if database.said == _LAID_OUT:
        yield from outbox(settings.database_url, utc_now())


def _slack(settings: Settings, client: DeadlineClient, identity: Identity) -> Iterator[Finding]:
    yield Finding("bot token", f"{identity.team or 'workspace'} ({identity.team_id})")
    yield _scopes(identity)
    yield _clock(identity)
    if settings.mode is Mode.SOCKET:
        try:
            socket_address(client, settings.app_token)
        except IdentityError as error:
            yield Finding("app token", "not usable", str(error))
        else:
            yield Finding("app token", "opens Socket Mode")


def _scopes(identity: Identity) -> Finding:
    missing = sorted(manifest.scopes() - identity.scopes)
    if missing:
        return Finding(
            "scopes",
            f"missing {', '.join(missing)}",
            "Add them at api.slack.com/apps (OAuth & Permissions) and install the app again",
        )
    left_out = sorted(manifest.optional_scopes() - identity.scopes)
    if left_out:
        return Finding("scopes", f"all that are needed; without the optional {', '.join(left_out)}")
    return Finding("scopes", "all that the manifest names")


def _clock(identity: Identity) -> Finding:
    if identity.slack_time is None:
        return Finding("clock", "not compared: Slack's answer had no date")
    off = utc_now().timestamp() - identity.slack_time
    if abs(off) > _CLOCK_SLACK:
        return Finding(
            "clock",
            f"{abs(off):.0f} s {'ahead of' if off > 0 else 'behind'} Slack's",
            "Let the machine keep time by NTP: lists would come at the wrong hour",
        )
    return Finding("clock", "agrees with Slack's")


def _database(settings: Settings) -> Finding:
    try:
        state = schema(settings.database_url)
    except DatabaseError as error:
        return Finding("database", "not reached", str(error))
    if state.current is None:
        return Finding("database", "reached, and new: `winwin run` lays it out")
    if not state.up_to_date:
        return Finding(
            "database", f"reached, laid out as {state.current}", "Start `winwin run`: it migrates"
        )
    return Finding("database", _LAID_OUT)
