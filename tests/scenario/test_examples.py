"""Examples to start from, and commitments for somebody outside Slack."""

from typing import Any

from bot.playground import View
from tests.support.stage import Stage

MENU = "form.example"


def form(stage: Stage, user: str = "lena") -> View:
    view = stage.slack.modal(user)
    assert view is not None
    return view


def choose(stage: Stage, relation: str, user: str = "lena") -> None:
    assert stage.slack.choose(user, form(stage, user), MENU, relation).acknowledged


def text(stage: Stage, field: str) -> str | None:
    """Return what stands in a field, whatever its block is called by now."""
    for block, held in form(stage).values.items():
        if block.partition("~")[0] == field:
            inner: dict[str, Any] = dict(held)
            value = inner[field]
            return value if isinstance(value, str) else (value or {}).get("value")
    raise AssertionError(form(stage).values)


def test_an_example_fills_what_is_empty_and_keeps_what_was_typed(any_stage: Stage) -> None:
    stage = any_stage
    stage.expect("lena", "")
    stage.slack.fill("lena", {"Who": ["ren"], "Why it matters": "Because of the fair."})
    choose(stage, "Volunteers")
    assert text(stage, "what") == "Look after the tea stand from two to four"
    assert text(stage, "why") == "Because of the fair."
    assert text(stage, "gain_owner") == "The best place to talk to everybody."
    choose(stage, "Family")  # what is only an example gives way to another
    assert text(stage, "what") == "Cook on Wednesday"
    assert text(stage, "why") == "Because of the fair."
    assert text(stage, "gain_team") == "We eat together."
    stage.slack.fill("lena", {"What": "Cook on Thursday", "What the team gains": ""})
    choose(stage, "Mentor")
    assert text(stage, "what") == "Cook on Thursday"
    assert text(stage, "gain_team") in {None, ""}
    assert text(stage, "gain_requester") == "Courage, and ten minutes less."
    errors = stage.submit("lena", {"What": ""})
    assert errors
    assert all("~" in field or field == "by_when" for field in errors), errors
    assert stage.submit("lena", {"What": "Cook on Thursday", "By when": "2026-11-26"}) == {}
    card = stage.last("ren", about="Cook on Thursday").text
    assert "“Because of the fair.”" in card
    assert "“A reason to read up on the subject.”" in card


def test_a_commitment_names_who_it_is_for(stage: Stage) -> None:
    stage.expect("lena", "I will")
    stage.press("lena", form(stage), "More")
    said: dict[str, object] = {
        "What": "send the offer",
        "By when": "2026-11-26",
        "For somebody outside Slack": "Mrs <Weber>",
    }
    assert stage.submit("lena", {**said, "For whom": "ren"}) == {
        "outside": "Choose one: a person in Slack, or somebody outside."
    }
    stage.slack.close_modal("lena")
    stage.expect("lena", "I will")
    stage.press("lena", form(stage), "More")
    assert stage.submit("lena", said) == {}
    named = ", for Mrs &lt;Weber&gt; (not in Slack)"
    reply = stage.slack.visible("lena", "launch")[-1].text
    assert f"*send the offer* (E-1){named}, by Thursday, 26 November." in reply
    assert named in stage.expect("lena", "list")
    assert f"<@U01LENA>{named}, by" in stage.expect("maya", "list team")
    assert named in stage.expect("maya", "show E-1")
    stage.advance_by(days=2)
    assert named in stage.last("lena", about="how is it going?").text
