"""`winwin forget`: somebody is forgotten by whoever runs the bot, also who has left Slack."""

import os
import uuid
from typing import Annotated

import typer

from bot.clock import utc_now
from bot.config import SettingsError, load_database_url
from bot.db.health import DatabaseError, open_existing
from bot.domain.trouble import StoreError
from bot.services.actor import Actor
from bot.services.forget import Forget, Forgotten

_ASKED = (
    "{user} is taken out of all that is kept, with everything they wrote; what is open with others "
    "is let go. This cannot be undone. Forget them?"
)


def command(
    user: Annotated[str, typer.Argument(help="Their Slack user id, such as U04ASHA.")],
    *,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask first.")] = False,
) -> None:
    """Forget a person; works while the bot runs, which then updates what others have in Slack."""
    if not yes and not typer.confirm(_ASKED.format(user=user)):
        raise typer.Exit(1)
    try:
        done = _forget(load_database_url(os.environ), user)
    except (SettingsError, DatabaseError, StoreError) as error:
        typer.echo(f"winwin: {error}", err=True)
        raise typer.Exit(1) from None
    if not any(each.known for each in done):
        typer.echo(f"Nothing is kept about {user}.")
        return
    let_go = sum(each.let_go for each in done)
    typer.echo(f"{user} is forgotten; {let_go} open ones were let go. Backups still have them.")


def _forget(url: str, user: str) -> list[Forgotten]:
    """Forget somebody in every workspace, a transaction each."""
    store = open_existing(url)
    try:
        forget = Forget(store, utc_now, lambda: None, lambda: uuid.uuid4().hex)
        return [forget.forget(Actor(workspace=each.id, user=user)) for each in store.workspaces()]
    finally:
        store.close()
