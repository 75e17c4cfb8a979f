"""The form: its labels, what is typed is kept, errors stand where they can be mended."""

from datetime import UTC, datetime

import pytest

from bot.playground import View, payloads
from bot.playground.delivery import Envelope
from tests.support.stage import Stage

DAYS = "Which day?"
FIELDS = ["Who", "What", DAYS, "By when", "Hour", "Why it matters"]


def opened(stage: Stage, line: str = "", user: str = "lena") -> View:
    """Type a line that needs the form."""
    result = stage.slack.command(user, "launch", "/expect", line)
    assert result.acknowledged
    assert result.body == ""
    return modal(stage, user)


def modal(stage: Stage, user: str = "lena") -> View:
    view = stage.slack.modal(user)
    assert view is not None
    return view


def labels(view: View) -> list[str]:
    return [block["label"]["text"] for block in view.blocks if block["type"] == "input"]


def held(view: View, block: str) -> object:
    """Return what stands in an input."""
    element = dict(view.values[block][block])
    element.pop("type")
    (value,) = element.values()
    return value


def made(stage: Stage, user: str = "lena") -> str:
    """Return all that is open for somebody."""
    return stage.expect(user, "list")


def test_it_asks_four_things(stage: Stage) -> None:
    view = opened(stage)
    assert labels(view) == FIELDS
    kinds = {block["block_id"]: block["element"]["type"] for block in view.blocks[:6]}
    assert (kinds["by_when"], kinds["hour"]) == ("datepicker", "timepicker")
    values: dict[str, object] = {"Who": ["ren"], "What": "send the draft", "By when": "2026-11-27"}
    assert stage.submit("lena", values) == {}
    said = stage.slack.visible("lena", "launch")[-1]
    assert "*send the draft* (E-1), by Friday, 27 November" in said.text
    assert "Change" in [element["text"]["text"] for element in said.blocks[1]["elements"]]


def test_readings_stand_beside_by_when_and_a_date_picked_wins(stage: Stage) -> None:
    view = opened(stage, "@ren @maya to agree owners by 03/04")
    assert labels(view) == FIELDS
    assert held(view, "who") == ["U02REN", "U03MAYA"]
    assert held(view, "what") == "agree owners"
    options = [option["text"]["text"] for option in view.blocks[3]["element"]["options"]]
    assert options == ["Thursday, 4 March 2027", "Saturday, 3 April 2027", "Another date"]
    errors = stage.submit("lena", {DAYS: "Another date"})
    assert errors.keys() == {"by_when"}
    assert stage.submit("lena", {DAYS: options[0], "By when": "2026-12-01"}) == {}
    assert made(stage).count("Tuesday, 1 December") == 2


def test_a_reading_is_taken_without_any_date(stage: Stage) -> None:
    opened(stage, "@ren to agree owners by 03/04")
    assert stage.submit("lena", {DAYS: "Saturday, 3 April 2027"}) == {}
    assert "Saturday, 3 April 2027" in made(stage)


def test_a_date_is_enough_where_readings_are_offered(stage: Stage) -> None:
    opened(stage, "@ren to agree owners by 03/04")
    assert stage.submit("lena", {"By when": "2026-12-01", "Hour": "17:00"}) == {}
    assert "Tuesday, 1 December, 17:00, Berlin time" in made(stage)


@pytest.mark.parametrize(
    ("values", "at"),
    [
        ({"By when": "2026-11-20"}, "by_when"),
        ({"By when": "2026-11-23", "Hour": "09:30"}, "by_when"),
        ({"Who": ["lena"]}, "who"),
        ({"Who": ["ren", "winwin"]}, "who"),
        ({"What": " \n "}, "what"),
        ({"By when": "2027-03-28", "Hour": "02:30"}, "hour"),
    ],
    ids=["past day", "past hour", "oneself", "an app", "nothing", "an hour that is skipped"],
)
def test_an_error_stands_at_its_input_and_keeps_the_rest(
    stage: Stage, values: dict[str, object], at: str
) -> None:
    view = opened(stage)
    good = {"Who": ["ren"], "What": "send it", "By when": "2026-11-27", "Why it matters": "money"}
    errors = stage.submit("lena", good | values)
    assert errors.keys() == {at}
    assert "<@" not in errors[at]
    kept = modal(stage)
    assert kept.id == view.id
    assert held(kept, "why") == "money"
    assert made(stage) == "You have nothing open."
    assert stage.submit("lena", good | {"Hour": None}) == {}
    assert "Friday, 27 November" in made(stage)


def test_what_is_missing_is_said_at_each_input(stage: Stage) -> None:
    opened(stage)
    result = stage.slack.submit("lena", {"Why it matters": "money"})
    assert not result.acknowledged  # Slack's own client asks for these
    assert result.errors.keys() == {"who", "what"}
    person = stage.slack.state.person("lena")
    payload = payloads.submission_payload(stage.slack.state, person, modal(stage))
    answer = stage.slack.delivery.send(Envelope.INTERACTIVE, payload)
    assert isinstance(answer.body, dict)
    assert answer.body["errors"].keys() == {"who", "what", "by_when"}


