"""How Alembic reaches the database: on the caller's connection, else by DATABASE_URL."""

import os
from typing import Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import Connection

from bot.db.connecting import is_sqlite, postgres_engine, sqlite_engine
from bot.db.tables import Base
from bot.db.types import UtcTime
from bot.db.urls import database_url


def render_item(kind: str, item: object, autogen_context: AutogenContext) -> str | Literal[False]:
    """Write our own type as what it is in the databases, so that migrations never import bot."""
    del autogen_context
    if kind == "type" and isinstance(item, UtcTime):
        return "sa.DateTime(timezone=True).with_variant(sa.String(32), 'sqlite')"
    return False


def migrate(connection: Connection) -> None:
    """Run what the command asked for, in the connection's transaction."""
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=connection.dialect.name == "sqlite",
        render_item=render_item,
        transactional_ddl=True,
    )
    with context.begin_transaction():
        context.run_migrations()


given = context.config.attributes.get("connection")
if given is not None:
    migrate(given)
else:
    url = database_url(os.environ.get("DATABASE_URL", "sqlite:///winwin.db"))
    engine = (
        sqlite_engine(url, begin="BEGIN IMMEDIATE", pool_size=1, foreign_keys=False, may_make=True)
        if is_sqlite(url)
        else postgres_engine(url, pool_size=1)
    )
    with engine.begin() as own:
        migrate(own)
    engine.dispose()
