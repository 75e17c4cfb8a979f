"""Whatever Slack sends is acknowledged: good, unknown, refused, malformed and failing."""

import io
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager

import pytest

from bot.config import Mode
from bot.playground import Message, View, payloads
from bot.playground.delivery import Answer, Envelope
from bot.playground.records import Json, Result
from tests.support.databases import Databases
from tests.support.stage import Stage, staged

FAILED = "Something failed here. Nothing was saved"


pytestmark = pytest.mark.usefixtures("logs")


@pytest.fixture(params=list(Mode), ids=lambda mode: mode.value)
def stage(request: pytest.FixtureRequest, databases: Databases) -> Iterator[Stage]:
    url = databases.migrated("sqlite")
    with staged(url, request.param) as made:
        made.slack.retry_delays = ()
        yield made
    databases.drop(url)


@contextmanager
def broken_database(stage: Stage, table: str = "member") -> Iterator[None]:
    """Take a table away; every use case needs that of members."""
    path = stage.database_url.removeprefix("sqlite:///")

    def rename(old: str, new: str) -> None:
        with closing(sqlite3.connect(path, timeout=5, isolation_level=None)) as connection:
            connection.execute(f"ALTER TABLE {old} RENAME TO {new}")

    rename(table, "lost")
    yield
    rename("lost", table)


def interactive(stage: Stage, payload: Json) -> Answer:
    return stage.slack.delivery.send(Envelope.INTERACTIVE, payload)


def pressed(
    stage: Stage, user: str, where: Message | View, action_id: str, value: str = ""
) -> Answer:
    """Press a button that need not be there."""
    action = {"type": "button", "action_id": action_id, "block_id": "b", "value": value}
    person = stage.slack.state.person(user)
    action["action_ts"] = stage.slack.state.next_ts()
    return interactive(
        stage, payloads.actions_payload(stage.slack.state, person, where, action, "http://unused")
    )


def whispers(stage: Stage, user: str, where: str = "launch") -> list[str]:
    """Return what the bot said to somebody alone."""
    seen = stage.slack.visible(user, where)
    return [message.text for message in seen if message.to is not None]


def asked(stage: Stage, text: str = "@lena to send the draft by friday") -> Message:
    """Let Ren ask Lena, who is at her desk; return what she gets."""
    stage.expect("ren", text)
    return stage.last("lena", about="draft")


def form(stage: Stage, user: str = "lena") -> View:
    """Open the form."""
    assert stage.slack.command(user, "launch", "/expect").acknowledged
    view = stage.slack.modal(user)
    assert view is not None
    return view


def home(stage: Stage, user: str = "lena") -> View:
    """Open Home."""
    assert stage.slack.open_home(user).acknowledged
    stage.settle()
    view = stage.slack.home(user)
    assert view is not None
    return view


def modal_text(stage: Stage, user: str = "lena") -> str:
    view = stage.slack.modal(user)
    assert view is not None
    return str(view.blocks)


def test_what_is_good(stage: Stage) -> None:
    slack = stage.slack
    said = slack.command("lena", "launch", "/expect", "list")
    assert isinstance(said.body, dict)
    assert said.body["response_type"] == "ephemeral"
    assert said.body["text"] == "You have nothing open."

    proposal = asked(stage)
    assert slack.press("lena", proposal, "Keep it between us").acknowledged
    assert slack.close_modal("lena").acknowledged
    assert slack.press("lena", proposal, "Suggest a change").body == ""
    assert slack.submit("lena", {"What": "send half of the draft"}).body == ""
    assert slack.modal("lena") is None

    slack.say("lena", "launch", "I send the plan on friday")
    message = slack.messages("launch")[-1]
    answers = [
        slack.press("lena", form(stage), "More"),
        slack.press("lena", home(stage), "Ask for something"),
        slack.global_shortcut("lena", "new_expectation"),
        slack.message_shortcut("lena", message, "turn_into_expectation"),
        slack.dm("lena", "help"),
        slack.mention("lena", "launch", "help"),
        slack.user_changed("lena", tz="Europe/Paris"),
        slack.say("lena", "launch", "nobody is meant"),
    ]
    assert [answer.status for answer in answers] == [200] * len(answers)
    assert all(answer.acknowledged for answer in answers)


def test_what_nobody_knows(stage: Stage) -> None:
    slack = stage.slack
    message = asked(stage)
    view, person = form(stage), slack.state.person("lena")
    elsewhere = View(**{name: getattr(view, name) for name in View.__dataclass_fields__})
    elsewhere.callback_id = "of_another_time"
    suggestion = payloads.suggestion_payload(
        slack.state, person, view, block_id="who", action_id="who", value="a"
    )
    answers: list[Answer | Result] = [
        slack.delivery.send(
            Envelope.COMMAND,
            payloads.command_payload(
                slack.state,
                person,
                slack.state.conversation("launch"),
                command="/other",
                text="",
                base_url="http://unused",
            ),
        ),
        pressed(stage, "lena", message, "other.thing"),
        pressed(stage, "lena", view, "who"),
        interactive(stage, payloads.submission_payload(slack.state, person, elsewhere)),
        interactive(stage, payloads.closed_payload(slack.state, person, view, cleared=False)),
        interactive(stage, suggestion),
        interactive(stage, payloads.shortcut_payload(slack.state, person, "other_shortcut")),
        slack.event({"type": "reaction_added", "user": person.id, "reaction": "eyes"}),
        slack.event({"type": "message", "subtype": "message_changed", "channel_type": "im"}),
    ]
    assert [answer.status for answer in answers] == [200] * len(answers)


