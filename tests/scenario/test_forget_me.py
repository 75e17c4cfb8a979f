"""`/expect forget-me`: what it says before, what others see after, and beginning anew."""

import os

import pytest
from sqlalchemy import text
from typer.testing import CliRunner

from bot.__main__ import app
from bot.cli import forget as forget_command
from bot.db.connecting import is_sqlite, postgres_engine, sqlite_engine
from bot.db.urls import database_url as read_url
from bot.playground import Message
from tests.support.stage import Stage

LENA = "U01LENA"


def stored(stage: Stage, user: str) -> bool:
    """Tell whether an id stands anywhere in the database, as the database itself writes it."""
    where = read_url(stage.database_url)
    engine = (
        sqlite_engine(where, begin="BEGIN", pool_size=1, read_only=True)
        if is_sqlite(where)
        else postgres_engine(where, pool_size=1)
    )
    with engine.connect() as connection:
        names = (
            "SELECT name FROM sqlite_master WHERE type = 'table'"
            if is_sqlite(where)
            else "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
        )
        tables = [row[0] for row in connection.execute(text(names))]
        found = any(
            user in str(tuple(row))
            for table in tables
            for row in connection.execute(text(f'SELECT * FROM "{table}"'))  # noqa: S608 - its own names
        )
    engine.dispose()
    return found


def agreed(stage: Stage) -> Message:
    """Let Lena ask Asha for E-1, who agrees, and for E-2, which is kept."""
    stage.expect("lena", "@asha to send the draft by friday")
    stage.press("asha", stage.last("asha", about="draft"), "Accept")
    stage.expect("lena", "@asha to read the brief by friday")
    stage.press("asha", stage.last("asha", about="brief"), "Accept")
    stage.expect("asha", "done E-2")
    stage.expect("lena", "confirm E-2")
    stage.expect("asha", "thanks @lena for the coffee")
    return stage.last("asha", about="draft")


def forget(stage: Stage, user: str) -> None:
    stage.expect(user, "forget-me")
    assert stage.submit(user) == {}


def test_it_says_what_happens_before_it_does(any_stage: Stage) -> None:
    stage = any_stage
    agreed(stage)
    stage.expect("lena", "forget-me")
    view = stage.slack.modal("lena")
    assert view is not None
    said = str(view.blocks)
    for part in ("let go now", "counts nowhere", "taken out", "cannot be undone", "backups"):
        assert part in said, part
    assert "agreed" in stage.expect("lena", "show E-1")
    assert stored(stage, LENA)
    assert stage.submit("lena") == {}
    shown = stage.slack.modal("lena")
    assert shown is not None
    assert "You are forgotten" in str(shown.blocks)
    assert not stored(stage, LENA)


def test_what_the_others_see(stage: Stage) -> None:
    card = agreed(stage)
    ren = [m.text for m in stage.inbox("asha", about="draft")]
    assert ren
    forget(stage, "lena")
    told = stage.last("asha", about="E-1")
    assert told.text == (
        "*forgotten words* (E-1): the other side left and is forgotten. It is closed and counts "
        "nowhere."
    )
    posts = [message for message in stage.slack.inbox("asha") if message.to is None]
    assert all("draft" not in post.text for post in posts)
    assert all("lena" not in str(post.blocks).casefold() for post in posts)
    shown = stage.expect("asha", "show E-2")
    assert "kept" in shown
    assert "somebody who left" in shown
    assert LENA not in shown
    old = stage.slack.state.message(card.channel, card.ts)
    assert old is not None
    assert "forgotten words" in old.text
    assert stage.expect("asha", "list") == "You have nothing open."


def test_who_comes_back_is_somebody_new(stage: Stage) -> None:
    agreed(stage)
    forget(stage, "lena")
    stage.settle()
    assert stage.expect("lena", "show E-1") == "There is no E-1 that you can see."
    assert stage.expect("lena", "list") == "You have nothing open."
    stage.expect("lena", "@asha to call by friday")
    stage.press("asha", stage.last("asha", about="call"), "Accept")
    assert "agreed" in stage.expect("lena", "show E-3")
    assert stage.expect("lena", "show E-2", "support") == "There is no E-2 that you can see."
    seen_by_all = stage.expect("lena", "show E-2")
    assert seen_by_all == stage.expect("maya", "show E-2")


def test_a_submission_that_comes_again_forgets_nobody_twice(stage: Stage) -> None:
    agreed(stage)
    stage.expect("lena", "forget-me")
    view = stage.slack.modal("lena")
    assert view is not None
    assert stage.submit("lena") == {}
    messages = len(stage.slack.inbox("asha"))
    stage.advance_by(minutes=1)
    assert not stored(stage, LENA)
    assert len(stage.slack.inbox("asha")) == messages


def test_an_old_button_of_who_was_forgotten_shows_nothing(stage: Stage) -> None:
    stage.expect("asha", "@lena to send the draft by friday")
    proposal = stage.last("lena", about="draft")
    forget(stage, "lena")
    before = stage.expect("asha", "show E-1")
    stage.press("lena", proposal, "Accept")
    assert stage.last("lena").text == "There is no E-1 that you can see."
    assert stage.expect("asha", "show E-1") == before


def test_their_home_says_so(stage: Stage) -> None:
    agreed(stage)
    assert stage.slack.open_home("lena").acknowledged
    stage.settle()
    forget(stage, "lena")
    home = stage.slack.home("lena")
    assert home is not None
    assert "You are forgotten" in str(home.blocks)


def test_from_the_privacy_of_home(stage: Stage) -> None:
    assert stage.slack.open_home("lena").acknowledged
    stage.settle()
    home = stage.slack.home("lena")
    assert home is not None
    stage.slack.press("lena", home, "Privacy")
    view = stage.slack.modal("lena")
    assert view is not None
    stage.slack.press("lena", view, "Forget me")
    assert stage.submit("lena") == {}
    assert not stored(stage, LENA)


def test_whoever_runs_it_forgets_who_has_left_slack(
    any_stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage = any_stage
    monkeypatch.setattr(forget_command, "utc_now", stage.clock)
    agreed(stage)
    environment = {"DATABASE_URL": stage.database_url}
    assert "DATABASE_URL" not in os.environ
    runner = CliRunner()
    asked = runner.invoke(app, ["forget", LENA], env=environment, input="n\n")
    assert asked.exit_code == 1
    assert "cannot be undone" in asked.output
    assert stored(stage, LENA)
    done = runner.invoke(app, ["forget", LENA, "--yes"], env=environment)
    said = f"{LENA} is forgotten; 1 open ones were let go. Backups still have them.\n"
    assert done.output == said
    assert not stored(stage, LENA)
    again = runner.invoke(app, ["forget", LENA, "--yes"], env=environment)
    assert again.output == f"Nothing is kept about {LENA}.\n"
    stage.settle()
    assert "the other side left and is forgotten" in stage.last("asha", about="E-1").text
