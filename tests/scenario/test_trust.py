"""Trust over HTTP: fewer reminders, with the reason, and only to whom they go."""

from datetime import timedelta

from bot.slack.ids import MORE_MENU
from tests.scenario.test_figures import agree, finish
from tests.support.stage import Stage

REASON = "Fewer reminders: the last five between you were kept."
HOW = "how is it going?"


def test_after_five_kept_the_owner_is_asked_on_the_day_alone_and_reads_why(stage: Stage) -> None:
    for n in range(5):
        finish(stage, "ren", f"do part {n}")
    stage.advance(stage.clock.at + timedelta(days=7))
    agree(stage, "ren", "send the draft")
    stage.advance(stage.clock.at + timedelta(days=3, hours=2))  # Thursday
    assert not [one for one in stage.inbox("ren", about="send the draft") if HOW in one.text]
    stage.advance(stage.clock.at + timedelta(days=1))
    asked = stage.last("ren", about=HOW)
    assert REASON in asked.text
    assert stage.slack.choose("ren", asked, MORE_MENU, "Why do I get this?").acknowledged
    view = stage.slack.modal("ren")
    assert view is not None
    assert REASON in str(view.blocks)
    assert not any(REASON in one.text for one in stage.inbox("lena"))