def test_what_the_domain_refuses(stage: Stage) -> None:
    slack = stage.slack
    proposal = asked(stage)
    said = slack.command("lena", "launch", "/expect", "accept E-99")
    assert isinstance(said.body, dict)
    assert "There is no E-99 that you can see." in said.body["text"]

    # In a message: another reads it, and an ephemeral says so.
    stage.expect("ren", "@lena to read the plan by friday")
    own = slack.visible("ren", "launch")[-1]
    assert slack.press("ren", own, "Take back").acknowledged
    assert slack.press("ren", own, "Take back").acknowledged
    assert "Your press changed nothing" in whispers(stage, "ren")[-1]
    press = next(
        element["value"]
        for block in proposal.blocks
        for element in block.get("elements", [])
        if element["action_id"] == "do.accept"
    )
    assert pressed(stage, "ren", own, "do.accept", press).acknowledged
    assert "Only <@U01LENA> can answer this" in whispers(stage, "ren")[-1]

    # In Home and in a modal there is no conversation: a modal says it.
    unknown = '{"v":"show","n":99}'
    assert pressed(stage, "lena", home(stage), "do.show", unknown).acknowledged
    assert "There is no E-99" in modal_text(stage)
    kept = form(stage)
    slack.fill("lena", {"What": "typed already"})
    assert pressed(stage, "lena", kept, "do.show", unknown).acknowledged
    assert "There is no E-99" in modal_text(stage)
    slack.close_modal("lena")
    assert slack.modal("lena") is not None  # the form, as it was

    result = slack.submit("lena", {"Who": ["lena"], "By when": "2026-11-20"})
    assert result.acknowledged
    assert result.errors.keys() == {"who"}
    assert slack.dm("lena", "accept E-99").attempts == 1
    assert "There is no E-99" in stage.last("lena").text
    assert slack.mention("lena", "launch", "accept E-99").attempts == 1
    assert "There is no E-99" in whispers(stage, "lena")[-1]


@pytest.mark.parametrize("value", ["", "[]", "{}", '{"v":"accept"}', '{"v":"nothing"}', "\0"])
def test_values_that_are_none_of_ours(stage: Stage, value: str) -> None:
    slack, person = stage.slack, stage.slack.state.person("lena")
    proposal, tab = asked(stage), home(stage)
    for action in ("do.accept", "open.change", "menu.more", "page.next", "form.more"):
        view = form(stage)
        for where in (proposal, view, tab):
            answer = pressed(stage, "lena", where, action, value)
            assert (answer.status, answer.body) == (200, "")
    view = form(stage)
    view.private_metadata = value
    answer = interactive(stage, payloads.submission_payload(slack.state, person, view))
    assert answer.status == 200
    assert isinstance(answer.body, dict)
    assert answer.body["errors"].keys() == {"who"}


def test_what_fails_unexpectedly(stage: Stage, logs: io.StringIO) -> None:
    slack = stage.slack
    proposal, view, tab = asked(stage), form(stage), home(stage)
    said = slack.say("lena", "launch", "the secret plan by friday")
    assert said.acknowledged
    with broken_database(stage):
        answer = slack.command("lena", "launch", "/expect", "@ren to keep the secret by friday")
        assert isinstance(answer.body, dict)
        assert FAILED in answer.body["text"]

        assert slack.press("lena", proposal, "Accept").body == ""
        assert FAILED in stage.last("lena").text
        assert stage.last("lena").to is not None
        assert slack.press("lena", tab, "Ask for something").body == ""
        assert FAILED in modal_text(stage)

        slack.close_modal("lena")
        message = slack.messages("launch")[-1]
        assert slack.message_shortcut("lena", message, "turn_into_expectation").body == ""
        assert FAILED in whispers(stage, "lena")[-1]
        assert slack.global_shortcut("lena", "new_expectation").body == ""
        assert FAILED in modal_text(stage)

        person = slack.state.person("lena")
        submission = payloads.submission_payload(slack.state, person, view)
        refused = interactive(stage, submission)
        assert isinstance(refused.body, dict)
        assert FAILED in refused.body["errors"]["who"]

        # Events are delivered again: Slack hears a 500, and in Socket Mode nothing.
        for event in (slack.dm("lena", "list"), slack.mention("lena", "launch", "list")):
            assert not event.acknowledged
        assert not slack.open_home("lena").acknowledged
        assert not slack.user_changed("lena", tz="Europe/Rome").acknowledged
    assert slack.press("lena", proposal, "Accept").acknowledged
    stage.settle()
    assert "agreed" in stage.expect("lena", "show E-1").splitlines()[0]
    assert "request failed" in logs.getvalue()
    assert "secret" not in logs.getvalue()


def test_what_people_wrote_is_not_logged_with_an_error(stage: Stage, logs: io.StringIO) -> None:
    with broken_database(stage, "terms"):
        assert FAILED in stage.expect("lena", "@asha to keep the secret by friday")
    assert "INSERT INTO terms" in logs.getvalue()
    assert "secret" not in logs.getvalue()
    assert stage.expect("lena", "list") == "You have nothing open."
