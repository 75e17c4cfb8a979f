"""`winwin read`: the same readings as JSON, one or many."""

import json

import pytest
import typer
from typer.testing import CliRunner

from bot.cli import read as read_cli

APP = typer.Typer()
APP.command("read")(read_cli.command)
NOW = "2026-11-25T10:00:00+01:00"
FRIDAY = {
    "intent": "request",
    "command": None,
    "owners": ["U02BOB"],
    "for": None,
    "result": "ship billing API",
    "due": "2026-11-27",
    "rrule": None,
    "questions": [],
    "readings": [],
}


def asked(text: object, **others: object) -> str:
    return json.dumps({"text": text, "now": NOW, "zone": "Europe/Berlin", **others})


def test_one_text() -> None:
    result = CliRunner().invoke(
        APP,
        ["<@U02BOB|bob> to ship billing API by friday", "--now", NOW, "--zone", "Europe/Berlin"],
    )
    assert result.exit_code == 0
    assert json.loads(result.stdout) == FRIDAY


def test_a_moment_without_an_offset_is_the_zones() -> None:
    line = ["x by 17:00", "--now", "2026-11-25T10:00:00", "--zone", "Asia/Tokyo"]
    result = CliRunner().invoke(APP, line)
    assert json.loads(result.stdout)["due"] == "2026-11-25T17:00:00+09:00"


def test_no_text_is_the_form_now_in_utc() -> None:
    result = CliRunner().invoke(APP, [])
    assert result.exit_code == 0
    assert json.loads(result.stdout)["questions"] == ["who", "what", "when"]


def test_the_locale_counts() -> None:
    result = CliRunner().invoke(APP, ["x by freitag", "--now", NOW, "--locale", "de-DE"])
    assert json.loads(result.stdout)["due"] == "2026-11-27"


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--zone", "Mars/Olympus"], "'Mars/Olympus' is no zone"),
        (["--zone", "Europe"], "'Europe' is no zone"),
        (["--zone", ""], "'' is no zone"),
        (["--zone", "../../etc/passwd"], "is no zone"),
        (["--now", "friday"], "'friday' is no moment"),
        (["--now", "0001-01-01T00:00:00+14:00"], "The year must lie"),
    ],
)
def test_a_wrong_option_is_one_line(options: list[str], said: str) -> None:
    result = CliRunner().invoke(APP, ["x", *options])
    assert result.exit_code == 2
    assert result.stdout == ""
    assert said in result.stderr
    assert result.stderr.count("\n") == 1


def test_many_lines_are_answered_in_order() -> None:
    lines = [
        asked("<@U02BOB|bob> to ship billing API by friday"),
        "not JSON",
        asked("x by freitag", locale="de-DE"),
        "",
        asked("x by friday", locale="xx-YY", more="ignored"),
    ]
    result = CliRunner().invoke(APP, ["--lines"], input="\n".join(lines))
    answers = [json.loads(line) for line in result.stdout.splitlines()]
    assert result.exit_code == 0
    assert answers[0] == FRIDAY
    assert list(answers[1]) == ["error"]
    assert answers[2]["due"] == "2026-11-27"
    assert list(answers[3]) == ["error"]
    assert answers[4]["due"] == "2026-11-27"
    assert len(answers) == len(lines)


@pytest.mark.parametrize(
    "line",
    [
        b"[]",
        b"null",
        b'"text"',
        b"{}",
        b"{",
        b"\xff\xfe",
        b"[" * 100_000,
        b"1" * 10_000,
        asked(None).encode(),
        asked(5).encode(),
        asked("x", now=None).encode(),
        asked("x", now=1).encode(),
        asked("x", now="soon").encode(),
        asked("x", now="9999-12-31T23:59:59-12:00").encode(),
        asked("x", zone="Nowhere").encode(),
        asked("x", zone="\x00").encode(),
        asked("x", zone="x" * 9_000).encode(),
        asked("x", zone=[]).encode(),
        asked("x", locale=None).encode(),
        json.dumps({"text": "x", "now": NOW}).encode(),
        json.dumps({"text": "x", "zone": "UTC"}).encode(),
        json.dumps({"now": NOW, "zone": "UTC"}).encode(),
    ],
)
def test_a_malformed_line_is_an_error_and_the_next_is_read(line: bytes) -> None:
    after = asked("<@U02BOB|bob> to ship billing API by friday").encode()
    result = CliRunner().invoke(APP, ["--lines"], input=line + b"\n" + after + b"\n")
    first, second = map(json.loads, result.stdout.splitlines())
    assert result.exit_code == 0
    assert list(first) == ["error"]
    assert isinstance(first["error"], str)
    assert second == FRIDAY


def test_whatever_was_typed_can_be_printed() -> None:
    odd = '{"text": "\\ud800 \\u2028 x by friday", "now": "2026-11-25T10:00:00Z", "zone": "UTC"}'
    result = CliRunner().invoke(APP, ["--lines"], input=odd)
    assert result.stdout.count("\n") == 1
    assert json.loads(result.stdout)["due"] == "2026-11-27"
