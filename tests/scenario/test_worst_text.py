"""The worst that people can type stays within Slack's limits, formats nothing and pings nobody."""

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from bot.playground.records import Json
from tests.support.stage import Stage

PINGS = re.compile(r"<!(?!date\^)[^>]*>|<!subteam")
SENT = {"chat.postMessage", "chat.update", "chat.postEphemeral"}


def posted(stage: Stage) -> Iterator[str]:
    """Yield every text that can ping: all that was sent as mrkdwn, and every top-level text."""
    for exchange in stage.slack.traffic:
        if exchange.direction == "from_app" and exchange.name in SENT:
            yield from texts(exchange.request)
        elif exchange.direction == "to_app" and isinstance(exchange.answer, dict):
            yield from texts(exchange.answer)


def texts(content: Json) -> Iterator[str]:
    yield str(content.get("text") or "")
    blocks = content.get("blocks") or []
    yield from marked(json.loads(blocks) if isinstance(blocks, str) else blocks)


def marked(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        if value.get("type") == "mrkdwn":
            yield str(value["text"])
        for each in value.values():
            yield from marked(each)
    elif isinstance(value, list):
        for each in value:
            yield from marked(each)


@pytest.mark.parametrize(
    "text",
    [
        "tell <!channel> and <!here|here> and <!subteam^S1|@all> *now* _please_ `so`",
        "&" * 3000,
        "<" * 3000,
        "&lt;!channel&gt; &amp;lt;!everyone&amp;gt;",
        "x" * 3000,
        "*" * 300,
        "\N{FAMILY}\N{ZERO WIDTH JOINER}" * 700,
        "عربي \u202e evil " * 60,
        "line\nbreaks\n\n\tand ``` fences ``` > quotes",
    ],
    ids=["pings", "ands", "angles", "escaped", "long", "stars", "joined", "bidi", "lines"],
)
def test_whatever_people_type(stage: Stage, text: str) -> None:
    slack = stage.slack
    slack.command("lena", "launch", "/expect")
    values: dict[str, object] = {"Who": ["asha"], "What": text, "By when": "2026-11-27"}
    assert stage.submit("lena", values | {"Why it matters": text}) == {}
    proposal = stage.last("asha")
    stage.press("asha", proposal, "Ask a question")
    assert stage.submit("asha", {"Your question": text}) == {}
    stage.press("lena", stage.last("lena"), "Answer")
    assert stage.submit("lena", {"Your answer": text}) == {}
    stage.press("asha", stage.last("asha"), "Suggest a change")
    view = slack.modal("asha")
    assert view is not None
    slack.press("asha", view, "More")
    said: dict[str, object] = {
        "By when": "2026-12-01",
        "Done means": text,
        "What would make this good for both of you?": text,
    }
    assert stage.submit("asha", said) == {}
    stage.press("lena", stage.last("lena"), "Accept")
    for user in ("lena", "asha"):
        for line in ("show E-1", "list", "list team", f"ask E-1 {text[:1500]}", text, f"x {text}"):
            assert slack.command(user, "launch", "/expect", line, escape=False).acknowledged
            if slack.modal(user) is not None:
                slack.close_modal(user)
        slack.dm(user, text)
        slack.open_home(user)
    slack.user_changed("U04ASHA", name=text[:80], real_name=text[:80])
    stage.expect("lena", "summary now")
    stage.expect("lena", "I will do it by friday")
    stage.press(
        "lena", [m for m in slack.visible("lena", "launch") if m.to][-1], "Tell the channel"
    )
    stage.advance(datetime(2026, 12, 2, 12, tzinfo=UTC))
    stage.expect("U04ASHA", f"cannot E-1 {text[:2000]}")
    stage.advance(datetime(2026, 12, 3, 12, tzinfo=UTC))
    sent = list(posted(stage))
    assert len(sent) > 20
    assert [found for found in sent if PINGS.search(found)] == []
    assert slack.refusals == []


def test_a_channel_mention_that_is_typed_pings_nobody(stage: Stage) -> None:
    said = stage.expect("lena", "@asha to tell @channel and @here by friday")
    assert "tell @channel and @here" in said
    for message in stage.inbox("asha"):
        assert "<!" not in re.sub(r"<!date\^[^>]*>", "", message.text + str(message.blocks))


def test_many_at_once(stage: Stage) -> None:
    """A list of forty, twenty owners, and a Home full of everything."""
    for number in range(40):
        stage.expect("asha", f"@lena to read page {number} {'&' * 250} by friday")
    for number in range(12):
        stage.expect("lena", f"we will reach mark {number} {'<' * 250} by 15 Dec")
    stage.slack.open_home("lena")
    stage.advance(datetime(2026, 11, 24, 9, tzinfo=UTC))
    assert "page 0" in stage.last("lena").text
    stage.expect("lena", "goal list")
    stage.slack.open_home("lena")
    stage.settle()
    view = stage.slack.home("lena")
    assert view is not None
    assert len(view.blocks) <= 100


def test_what_no_database_takes_is_shown_as_unreadable(any_stage: Stage) -> None:
    stage = any_stage
    assert "*read \ufffd it* (E-1)" in stage.expect("lena", "@asha to read \x00 it by friday")
    stage.slack.command("lena", "launch", "/expect")
    form: dict[str, object] = {"Who": ["asha"], "What": "send\x00it", "By when": "2026-11-27"}
    assert stage.submit("lena", form) == {}
    assert stage.slack.dm("lena", "@asha to mend \ud83d it by friday").acknowledged
    stage.settle()
    assert "send\ufffdit" in stage.last("asha", about="(E-2)").text
    assert "mend \ufffd it" in stage.last("asha", about="(E-3)").text
