"""The monthly pulse: six people are asked in their lists; the channel sees counts, or nothing."""

import io
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from sqlalchemy import create_engine, text

from bot.playground import Message, Person
from bot.playground.finding import shown
from tests.support.process import winwin
from tests.support.stage import Stage

SIX = ("lena", "ren", "maya", "asha", "tom", "zoe")
MONTH_OVER = datetime(2026, 12, 1, 12, 5, tzinfo=UTC)
ASKED = "Pulse of <#C01LAUNCH>, November: three statements, answered without your name."
YES = {"clear": "Yes", "fair_share": "Yes", "say_no": "Yes"}
NO = {"clear": "No", "fair_share": "Partly", "say_no": "No"}


@pytest.fixture
def team(stage: Stage) -> Stage:
    """Let six people have something agreed in #launch, due on the last day of November."""
    for user, name, zone in (("U05TOM", "Tom", "Europe/Berlin"), ("U06ZOE", "Zoe", "Europe/Paris")):
        stage.slack.join(Person(user, name.lower(), f"{name} Ek", zone), "launch")
    for number, owner in enumerate(SIX, 1):
        by = "lena" if owner != "lena" else "ren"
        stage.expect(by, f"@{owner} to read page {number} by 30 nov")
        stage.expect(owner, f"accept E-{number}")
    return stage


def pulse_list(stage: Stage, user: str) -> Message:
    """Return the list that asked somebody."""
    found = [message for message in stage.inbox(user) if "Pulse of" in message.text]
    assert len(found) == 1, [message.text for message in stage.inbox(user)]
    return found[0]


def answer(stage: Stage, user: str, said: dict[str, str]) -> Message:
    """Let somebody answer; return what they read then."""
    stage.press(user, pulse_list(stage, user), "Answer")
    assert stage.submit(user, dict(said)) == {}
    return stage.inbox(user)[-1]


def asked(stage: Stage) -> None:
    """Go on to the day on which all have had their list."""
    stage.advance(datetime(2026, 11, 30, 18, tzinfo=UTC))


def test_five_answers_are_shown_once_the_month_is_over(team: Stage) -> None:
    asked(team)
    for user in SIX:
        assert ASKED in pulse_list(team, user).text
        assert {"Answer", "Stop asking"} <= set(shown(pulse_list(team, user)))
    reply = answer(team, "lena", NO)
    assert reply.text == (
        "Counted, without your name. Shown once November is over, from five answers on."
    )
    for user in SIX[1:5]:
        answer(team, user, YES)
    assert "Pulse" not in team.expect("lena", "summary preview")
    team.advance(MONTH_OVER)
    assert team.expect("zoe", "summary preview").split("*Pulse of November*\n")[1].splitlines()[
        :3
    ] == [
        "It is clear to me what is expected of me: 4 yes, 0 partly, 1 no.",
        "I carry a fair share: 4 yes, 1 partly, 0 no.",
        "I can say no: 4 yes, 0 partly, 1 no.",
    ]


def test_it_can_be_questioned_like_a_figure(team: Stage) -> None:
    said = team.expect("lena", "why PULSE")
    assert said.startswith("Pulse: where five people work together")
    assert said.endswith("There is none to show here yet.")
    asked(team)
    for user in SIX[:5]:
        answer(team, user, YES)
    assert team.expect("lena", "why pulse").endswith("There is none to show here yet.")
    team.advance(MONTH_OVER)
    shown_now = team.expect("lena", "why pulse").splitlines()[1:]
    assert shown_now[0] == "*Pulse of November*"
    assert shown_now[3] == "I can say no: 5 yes, 0 partly, 0 no."
    assert "none to show here" in team.expect("lena", "why pulse", "support")


def test_four_answers_are_never_shown_and_nothing_is_kept_of_them(team: Stage) -> None:
    asked(team)
    for user in SIX[:4]:
        answer(team, user, YES)
    team.advance(MONTH_OVER)
    assert "Pulse" not in team.expect("lena", "summary preview")
    engine = create_engine(team.database_url)
    with engine.connect() as connection:
        for table in ("pulse", "pulse_answered"):
            assert connection.scalar(text(f"SELECT count(*) FROM {table}")) == 0  # noqa: S608 - ours
    engine.dispose()


def test_only_what_may_be_shown_is_exported(team: Stage, tmp_path: Path) -> None:
    team.expect("lena", "charter edit")
    assert team.submit("lena", {"lines": "When we say no: early"}) == {}
    team.press("ren", charter_of(team, "ren"), "I agree")
    asked(team)
    for user in SIX[:5]:
        answer(team, user, YES)
    assert exported(team, tmp_path)["pulses"] == []
    team.advance(MONTH_OVER)
    document = exported(team, tmp_path)
    five = {"yes": 5, "partly": 0, "no": 0}
    assert document["pulses"] == [
        {
            "channel": "C01LAUNCH",
            "month": "2026-11",
            "answers": 5,
            "counts": {"clear": five, "share": five, "say_no": five},
        }
    ]
    (charter,) = document["charters"]
    assert charter["versions"] == [
        {
            "version": 1,
            "author": "U01LENA",
            "at": "2026-11-23T09:00:00Z",
            "lines": [{"title": "When we say no", "text": "early"}],
            "agreed": ["U02REN"],
        }
    ]


