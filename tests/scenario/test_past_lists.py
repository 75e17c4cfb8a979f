"""A list of an earlier day says what became of what it asked, and nothing that was not so."""

from datetime import UTC, datetime

from tests.support.stage import Stage


def two_agreed(stage: Stage) -> None:
    for number, what in enumerate(("draft", "fonts"), 1):
        stage.expect("lena", f"@asha to send the {what} by wednesday")
        stage.expect("asha", f"accept E-{number}")


def test_who_said_nothing_is_not_told_that_they_answered(stage: Stage) -> None:
    two_agreed(stage)
    stage.advance(datetime(2026, 11, 24, 4, 0, 1, tzinfo=UTC))
    asked = stage.last("asha", about="Two things today.")
    stage.advance(datetime(2026, 11, 25, 20, 0, tzinfo=UTC))
    stage.expect("asha", "done E-1")
    now = next(each for each in stage.inbox("asha") if each.ts == asked.ts)
    lines = {
        name: line for line in now.text.splitlines() for name in ("draft", "fonts") if name in line
    }
    assert "By now: done" in lines["draft"]
    assert "You answered" not in lines["fonts"]


def test_a_day_that_was_moved_is_not_said_to_have_been_the_one(stage: Stage) -> None:
    two_agreed(stage)
    stage.advance(datetime(2026, 11, 26, 9, 0, tzinfo=UTC))
    asked = stage.last("asha", about="Was due Wednesday, 25 November")
    stage.expect("asha", "change E-1 by friday")
    stage.expect("lena", "accept E-1")
    now = next(each for each in stage.inbox("asha") if each.ts == asked.ts)
    assert "Was due Friday" not in now.text
    assert "Was due Wednesday, 25 November: *send the fonts* (E-2)" in now.text
