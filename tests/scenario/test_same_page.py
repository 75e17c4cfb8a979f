"""The same page: gains on both sides, own words read back, what changed, both versions beside."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import jsonschema

from bot.playground import Message, View
from tests.support.process import winwin
from tests.support.stage import Stage

GOOD = "What would make this good for both of you?"
WORDS = {
    "How I understand it": "the API, not the docs",
    "What I gain": "a quiet week",
    "What I need from Lena": "the test data",
}


def modal(stage: Stage, user: str) -> View:
    view = stage.slack.modal(user)
    assert view is not None
    return view


def home(stage: Stage, user: str) -> View:
    view = stage.slack.home(user)
    assert view is not None
    return view


def shown(view: View | Message) -> str:
    """Return what the blocks say, in sections, fields and small print."""
    found: list[str] = []
    for block in view.blocks:
        parts: list[dict[str, Any]] = (
            [block["text"]] if block["type"] == "section" and ("text" in block) else []
        )
        parts += block.get("fields", [])
        parts += block["elements"] if block["type"] == "context" else []
        found += [part["text"] for part in parts]
    return "\n".join(found)


def labels(message: Message) -> list[str]:
    return [
        element["text"]["text"]
        for block in message.blocks
        if block["type"] == "actions"
        for element in block["elements"]
        if element["type"] == "button"
    ]


def agreed(stage: Stage) -> None:
    """Let Lena ask and Asha, who is in the same zone's daytime, accept."""
    stage.expect("lena", "@asha to ship the billing API by friday")
    stage.press("asha", stage.last("asha", about="billing"), "Accept")
    stage.advance_by(minutes=1)


def test_from_own_words_to_one_page(any_stage: Stage) -> None:
    stage = any_stage
    agreed(stage)
    card = stage.last("asha", about="agreed with")
    assert labels(card)[:3] == ["Done", "Add my words", "Show"]
    before = len(stage.inbox("lena"))
    stage.press("asha", card, "Add my words")
    assert stage.submit("asha").keys() == {"understood"}
    assert stage.submit("asha", dict(WORDS)) == {}
    read = stage.last("lena", about="agreed with")
    assert len(stage.inbox("lena")) == before + 1
    for text in ("In <@U", "“the API, not the docs”", "“a quiet week”", "“the test data”"):
        assert text in read.text
    assert labels(read)[:2] == ["Yes, that is it", "Not quite"]
    assert "In your words: “the API, not the docs”" in stage.last("asha", about="agreed with").text

    stage.press("lena", read, "Not quite")
    assert stage.submit("lena", {GOOD: "and the docs, please"}) == {}
    question = stage.last("asha", about="asks")
    stage.advance_by(minutes=1)
    assert "“and the docs, please”" in question.text

    stage.press("asha", stage.last("asha", about="agreed with"), "Add my words")
    form = modal(stage, "asha")
    assert form.values["gain"]["gain"]["value"] == "a quiet week"
    assert stage.submit("asha", {"How I understand it": "the API and its docs"}) == {}
    newer = stage.last("lena", about="agreed with")
    assert "“the API and its docs”" in newer.text
    assert "“the API, not the docs”" in stage.last("lena", about="not the docs").text
    stage.press("lena", newer, "Yes, that is it")
    assert "Yes, that is it" not in labels(stage.last("lena", about="and its docs"))
    assert "You said on" in stage.last("lena", about="and its docs").text
    assert "read your words on" in stage.last("asha", about="agreed with").text
    card_text = stage.expect("lena", "show E-1")
    assert "Version 1, agreed on Monday, 23 November." in card_text
    assert "“the API and its docs”" in card_text
    assert "You said on" in card_text

    stage.expect("lena", "change E-1 ship the billing API and its docs by thursday")
    change = stage.last("asha", about="suggests")
    assert "What: ship the billing API [new: and its docs]" in change.text
    assert "*and its docs*" in shown(change)
    stage.press("asha", change, "Accept")
    reply = stage.expect("asha", "show E-1")
    assert "Version 2, agreed on Monday, 23 November." in reply
    assert "In your words, of version 1: “the API and its docs”" in reply
    assert "read your words on" not in reply  # what was read back is not what is agreed now
    answer = stage.slack.visible("asha", "launch")[-1]
    stage.press("asha", answer, "Show what changed")
    text = shown(modal(stage, "asha"))
    assert "*Version 2*" in text
    assert "What: ship the billing API *and its docs*" in text
    assert "instead of" in text


