"""A database that fails while people use the bot: what they read, and that it goes on."""

import io
import json
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from bot.playground.records import Result
from tests.faults.sqlite_faults import Fault, SqliteFaults
from tests.support.databases import Databases
from tests.support.stage import Stage, staged

WORDS = {
    Fault.LOCKED: "The database is busy. Nothing was saved; please try again in a moment.",
    Fault.READ_ONLY: (
        "The database takes no changes now. Nothing was saved; please try again in a few minutes."
    ),
    Fault.NO_WRITES: "The database's disk fails. Nothing was saved; please tell your admin.",
    Fault.MOVED: (
        "The database cannot be reached. Nothing was saved; please try again in a few minutes."
    ),
}
LONG = "draft " * 2000


@pytest.fixture
def faults(databases: Databases) -> Iterator[SqliteFaults]:
    url = databases.migrated("sqlite")
    made = SqliteFaults(Path(url.removeprefix("sqlite:///")))
    with made.installed():
        yield made
    databases.drop(url)


def said(result: Result) -> str:
    assert result.acknowledged
    assert isinstance(result.body, dict)
    return str(result.body["text"])


@pytest.mark.parametrize("fault", list(WORDS))
def test_what_people_read(faults: SqliteFaults, logs: io.StringIO, fault: Fault) -> None:
    with staged(faults.url) as stage:
        slack = stage.slack
        slack.retry_delays = (0.0,)
        stage.expect("ren", "@lena to send the draft by friday")
        proposal = stage.last("lena", about="draft")
        slack.press("lena", proposal, "Suggest a change")
        slack.fill("lena", {"What": LONG[:2900]})
        with faults.active(fault):
            assert list(slack.submit("lena").errors.values()) == [WORDS[fault]]
            line = "@ren to read the plan by friday"
            assert said(slack.command("lena", "launch", "/expect", line)) == WORDS[fault]
            assert slack.press("lena", proposal, "Accept").body == ""
            assert slack.inbox("lena")[-1].text == WORDS[fault]
            event = slack.dm("lena", "I will read it by friday")
            assert (event.status, event.attempts) == (500, 2)
            assert health(stage) == (200 if fault is Fault.NO_WRITES else 503)
        assert health(stage) == 200
        assert slack.submit("lena").errors == {}  # what was typed was kept
        stage.settle()
        assert "draft draft" in stage.expect("ren", "show E-1")
    assert "Traceback" not in logs.getvalue()
    assert "draft" not in logs.getvalue()


def health(stage: Stage) -> int:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{stage.bot.port}/healthz", timeout=10) as it:
            assert json.loads(it.read())["ok"] is True
            return int(it.status)
    except urllib.error.HTTPError as error:
        error.close()
        return error.code


@pytest.mark.postgres
@pytest.mark.usefixtures("logs")
def test_two_that_crossed_are_tried_once_more(databases: Databases) -> None:
    url = databases.migrated("postgres")
    with psycopg.connect(url, autocommit=True) as admin, staged(url) as stage:
        stage.expect("ren", "@lena to send the draft by friday")
        admin.execute(_CROSS_ONCE)
        assert "(E-2)" in stage.expect("ren", "@lena to read the plan by friday")
        assert admin.execute("SELECT last_value FROM tries").fetchone() == (2,)
        admin.execute(_NO_MORE)
    databases.drop(url)


_CROSS_ONCE = """
    CREATE SEQUENCE tries;
    CREATE FUNCTION cross_once() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        IF nextval('tries') = 1 THEN  -- which no rollback takes back
            RAISE EXCEPTION 'crossed' USING ERRCODE = '40P01';
        END IF;
        RETURN NULL;
    END $$;
    CREATE TRIGGER crossing AFTER INSERT ON event FOR EACH ROW EXECUTE FUNCTION cross_once();
"""
_NO_MORE = "DROP TRIGGER crossing ON event; DROP FUNCTION cross_once; DROP SEQUENCE tries"
