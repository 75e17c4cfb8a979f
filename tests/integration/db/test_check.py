"""`winwin db check`: each planted breakage is found by its ids, and a used database is whole."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import Connection, Engine, text
from typer.testing import CliRunner

from bot.__main__ import app
from bot.db.check import examine
from bot.db.connecting import is_sqlite, postgres_engine, sqlite_engine
from bot.db.urls import database_url as read_url
from tests.conftest import BOTH
from tests.support.stage import staged
from tests.support.used import use

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.support.databases import Databases

IDS = {
    "post": "SELECT min(id) FROM message WHERE kind = 'post' AND state = 'sent' AND fence = 1",
    "list": "SELECT min(id) FROM message WHERE moment = 'list' AND kind = 'post'",
    "update": "SELECT min(id) FROM message WHERE kind = 'update' AND state = 'sent'",
    "home": "SELECT min(id) FROM message WHERE kind = 'home'",
}

# What is planted, and all that is to be found.
PLANTED: dict[str, tuple[list[str], set[str]]] = {
    "an open one without a next time": (
        ["UPDATE expectation SET next_clock_at = NULL WHERE number = 1"],
        {"E-1 is open and has no next time"},
    ),
    "a version of terms is missing": (
        ["DELETE FROM terms WHERE number = 1 AND version = 2"],
        {"E-1 has a gap in the versions of its terms"},
    ),
    "a version in the middle is missing": (
        [
            "UPDATE expectation SET last_version = 3 WHERE number = 1",
            "UPDATE terms SET version = 3 WHERE number = 1 AND version = 2",
        ],
        {"E-1 has a gap in the versions of its terms"},
    ),
    "the terms in force are missing": (
        ["DELETE FROM terms WHERE number = 2"],
        {"E-2 has no terms in force", "E-2 has a gap in the versions of its terms"},
    ),
    "the terms of a waiting change are missing": (
        ["DELETE FROM terms WHERE number = 7 AND version = 2"],
        {
            "E-7 has a waiting change without its terms",
            "E-7 has a gap in the versions of its terms",
        },
    ),
    "words of somebody who is forgotten": (
        ["UPDATE event SET actor = 'left-1', note = 'because' WHERE number = 2 AND seq = 2"],
        {"E-2 has words of somebody who is forgotten"},
    ),
    "an event is missing": (
        ["DELETE FROM event WHERE number = 2 AND seq = 2"],
        {"E-2 has a gap in its events"},
    ),
    "all events are missing": (["DELETE FROM event WHERE number = 6"], {"E-6 has no event"}),
    "a report is missing": (
        ["DELETE FROM report WHERE number = 2"],
        {"E-2 has a gap in its reports"},
    ),
    "an update of a measure is missing": (
        ["UPDATE goal_update SET seq = 9 WHERE seq = 2"],
        {"G-1 has a gap in the updates of its measure"},
    ),
    "numbers were taken and not used": (
        ["UPDATE counter SET next = next + 2 WHERE kind = 'expectation'"],
        {"E-8 to E-9 missing"},
    ),
    "the counter fell behind": (
        ["UPDATE counter SET next = 3 WHERE kind = 'expectation'"],
        {"counter of expectation stands at 3, behind 7"},
    ),
    "a counter is missing": (
        ["DELETE FROM counter WHERE kind = 'goal'"],
        {"counter of goal missing"},
    ),
    "the last number is missing": (["DELETE FROM thanks"], {"thanks 1 missing"}),
    "numbers are missing before another": (
        ["UPDATE thanks SET number = 3", "UPDATE counter SET next = 4 WHERE kind = 'thanks'"],
        {"thanks 1 to thanks 2 missing"},
    ),
    "a version of a charter is missing": (
        [
            "INSERT INTO charter_version VALUES (1, 'C0', 3, 'U0', '2026-11-02', '[]')",
            "INSERT INTO charter VALUES (1, 'C0', 3, '2027-01-04', false)",
        ],
        {"charter of C0 has a gap in its versions"},
    ),
    "a post without a slot": (
        ["UPDATE message SET slot = '' WHERE id = :post"],
        {"message {post} has no slot of its kind"},
    ),
    "a post with a slot that nobody makes": (
        ["UPDATE message SET slot = 'zzz' WHERE id = :post"],
        {"message {post} has no slot of its kind"},
    ),
    "a list with another's slot": (
        ["UPDATE message SET slot = 'list/U0/2026-11-02' WHERE id = :list"],
        {"message {list} has no slot of its kind"},
    ),
    "a Home with another's slot": (
        ["UPDATE message SET slot = 'home/U0' WHERE id = :home"],
        {"message {home} has no slot of its kind"},
    ),
    "an update of nothing": (
        ["UPDATE message SET slot = 'update/0' WHERE id = :update"],
        {"message {update} updates a post that is not there"},
    ),
    "sending without a lease": (
        ["UPDATE message SET state = 'sending', lease_until = NULL WHERE id = :post"],
        {
            "message {post} is being sent without a lease",
            "message {post} is being sent without an attempt under way",
        },
    ),
    "a lease without sending": (
        ["UPDATE message SET lease_until = not_before WHERE id = :post"],
        {"message {post} has a lease and is not being sent"},
    ),
    "sent nowhere": (
        ["UPDATE message SET channel = NULL WHERE id = :post"],
        {"message {post} is a sent post without its channel, ts or time"},
    ),
    "sent as nothing": (
        ["UPDATE message SET ts = NULL WHERE id = :post"],
        {"message {post} is a sent post without its channel, ts or time"},
    ),
    "sent without an attempt": (
        ["DELETE FROM attempt WHERE message = :post"],
        {"message {post} is sent without an attempt that says so"},
    ),
    "an update that was sent without an attempt": (
        ["DELETE FROM attempt WHERE message = :update"],
        {"message {update} is sent without an attempt that says so"},
    ),
    "an update that is looked for": (
        ["INSERT INTO look SELECT workspace, id, not_before, 0 FROM message WHERE id = :update"],
        {"message {update} is looked for and is no post"},
    ),
    "an attempt that never ended": (
        ["UPDATE attempt SET result = NULL, ended_at = NULL WHERE message = :post"],
        {
            "message {post} is sent without an attempt that says so",
            "message {post} has an attempt under way and is not being sent",
        },
    ),
    "a goal that is not there": (
        ["UPDATE expectation SET goal = 9 WHERE number = 1"],
        {"E-1 points nowhere with its goal"},
    ),
    "a group that is not there": (
        ['UPDATE expectation SET "group" = 99 WHERE number = 3'],
        {"E-3 points nowhere with its group"},
    ),
    "a remedy of nothing": (
        ["UPDATE expectation SET remedy_of = 99 WHERE number = 7"],
        {"E-7 points nowhere with its remedy_of"},
    ),
    "an open remedy that is not there": (
        ["UPDATE expectation SET open_remedy = 99 WHERE number = 4"],
        {"E-4 points nowhere with its open_remedy"},
    ),
    "a message about nothing": (
        ["UPDATE message SET number = 99 WHERE id = :post"],
        {"message {post} points nowhere with its number"},
    ),
    "a member without a next list": (
        ["UPDATE member SET next_list_at = NULL WHERE \"user\" = 'U01LENA'"],
        {"member U01LENA has no time for the next list"},
    ),
    "a summary without a next time": (
        ["UPDATE channel SET summary_next_at = NULL"],
        {"channel C01LAUNCH has a summary without a next time"},
    ),
    "a due that ends elsewhere": (
        ["UPDATE expectation SET due_at = created_at WHERE number = 1"],
        {"E-1 has a due that ends at another instant"},
    ),
    "an owner who moved and whose day did not": (
        ["UPDATE member SET zone = 'Pacific/Apia' WHERE \"user\" = 'U03MAYA'"],
        {"E-1 has a due that ends at another instant"},
    ),
    "an owner whom nobody knows": (
        ["UPDATE expectation SET owner = 'U0' WHERE number = 1"],
        {"E-1 has an owner who is no member"},
    ),
    "a due that says nothing": (
        ["UPDATE expectation SET due = 'soon' WHERE number = 1"],
        {"E-1 has a due or a zone that cannot be read"},
    ),
}


@pytest.fixture(scope="module", params=BOTH)
def used(request: pytest.FixtureRequest, databases: Databases) -> Iterator[Engine]:
    """Yield a used database; what is planted in it is rolled back."""
    url = databases.migrated(request.param)
    use(url)
    where = read_url(url)
    opened = (
        sqlite_engine(where, begin="BEGIN IMMEDIATE", pool_size=1)
        if is_sqlite(where)
        else postgres_engine(where, pool_size=1)
    )
    yield opened
    opened.dispose()
    databases.drop(url)


def without_rules(connection: Connection) -> None:
    """Let be planted what the schema refuses, until the transaction is rolled back."""
    if connection.dialect.name == "sqlite":
        connection.execute(text("PRAGMA ignore_check_constraints = ON"))
        triggers = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        for name in connection.scalars(text(triggers)).all():
            connection.execute(text(f"DROP TRIGGER {name}"))
        return
    for change in (
        "message DROP CONSTRAINT ck_message_lease_until",
        "channel DROP CONSTRAINT ck_channel_summary",
        "terms DISABLE TRIGGER USER",
        "event DISABLE TRIGGER USER",
    ):
        connection.execute(text(f"ALTER TABLE {change}"))


def test_a_used_database_is_whole(used: Engine) -> None:
    with used.begin() as connection:
        states = connection.execute(text("SELECT DISTINCT status FROM expectation")).scalars()
        assert set(states) == {"active", "met", "lapsed", "missed"}
        assert [str(finding) for finding in examine(connection)] == []


@pytest.mark.parametrize("case", PLANTED)
def test_what_is_planted_is_found(used: Engine, case: str) -> None:
    statements, expected = PLANTED[case]
    with used.connect() as connection, connection.begin() as transaction:
        ids = {name: connection.scalar(text(query)) for name, query in IDS.items()}
        without_rules(connection)
        for statement in statements:
            named = {name: id_ for name, id_ in ids.items() if f":{name}" in statement}
            assert connection.execute(text(statement), named).rowcount, statement
        found = {str(finding) for finding in examine(connection)}
        transaction.rollback()
    assert found == {f"workspace 1: {line.format(**ids)}" for line in expected}


def checked(url: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["db", "check"], env={**os.environ, "DATABASE_URL": url})
    return result.exit_code, result.output


def test_the_command_says_what_is_broken_also_while_the_bot_runs(database_url: str) -> None:
    with staged(database_url) as stage:
        stage.expect("lena", "@ren to send the secret draft by friday")
        assert checked(database_url) == (0, "Nothing is broken.\n")
        change(database_url, "UPDATE expectation SET next_clock_at = NULL")
        status, said = checked(database_url)
        assert status == 1
        assert said == "workspace 1: E-1 is open and has no next time\n"
        change(database_url, "UPDATE expectation SET next_clock_at = due_at")


def change(url: str, statement: str) -> None:
    where = read_url(url)
    engine = (
        sqlite_engine(where, begin="BEGIN IMMEDIATE", pool_size=1)
        if is_sqlite(where)
        else postgres_engine(where, pool_size=1)
    )
    with engine.begin() as connection:
        connection.execute(text(statement))
    engine.dispose()


def test_a_database_without_tables_is_refused_in_a_line(
    databases: Databases, database_kind: str
) -> None:
    status, said = checked(databases.empty(database_kind))
    assert status == 1
    assert said.startswith("winwin: DATABASE_URL names a database without tables")
    assert said.count("\n") == 1