def test_words_before_the_yes_was_read_come_with_it(stage: Stage) -> None:
    """Maya, in Tokyo, is off by then: one line of her list says both."""
    stage.expect("maya", "@lena to draw the map by friday")
    stage.advance_by(hours=2)  # 20:00 in Tokyo
    stage.press("lena", stage.last("lena", about="map"), "Accept")
    stage.press("lena", stage.last("lena", about="map"), "Add my words")
    assert stage.submit("lena", {"What I gain": "a walk"}) == {}
    before = len(stage.inbox("maya"))
    stage.advance_by(hours=16)
    new = stage.inbox("maya")[before:]
    assert len(new) == 1
    assert new[0].text.count("agreed with") == 1
    assert "“a walk”" in new[0].text


def test_words_of_the_night_after_are_read_once_when_they_are_sent_now(stage: Stage) -> None:
    """Maya, in New York, has read the yes in her list; it is 05:00 there when the words come."""
    stage.expect("maya", "@lena to draw the map by friday")
    stage.press("lena", stage.last("lena", about="map"), "Accept")
    stage.advance(datetime(2026, 11, 24, 10, 0, tzinfo=UTC))
    stage.last("maya", about="agreed with")
    before = len(stage.inbox("maya"))
    stage.press("lena", stage.last("lena", about="map"), "Add my words")
    assert stage.submit("lena", {"What I gain": "a walk"}) == {}
    reply = stage.last("lena", about="map")
    assert "Send now" in labels(reply)
    assert len(stage.inbox("maya")) == before
    stage.press("lena", reply, "Send now")
    stage.advance(datetime(2026, 11, 25, 15, 0, tzinfo=UTC))
    new = [message.text for message in stage.inbox("maya")[before:]]
    assert sum(text.count("“a walk”") for text in new) == 1


def test_who_accepts_an_offer_adds_their_words_from_the_reply(stage: Stage) -> None:
    stage.expect("asha", "I will check the numbers for @lena by friday")
    stage.press("lena", stage.last("lena", about="numbers"), "Accept")
    reply = stage.last("lena", about="agreed")
    assert "Add my words" in labels(reply)
    stage.press("lena", reply, "Add my words")
    assert stage.submit("lena", {"What I need from Asha": "a hint where they come from"}) == {}
    card = stage.last("asha", about="a hint where they come from")
    assert labels(card)[:3] == ["Yes, that is it", "Not quite", "Done"]
    stage.press("asha", card, "Yes, that is it")
    assert "Yes, that is it" not in labels(stage.last("asha", about="a hint where they"))


def test_words_said_anew_make_the_older_button_stale(stage: Stage) -> None:
    agreed(stage)
    for text in ("one", "two"):
        stage.press("asha", stage.last("asha", about="agreed with"), "Add my words")
        assert stage.submit("asha", {"How I understand it": text}) == {}
        stage.advance_by(minutes=1)
    older = stage.last("lena", about="“one”")
    newer = stage.last("lena", about="“two”")
    assert "Yes, that is it" in labels(older)
    stage.press("lena", older, "Yes, that is it")
    assert "Your press changed nothing" in stage.last("lena", about="press").text
    assert "You said on" not in stage.expect("lena", "show E-1")
    stage.press("lena", newer, "Yes, that is it")
    assert stage.expect("lena", "show E-1").count("You said on") == 1


def test_after_three_suggestions_both_sides_stand_beside_each_other(stage: Stage) -> None:
    stage.expect("lena", "@asha to ship the billing API by friday")
    stage.expect("asha", "change E-1 ship half of the API by friday")
    assert "Talk it over" in labels(stage.last("lena", about="suggests"))
    stage.expect("lena", "change E-1 ship the API without invoices by thursday")
    second = stage.last("asha", about="suggests")
    assert all("fields" not in block for block in second.blocks)
    stage.press("asha", second, "Suggest a change")
    values: dict[str, object] = {GOOD: "Bo helps on Tuesday", "By when": "2026-12-01"}
    assert next(iter(labels_of_form(modal(stage, "asha")))) == GOOD
    assert stage.submit("asha", values) == {}
    third = stage.last("lena", about="suggests")
    (fields,) = [block["fields"] for block in third.blocks if "fields" in block]
    texts = [field["text"] for field in fields]
    assert texts[0].startswith("You suggest: “ship the API without invoices”, by Thursday")
    assert "suggests: “ship the API without invoices”, by Tuesday, 1 December" in texts[1]
    assert texts[1].endswith("“Bo helps on Tuesday”")
    assert "You suggest: “ship the API without invoices”" in third.text
    assert "Talk it over" in labels(third)
    assert "You suggest:" in stage.expect("lena", "show E-1")