def test_a_day_that_is_over_where_the_owner_is_can_be_mended(stage: Stage) -> None:
    stage.advance(datetime(2026, 11, 23, 16, tzinfo=UTC))  # Monday in Berlin, Tuesday in Tokyo
    opened(stage)
    values: dict[str, object] = {"Who": ["ren"], "What": "send it", "By when": "2026-11-23"}
    assert stage.submit("lena", values).keys() == {"by_when"}
    assert stage.submit("lena", {"By when": "2026-11-24"}) == {}


MORE = {
    "Done means": "signed",
    "What the one who does it gains": "peace",
    "What the one who asks gains": "a launch",
    "What the team gains": "trust",
    "What the one who does it needs from the other": "numbers",
    "Needed by": "2026-11-25",
}
MORE_STILL = {
    "Limits": "no overtime",
    "Help you can count on": "Asha",
    "How we check in": "on Wednesday",
    "What follows": "we launch",
}


def test_more_and_more_still_lose_nothing(stage: Stage) -> None:
    opened(stage)
    typed: dict[str, object] = {
        "Who": ["ren"],
        "What": "send it",
        "By when": "2026-11-27",
        "Why it matters": "money",
    }
    stage.slack.fill("lena", typed)
    for label, more in (("More", MORE), ("More still", MORE_STILL)):
        before = modal(stage)
        assert stage.slack.press("lena", before, label).acknowledged
        assert stage.slack.press("lena", before, label).acknowledged  # twice, and none the worse
        view = modal(stage)
        assert {key: view.values[key] for key in before.values} == before.values
        stage.slack.fill("lena", more)
    assert {refusal.error for refusal in stage.slack.refusals} == {"hash_conflict"}
    stage.slack.state.refusals.clear()
    assert stage.submit("lena") == {}
    shown = stage.expect("lena", "show E-1")
    for text in ("money", *MORE.values(), *MORE_STILL.values()):
        assert text.replace("2026-11-25", "25 November") in shown


def test_a_form_of_an_error_grows_and_keeps(stage: Stage) -> None:
    opened(stage)
    stage.submit("lena", {"Who": ["lena"], "What": "send it", "By when": "2026-11-27"})
    stage.slack.press("lena", modal(stage), "More")
    assert held(modal(stage), "what") == "send it"
    assert stage.submit("lena", {"Who": ["asha"], "Who may see it": "private"}) == {}
    assert "Seen by you two" in stage.last("asha", about="send it").text


def test_three_thousand_characters(stage: Stage) -> None:
    text = "".join(chr(0x4E00 + number % 900) for number in range(3000))
    opened(stage)
    values: dict[str, object] = {
        "Who": ["asha"],
        "What": text,
        "By when": "2026-11-27",
        "Why it matters": "&" * 3000,
    }
    assert stage.submit("lena", values) == {}
    stage.slack.press("asha", stage.last("asha"), "Suggest a change")
    stage.slack.press("asha", modal(stage, "asha"), "More")
    form = modal(stage, "asha")
    what, means = held(form, "what"), held(form, "done_means")
    assert f"{what}{means}" == text
    assert held(form, "why") == "&" * 3000


def test_a_submission_that_comes_again_makes_nothing_more(stage: Stage) -> None:
    slack = stage.slack
    opened(stage)
    slack.fill("lena", {"Who": ["asha"], "What": "send it", "By when": "2026-11-27"})
    person = slack.state.person("lena")
    payload = payloads.submission_payload(slack.state, person, modal(stage))
    for _ in range(3):
        assert slack.delivery.send(Envelope.INTERACTIVE, payload).body == ""
    stage.settle()
    assert made(stage).count("send it") == 1
    assert len(stage.inbox("asha", about="send it")) == 1


def test_typed_text_opens_the_form_prefilled(stage: Stage) -> None:
    view = opened(stage, "@here read the charter by eow")
    assert (held(view, "who"), held(view, "what")) == ([], "read the charter")
    assert held(view, "by_when") == "2026-11-27"
    view = opened(stage, "@ana to review PR #1204 by 5")
    assert labels(view)[0] == "Who"
    view = opened(stage, "I will draft the brief for @maya soon")
    assert labels(view)[0] == "For whom"
    assert stage.submit("lena", {"For whom": "maya", "By when": "2026-11-30"}) == {}
    assert "draft the brief" in made(stage)


def test_the_change_form_holds_what_is_there_and_refuses_nothing_new(stage: Stage) -> None:
    stage.expect("ren", "@lena to send the draft by friday at 5pm")
    proposal = stage.last("lena", about="draft")
    assert stage.slack.press("lena", proposal, "Suggest a change").acknowledged
    view = modal(stage)
    assert (held(view, "what"), held(view, "by_when")) == ("send the draft", "2026-11-27")
    assert stage.submit("lena").keys() == {"what"}
    assert stage.submit("lena", {"By when": "2026-11-20"}).keys() == {"by_when"}
    assert (
        stage.submit(
            "lena", {"By when": "2026-11-30", "What would make this good for both of you?": "busy"}
        )
        == {}
    )
    assert "Monday, 30 November" in stage.expect("lena", "show E-1")


def test_a_series_keeps_its_rule_through_the_form(stage: Stage) -> None:
    view = opened(stage, "@asha to keep the log green every monday")  # typed on a Monday
    assert "recurs" in str(view.blocks)
    assert stage.submit("lena", {DAYS: "Monday, 30 November"}) == {}
    assert "every Monday" in made(stage)
