"""A goal that was typed in a line gets the rest of what it is to be."""

from bot.playground.finding import shown
from tests.support.stage import Stage


def test_the_reply_to_a_new_goal_leads_to_changing_it(stage: Stage) -> None:
    said = stage.expect("lena", "we will move ten customers by 15 Dec")
    assert "(G-1), by Tuesday, 15 December" in said
    stage.press("lena", stage.slack.visible("lena", "launch")[-1], "Change")
    changed: dict[str, object] = {
        "By when": "2026-12-16",
        "Number to reach": "10",
        "Number now": "2",
        "Why it matters": "They wait.",
    }
    assert stage.submit("lena", changed) == {}
    now = stage.slack.visible("lena", "launch")[-1].text
    assert "(G-1), by Wednesday, 16 December: 2 of 10." in now
    assert "“They wait.”" in now
    assert "7 of 10" in stage.expect("lena", "goal update G-1 7")


def test_others_are_told_whom_to_ask(stage: Stage) -> None:
    stage.expect("lena", "we will launch by 15 Dec")
    stage.expect("maya", "goal show G-1")
    assert "Change" not in shown(stage.slack.visible("maya", "launch")[-1])
    assert "<@U01LENA>" in stage.expect("maya", "goal update G-1 7")


def test_what_is_open_is_not_said_to_be_closed(stage: Stage) -> None:
    stage.expect("lena", "we will launch by 15 Dec")
    assert stage.expect("lena", "goal reopen G-1") == "It is open. Nothing was changed."