def labels_of_form(view: View) -> list[str]:
    return [block["label"]["text"] for block in view.blocks if block["type"] == "input"]


def test_what_is_in_it_for_the_other_is_asked_quietly_and_can_be_switched_off(
    stage: Stage,
) -> None:
    hint = "What is in it for <@"
    assert hint in stage.expect("lena", "@asha to send the draft by friday")
    assert hint not in stage.expect("lena", "I will water the plants by friday")
    assert hint not in stage.expect("lena", "@asha @ren to read the charter by friday")
    stage.slack.command("lena", "launch", "/expect", "settings")
    view = modal(stage, "lena")
    (ticks,) = [b["element"] for b in view.blocks if b.get("block_id") == "ask_besides"]
    kept = [one["value"] for one in ticks["options"] if one["value"] != "gain_hint"]
    assert stage.submit("lena", {"Besides, in lists and replies": kept}) == {}
    assert hint not in stage.expect("lena", "@asha to send the other draft by friday")


def test_what_makes_work_worth_it_is_read_by_who_asks(stage: Stage) -> None:
    slack = stage.slack
    slack.open_home("asha")
    stage.settle()
    slack.press("asha", home(stage, "asha"), "Edit")
    line = "Learning something & a quiet afternoon"
    assert stage.submit("asha", {"What makes work worth it for me": line}) == {}
    assert "Learning something &amp; a quiet afternoon" in shown(home(stage, "asha"))

    slack.command("lena", "launch", "/expect", "@asha to send the draft")
    escaped = "What makes work worth it for Asha"
    assert escaped in shown(modal(stage, "lena"))
    slack.fill("lena", {"Why it matters": "money"})
    slack.fill("lena", {"Who": ["asha", "ren"]})
    assert escaped not in shown(modal(stage, "lena"))
    slack.fill("lena", {"Who": ["asha"]})
    assert escaped in shown(modal(stage, "lena"))
    slack.press("lena", modal(stage, "lena"), "More")
    slack.fill("lena", {"Who": ["ren"]})
    view = modal(stage, "lena")
    assert "worth it" not in shown(view)
    assert view.values["why"]["why"]["value"] == "money"
    assert "gain_owner" in view.values
    assert stage.submit("lena", {"By when": "2026-11-27"}) == {}
    assert "“money”" in stage.expect("lena", "show E-1")


def test_own_words_are_exported(stage: Stage, tmp_path: Path) -> None:
    agreed(stage)
    stage.press("asha", stage.last("asha", about="agreed with"), "Add my words")
    assert stage.submit("asha", dict(WORDS)) == {}
    stage.press("lena", stage.last("lena", about="agreed with"), "Yes, that is it")
    exported = winwin("export", env={"DATABASE_URL": stage.database_url}, cwd=tmp_path)
    schema = winwin("export", "--schema", env={}, cwd=tmp_path)
    document = json.loads(exported.stdout)
    jsonschema.validate(document, json.loads(schema.stdout))
    assert document["expectations"][0]["own_words"] == [
        {
            "author": "U04ASHA",
            "at": "2026-11-23T09:01:00Z",
            "version": 1,
            "understood": "the API, not the docs",
            "gain": "a quiet week",
            "need": "the test data",
            "read_back_at": "2026-11-23T09:01:00Z",
        }
    ]


def test_others_see_nothing_of_what_changed(stage: Stage) -> None:
    agreed(stage)
    stage.expect("asha", "change E-1 ship a secret by thursday")
    stage.press("lena", stage.last("lena", about="suggests"), "Accept")
    stage.expect("lena", "show E-1")
    answer = stage.slack.visible("lena", "launch")[-1]
    forged = replace(answer, to=stage.slack.state.person("ren").id)
    stage.press("ren", forged, "Show what changed")
    assert stage.slack.modal("ren") is None
    assert "There is no E-1 that you can see." in stage.slack.visible("ren", "launch")[-1].text