def charter_of(stage: Stage, user: str) -> Message:
    stage.expect(user, "charter")
    return stage.slack.visible(user, "launch")[-1]


def exported(stage: Stage, folder: Path) -> dict[str, Any]:
    """Return the export, which its schema allows."""
    written = winwin("export", env={"DATABASE_URL": stage.database_url}, cwd=folder)
    schema = winwin("export", "--schema", env={}, cwd=folder)
    document: dict[str, Any] = json.loads(written.stdout)
    jsonschema.validate(document, json.loads(schema.stdout))
    return document


def test_the_weekly_summary_carries_it_once(team: Stage) -> None:
    team.expect("lena", "summary here weekly fri 16:00")
    asked(team)
    for user in SIX[:5]:
        answer(team, user, YES)
    team.advance(datetime(2026, 12, 18, 20, tzinfo=UTC))
    carried = [m.text for m in team.slack.messages("launch") if "*Pulse of November*" in m.text]
    assert len(carried) == 1
    assert "#launch, 30 November to 4 December" in carried[0]
    assert "I can say no: 5 yes, 0 partly, 0 no." in carried[0]


def test_nobody_answers_twice_or_is_asked_twice(team: Stage) -> None:
    asked(team)
    answer(team, "lena", NO)
    team.press("lena", pulse_list(team, "lena"), "Answer")
    said = team.inbox("lena")[-1].text
    assert said.startswith("Your answer is in. Nobody can tell it apart any more, so it stays.")
    assert team.slack.modal("lena") is None
    team.advance(MONTH_OVER)
    assert len([m for m in team.inbox("lena") if "Pulse of" in m.text]) == 1


def test_an_answer_that_comes_too_late_is_not_counted(team: Stage) -> None:
    asked(team)
    for user in SIX[:5]:
        answer(team, user, YES)
    team.press("zoe", pulse_list(team, "zoe"), "Answer")
    team.advance(MONTH_OVER)
    assert list(team.submit("zoe", dict(NO)).values()) == [
        "That month is over. Nothing was changed."
    ]
    assert "I can say no: 5 yes, 0 partly, 0 no." in team.expect("zoe", "summary preview")


def test_stopped_it_is_not_asked(team: Stage) -> None:
    team.expect("lena", "settings")
    kept = ["worth_it", "fairness", "concentration", "gain_hint"]
    assert team.submit("lena", {"ask_besides": kept}) == {}
    asked(team)
    assert team.inbox("lena", about="Pulse of") == []
    assert ASKED in pulse_list(team, "ren").text


def test_four_people_are_not_asked(stage: Stage) -> None:
    for number, owner in enumerate(SIX[:4], 1):
        by = "lena" if owner != "lena" else "ren"
        stage.expect(by, f"@{owner} to read page {number} by 30 nov")
        stage.expect(owner, f"accept E-{number}")
    asked(stage)
    for user in SIX[:4]:
        assert stage.inbox(user, about="read page")
        assert stage.inbox(user, about="Pulse of") == []


def test_nothing_that_is_kept_or_logged_leads_from_an_answer_to_who_gave_it(
    team: Stage, logs: io.StringIO
) -> None:
    """Of an answer, beside the counts, only the name stays, and only while the month is open."""
    asked(team)
    before, logged = every_row(team), len(logs.getvalue())
    answer(team, "lena", NO)
    after = every_row(team)
    assert {table for table in after if after[table] != before[table]} == {
        "pulse",
        "pulse_answered",
    }
    assert after["pulse_answered"] == {"1|C01LAUNCH|2026-11-01|U01LENA"}
    assert after["pulse"] == {"1|C01LAUNCH|2026-11-01|0|0|1|0|1|0|0|0|1|0"}
    assert "LENA" not in logs.getvalue()[logged:]
    assert "pulse" not in logs.getvalue()[logged:]


def every_row(stage: Stage) -> dict[str, set[str]]:
    """Return every row of every table."""
    engine = create_engine(stage.database_url)
    with engine.connect() as connection:
        tables = connection.scalars(
            text("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
        ).all()
        found = {
            table: {
                "|".join(map(str, row))
                for row in connection.execute(text(f'SELECT * FROM "{table}"'))  # noqa: S608 - ours
            }
            for table in tables
        }
    engine.dispose()
    return found
