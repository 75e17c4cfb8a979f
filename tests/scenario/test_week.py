"""The week over HTTP: everything in it, help from the channel, and a chart that is not taken."""

from datetime import timedelta

from bot.playground import Message
from bot.playground.faults import Fault
from bot.playground.records import Json
from tests.scenario.test_figures import agree, finish
from tests.support.stage import Stage

CHART = "data_visualization"


def posted(stage: Stage) -> Message:
    return [one for one in stage.slack.messages("launch") if one.metadata][-1]


def has_chart(args: Json) -> bool:
    return CHART in str(args.get("blocks"))


def moved(stage: Stage) -> None:
    """Let a goal's measure move over four weeks."""
    stage.expect("lena", "we will move ten customers by 25 Dec")
    stage.press("lena", stage.slack.visible("lena", "launch")[-1], "Change")
    assert stage.submit("lena", {"Number to reach": "10"}) == {}
    for value in ("1", "3", "5", "7"):
        stage.expect("lena", f"goal update G-1 {value}")
        stage.advance(stage.clock.at + timedelta(weeks=1))


def need_help(stage: Stage, where: str = "launch") -> None:
    """Let Ren open what he needs help with, and ask for it."""
    stage.expect("ren", "show E-1", where=where)
    stage.press("ren", stage.slack.visible("ren", where)[-1], "Need help")


def test_help_is_wanted_of_the_channel_and_offered_by_somebody_else(stage: Stage) -> None:
    agree(stage, "ren", "file the tax form")
    need_help(stage)
    assert stage.submit("ren", {
        "What would help?": "who knows the tax form?",
        "Help wanted": ["The channel's summary asks for it too"],
    }) == {}  # fmt: skip
    stage.expect("lena", "summary now")
    week = posted(stage)
    assert "*Help wanted*\nRen: who knows the tax form? (E-1)" in week.text
    stage.press("asha", week, "Offer help")
    assert stage.submit("asha", {"What can you offer?": "I did it last year"}) == {}
    assert "offers help" in stage.last("ren", about="I did it last year").text
    stage.expect("ren", "show E-1")
    stage.press("ren", stage.slack.visible("ren", "launch")[-1], "On track")
    stage.expect("lena", "summary now")
    assert "Help wanted" not in posted(stage).text


def test_what_is_private_asks_no_channel(stage: Stage) -> None:
    stage.expect("lena", "@ren to file the tax form by friday", where="@winwin")
    stage.expect("ren", "accept E-1", where="@winwin")
    need_help(stage, "@winwin")
    view = stage.slack.modal("ren")
    assert view is not None
    assert "summary asks" not in str(view.blocks)


def test_a_week_with_everything_in_it(stage: Stage) -> None:
    moved(stage)
    for owner in ("ren", "maya", "asha"):
        finish(stage, owner, f"help {owner}s customers")
        agree(stage, owner, "carry a part")
        agree(stage, owner, "carry another")
    stage.expect("ren", "thanks @maya for the late review")
    stage.expect("lena", "summary now")
    week = posted(stage)
    for line in (
        "*Goals*\nmove ten customers by 25 December: 7. The weeks before: 5, 3, 1.",
        "*This week*\n9 agreed, 3 kept; 6 under way.",
        "*Fair share*\n3 of 3 carry the open work, each by their own days.",
        "*Thanks*\nRen to Maya: “the late review”",
    ):
        assert line in week.text
    assert "<@" not in week.text, "nobody is pinged"
    assert CHART in {block["type"] for block in week.blocks}


def test_where_slack_takes_no_chart_it_goes_without_and_is_not_asked_again(stage: Stage) -> None:
    moved(stage)
    stage.slack.faults.add(
        "chat.postMessage", Fault.slack_error("invalid_blocks"), 9, when=has_chart
    )
    for _ in range(2):
        stage.expect("lena", "summary now")
        week = posted(stage)
        assert "The weeks before: 5, 3, 1." in week.text
        assert CHART not in {block["type"] for block in week.blocks}
    assert stage.slack.faults.take("chat.postMessage", {"blocks": CHART}) is not None
    tried = [one for one in stage.slack.traffic if one.name == "chat.postMessage"]
    assert sum(CHART in str(one.request) for one in tried) == 1
