"""/metrics of a bot at work, over HTTP, and in Socket Mode where it is asked for."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from bot.app import build
from bot.config import Mode, Settings, load
from bot.db.connecting import is_sqlite, postgres_engine, sqlite_engine
from bot.db.outbox import Outbox
from bot.db.urls import database_url as read_url
from bot.playground import Slack, workspace
from tests.support.stage import TestClock, staged

if TYPE_CHECKING:
    from bot.app import Bot
    from bot.db.engine import SqlStore


def get(bot: Bot, path: str) -> tuple[str, str]:
    with urllib.request.urlopen(f"http://127.0.0.1:{bot.port}{path}", timeout=5) as answer:
        return answer.headers["Content-Type"], answer.read().decode()


def figures(bot: Bot) -> dict[str, float]:
    kind, body = get(bot, "/metrics")
    assert kind == "text/plain; version=0.0.4; charset=utf-8"
    lines = [line for line in body.splitlines() if not line.startswith("#")]
    return {name: float(value) for name, _, value in (line.rpartition(" ") for line in lines)}


def test_what_the_bot_does_is_counted_and_names_nobody(database_url: str) -> None:
    with staged(database_url) as stage:
        before = figures(stage.bot)
        stage.expect("lena", "@ren to send the secret draft by friday")
        stage.press("ren", stage.last("ren", about="draft"), "Accept")
        stage.expect("ren", "change E-1")
        stage.submit("ren", {"By when": "2026-11-30"})
        assert stage.slack.open_home("ren").acknowledged
        stage.settle()
        after = figures(stage.bot)

        def more(name: str) -> float:
            return after[name] - before[name]

        assert more('winwin_request_seconds_count{kind="command"}') == 2
        assert more('winwin_request_seconds_count{kind="action"}') == 1
        assert more('winwin_request_seconds_count{kind="view"}') == 1
        assert more('winwin_request_seconds_count{kind="event"}') >= 1
        assert more("winwin_sent_total") >= 3
        assert after["winwin_due"] == after["winwin_unknown"] == after["winwin_dead"] == 0
        _, body = get(stage.bot, "/metrics")
    assert all(word not in body for word in ("draft", "U0", "T0", "C0", "E-1", "ren", "lena"))


def test_what_waits_and_what_did_not_arrive_is_counted(store: SqlStore, database_url: str) -> None:
    with staged(database_url) as stage:
        for day in ("tuesday", "wednesday", "thursday", "friday"):
            stage.expect("lena", f"@ren to send the draft by {day}")
        where = read_url(database_url)
        engine = (
            sqlite_engine(where, begin="BEGIN IMMEDIATE", pool_size=1)
            if is_sqlite(where)
            else postgres_engine(where, pool_size=1)
        )
        with engine.begin() as connection:
            posts = "SELECT id FROM message WHERE kind = 'post' AND state = 'sent' ORDER BY id"
            ids = connection.scalars(text(posts)).all()
            assert len(ids) >= 4
            change = text("UPDATE message SET state = :state WHERE id = :id")
            for id_, state in zip(ids, ("pending", "unknown", "unknown", "dead"), strict=False):
                connection.execute(change, {"id": id_, "state": state})
        engine.dispose()
        assert store.outbox(stage.clock.at) == Outbox(
            due=1, oldest_due_at=stage.clock.at, unknown=2, dead=1
        )
        stage.clock.at += timedelta(seconds=45)
        shown = figures(stage.bot)
        assert shown["winwin_due"] == 1
        assert shown["winwin_oldest_due_seconds"] == 45
        assert shown["winwin_unknown"] == 2
        assert shown["winwin_dead"] == 1


@pytest.mark.parametrize("health", [False, True])
def test_socket_mode_listens_only_where_asked(database_url: str, health: bool) -> None:  # noqa: FBT001 - a parameter
    clock = TestClock()
    with Slack(workspace(clock=clock)) as slack:
        app = slack.state.app
        settings = Settings(
            mode=Mode.SOCKET,
            bot_token=app.bot_token,
            app_token=app.app_token,
            api_url=slack.api_url,
            database_url=database_url,
            port=0,
            health=health,
        )
        bot = build(settings, clock)
        bot.start()
        try:
            slack.wait_until(lambda: slack.sockets.count)
            assert (bot.port is not None) is health
            if health:
                assert slack.command("lena", "launch", "/expect", "help").acknowledged
                shown = figures(bot)
                assert shown['winwin_request_seconds_count{kind="command"}'] == 1
                assert 0 <= shown["winwin_tick_age_seconds"] < 30
                assert json.loads(get(bot, "/healthz")[1])["ok"] is True
                with pytest.raises(urllib.error.HTTPError, match="404"):
                    get(bot, "/slack/events")
        finally:
            bot.stop()


def test_the_setting_is_read() -> None:
    tokens = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1"}
    assert load(tokens, None).health is False
    assert load(tokens | {"WINWIN_HEALTH": "1"}, None).health is True
